"""Who was on duty when, and what calls came in those hours: for the reports on people and on calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.entities.duty import Attendance
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.people_report import PeopleFigures, SharedCalls
from app.models.entities.staffing import CallHour
from app.models.transactions import Reader
from app.services.duty.presence import load_attendance
from app.services.duty.rules import Planned, planned_work, punctuality
from app.services.reports.people_period import Period
from app.services.roster.fairness import REST_DAYS
from app.services.roster.queries import load_cells, load_templates
from app.services.roster.rules import is_night

HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """The work rostered in a period and in the night before it, as far as it has begun, by its start.

    `nights` are the shifts that count as one; `attendance` says who came to which.
    """

    planned: tuple[Planned, ...]
    nights: frozenset[TemplateId]
    attendance: Mapping[tuple[PersonId, date], Attendance]


def load_duty(read: Reader, period: Period) -> Duty:
    """Return the duty of a period."""
    before = period.first - timedelta(days=1)
    templates = {each.id: each for each in load_templates(read, include_retired=True)}
    planned = planned_work(load_cells(read, before, period.until_day).values(), templates, period.zone)
    return Duty(
        tuple(each for each in planned if each.starts_at < period.until),
        frozenset(key for key, each in templates.items() if is_night(each)),
        load_attendance(read, before, period.until_day),
    )


def load_own_teams(read: Reader) -> dict[PersonId, set[TeamId]]:
    """Return the teams of everybody who is in one."""
    found: dict[PersonId, set[TeamId]] = {}
    for person_id, team_id in read.rows("SELECT person_id, team_id FROM team_member"):
        found.setdefault(person_id, set()).add(team_id)
    return found


def duty_figures(
    duty: Duty, period: Period, day_types: Mapping[date, str], now: datetime
) -> dict[PersonId, PeopleFigures]:
    """Return what each person did of the shifts that begin in the period; a night counts for that date.

    A shift that still runs counts up to now. Nobody is said not to have come to a shift of which no
    presence was recorded at all.
    """
    recorded = {(one.on_date, one.template_id) for one in duty.attendance.values()}
    found: dict[PersonId, PeopleFigures] = {}
    for each in duty.planned:
        cell = each.assignment
        if cell.on_date < period.first:
            continue
        came = duty.attendance.get((cell.person_id, cell.on_date))
        how = punctuality(each.starts_at, each.ends_at, came, now)
        is_recorded = (cell.on_date, cell.template_id) in recorded
        figures = PeopleFigures(
            duty_minutes=(min(each.ends_at, now) - each.starts_at) // _MINUTE,
            nights=int(cell.template_id in duty.nights),
            weekends=int(day_types[cell.on_date] in REST_DAYS),
            late_minutes=how.late if came is not None else 0,
            early_minutes=how.early,
            not_come=int(how.is_missing and is_recorded),
        )
        found[cell.person_id] = found.get(cell.person_id, PeopleFigures()) + figures
    return found


def answering(
    planned: Iterable[Planned], teams: Collection[TeamId], own: Mapping[PersonId, Collection[TeamId]]
) -> list[Planned]:
    """Return the shifts that people work for one of these teams: their own, or one they are lent to."""
    wanted = set(teams)
    found = []
    for each in planned:
        cell = each.assignment
        of = own.get(cell.person_id, ()) if cell.team_id is None else (cell.team_id,)
        if not wanted.isdisjoint(of):
            found.append(each)
    return found


def share_calls(
    shifts: Sequence[Planned], hours: Sequence[CallHour], period: Period, full_time: timedelta
) -> tuple[SharedCalls, dict[PersonId, float]]:
    """Return the answered calls against the people of `shifts`, and each person's share of them.

    The calls of an hour are shared by the time each was on duty in it. `full_time` is the week of somebody
    who works full time; for the period it is taken by days.
    """
    there = _by_hour(shifts)
    shares: dict[PersonId, float] = {}
    unmanned = 0
    for hour in hours:
        end = hour.starts_at + HOUR
        near = {*there.get(_hour(hour.starts_at), ()), *there.get(_hour(end), ())}
        parts = {at: _overlap(shifts[at], hour.starts_at, end) for at in sorted(near)}
        together = sum(parts.values(), timedelta())
        if not together:
            unmanned += hour.answered
            continue
        for at, part in parts.items():
            person = shifts[at].assignment.person_id
            shares[person] = shares.get(person, 0.0) + hour.answered * (part / together)
    worked = sum((_overlap(each, period.begin, period.until) for each in shifts), timedelta())
    week = full_time * (len(period.counted) / 7)
    calls = SharedCalls(
        sum(hour.answered for hour in hours), unmanned, worked // _MINUTE, worked / week if week else 0.0
    )
    return calls, shares


def _by_hour(shifts: Sequence[Planned]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, each in enumerate(shifts):
        for hour in range(_hour(each.starts_at), _hour(each.ends_at) + 1):
            found.setdefault(hour, []).append(at)
    return found


def _hour(instant: datetime) -> int:
    return int(instant.timestamp() // 3600)


def _overlap(shift: Planned, begin: datetime, end: datetime) -> timedelta:
    return max(timedelta(), min(shift.ends_at, end) - max(shift.starts_at, begin))
