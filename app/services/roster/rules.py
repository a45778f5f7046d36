"""Shifts as real spans of time, coverage, and which rules a roster breaks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    CoverageRule,
    RosterPerson,
    ShiftAt,
    ShiftKind,
    ShiftTemplate,
    Violation,
)
from app.models.entities.roster_rules import RosterRules, RuleName

T = TypeVar("T")

DAY = timedelta(days=1)
_NOON = 12 * 60
_MIDNIGHT = 24 * 60
NIGHT_BEGINS, NIGHT_ENDS = 23 * 60, 30 * 60
"""Night time by the wall clock, in minutes from the midnight before: 23:00 to 06:00."""
NIGHT_LEAST = 3 * 60
"""So many minutes of it make a shift a night."""


@dataclass(frozen=True, slots=True)
class RosterLimits:
    """What a roster is checked against: settings of the site, not claims about the law."""

    rest: timedelta = timedelta(hours=11)
    nights_in_a_row: int = 2
    supervisors: int = 1

    @classmethod
    def of(cls, given: RosterRules) -> RosterLimits:
        """Return what the rules of the site say about these."""
        return cls(timedelta(hours=given.limit(RuleName.REST)), given.limit(RuleName.NIGHTS_IN_A_ROW))


def shift_span(template: ShiftTemplate, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the real start and end of a shift that begins on a date, in UTC.

    Start and end are wall-clock times of the site: across a change of the clocks the shift is an hour
    shorter or longer. A wall time that does not exist moves forward by the gap, a repeated one is the first.
    """
    return span_of(template.start_minute, template.duration_minute, on, zone)


