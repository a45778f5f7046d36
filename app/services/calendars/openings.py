"""A calendar's openings in UTC seconds, one year at a time and made on demand, with their running sum.

Meaning, the same everywhere: a window begins and ends at wall times; a wall time that the clocks skip
moves forward by the gap, one that happens twice means the first. Windows that touch or overlap (a night
shift running into a special day) are one opening: no second counts twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from app.models.entities.calendars import BusinessCalendar, Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400
# No offset from UTC ever exceeded 16 hours; a window lasts up to 24 hours and may be moved by a skipped day.
_FARTHEST_OFFSET = 16 * 3600
_DAYS_AROUND = 4
LAST_YEAR = 9997

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class YearOfOpenings:
    """The openings of one UTC year, in seconds since 1970, clipped to the year.

    `used[i]` is the open time from the year's start to the end of opening i, `total` that of the year.
    """

    begin: int
    end: int
    starts: list[int]
    ends: list[int]
    used: list[int]
    total: int

    def used_until(self, at: int) -> int:
        """Return the open seconds from the year's start to `at`, which lies in the year."""
        i = bisect_right(self.starts, at) - 1
        if i < 0:
            return 0
        spare = self.ends[i] - at
        return self.used[i] - spare if spare > 0 else self.used[i]

    def when_used(self, used: int) -> int:
        """Return the earliest second by which `used` (more than 0, at most the total) has run."""
        i = bisect_left(self.used, used)
        return self.ends[i] - (self.used[i] - used)

    def open_at(self, at: int) -> bool:
        """Return whether the second that begins at `at` is open."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.ends[i]

    def next_open(self, at: int) -> int | None:
        """Return the first open second not before `at`, or None when the year offers no more."""
        i = bisect_right(self.ends, at)
        return max(at, self.starts[i]) if i < len(self.starts) else None


def year_of(at: int) -> int:
    """Return the UTC year of an instant in seconds."""
    return (EPOCH + timedelta(seconds=at)).year


def openings_of(calendar: BusinessCalendar, year: int) -> YearOfOpenings:
    """Return a year's openings, kept on the calendar itself.

    Two threads may both make the same year; both results are equal and one of them stays.
    """
    found: YearOfOpenings | None = calendar.memo.get(year)
    if found is None:
        found = calendar.memo.setdefault(year, _make_year(calendar, year))
    return found


def seconds_of_date(zone: ZoneInfo, on: date) -> list[Interval]:
    """Return every second whose local date is `on`: usually one interval, none for a skipped date.

    Clocks put back over midnight make two of them, so the offsets in force are asked, not midnight.
    """
    midnight = (datetime(on.year, on.month, on.day, tzinfo=UTC) - EPOCH) // timedelta(seconds=1)
    pieces = []
    for begin, end, offset in _offsets(zone, midnight - _FARTHEST_OFFSET, midnight + DAY + _FARTHEST_OFFSET):
        first, last = max(begin, midnight - offset), min(end, midnight + DAY - offset)
        if first < last:
            pieces.append((first, last))
    return pieces


def _offsets(zone: ZoneInfo, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield (begin, end, UTC offset) pieces. Clocks never changed twice within six hours."""
    step = 6 * 3600
    since, offset = begin, _offset(zone, begin)
    for probe in range(begin + step, end + step, step):
        at = min(probe, end)
        after = _offset(zone, at)
        if after != offset:
            low, high = at - step, at
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            yield since, high, offset
            since, offset = high, after
    yield since, end, offset


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = (EPOCH + timedelta(seconds=at)).astimezone(zone).utcoffset() or timedelta()
    return offset.days * DAY + offset.seconds


def _make_year(calendar: BusinessCalendar, year: int) -> YearOfOpenings:
    begin = (datetime(year, 1, 1, tzinfo=UTC) - EPOCH).days * DAY
    end = (datetime(year + 1, 1, 1, tzinfo=UTC) - EPOCH).days * DAY
    if calendar.always_open:
        return YearOfOpenings(begin, end, [begin], [end], [end - begin], end - begin)
    first = date(year, 1, 1) - timedelta(days=_DAYS_AROUND)
    dates = [first + timedelta(days=i) for i in range(366 + 2 * _DAYS_AROUND)]
    opened = _merged(_window_intervals(calendar, dates))
    openings = [
        (max(start, begin), min(stop, end))
        for start, stop in _without(opened, _merged(_closures(calendar, dates)))
        if start < end and stop > begin
    ]
    used = list(accumulate(stop - start for start, stop in openings))
    return YearOfOpenings(
        begin,
        end,
        [start for start, _ in openings],
        [stop for _, stop in openings],
        used,
        used[-1] if used else 0,
    )


def _window_intervals(calendar: BusinessCalendar, dates: Iterable[date]) -> Iterator[Interval]:
    special = calendar.special_days
    for on in dates:
        windows = special[on] if on in special else calendar.hours[on.weekday()]
        for window in windows:
            yield _interval(calendar.zone, on, window)


def _closures(calendar: BusinessCalendar, dates: Iterable[date]) -> Iterator[Interval]:
    for on in dates:
        if on in calendar.holidays:
            yield from seconds_of_date(calendar.zone, on)
        for window in calendar.breaks.get(on, ()):
            yield _interval(calendar.zone, on, window)


def _interval(zone: ZoneInfo, on: date, window: Window) -> Interval:
    # Adding minutes to an aware datetime moves the wall clock; subtracting EPOCH asks the zone.
    midnight = datetime(on.year, on.month, on.day, tzinfo=zone)
    opens = midnight + timedelta(minutes=window.start_minute) - EPOCH
    closes = midnight + timedelta(minutes=window.end_minute) - EPOCH
    return opens.days * DAY + opens.seconds, closes.days * DAY + closes.seconds


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Join what touches or overlaps; drop what holds no time (a window inside a skipped hour)."""
    merged: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _without(opened: list[Interval], closed: list[Interval]) -> Iterator[Interval]:
    """Take the closed intervals out of the open ones; both are sorted and free of overlaps."""
    first = 0
    for start, end in opened:
        while first < len(closed) and closed[first][1] <= start:
            first += 1
        at = start
        for shut, reopen in closed[first:]:
            if shut >= end:
                break
            if shut > at:
                yield at, shut
            at = max(at, reopen)
        if at < end:
            yield at, end
