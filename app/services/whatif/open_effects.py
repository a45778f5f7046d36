"""What applying documents to open tickets would change, ticket by ticket. Pure.

An open ticket keeps the promise it was given; applying promises it again, now, with the time it used. So its
clocks are told from the promises in its own log, not replayed from the beginning as closed tickets are.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.sla import ClockKind
from app.services.whatif.documents import Judged
from app.services.whatif.figures import Side
from app.services.whatif.lives import Life
from app.services.whatif.rules import stand
from app.services.whatif.terms import Stand, Terms, Ways


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of an open ticket; None where nothing is promised."""

    response: Stand | None = None
    resolution: Stand | None = None

    @property
    def due_at(self) -> int | None:
        """When the ticket should be solved."""
        return None if self.resolution is None else self.resolution.due_at

    @property
    def response_due_at(self) -> int | None:
        """When somebody should have answered; None where somebody has."""
        is_over = self.response is None or self.response.ended_at is not None
        return None if is_over or self.response is None else self.response.due_at

    @property
    def due_times(self) -> tuple[int | None, int | None]:
        """Both due times, of the response also where somebody has answered."""
        return None if self.response is None else self.response.due_at, self.due_at

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been solved by now."""
        return self.resolution is not None and self.resolution.is_late


@dataclass(frozen=True, slots=True)
class OpenChange:
    """An open ticket as it stands, and as it would."""

    life: Life
    judged: Judged
    before: Clocks
    after: Clocks

    @property
    def is_felt(self) -> bool:
        """Whether anybody would see a difference: in the priority, or in a time that still lies ahead."""
        return (self.life.facts.priority, self.before.due_at, self.before.response_due_at) != (
            self.judged.priority,
            self.after.due_at,
            self.after.response_due_at,
        )

    @property
    def becomes_overdue(self) -> bool:
        """Whether it would be late at once, and is not now."""
        return self.after.is_overdue and not self.before.is_overdue

    @property
    def urgency(self) -> tuple[bool, int, int, int]:
        """Sorts the most urgent first: by due time, what has none last, then by priority and age."""
        due = self.after.due_at
        return due is None, due or 0, self.judged.priority, self.life.id


def open_change(life: Life, now_in_force: Ways, after: Side, now: int) -> OpenChange:
    """Return what applying a set of documents at `now` would do to an open ticket's clocks."""
    judged = after.judge.judged(life.facts, life.requester_id)
    promised = after.judge.as_promised(life)
    before = _clocks(life, promised, now_in_force, now)
    if judged.terms is None:
        return OpenChange(life, judged, before, Clocks())
    if not promised:
        return OpenChange(life, judged, before, _clocks(life, [judged.terms], after.ways, now))
    then = None if judged.terms.counts_as(promised[-1]) else judged.terms
    if then is None and after.ways == now_in_force:
        return OpenChange(life, judged, before, before)
    return OpenChange(life, judged, before, _clocks(life, promised, after.ways, now, then))


def _clocks(life: Life, promised: list[Terms], ways: Ways, now: int, then: Terms | None = None) -> Clocks:
    if not promised:
        return Clocks()
    response, resolution = (
        stand(life, kind, promised, ways, now, is_as_promised=True, then=then)
        for kind in (ClockKind.RESPONSE, ClockKind.RESOLUTION)
    )
    return Clocks(response, resolution)