def span_of(start_minute: int, minutes: int, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """As `shift_span`, of a wall-clock start in minutes after midnight and a length in minutes."""
    begin = datetime.combine(on, time()) + timedelta(minutes=start_minute)
    return _instant(begin, zone), _instant(begin + timedelta(minutes=minutes), zone)


def shift_hours(template: ShiftTemplate, on: date, zone: ZoneInfo) -> timedelta:
    """Return how long the shift really lasts; zero for standby and absences."""
    if template.kind is not ShiftKind.WORK:
        return timedelta()
    begin, end = shift_span(template, on, zone)
    return end - begin


def is_night(template: ShiftTemplate) -> bool:
    """Tell whether a shift is a night: at least three hours of it lie between 23:00 and 06:00.

    That follows the European directive on working time (2003/88/EC, article 2): night time is a stretch of
    seven hours or more that holds midnight to five, and whoever works three hours of it works nights. It is
    told by the wall clock, whatever the date: 00:00-08:00 is a night as much as 20:00-08:00 is, 16:00-24:00
    is none. A change of the clocks makes no night and takes none.
    """
    return template.kind is ShiftKind.WORK and night_minutes(template) >= NIGHT_LEAST


def night_minutes(template: ShiftTemplate) -> int:
    """Return how many minutes of a shift lie in night time by the wall clock, whatever its kind."""
    begins, ends = template.start_minute, template.start_minute + template.duration_minute
    nights = range(-_MIDNIGHT, ends, _MIDNIGHT)
    return sum(max(0, min(ends, night + NIGHT_ENDS) - max(begins, night + NIGHT_BEGINS)) for night in nights)


def is_overnight(template: ShiftTemplate) -> bool:
    """Tell whether a shift is a night that ends on the date after the one it begins on."""
    return is_night(template) and template.start_minute + template.duration_minute >= _MIDNIGHT


def is_morning(template: ShiftTemplate) -> bool:
    """Tell whether a shift begins before noon and is no night: what nobody works straight after a night."""
    return template.kind is ShiftKind.WORK and template.start_minute < _NOON and not is_night(template)


def shift_at(templates: Iterable[ShiftTemplate], instant: datetime, zone: ZoneInfo) -> ShiftAt | None:
    """Return the shift whose handover rhythm the desk lives by at an instant.

    Where several run at once (day and office), the longest wins, then the one that began first: the
    crew shifts cover the day, the office shift does not. A shift counts on the dates on which it holds; one
    that begins on its last date runs to its end.
    """
    local = instant.astimezone(zone).date()
    running = []
    for template in templates:
        if template.kind is not ShiftKind.WORK:
            continue
        for on in (local - DAY, local):
            begin, end = shift_span(template, on, zone)
            if begin <= instant < end and template.holds_on(on):
                running.append(ShiftAt(template, on, begin, end))
    return min(running, key=lambda shift: (-shift.template.duration_minute, shift.starts_at), default=None)


def next_shift(templates: Iterable[ShiftTemplate], shift: ShiftAt, zone: ZoneInfo) -> ShiftAt | None:
    """Return the shift that takes over when `shift` ends, None when nobody does."""
    return shift_at(templates, shift.ends_at, zone)


# A day of a kind no rule names is staffed like the one it resembles.
_RESEMBLES: Mapping[str, tuple[str, ...]] = {
    DayType.MAKE_UP_WORKDAY: (DayType.WORKDAY,),
    DayType.DAY_OFF_IN_LIEU: (DayType.WEEKEND, DayType.HOLIDAY),
}


def coverage_counts(
    rules: Sequence[CoverageRule],
    days: Sequence[date],
    day_types: Mapping[date, str],
    cells: Mapping[tuple[PersonId, date], Assignment],
    people: Sequence[RosterPerson],
    templates: Iterable[ShiftTemplate],
) -> list[CoverageCount]:
    """Return planned against needed for every rule on every date; a rule of another day type needs nobody.

    A make-up workday without a rule of its own follows that of workdays, a day off in lieu that of weekends
    or else of holidays. Rules are alike when shift and team are: each such pair gives one line, whatever
    the day type, if the shift holds on any of the days; on those on which it does not, it needs nobody. Who
    stands in for another team on a shift counts there; somebody no longer on the roster counts nowhere.
    """
    team_of = {person.id: person.team_id for person in people}
    planned: dict[tuple[TemplateId, object, date], int] = {}
    for (person_id, on), cell in cells.items():
        if person_id not in team_of:
            continue
        own = cell.team_id if cell.team_id is not None else team_of[person_id]
        for team in {own, None}:
            key = (cell.template_id, team, on)
            planned[key] = planned.get(key, 0) + 1
    held = {each.id: frozenset(on for on in days if each.holds_on(on)) for each in templates}
    lines: dict[tuple[TemplateId, object], dict[str, CoverageRule]] = {}
    for rule in rules:
        if held.get(rule.template_id):
            lines.setdefault((rule.template_id, rule.team_id), {})[rule.day_type] = rule
    found = []
    for (template_id, team_id), by_type in lines.items():
        first = next(iter(by_type.values()))
        for on in days:
            asked = asked_for(day_types[on], by_type)
            needed = asked.minimum if asked is not None and on in held[template_id] else 0
            count = planned.get((template_id, team_id, on), 0)
            found.append(CoverageCount(asked or first, on, count, needed))
    return found


def asked_for(day_type: str, by_type: Mapping[str, T]) -> T | None:
    """Return what is asked on a type of day: its own entry, or that of the type it resembles, or None."""
    kinds = (day_type, *_RESEMBLES.get(day_type, ()))
    return next((by_type[kind] for kind in kinds if kind in by_type), None)


def violations(
    cells: Mapping[tuple[PersonId, date], Assignment],
    templates: Mapping[TemplateId, ShiftTemplate],
    days: Sequence[date],
    zone: ZoneInfo,
    limits: RosterLimits,
) -> list[Violation]:
    """Return every broken rule on `days`, by date. Cells just before the first day count as well.

    Leave and sickness break no rest; standby does not count as work.
    """
    found: list[Violation] = []
    by_person: dict[PersonId, list[Assignment]] = {}
    for cell in cells.values():
        by_person.setdefault(cell.person_id, []).append(cell)
    shown = set(days)
    for line in by_person.values():
        work = sorted(
            (cell for cell in line if templates[cell.template_id].kind is ShiftKind.WORK),
            key=lambda cell: cell.on_date,
        )
        found += [
            violation
            for violation in _person_violations(work, templates, zone, limits)
            if violation.on_date in shown
        ]
    found += _supervisor_violations(cells, templates, days, limits)
    return sorted(found, key=lambda violation: (violation.on_date, violation.person_id or 0, violation.rule))


def _person_violations(
    work: Sequence[Assignment],
    templates: Mapping[TemplateId, ShiftTemplate],
    zone: ZoneInfo,
    limits: RosterLimits,
) -> list[Violation]:
    found: list[Violation] = []
    nights = 0
    for index, cell in enumerate(work):
        template = templates[cell.template_id]
        earlier = work[index - 1] if index else None
        follows = earlier is not None and earlier.on_date == cell.on_date - DAY
        was_night = earlier is not None and is_night(templates[earlier.template_id])
        was_overnight = earlier is not None and is_overnight(templates[earlier.template_id])
        nights = (nights + 1 if follows and was_night else 1) if is_night(template) else 0
        if nights > limits.nights_in_a_row:
            found.append(_broken(BrokenRule.NIGHTS_IN_A_ROW, cell, nights, limits.nights_in_a_row))
        if earlier is None:
            continue
        rest = shift_span(template, cell.on_date, zone)[0] - _end(earlier, templates, zone)
        if follows and was_overnight and is_morning(template):
            found.append(_broken(BrokenRule.DAY_AFTER_NIGHT, cell, _minutes(rest), _minutes(limits.rest)))
        elif rest < limits.rest:
            found.append(_broken(BrokenRule.REST, cell, _minutes(rest), _minutes(limits.rest)))
    return found


def _supervisor_violations(
    cells: Mapping[tuple[PersonId, date], Assignment],
    templates: Mapping[TemplateId, ShiftTemplate],
    days: Sequence[date],
    limits: RosterLimits,
) -> list[Violation]:
    """Crew shifts (those somebody leads anywhere in the stretch) need exactly one duty supervisor (N3)."""
    led = {cell.template_id for cell in cells.values() if cell.is_supervisor}
    counts: dict[tuple[TemplateId, date], int] = {}
    for cell in cells.values():
        if cell.is_supervisor:
            counts[cell.template_id, cell.on_date] = counts.get((cell.template_id, cell.on_date), 0) + 1
    found = []
    for template_id in sorted(led):
        if templates[template_id].kind is not ShiftKind.WORK:
            continue
        for on in days:
            leading = counts.get((template_id, on), 0)
            if leading != limits.supervisors:
                rule = (
                    BrokenRule.NO_SUPERVISOR if leading < limits.supervisors else BrokenRule.TWO_SUPERVISORS
                )
                found.append(Violation(rule, on, None, template_id, leading, limits.supervisors))
    return found


def _broken(rule: BrokenRule, cell: Assignment, found: int, allowed: int) -> Violation:
    return Violation(rule, cell.on_date, cell.person_id, cell.template_id, found, allowed)


def _end(cell: Assignment, templates: Mapping[TemplateId, ShiftTemplate], zone: ZoneInfo) -> datetime:
    return shift_span(templates[cell.template_id], cell.on_date, zone)[1]


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    # fold=0: a skipped wall time is read with the offset before the gap and so moves forward by the gap;
    # of a repeated one it is the first. Through UTC, because aware arithmetic ignores the change.
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
