"""Plans of a roster for tests: shifts, people and cells without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.models.entities.roster import Assignment, PaintedCell, RosterPerson, ShiftKind, ShiftTemplate
from app.models.entities.roster_plan import RosterPlan
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES, RosterRules, RuleName, RuleSetting
from app.services.roster.checks import RosterChecks
from app.services.roster.line_checks import monday_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("workday",) * 5 + ("weekend",) * 2


def shift(number: int, code: str, start: int, hours: int, kind: ShiftKind = ShiftKind.WORK) -> ShiftTemplate:
    """A shift by the hours of its start and length."""
    return ShiftTemplate(number, code, code, "", kind, start * 60, hours * 60, "d", number, True, 1)  # type: ignore[arg-type]


DAY, NIGHT, OFFICE = shift(1, "D", 8, 12), shift(2, "N", 20, 12), shift(3, "G", 9, 8)
STANDBY = shift(4, "S", 0, 24, ShiftKind.STANDBY)
LEAVE = shift(5, "V", 0, 24, ShiftKind.ABSENCE)
MID = shift(6, "M", 14, 8)
SHIFTS = (DAY, NIGHT, OFFICE, STANDBY, LEAVE, MID)
BY_CODE = {template.code: template for template in SHIFTS}


def person(number: int, team: int = 1, **more: Any) -> RosterPerson:
    """Somebody of a team."""
    return RosterPerson(number, f"Person {number}", team, f"Team {team}", team, **more)  # type: ignore[arg-type]


def month(first: date) -> tuple[date, ...]:
    """The dates of the month that begins on `first`."""
    return tuple(on for count in range(31) if (on := first + timedelta(days=count)).month == first.month)


def line(number: int, first: date, codes: str, leads: Iterable[date] = ()) -> dict[Any, Assignment]:
    """Cells of one person from a date on, a letter each; "-" is off."""
    dates = ((first + timedelta(days=count), code) for count, code in enumerate(codes) if code != "-")
    return {
        (number, on): Assignment(number, on, BY_CODE[code].id, on in set(leads), 1)  # type: ignore[arg-type]
        for on, code in dates
    }


def plan(
    days: tuple[date, ...],
    cells: Mapping[Any, Assignment] | None = None,
    people: Iterable[RosterPerson] = (),
    **more: Any,
) -> RosterPlan:
    """A plan of these days, by default in Shanghai, on weeks without holidays, with the shipped rules."""
    first = monday_of(days[0].replace(day=1)) - timedelta(days=14)
    around = [first + timedelta(days=count) for count in range((days[-1] - first).days + 40)]
    types = {on: WEEKDAYS[on.weekday()] for on in around} | more.pop("types", {})
    start: dict[str, Any] = {"templates": SHIFTS, "rules": DEFAULT_ROSTER_RULES, "zone": SHANGHAI}
    return RosterPlan(
        days=days, day_types=types, people=tuple(people), cells=cells or {}, **{**start, **more}
    )


def rules(**limits: tuple[str, int] | str) -> RosterRules:
    """The shipped rules with some of them otherwise: `rest=("warn", 14)`, `gap="off"`."""
    body = DEFAULT_ROSTER_RULES.to_dict()
    for name, given in limits.items():
        severity, *limit = (given,) if isinstance(given, str) else given
        body["rules"][name] = {"severity": severity, **({"limit": limit[0]} if limit else {})}
    return RosterRules.from_dict(body)


def only(*names: str) -> RosterRules:
    """Rules of which just these hold, as warnings with their shipped limits."""
    settings = {
        name: RuleSetting(
            DEFAULT_ROSTER_RULES.severity(name)
            if name.value in names
            else rules(gap="off").severity(RuleName.GAP),
            DEFAULT_ROSTER_RULES.limit(name),
        )
        for name in RuleName
    }
    return RosterRules(settings)


def told(checks: RosterChecks) -> list[tuple[str, int, int, int]]:
    """What is wrong, in short: rule, day of the month, found, allowed."""
    return [(one.rule.value, one.on_date.day, one.found, one.allowed) for one in checks.violations]


def painted(number: int, on: date, code: str, **more: Any) -> PaintedCell:
    """One cell to paint; "-" clears."""
    template = None if code == "-" else BY_CODE[code].id
    return PaintedCell(number, on, template, **more)  # type: ignore[arg-type]
