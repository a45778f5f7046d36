"""Counted calls added up: by hour, weekday and hour, shift, and stretch with its busiest hour. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from app.models.entities.calls_report import CallPeak, CallStretch, CallTally, ShiftCallLine
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.entities.staffing import CallHour, StaffingAims
from app.services.duty.rules import Planned
from app.services.reports.people_period import Period
from app.services.roster.rules import shift_at
from app.services.roster.staffing_forecast import AtWork, need_for, people_in, traffic_of

HOUR = timedelta(hours=1)
HOURS_OF_DAY = range(24)
DAYS_OF_WEEK = range(7)
_LONGEST_SHIFT = timedelta(days=2)


def tally_of(hours: Iterable[CallHour], *, keeps_hung_up: bool = True) -> CallTally:
    """Return the sum of hours; without `keeps_hung_up` calls hung up in time are no part of abandonment."""
    return sum((_tally(hour, keeps_hung_up) for hour in hours), CallTally())


def by_hour(
    hours: Iterable[CallHour], period: Period, *, keeps_hung_up: bool = True
) -> tuple[CallTally, ...]:
    """Return a tally for each hour the site's clocks show, 0 to 23."""
    found = [CallTally() for _hour in HOURS_OF_DAY]
    for hour in hours:
        found[hour.starts_at.astimezone(period.zone).hour] += _tally(hour, keeps_hung_up)
    return tuple(found)


def heat_of(hours: Iterable[CallHour], period: Period) -> tuple[tuple[float | None, ...], ...]:
    """Return the calls offered in each hour of each weekday, Monday first, on average over its days.

    A day that has begun counts, also one on which nobody called; a weekday that the period lacks has None.
    """
    days = [0 for _weekday in DAYS_OF_WEEK]
    for on in period.counted:
        days[on.weekday()] += 1
    sums = [[0 for _hour in HOURS_OF_DAY] for _weekday in DAYS_OF_WEEK]
    for hour in hours:
        local = hour.starts_at.astimezone(period.zone)
        sums[local.weekday()][local.hour] += hour.offered
    return tuple(
        tuple(value / days[weekday] if days[weekday] else None for value in sums[weekday])
        for weekday in DAYS_OF_WEEK
    )


def by_shift(
    hours: Iterable[CallHour],
    templates: Iterable[ShiftTemplate],
    period: Period,
    name: Callable[[ShiftTemplate], str],
    *,
    keeps_hung_up: bool = True,
) -> tuple[ShiftCallLine, ...]:
    """Return the calls of each working shift that begins on a date of the period, in the shifts' order.

    `hours` reach a day beyond the period: the last night goes on after it, and the hours after the first
    midnight belong to the night before. An hour that several shifts share belongs to the longest, as the
    desk lives by it on that date; one without a shift stands in a line of its own, by its own date.
    """
    shifts = [one for one in templates if one.kind is ShiftKind.WORK]
    found: dict[int | None, CallTally] = {}
    for hour in hours:
        running = shift_at(shifts, hour.starts_at, period.zone)
        key = None if running is None else running.template.id
        on = hour.starts_at.astimezone(period.zone).date() if running is None else running.on_date
        if period.first <= on <= period.last:
            found[key] = found.get(key, CallTally()) + _tally(hour, keeps_hung_up)
    names: dict[int | None, str] = {one.id: name(one) for one in shifts}
    order: list[int | None] = [*names, None]
    return tuple(ShiftCallLine(names.get(key, ""), found[key]) for key in order if key in found)


def weeks_of(period: Period) -> list[tuple[date, date]]:
    """Return first and last counted date of each week, Monday to Sunday, cut off at the period's ends."""
    found: list[tuple[date, date]] = []
    for on in period.counted:
        if found and on.weekday() != 0:
            found[-1] = (found[-1][0], on)
        else:
            found.append((on, on))
    return found


def by_date(hours: Iterable[CallHour], period: Period) -> dict[date, list[CallHour]]:
    """Return the hours by the site's date, in their order."""
    found: dict[date, list[CallHour]] = {}
    for hour in hours:
        found.setdefault(hour.starts_at.astimezone(period.zone).date(), []).append(hour)
    return found


def stretch_of(
    first: date, last: date, hours: Sequence[CallHour], aims: StaffingAims, at_work: Sequence[AtWork]
) -> CallStretch:
    """Return the calls of the dates `first` to `last` with their busiest hour; of equals the earliest.

    `hours` are those of these dates; `at_work` are the people who answer, by their start. The people the
    hour needs follow from its calls and the mean handling time of the stretch, else from the one that `aims`
    supposes (S2-73).
    """
    calls = tally_of(hours, keeps_hung_up=aims.keeps_hung_up)
    if not calls.offered:
        return CallStretch(first, last, calls)
    busiest = max(hours, key=lambda hour: (hour.offered, -hour.starts_at.timestamp()))
    handling = calls.handling or float(aims.handling)
    need = need_for(traffic_of(busiest.offered, handling), handling, aims)
    begin, end = busiest.starts_at, busiest.starts_at + HOUR
    near = slice(
        bisect_left(at_work, begin - _LONGEST_SHIFT, key=_start), bisect_left(at_work, end, key=_start)
    )
    there = people_in(begin, end, at_work[near])
    return CallStretch(first, last, calls, CallPeak(begin, busiest.offered, need, there))


def spans_of(shifts: Iterable[Planned]) -> list[AtWork]:
    """Return when people of these shifts are at work, by their start."""
    return sorted((AtWork(each.starts_at, each.ends_at) for each in shifts), key=_start)


def _start(each: AtWork) -> datetime:
    return each.starts_at


def _tally(hour: CallHour, keeps_hung_up: bool) -> CallTally:
    hung_up = hour.offered - hour.answered - hour.abandoned
    return CallTally(
        hour.offered,
        hour.answered,
        hour.abandoned,
        hour.talk_seconds,
        hour.after_seconds,
        hour.ring_seconds,
        0 if keeps_hung_up else hung_up,
    )
