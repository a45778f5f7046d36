"""How evenly nights, weekends, holidays and hours were shared. Pure.

Compared are pairs of people of the same team: who works beside whom can be planned otherwise, a second line
that has no nights can not. Each figure is first divided by the person's weight, so that half a contract, or
half a year, owes half of it. A pair's value is the smaller figure divided by the larger, 1 where both are 0.
A measure is the mean over all its pairs, the score the mean of the measures that have any, both times 100
and rounded half up. Who did nothing at all takes no part: they were not on the roster. Who is spared nights,
weekends or holidays by agreement takes no part in that measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId
from app.models.entities.roster import Assignment, RosterPerson
from app.models.entities.roster_plan import CellKey, FairShare
from app.services.roster.shift_times import ShiftTimes

REST_DAYS = frozenset({DayType.WEEKEND.value, DayType.DAY_OFF_IN_LIEU.value})
NIGHTS, WEEKENDS, HOLIDAYS, HOURS = "nights", "weekends", "holidays", "hours"
_FIGURES: Mapping[str, Callable[[FairShare], int]] = {
    NIGHTS: lambda share: share.nights,
    WEEKENDS: lambda share: share.weekends,
    HOLIDAYS: lambda share: share.holidays,
    HOURS: lambda share: share.minutes,
}


def score(shares: Sequence[FairShare]) -> int | None:
    """Return how fair it was, 0 to 100; None where there is no pair to compare."""
    means = _means(shares)
    return _percent(sum(means.values()) / len(means)) if means else None


def by_measure(shares: Sequence[FairShare]) -> dict[str, int]:
    """Return the same for each measure that has a pair: "nights", "weekends", "holidays", "hours"."""
    return {name: _percent(mean) for name, mean in _means(shares).items()}


def shares_of(
    people: Sequence[RosterPerson],
    cells: Mapping[CellKey, Assignment],
    times: ShiftTimes,
    day_types: Mapping[date, str],
    full_time_minutes: int,
) -> list[FairShare]:
    """Return what each person did on the dates of `day_types`; `full_time_minutes` are those of a week.

    A night counts for the date it begins on. A make-up workday is no weekend; a day off in lieu is one, for
    it stands for one, and no statutory holiday. Standby and absences count nothing.
    """
    found = {person.id: [0, 0, 0, 0] for person in people}
    by_type: dict[PersonId, Counter[str]] = {person.id: Counter() for person in people}
    for (person_id, on), cell in cells.items():
        if person_id not in found or on not in day_types or cell.template_id not in times.work:
            continue
        did = found[person_id]
        did[0] += cell.template_id in times.nights
        did[1] += day_types[on] in REST_DAYS
        did[2] += day_types[on] == DayType.HOLIDAY.value
        did[3] += times.minutes(cell.template_id, on)
        by_type[person_id][day_types[on]] += 1
    days = sorted(day_types)
    return [
        FairShare(
            person.id,
            person.team_id,
            nights=found[person.id][0],
            weekends=found[person.id][1],
            holidays=found[person.id][2],
            minutes=found[person.id][3],
            weight=_weight(person, days, full_time_minutes),
            spared=_spared(person),
            by_day_type=dict(by_type[person.id]),
        )
        for person in people
    ]


def months_before(until: date, months: int) -> date:
    """Return the date that many months before; of a shorter month its last day."""
    number = until.year * 12 + until.month - 1 - months
    year, month = divmod(number, 12)
    beyond = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=until.day - 1), beyond - timedelta(days=1))


def _means(shares: Sequence[FairShare]) -> dict[str, float]:
    taking_part = [share for share in shares if share.minutes > 0 and share.weight > 0]
    found = {}
    for name, figure in _FIGURES.items():
        values = list(_pairs([share for share in taking_part if name not in share.spared], figure))
        if values:
            found[name] = sum(values) / len(values)
    return found


def _pairs(shares: Sequence[FairShare], figure: Callable[[FairShare], int]) -> Iterator[float]:
    for one, other in combinations(shares, 2):
        if one.team_id == other.team_id:
            low, high = sorted((figure(one) / one.weight, figure(other) / other.weight))
            yield low / high if high else 1.0


def _percent(value: float) -> int:
    return int(value * 100 + 0.5)


def _weight(person: RosterPerson, days: Sequence[date], full_time_minutes: int) -> float:
    if not days:
        return 0.0
    agreed = full_time_minutes if person.contract_minutes is None else person.contract_minutes
    return agreed / full_time_minutes * sum(person.is_employed(on) for on in days) / len(days)


def _spared(person: RosterPerson) -> frozenset[str]:
    agreed = {NIGHTS: person.no_nights, WEEKENDS: person.no_weekends, HOLIDAYS: person.no_holidays}
    return frozenset(name for name, is_spared in agreed.items() if is_spared)


def counted_swaps(rows: Sequence[tuple[PersonId, PersonId]]) -> dict[PersonId, tuple[int, int]]:
    """Return how many shifts each person gave to others and took over, from (who gave, who took)."""
    found: dict[PersonId, tuple[int, int]] = {}
    for giver, taker in rows:
        given, taken = found.get(giver, (0, 0))
        found[giver] = (given + 1, taken)
        given, taken = found.get(taker, (0, 0))
        found[taker] = (given, taken + 1)
    return found
