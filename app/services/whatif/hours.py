"""A calendar's working time in whole seconds since 1970: `calendars.rules` without datetimes. Pure.

Several years stand in one sorted table, so that an answer costs one or two bisections. Whatever the table
does not hold (far years, calendars closed for more than a year) is asked of `calendars.rules` itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import NamedTuple

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.time import Allowance
from app.services.calendars.openings import DAY, EPOCH, openings_of, year_of
from app.services.calendars.rules import LONGEST_CLOSURE, add_working_time, working_day_length

_LONGEST_CLOSURE = LONGEST_CLOSURE.days * DAY
# A table reaches on to the years in which nearly all promises of its first year fall due.
_YEARS_AHEAD = 2
_MEMO_KEY = "whatif.hours"


class _Table(NamedTuple):
    """The openings of some years; `used[i]` is the open time from `begin` to the end of opening i."""

    begin: int
    end: int
    starts: list[int]
    ends: list[int]
    used: list[int]
    has_long_closure: bool


class Hours:
    """Working time of one calendar. Get it from `hours_of`; threads may share it."""

    __slots__ = ("_calendar", "_is_always_open", "_table", "day")

    def __init__(self, calendar: BusinessCalendar) -> None:
        self._calendar = calendar
        self._is_always_open = calendar.always_open
        self._table: _Table | None = None
        self.day = seconds_of(working_day_length(calendar))

    def between(self, first: int, last: int) -> int:
        """Return the open seconds in [first, last); 0 where `last` is not after `first`."""
        if first >= last:
            return 0
        if self._is_always_open:
            return last - first
        table = self._covering(first, last)
        return _used_until(table, last) - _used_until(table, first)

    def due(self, start: int, left: int) -> int | None:
        """Return when `left` seconds have run since `start`, as `add_working_time` does; None for never."""
        if self._is_always_open:
            return start + left
        table = self._covering(start, start)
        if not table.has_long_closure:
            found = _next_open(table, start) if left == 0 else _when_used(table, start, left)
            if found is not None:
                return found
        try:
            due = add_working_time(self._calendar, EPOCH + timedelta(seconds=start), timedelta(seconds=left))
        except (NeverOpen, NeverDue):
            return None
        return seconds_of(due - EPOCH)

    def length(self, allowance: Allowance) -> int:
        """Return the working seconds an allowance means in this calendar."""
        return allowance.seconds + allowance.working_days * self.day

    def _covering(self, first: int, last: int) -> _Table:
        table = self._table
        if table is not None and table.begin <= first and last <= table.end:
            return table
        years = [year_of(first), year_of(last) + _YEARS_AHEAD]
        if table is not None:
            years = [min(years[0], year_of(table.begin)), max(years[1], year_of(table.end - 1))]
        # Another thread may do the same; whichever table stays, it is right.
        self._table = table = _make_table(self._calendar, years[0], years[1])
        return table


def hours_of(calendar: BusinessCalendar) -> Hours:
    """Return the hours of a calendar; always the same ones for one object."""
    found = calendar.memo.get(_MEMO_KEY)
    if found is None:
        found = calendar.memo.setdefault(_MEMO_KEY, Hours(calendar))
    return found  # type: ignore[no-any-return]


def seconds_of(length: timedelta) -> int:
    """Return whole seconds; a fraction is dropped."""
    return length.days * DAY + length.seconds


def _make_table(calendar: BusinessCalendar, first: int, last: int) -> _Table:
    years = [openings_of(calendar, year) for year in range(first, last + 1)]
    starts = [start for year in years for start in year.starts]
    ends = [end for year in years for end in year.ends]
    used, total = [], 0
    for year in years:
        used += [total + each for each in year.used]
        total += year.total
    begin = years[0].begin
    opened = [begin, *starts]
    closed = [begin, *ends]
    # The time after the last opening is not judged: what falls due there is not in the table either.
    longest = max((start - end for start, end in zip(opened[1:], closed[:-1], strict=True)), default=0)
    is_odd = not starts or longest >= _LONGEST_CLOSURE
    return _Table(begin, years[-1].end, starts, ends, used, is_odd)


def _used_until(table: _Table, at: int) -> int:
    i = bisect_right(table.starts, at) - 1
    if i < 0:
        return 0
    spare = table.ends[i] - at
    return table.used[i] - spare if spare > 0 else table.used[i]


def _when_used(table: _Table, start: int, left: int) -> int | None:
    goal = _used_until(table, start) + left
    i = bisect_left(table.used, goal)
    return table.ends[i] - (table.used[i] - goal) if i < len(table.ends) else None


def _next_open(table: _Table, at: int) -> int | None:
    i = bisect_right(table.ends, at)
    return max(at, table.starts[i]) if i < len(table.starts) else None
