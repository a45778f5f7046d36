"""What calls to expect in an hour, and how many people that needs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from app.models.entities.calendars import DayType
from app.models.entities.staffing import Need, StaffingAims
from app.services.roster.staffing import (
    MOST_TRAFFIC,
    agents_for_abandonment,
    agents_for_service_level,
    erlang_a,
    with_shrinkage,
    without_shrinkage,
)

HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# Fewer days than this say little about a day of their kind.
LEAST_DAYS = 3
_WORKED = frozenset({DayType.WORKDAY.value, DayType.MAKE_UP_WORKDAY.value})
_BAND = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Expected:
    """Calls expected in an hour: the median of like days, and the band that eight days of ten fall in."""

    calls: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AtWork:
    """A stretch in which one person is at work, in UTC; `person_id` 0 where it does not matter who."""

    starts_at: datetime
    ends_at: datetime
    person_id: int = 0


def hours_of_day(on: date, zone: ZoneInfo) -> list[tuple[datetime, datetime, int]]:
    """Return the hours of a date by the site's clocks: start and end in UTC, and the hour the clocks show.

    24 of them; 23 or 25 where the clocks change, one shown not at all or twice.
    """
    begin, end = (_midnight(each, zone) for each in (on, on + _DAY))
    found = []
    while begin < end:
        later = min(begin + HOUR, end)
        found.append((begin, later, begin.astimezone(zone).hour))
        begin = later
    return found


def like_days(on: date, day_type: str, known: Mapping[date, str]) -> tuple[date, ...]:
    """Return the days of `known` (dates with their type) that tell most about a date, oldest first.

    Those of the same weekday and kind; where they are fewer than three, those of its kind on any weekday
    (worked or not worked, so a make-up workday is like a workday); else all there are.
    """
    is_worked = day_type in _WORKED
    kind = [each for each in sorted(known) if (known[each] in _WORKED) == is_worked]
    exact = [
        each
        for each in kind
        if each.weekday() == on.weekday() and _is_holiday(known[each]) == _is_holiday(day_type)
    ]
    for found in (exact, kind):
        if len(found) >= LEAST_DAYS:
            return tuple(found)
    return tuple(sorted(known))


def expected_in(hour: int, days: Sequence[date], counts: Mapping[date, Mapping[int, float]]) -> Expected:
    """Return what like days say about an hour; a day that counted no call in it says none."""
    values = sorted(counts.get(on, {}).get(hour, 0.0) for on in days)
    if not values:
        return Expected(0.0, 0.0, 0.0)
    low, high = (_quantile(values, part) for part in _BAND)
    return Expected(float(median(values)), low, high)


def evenly(calls: float) -> Expected:
    """Return an expectation nobody has counted: without a band around it."""
    return Expected(calls, calls, calls)


def traffic_of(calls: float, aht: float, length: timedelta = HOUR) -> float:
    """Return the erlangs of calls that come in during `length`; what is beyond planning is cut off there."""
    return min(calls * aht / length.total_seconds(), float(MOST_TRAFFIC))


def need_for(traffic: float, aht: float, aims: StaffingAims, coverage: int = 0) -> Need:
    """Return the people to plan for a load; shrinkage is added to what calls need, not to the coverage."""
    for_level = agents_for_service_level(traffic, aht, aims.within, aims.level, aims.occupancy)
    for_abandonment = agents_for_abandonment(traffic, aht, aims.patience, aims.abandonment)
    return Need(
        with_shrinkage(for_level, aims.shrinkage), with_shrinkage(for_abandonment, aims.shrinkage), coverage
    )


def abandonment_with(people: int, traffic: float, aht: float, aims: StaffingAims) -> float | None:
    """Return the part of callers that hang up on so many planned people; None where nobody calls.

    Of the people the part that shrinkage leaves is at the telephone; one person is always there whole.
    """
    if traffic == 0:
        return None
    at_telephone = max(without_shrinkage(people, aims.shrinkage), min(people, 1))
    return erlang_a(at_telephone, traffic, aht, aims.patience).abandonment


def people_in(starts_at: datetime, ends_at: datetime, at_work: Sequence[AtWork]) -> int:
    """Return how many people are at work in a stretch: their time in it, in whole people, rounded down."""
    there = sum(
        (max(timedelta(), min(each.ends_at, ends_at) - max(each.starts_at, starts_at)) for each in at_work),
        timedelta(),
    )
    return int(there / (ends_at - starts_at) + 1e-9)


def without(at_work: AtWork, away: Sequence[AtWork]) -> list[AtWork]:
    """Return what is left of a stretch of work without the stretches of absence."""
    left = [at_work]
    for gone in away:
        left = [part for each in left for part in _cut(each, gone)]
    return left


def _cut(each: AtWork, gone: AtWork) -> list[AtWork]:
    if gone.ends_at <= each.starts_at or each.ends_at <= gone.starts_at:
        return [each]
    parts = (replace(each, ends_at=gone.starts_at), replace(each, starts_at=gone.ends_at))
    return [part for part in parts if part.starts_at < part.ends_at]


def _quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of the sorted values lies, between two of them in proportion."""
    at = part * (len(values) - 1)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (at - below)


def _is_holiday(day_type: str) -> bool:
    return day_type == DayType.HOLIDAY.value


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone).astimezone(UTC)
