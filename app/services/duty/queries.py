"""What is asked about presence, checks and the duty board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.models.entities.duty import (
    Away,
    CheckLine,
    CheckMoment,
    CheckTick,
    DutyBoard,
    MonthOfPresence,
    Presence,
    ShiftCheck,
    UnledShift,
)
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.instants import from_micros
from app.models.entities.roster import OnDuty, ShiftAt
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named, person_column
from app.services.base.years import read_iso_month
from app.services.duty import presence, rules
from app.services.duty.board import read_board, unled
from app.services.roster.queries import load_cells, load_people, load_templates, site_zone
from app.services.roster.rules import shift_at

_MOMENTS = {
    moment: at for at, moment in enumerate((CheckMoment.START, CheckMoment.EQUIPMENT, CheckMoment.END))
}


@query(permission="roster.read")
def duty_board(ctx: Context, read: Reader, at: datetime | None = None) -> DutyBoard:
    """Return who is on duty at an instant (now) with away marks and load, what comes next, what is wrong."""
    return read_board(read, at or ctx.clock.now(), ctx.language)


@query(permission="roster.read")
def on_duty_now(ctx: Context, read: Reader) -> list[tuple[OnDuty, Away | None]]:
    """Return who is on duty now, the duty supervisor first, each with the time away that is not over."""
    return presence.on_duty_with_away(read, ctx.clock.now(), ctx.language)


@query(permission="roster.read")
def away_people(ctx: Context, read: Reader) -> Mapping[PersonId, Away]:
    """Return who of those on duty is away now."""
    found = presence.on_duty_with_away(read, ctx.clock.now(), ctx.language)
    return {one.person_id: away for one, away in found if away is not None}


@query(permission="roster.read")
def presence_of_shift(ctx: Context, read: Reader, on_date: date, template_id: TemplateId) -> list[Presence]:
    """Return who was rostered for a shift and who came, by the roster's order (S4-21)."""
    found = _presence(ctx, read, on_date, on_date)
    return [one for one in found if one.template_id == template_id]


@query(permission="roster.read")
def presence_of_month(ctx: Context, read: Reader, month: str) -> list[MonthOfPresence]:
    """Return the presence of a month ("2026-11") per person, shifts up to now (S4-21).

    Whoever does not plan sees only their own line.
    """
    now = ctx.clock.now()
    first, last = _days_of(month)
    by_person: dict[PersonId, list[Presence]] = {}
    for line in _presence(ctx, read, first, last):
        if ctx.actor.may("roster.edit") or line.person_id == ctx.actor.person_id:
            by_person.setdefault(line.person_id, []).append(line)
    zone = site_zone(read)
    begin = min((each.starts_at for lines in by_person.values() for each in lines), default=now)
    end = max((each.ends_at for lines in by_person.values() for each in lines), default=now)
    times: dict[PersonId, int] = {}
    for away in presence.away_between(read, begin, end):
        if first <= away.from_at.astimezone(zone).date() <= last:
            times[away.person_id] = times.get(away.person_id, 0) + 1
    return [rules.month_of(lines, times.get(person, 0), now) for person, lines in by_person.items()]


@query(permission="roster.read")
def shift_of_day(
    _ctx: Context, read: Reader, person_id: PersonId, on_date: date
) -> tuple[datetime, datetime]:
    """Return when somebody's shift of work that began on a date starts and ends.

    Raises:
        RuleViolation: `duty.no_shift_then`.
    """
    planned = presence.shifts_of(read, person_id, on_date, on_date)
    if not planned:
        raise RuleViolation("duty.no_shift_then", date=on_date)
    return planned[0].starts_at, planned[0].ends_at


@query(permission="roster.read")
def unpunctual_days(ctx: Context, read: Reader, month: str) -> list[Presence]:
    """Return the shifts of a month that began late, ended early, were missed or corrected (S4-21).

    By person, then date.

    Whoever does not plan sees only their own.
    """
    found = [
        line
        for line in _presence(ctx, read, *_days_of(month))
        if line.punctuality.is_missing
        or line.punctuality.late
        or line.punctuality.early
        or (line.attendance is not None and line.attendance.is_corrected)
    ]
    is_planner = ctx.actor.may("roster.edit")
    return [line for line in found if is_planner or line.person_id == ctx.actor.person_id]


