"""What a replay takes besides a life (terms of promises, ways to read a log), and what it answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.models.entities.sla import ClockKind, ReopenPolicy
from app.models.entities.time import Allowance
from app.services.sla.stretches import FoldSettings
from app.services.whatif.hours import Hours
from app.services.whatif.lives import CONTACT_BITS, FROM_MACHINE


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What a promise comes to: the hours that count it, and the seconds allowed; None is not promised.

    Terms of one promise are one object (see `documents.TermsShelf`), so that `is` compares promises.
    """

    hours: Hours
    response: int | None
    resolution: int | None

    def counts_as(self, other: Terms) -> bool:
        """Whether both give every clock the same times, be they of one policy or not."""
        mine, others = (
            (self.hours, self.response, self.resolution),
            (
                other.hours,
                other.response,
                other.resolution,
            ),
        )
        return mine == others


@dataclass(frozen=True, slots=True)
class Ways:
    """What the configuration makes of a log besides its promises: `FoldSettings`, ready for use."""

    contacts: int
    pausing_response: frozenset[int]
    pausing_resolution: frozenset[int]
    longest: Mapping[int, Allowance]
    restarts: bool


class Stand(NamedTuple):
    """One clock at an instant, in seconds: see `ClockState` for the meaning of each."""

    elapsed: int
    due_at: int | None
    ended_at: int | None
    is_met: bool
    is_breached: bool

    @property
    def is_late(self) -> bool:
        """Done too late, or open beyond its time; what ended without work is neither kept nor missed."""
        return self.is_breached and (self.is_met or self.ended_at is None)


def ways_of(settings: FoldSettings) -> Ways:
    """Return fold settings in the form a replay takes; lines of teams concern no clock told here."""
    rules = settings.waiting_rules
    return Ways(
        contacts=sum(CONTACT_BITS[kind] for kind in settings.contacts) | FROM_MACHINE,
        pausing_response=frozenset(int(i) for i in rules if ClockKind.RESPONSE in rules[i].pauses),
        pausing_resolution=frozenset(int(i) for i in rules if ClockKind.RESOLUTION in rules[i].pauses),
        longest={int(i): rule.longest_pause for i, rule in rules.items() if rule.longest_pause is not None},
        restarts=settings.reopen is ReopenPolicy.RESTART,
    )
