"""Adding up what a proposal does to each ticket. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.models.entities.ids import CategoryId
from app.models.entities.sla import ClockKind
from app.models.entities.whatif import Felt, PriorityEffect, Tally
from app.services.whatif.documents import Judge, Judged
from app.services.whatif.lives import Life
from app.services.whatif.peak import Peak
from app.services.whatif.rules import stand
from app.services.whatif.terms import Stand, Terms, Ways


class Side(NamedTuple):
    """One set of documents, ready to replay lives under."""

    judge: Judge
    ways: Ways


@dataclass(slots=True)
class _Counts:
    tickets: int = 0
    decided: int = 0
    met: int = 0

    def add(self, found: Stand | None) -> None:
        self.tickets += 1
        if found is None:
            return
        if found.is_met or found.is_late:
            self.decided += 1
        if found.is_met and not found.is_breached:
            self.met += 1

    @property
    def tally(self) -> Tally:
        return Tally(self.tickets, self.decided, self.met)


@dataclass(slots=True)
class _Feelings:
    up: int = 0
    down: int = 0
    newly_missed: int = 0
    newly_met: int = 0


@dataclass(slots=True)
class Figures:
    """The running sums over replayed tickets; `add` each of them once."""

    before: Side
    after: Side
    now: int
    peak: Peak = field(default_factory=Peak)
    unknown: int = 0
    _counts: dict[int, tuple[_Counts, _Counts]] = field(default_factory=dict)
    _felt: dict[CategoryId | None, _Feelings] = field(default_factory=dict)
    _has_same_ways: bool = field(init=False)

    def __post_init__(self) -> None:
        self._has_same_ways = self.before.ways == self.after.ways

    def add(self, life: Life) -> None:
        """Replay one life under both sets of documents."""
        before = self.before.judge.judged(life.facts, life.requester_id)
        after = self.after.judge.judged(life.facts, life.requester_id)
        stood, stands = self._stands(life, before, after)
        self._counts_of(before.priority)[0].add(stood)
        self._counts_of(after.priority)[1].add(stands)
        self.unknown += after.is_unknown
        self.peak.add(life, before.terms, after.terms)
        was_late = stood is not None and stood.is_late
        is_late = stands is not None and stands.is_late
        if before.priority == after.priority and was_late == is_late:
            return
        felt = self._felt.setdefault(life.facts.category_id, _Feelings())
        felt.up += after.priority < before.priority
        felt.down += after.priority > before.priority
        felt.newly_missed += is_late and not was_late
        # A ticket that is promised nothing any more is not in time either.
        felt.newly_met += was_late and not is_late and stands is not None

    def effects(self) -> tuple[PriorityEffect, ...]:
        """Return every priority that any ticket has on either side, the most urgent first."""
        return tuple(
            PriorityEffect(priority, before.tally, after.tally)
            for priority, (before, after) in sorted(self._counts.items())
        )

    def sums(self) -> _Feelings:
        """Return the changes over all categories."""
        felt = self._felt.values()
        return _Feelings(
            sum(each.up for each in felt),
            sum(each.down for each in felt),
            sum(each.newly_missed for each in felt),
            sum(each.newly_met for each in felt),
        )

    def felt(self, names: Mapping[CategoryId, str]) -> tuple[Felt, ...]:
        """Return where the changes are felt, the most first; categories without a change are left out."""
        found = [
            Felt(
                category_id,
                "" if category_id is None else names.get(category_id, ""),
                each.up,
                each.down,
                each.newly_missed,
                each.newly_met,
            )
            for category_id, each in self._felt.items()
        ]
        return tuple(sorted(found, key=lambda each: (-_weight(each), each.name, each.category_id or 0)))

    def _stands(self, life: Life, before: Judged, after: Judged) -> tuple[Stand | None, Stand | None]:
        """Return where the resolution clock stands on both sides; counted once where nothing differs."""
        old, new = self._terms(self.before, life, before), self._terms(self.after, life, after)
        stood = self._stand(life, old, self.before.ways)
        if self._has_same_ways and _count_alike(old, new):
            return stood, stood
        return stood, self._stand(life, new, self.after.ways)

    @staticmethod
    def _terms(side: Side, life: Life, judged: Judged) -> list[Terms] | None:
        if life.earlier:
            return side.judge.replayed(life)
        return None if judged.terms is None else [judged.terms]

    def _stand(self, life: Life, terms: list[Terms] | None, ways: Ways) -> Stand | None:
        return None if terms is None else stand(life, ClockKind.RESOLUTION, terms, ways, self.now)

    def _counts_of(self, priority: int) -> tuple[_Counts, _Counts]:
        return self._counts.setdefault(priority, (_Counts(), _Counts()))


def _weight(felt: Felt) -> int:
    return felt.up + felt.down + felt.newly_missed + felt.newly_met


def _count_alike(old: list[Terms] | None, new: list[Terms] | None) -> bool:
    if old is None or new is None:
        return old is new
    return all(mine.counts_as(other) for mine, other in zip(old, new, strict=True))
