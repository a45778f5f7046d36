"""The demo site's roster: who works what on each date, and who is at work at an instant. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.services.demo.content import DemoContent, RosterRules, StaffMember
from app.services.demo.facts import AssignmentFact

_SUPERVISED = frozenset({"D", "N"})  # shifts that have a duty supervisor
_SUPERVISOR = "duty_supervisor"


def plan_roster(content: DemoContent, first: date, last: date) -> tuple[AssignmentFact, ...]:
    """Return all assignments from `first` to `last`, both included, by date and then by staff."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple(fact for day in days for fact in _day(content, day))


def is_workday(rules: RosterRules, day: date) -> bool:
    """Whether the office works: Monday to Friday and make-up workdays, but no holiday."""
    return day in rules.make_up_workdays or (day.weekday() < 5 and day not in rules.holidays)


def _day(content: DemoContent, day: date) -> Iterator[AssignmentFact]:
    codes = {member.login: _code_of(content.roster, member, day) for member in content.staff}
    supervisors = _supervisors(content.staff, codes)
    for member in content.staff:
        if code := codes[member.login]:
            yield AssignmentFact(member.login, day, code, member.login in supervisors)


def _code_of(rules: RosterRules, member: StaffMember, day: date) -> str:
    for person, code, first, last in rules.exceptions:
        if person == member.login and first <= day <= last:
            return code
    rhythm: Mapping[str, Any] = rules.crews.get(member.crew, {})
    if cycle := rhythm.get("cycle"):
        return str(cycle[(day - date.fromisoformat(rhythm["day_one"])).days % len(cycle)])
    return str(rhythm.get("workday", "")) if is_workday(rules, day) else ""


def _supervisors(staff: tuple[StaffMember, ...], codes: Mapping[str, str]) -> set[str]:
    """Exactly one for each day and night shift: who has the role, else the first of the crew at work."""
    found: set[str] = set()
    for shift in _SUPERVISED:
        at_work = [member for member in staff if codes[member.login] == shift and "first" in member.teams]
        at_work.sort(key=lambda member: _SUPERVISOR not in member.roles)
        found |= {member.login for member in at_work[:1]}
    return found


class Duty:
    """Who is at work when, read off the planned assignments."""

    def __init__(self, content: DemoContent, assignments: tuple[AssignmentFact, ...], zone: ZoneInfo) -> None:
        self._zone = zone
        self._shifts = {
            row["code"]: (timedelta(minutes=row["start_minute"]), timedelta(minutes=row["duration_minute"]))
            for row in content.defaults["shifts"]["shift_templates"]
            if row["kind"] == "work"
        }
        self._teams = {member.login: member.teams for member in content.staff}
        self._by_date: dict[date, list[AssignmentFact]] = {}
        for fact in assignments:
            self._by_date.setdefault(fact.on_date, []).append(fact)

    def at_work(self, team: str, at: datetime) -> list[str]:
        """Return the logins of a team's people whose shift runs at `at`; the duty supervisor stands last."""
        local = at.astimezone(self._zone)
        found: list[AssignmentFact] = []
        for day in (local.date() - timedelta(days=1), local.date()):
            midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone)
            for fact in self._by_date.get(day, ()):
                start, length = self._shifts.get(fact.code, (timedelta(), timedelta()))
                if team in self._teams[fact.person] and midnight + start <= local < midnight + start + length:
                    found.append(fact)
        return [fact.person for fact in sorted(found, key=lambda fact: fact.is_supervisor)]

    def members(self, team: str) -> list[str]:
        """Return all logins of a team, at work or not, as the staff is listed."""
        return [login for login, teams in self._teams.items() if team in teams]
