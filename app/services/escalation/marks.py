"""Shares of a clock's target: reached or not, when they were, and when the next one will be. Pure.

A share is reached when that much of the target is used. 100 % is the exception: it is reached when the
promise is broken, one second after the due time, because what is done in the due second itself is in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.sla import ClockState, SegmentKind
from app.services.calendars.rules import add_working_time, working_time
from app.services.sla.stretches import calendar_of

WHOLE = 100
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta()


def is_reached(clock: ClockState, percent: int) -> bool:
    """Tell whether a share of the target is used; 100 % is the breach itself, and the fold's to decide."""
    if percent == WHOLE:
        return clock.is_breached
    if not clock.target:
        return percent < WHOLE
    return _used(clock) * WHOLE >= percent * clock.target


def next_mark(
    clock: ClockState, percents: Iterable[int], calendars: Mapping[str, BusinessCalendar], now: datetime
) -> datetime | None:
    """Return when the next of `percents` will be reached if nothing happens; None where none ever is.

    A clock that stands still reaches nothing; when its pause ends by itself is `next_turn`'s to say.
    """
    if clock.ended_at is not None:
        return None
    ahead = [percent for percent in percents if not is_reached(clock, percent)]
    found = None
    if WHOLE in ahead and clock.due_at is not None:
        found = clock.due_at + _SECOND
    shares = [percent for percent in ahead if percent != WHOLE]
    if shares and clock.is_running and clock.target:
        left = _share(clock, min(shares)) - _used(clock)
        at = _after(calendar_of(calendars, clock.stretches[-1].promise), now, max(left, _NOTHING))
        found = at if found is None else min(found, at or found)
    return None if found is None else max(found, now + _SECOND)


def next_turn(clock: ClockState, now: datetime) -> datetime | None:
    """Return when a pause of the clock ends by itself, None where it has no end or the clock runs."""
    if clock.ended_at is not None:
        return None
    return next((stretch.start for stretch in clock.stretches if stretch.start > now), None)


def reached_at(
    clock: ClockState, percent: int, calendars: Mapping[str, BusinessCalendar], now: datetime
) -> datetime:
    """Return when a share that is used by `now` was used up, to the second; `now` where that is lost."""
    if percent == WHOLE:
        return clock.breached_at or now
    goal, used = _share(clock, percent), clock.elapsed
    for stretch in reversed(clock.stretches):
        if stretch.kind is not SegmentKind.OPEN or stretch.start > now:
            continue
        calendar = calendar_of(calendars, stretch.promise)
        end = now if stretch.end is None else min(stretch.end, now)
        used -= working_time(calendar, stretch.start, end)
        if used < goal:
            return min(_after(calendar, stretch.start, max(goal - max(used, _NOTHING), _NOTHING)) or now, now)
    return now


def _used(clock: ClockState) -> timedelta:
    return clock.target - clock.remaining


def _share(clock: ClockState, percent: int) -> timedelta:
    """Return the least whole seconds that make up the share."""
    seconds = clock.target.days * 86400 + clock.target.seconds
    return timedelta(seconds=-(-seconds * percent // WHOLE))


def _after(calendar: BusinessCalendar, start: datetime, length: timedelta) -> datetime | None:
    try:
        return add_working_time(calendar, start, length)
    except (NeverOpen, NeverDue):
        return None
