"""Working-time arithmetic. Pure: no database, no Qt, no clock.

Instants are aware datetimes of any zone (naive ones raise ValueError); answers are UTC. Everything is
counted in whole seconds: a fraction of a second is dropped from instants and amounts alike. Spans are
half-open. A pause is never "closed", and a closed calendar is never "paused".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.time import Span
from app.services.calendars.openings import (
    DAY,
    EPOCH,
    LAST_YEAR,
    YearOfOpenings,
    openings_of,
    seconds_of_date,
    year_of,
)

# A calendar that stays closed this long is a set-up mistake, not a slow service level.
LONGEST_CLOSURE = timedelta(days=400)
_LONGEST_CLOSURE = LONGEST_CLOSURE.days * DAY
_LAST_SECOND = (datetime(LAST_YEAR, 1, 1, tzinfo=UTC) - EPOCH).days * DAY
# Later than any instant: the end of a pause that has none.
_ENDLESS = 1 << 60


def add_working_time(
    calendar: BusinessCalendar, start: datetime, allowed: timedelta, pauses: Sequence[Span] = ()
) -> datetime:
    """Return the first instant at which `allowed` working time has run since `start`.

    Working time runs only while `calendar` is open and no pause is in force. An allowance that ends exactly
    at closing time is used up at closing time, not at the next opening. A zero allowance is due at `start`
    itself if time runs there, else when it next does. Pauses may overlap, touch, and come in any order.

    Raises:
        NeverOpen: the calendar offers nothing for LONGEST_CLOSURE on end (pauses do not count).
        NeverDue: a pause without end (`Span.end` is None) begins before the time is used up, or the end of
            representable time does.
        ValueError: `start` is naive, or `allowed` is negative.
    """
    at = _seconds(start)
    left = allowed.days * DAY + allowed.seconds
    if left < 0:
        raise ValueError("an allowance cannot be negative")
    due = _advance(calendar, at, left) if not pauses else _advance_around(calendar, at, left, pauses)
    return EPOCH + timedelta(seconds=due)


def working_time(
    calendar: BusinessCalendar, start: datetime, end: datetime, pauses: Sequence[Span] = ()
) -> timedelta:
    """Return the working time in [start, end): open and not paused. Zero when `end` is not after `start`."""
    first, last = _seconds(start), _seconds(end)
    if first >= last:
        return timedelta()
    counted = _open_seconds(calendar, first, last)
    for begin, finish in _merged_pauses(pauses, first, last) if pauses else ():
        counted -= _open_seconds(calendar, begin, last if finish is None else finish)
    return timedelta(seconds=counted)


def is_open(calendar: BusinessCalendar, instant: datetime) -> bool:
    """Return whether working time runs in the second that begins at `instant`."""
    at = _seconds(instant)
    return openings_of(calendar, year_of(at)).open_at(at)


def next_opening(calendar: BusinessCalendar, instant: datetime) -> datetime:
    """Return `instant` itself if the calendar is open then, else when it opens next.

    Raises:
        NeverOpen: nothing opens for LONGEST_CLOSURE.
    """
    return EPOCH + timedelta(seconds=_next_open(calendar, _seconds(instant)))


def open_spans(calendar: BusinessCalendar, start: datetime, end: datetime) -> Iterator[Span]:
    """Yield the open stretches of [start, end), earliest first, never touching one another."""
    first, last = _seconds(start), _seconds(end)
    held: tuple[int, int] | None = None
    for begin, finish in _open_intervals(calendar, first, last):
        if held is not None and held[1] == begin:  # a year's end cut one opening in two
            held = (held[0], finish)
            continue
        if held is not None:
            yield _span(*held)
        held = (begin, finish)
    if held is not None:
        yield _span(*held)


def working_day_length(calendar: BusinessCalendar) -> timedelta:
    """Return what "1 d" means: the stated working day, else the longest weekday; 24 hours for 24x7.

    A calendar without weekly hours takes the longest of its special days; one without any window, 24 hours.
    """
    if calendar.working_day is not None:
        return calendar.working_day
    if calendar.always_open:
        return timedelta(days=1)
    days = [day for day in calendar.hours if day] or [day for day in calendar.special_days.values() if day]
    minutes = max((sum(window.duration_minutes for window in day) for day in days), default=24 * 60)
    return timedelta(minutes=min(minutes, 24 * 60))


def day_type(calendar: BusinessCalendar, on: date) -> DayType:
    """Return what kind of day a local date is.

    What the calendar states for the date comes first. Else a holiday is a holiday; a special day with hours
    on a weekday that has none is a make-up workday, one without hours on a weekday that has some is a day
    off in lieu. Saturday and Sunday are the weekend also where the desk is open around the clock.
    """
    stated = calendar.day_types.get(on)
    if stated is not None:
        return stated
    if on in calendar.holidays:
        return DayType.HOLIDAY
    usual = DayType.WEEKEND if on.weekday() >= 5 else DayType.WORKDAY
    special = calendar.special_days.get(on)
    if special is None:
        return usual
    was_open = bool(calendar.hours[on.weekday()])
    if special and not was_open:
        return DayType.MAKE_UP_WORKDAY
    return DayType.DAY_OFF_IN_LIEU if was_open and not special else usual


def has_hours(calendar: BusinessCalendar, on: date) -> bool:
    """Return whether hours begin on a local date (breaks aside)."""
    if calendar.always_open:
        return True
    if on in calendar.holidays:
        return False
    return bool(calendar.special_days.get(on, calendar.hours[on.weekday()]))


def spans_of_date(calendar: BusinessCalendar, on: date) -> tuple[Span, ...]:
    """Return every instant whose local date is `on`: one span, none or two where clocks cross midnight."""
    return tuple(_span(begin, end) for begin, end in seconds_of_date(calendar.zone, on))


def _seconds(instant: datetime) -> int:
    try:
        since = instant - EPOCH
    except TypeError:
        raise ValueError("an instant needs a time zone") from None
    return since.days * DAY + since.seconds


def _span(begin: int, end: int) -> Span:
    return Span(EPOCH + timedelta(seconds=begin), EPOCH + timedelta(seconds=end))


def _open_seconds(calendar: BusinessCalendar, first: int, last: int) -> int:
    year = year_of(first)
    openings = openings_of(calendar, year)
    counted = -openings.used_until(first)
    while last > openings.end:
        counted += openings.total
        year += 1
        openings = openings_of(calendar, year)
    return counted + openings.used_until(last)


def _open_intervals(calendar: BusinessCalendar, first: int, last: int) -> Iterator[tuple[int, int]]:
    for year in range(year_of(first), year_of(last) + 1):
        year_openings = openings_of(calendar, year)
        for begin, finish in zip(year_openings.starts, year_openings.ends, strict=True):
            if finish > first and begin < last:
                yield max(begin, first), min(finish, last)


def _advance(calendar: BusinessCalendar, at: int, left: int) -> int:
    """Return when `left` seconds have run since `at`, without pauses."""
    if left == 0:
        return _next_open(calendar, at)
    year = year_of(at)
    openings = openings_of(calendar, year)
    goal = openings.used_until(at) + left
    closed_since = at
    while goal > openings.total:
        goal -= openings.total
        if openings.ends:
            closed_since = max(closed_since, openings.ends[-1])
        year += 1
        openings = _year_after_closure(calendar, year, closed_since)
    return openings.when_used(goal)


def _next_open(calendar: BusinessCalendar, at: int) -> int:
    year = year_of(at)
    found = openings_of(calendar, year).next_open(at)
    while found is None:
        year += 1
        found = _year_after_closure(calendar, year, at).next_open(at)
    return found


def _year_after_closure(calendar: BusinessCalendar, year: int, closed_since: int) -> YearOfOpenings:
    """Return the openings of `year`, given that nothing opened from `closed_since` to its begin."""
    if year > LAST_YEAR:
        raise NeverDue("calendar.beyond_time", year=year)
    found = openings_of(calendar, year)
    opens = found.starts[0] if found.starts else found.end
    if opens - closed_since >= _LONGEST_CLOSURE:
        raise NeverOpen("calendar.never_open", calendar=calendar.name, days=LONGEST_CLOSURE.days)
    return found


def _advance_around(calendar: BusinessCalendar, at: int, left: int, pauses: Sequence[Span]) -> int:
    """Return when `left` seconds have run since `at`, standing still during pauses."""
    for begin, finish in _merged_pauses(pauses, at, None):
        if left == 0:
            at = _next_open(calendar, at)
            if at < begin:
                return at
        else:
            before = _open_seconds(calendar, at, begin) if begin > at else 0
            if left <= before:
                break
            left -= before
        if finish is None:
            raise NeverDue("sla.paused_without_end")
        if finish > _LAST_SECOND:
            raise NeverDue("calendar.beyond_time", year=LAST_YEAR)
        at = max(at, finish)
    return _advance(calendar, at, left)


def _merged_pauses(pauses: Sequence[Span], first: int, last: int | None) -> list[tuple[int, int | None]]:
    """Return the pauses within [first, last) in seconds, sorted, without overlaps; None runs on for ever."""
    clipped = []
    for pause in pauses:
        begin = max(_seconds(pause.start), first)
        finish = _ENDLESS if pause.end is None else _seconds(pause.end)
        if last is not None:
            finish = min(finish, last)
        if begin < finish:
            clipped.append((begin, finish))
    merged: list[tuple[int, int]] = []
    for begin, finish in sorted(clipped):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], finish))
        else:
            merged.append((begin, finish))
    return [(begin, None if finish == _ENDLESS else finish) for begin, finish in merged]