def _days_of(month: str) -> tuple[date, date]:
    first = read_iso_month(month)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@query(permission="roster.read")
def checks_now(ctx: Context, read: Reader) -> tuple[ShiftAt | None, list[CheckLine]]:
    """Return the running shift and its checks with what was found; no shift, no checks."""
    shift = shift_at(load_templates(read), ctx.clock.now(), site_zone(read))
    if shift is None:
        return None, []
    return shift, checks_of_shift(read, shift.on_date, shift.template.id, ctx.language)


@query(permission="settings.read")
def shift_checks(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[ShiftCheck]:
    """Return the points of the list, in its order."""
    return load_checks(read, include_retired=include_retired)


@query(permission="roster.read")
def unled_shifts(ctx: Context, read: Reader) -> list[UnledShift]:
    """Return which of the running shift and the next one the roster gives no duty supervisor (N3)."""
    return unled(read, ctx.clock.now())


def checks_of_shift(
    read: Reader, on_date: date, template_id: TemplateId, language: str = "en"
) -> list[CheckLine]:
    """Return a shift's checks, start first, then equipment, then end, each with what was found.

    Retired points are there where that shift still looked at them. For the handover and the board.
    """
    name = person_column("person", language)
    rows = read.rows(
        f"SELECT shift_check_id, is_good, note, {name}, at FROM shift_check_tick"
        " LEFT JOIN person ON person.id = shift_check_tick.person_id"
        " WHERE on_date = ? AND template_id = ?",
        (on_date.isoformat(), template_id),
    )
    ticks = {row[0]: CheckTick(bool(row[1]), row[2], row[3] or "", from_micros(row[4])) for row in rows}
    checks = load_checks(read, include_retired=True)
    return [CheckLine(each, ticks.get(each.id)) for each in checks if each.is_active or each.id in ticks]


def load_checks(read: Reader, *, include_retired: bool = False) -> list[ShiftCheck]:
    """Return the points to tick by moment (start, equipment, end), then by their place in the list."""
    condition = "" if include_retired else " WHERE is_active = true"
    rows = read.rows(
        f"SELECT id, code, moment, name, name_alt, position, is_active, version FROM shift_check{condition}"
        " ORDER BY position, id"
    )
    checks = [
        ShiftCheck(row[0], row[1], CheckMoment(row[2]), row[3], row[4] or "", row[5], bool(row[6]), row[7])
        for row in rows
    ]
    return sorted(checks, key=lambda each: _MOMENTS[each.moment])


def _presence(ctx: Context, read: Reader, first: date, last: date) -> Sequence[Presence]:
    """Return a line per rostered shift of work from `first` to `last`, by person of the roster, then date."""
    now, zone = ctx.clock.now(), site_zone(read)
    templates = {each.id: each for each in load_templates(read, include_retired=True)}
    planned = rules.planned_work(load_cells(read, first, last).values(), templates, zone)
    if not planned:
        return []
    present = presence.load_attendance(read, first, last)
    begin, end = min(each.starts_at for each in planned), max(each.ends_at for each in planned)
    away: dict[PersonId, list[Away]] = {}
    for each in presence.away_between(read, begin, end):
        away.setdefault(each.person_id, []).append(each)
    order = {person.id: (at, named(person, ctx.language)) for at, person in enumerate(load_people(read))}
    lines = []
    for shift in sorted(planned, key=lambda each: each.starts_at):
        cell = shift.assignment
        if cell.person_id not in order:
            continue
        attendance = present.get((cell.person_id, cell.on_date))
        gone = rules.away_within(away.get(cell.person_id, ()), shift.starts_at, shift.ends_at, now)
        lines.append(
            Presence(
                cell.person_id,
                order[cell.person_id][1],
                cell.on_date,
                cell.template_id,
                templates[cell.template_id].code,
                shift.starts_at,
                shift.ends_at,
                attendance,
                rules.punctuality(shift.starts_at, shift.ends_at, attendance, now),
                int(gone.total_seconds() // 60),
            )
        )
    return sorted(lines, key=lambda line: order[line.person_id][0])
