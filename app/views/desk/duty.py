"""Who works when on the desk's present day, what is missing, and how they are reached. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from app.models.entities.roster import (
    Assignment,
    CoverageCount,
    OnDuty,
    Roster,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
)
from app.services.base.names import name_in, named
from app.services.roster.rules import shift_span
from app.views.base.format import Format, phone
from app.views.base.i18n import _, ngettext
from app.views.base.widgets.gantt import GanttBar, GanttRow

# The strip shows sixteen hours of a day; from the evening on, the night that follows.
_SHOWN_HOURS = 16
_EVENING_AFTER = 10
_MOVED_BY = 8
_FIRST_HOUR = 8
_ROOMY = 5.0
_BETWEEN = " · "
_TONES = frozenset("dnmgtk")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The strip of one day: rows, the hours it spans from midnight of `on`, and how many gaps it has."""

    on: date
    rows: tuple[GanttRow, ...]
    start: float
    end: float
    gaps: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Somebody on duty now. `number` is what to dial: the mobile number of a duty supervisor."""

    name: str
    role: str
    shift: str
    number: str
    other_number: str
    until: str
    is_supervisor: bool
    away: str = ""  # why they have left the desk, "" while they are there


def desk_day(roster: Roster, fmt: Format, now: datetime) -> tuple[date, int]:
    """Return the day the desk lives in and the hour at which it begins.

    The day lasts until the first shift of the next one: at two at night it is still yesterday.
    """
    hour = min((template.start_minute // 60 for template in _at_work(roster)), default=_FIRST_HOUR)
    local = fmt.local(now)
    on = local.date() - timedelta(days=1) if local.hour < hour else local.date()
    return on, hour


def coverage(roster: Roster, fmt: Format, now: datetime) -> Coverage:
    """Return the strip of the present day: by start, of a shift its duty supervisor first; gaps last."""
    on, hour = desk_day(roster, fmt, now)
    templates = {template.id: template for template in roster.templates}
    people = {person.id: person for person in roster.people}
    is_evening = hours_since(on, now, fmt) >= hour + _EVENING_AFTER
    start = float(hour + _MOVED_BY if is_evening else hour)
    found = []
    for cell in roster.cells.values():
        template, person = templates.get(cell.template_id), people.get(cell.person_id)
        is_work = template is not None and template.kind is ShiftKind.WORK
        if cell.on_date == on and is_work and template is not None and person is not None:
            order = (template.start_minute, not cell.is_supervisor, person.team_position, person.id)
            found.append((order, cell))
    rows = [
        GanttRow(
            name_in(person.name, person.name_alt, fmt.texts.language),
            (_bar(cell, templates[cell.template_id], person, fmt, start + _SHOWN_HOURS),),
        )
        for _order, cell in sorted(found, key=itemgetter(0))
        for person in (people[cell.person_id],)
    ]
    missing = [count for count in roster.coverage if count.on_date == on and count.is_gap]
    rows += [_gap_row(count, templates[count.rule.template_id], roster.people, fmt) for count in missing]
    return Coverage(on, tuple(rows), start, start + _SHOWN_HOURS, len(missing))


def hours_since(on: date, moment: datetime, fmt: Format) -> float:
    """Return an instant as hours of the wall clock since midnight of a date: 26.5 is 02:30 of the next."""
    wall = fmt.local(moment).replace(tzinfo=None)
    return (wall - datetime.combine(on, time())) / timedelta(hours=1)


def duty_lines(people: Iterable[OnDuty], templates: Sequence[ShiftTemplate], fmt: Format) -> list[DutyLine]:
    """Return who is on duty, in the order given (the duty supervisor first)."""
    names = {template.code: named(template, fmt.texts.language) for template in templates}
    return [_duty_line(one, names.get(one.template_code, one.template_code), fmt) for one in people]


def _at_work(roster: Roster) -> list[ShiftTemplate]:
    used = {cell.template_id for cell in roster.cells.values()}
    return [each for each in roster.templates if each.id in used and each.kind is ShiftKind.WORK]


def _duty_line(one: OnDuty, shift: str, fmt: Format) -> DutyLine:
    role = name_in(one.team_name, one.team_name_alt, fmt.texts.language)
    if one.is_supervisor:
        role = _("Duty supervisor")
    elif one.is_standby:
        role = _("{team} · standby").format(team=role)
    first, second = (one.mobile, one.phone) if one.is_supervisor else (one.phone, one.mobile)
    return DutyLine(
        one.person_name,
        role,
        shift,
        phone(first or second),
        phone(second) if first else "",
        fmt.clock(one.ends_at),
        one.is_supervisor,
        _away(one, fmt),
    )


def _away(one: OnDuty, fmt: Format) -> str:
    if not one.away or one.away_until is None:
        return _("away: {reason}").format(reason=one.away) if one.away else ""
    return _("away: {reason}, back {time}").format(reason=one.away, time=fmt.clock(one.away_until))


def _bar(
    cell: Assignment, template: ShiftTemplate, person: RosterPerson, fmt: Format, shown_until: float
) -> GanttBar:
    begin, end = shift_span(template, cell.on_date, fmt.zone)
    # Of "Second line · apps" a bar has room for the first part.
    role = name_in(person.team_name, person.team_name_alt, fmt.texts.language).split(_BETWEEN)[0]
    if cell.is_supervisor:
        role = _("Duty supervisor")
    first, last = hours_since(cell.on_date, begin, fmt), hours_since(cell.on_date, end, fmt)
    # A bar that runs out of the strip has room for the shift's name alone.
    words = (named(template, fmt.texts.language), role if min(last, shown_until) - first > _ROOMY else "")
    tone = template.tone[:1].lower()
    return GanttBar(
        first,
        last,
        _BETWEEN.join(filter(None, words)),
        tone if tone in _TONES else "g",
    )


def _gap_row(
    count: CoverageCount, template: ShiftTemplate, people: Sequence[RosterPerson], fmt: Format
) -> GanttRow:
    begin, end = shift_span(template, count.on_date, fmt.zone)
    missing = count.needed - count.planned
    bar = GanttBar(
        hours_since(count.on_date, begin, fmt),
        hours_since(count.on_date, end, fmt),
        ngettext("{count} missing", "{count} missing", missing).format(count=missing),
        gap=True,
    )
    return GanttRow(_team_name(count, people, fmt), (bar,), person=False)


def _team_name(count: CoverageCount, people: Sequence[RosterPerson], fmt: Format) -> str:
    for person in people:
        if person.team_id == count.rule.team_id and count.rule.team_id is not None:
            return name_in(person.team_name, person.team_name_alt, fmt.texts.language)
    return _("Whole desk")
