"""How many people the busiest hour of replayed tickets needs, so that enough get their answer in time. Pure.

Tickets are taken for a queue: they come at random, whoever is free takes the next one, and the first answer
is given when work on it begins. Of n people with A erlangs of work, the part 1 - C(n, A) exp(-(n - A) T/AHT)
is answered within T (`roster.staffing`); each ticket's T is its own response target. Times of a target are
those its calendar counts, as if the desk were open in that hour.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from app.models.entities.ids import CategoryId, ServiceId
from app.models.entities.whatif import PeakNeed
from app.services.calendars.openings import EPOCH
from app.services.roster.staffing import MOST_AGENTS, MOST_TRAFFIC, erlang_c
from app.services.whatif.lives import Life
from app.services.whatif.terms import Terms

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Handling:
    """How many seconds a ticket takes: its category's usual time, else its service's, else `usual`."""

    usual: int = 300
    categories: Mapping[CategoryId, int] = field(default_factory=dict)
    services: Mapping[ServiceId, int] = field(default_factory=dict)

    def of(self, category_id: CategoryId | None, service_id: ServiceId | None) -> int:
        """Return the seconds of one ticket."""
        if category_id is not None and category_id in self.categories:
            return self.categories[category_id]
        return self.services.get(service_id, self.usual) if service_id is not None else self.usual


@dataclass(slots=True)
class Peak:
    """The running sums over replayed tickets; `add` each of them once.

    `level` is the part (0..1) to be answered in time.
    """

    handling: Handling = field(default_factory=Handling)
    level: float = 0.8
    _hours: Counter[int] = field(default_factory=Counter)
    _kinds: Counter[tuple[CategoryId | None, ServiceId | None]] = field(default_factory=Counter)
    _before: Counter[int | None] = field(default_factory=Counter)
    _after: Counter[int | None] = field(default_factory=Counter)

    def add(self, life: Life, before: Terms | None, after: Terms | None) -> None:
        """Count a ticket with what both sets of documents promise it."""
        self._hours[life.received_at // _HOUR] += 1
        self._kinds[life.facts.category_id, life.facts.service_id] += 1
        self._before[None if before is None else before.response] += 1
        self._after[None if after is None else after.response] += 1

    def need(self) -> PeakNeed | None:
        """Return what the busiest hour needs on both sides; None without tickets or response targets."""
        if not self._hours:
            return None
        # Of several that are equally busy the first, so that the answer does not hang on an order.
        hour, tickets = min(self._hours.items(), key=lambda each: (-each[1], each[0]))
        seconds = sum(self.handling.of(*kind) * count for kind, count in self._kinds.items())
        aht = seconds / self._kinds.total()
        traffic = min(tickets * aht / _HOUR, float(MOST_TRAFFIC))
        people = [agents_for_targets(traffic, aht, side, self.level) for side in (self._before, self._after)]
        if people[0] is None and people[1] is None:
            return None
        return PeakNeed(
            EPOCH + timedelta(seconds=hour * _HOUR), tickets, aht, self.level, people[0], people[1]
        )


def agents_for_targets(
    traffic: float, aht: float, targets: Mapping[int | None, int], level: float
) -> int | None:
    """Return the fewest people who answer the part `level` of tickets, each within its own target.

    `targets` counts tickets by their target in seconds; those without one (None) ask for nothing. None where
    no ticket has a target, or no number of people would do.
    """
    asked = {seconds: count for seconds, count in targets.items() if seconds is not None}
    total = sum(asked.values())
    if not total or traffic <= 0 or aht <= 0:
        return None

    def answered(people: int) -> float:
        waiting, spare = erlang_c(people, traffic), people - traffic
        late = sum(count * math.exp(-spare * seconds / aht) for seconds, count in asked.items())
        return 1 - waiting * late / total

    people = math.floor(traffic) + 1
    while answered(people) < level:
        people += 1
        if people > MOST_AGENTS:
            return None
    return people
