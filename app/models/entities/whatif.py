"""What an edit of service levels would do: the edit, and its consequences for recent and for open tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import CategoryId, ReasonId, TicketId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import SlaTable, WaitingRule


@dataclass(frozen=True)
class Proposal:
    """Documents as they would be; what is None or not named stays as it is in force.

    `calendars` are by code; one that is not in force yet may be named by a proposed table. `waiting` are the
    rules of edited reasons by id.
    """

    matrix: MatrixDefinition | None = None
    sla: SlaTable | None = None
    calendars: Mapping[str, BusinessCalendar] = field(default_factory=dict)
    waiting: Mapping[ReasonId, WaitingRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """Tickets of one priority: how many there are, how many were decided, how many of those in time.

    Decided is what is resolved, and what is open beyond its time: that counts as missed (RULES 8).
    """

    tickets: int = 0
    decided: int = 0
    met: int = 0

    @property
    def share(self) -> float | None:
        """The part resolved in time, 0..1; None where nothing is decided."""
        return self.met / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class PriorityEffect:
    """One priority before and after; a ticket counts where its priority puts it."""

    priority: int
    before: Tally
    after: Tally


@dataclass(frozen=True, slots=True)
class Felt:
    """Where an edit is felt: a category's tickets that rise, fall, newly miss or newly make their time.

    `name` is in the reader's language; tickets without a category are those of None.
    """

    category_id: CategoryId | None
    name: str
    up: int
    down: int
    newly_missed: int
    newly_met: int


@dataclass(frozen=True, slots=True)
class OpenEffect:
    """An open ticket that would change if the edit were applied to it too.

    Times are those of the resolution clock; None while it stands still, or where nothing is promised.
    """

    ticket_id: TicketId
    number: int
    subject: str
    priority_before: int
    priority_after: int
    due_before: datetime | None
    due_after: datetime | None
    becomes_overdue: bool


@dataclass(frozen=True)
class WhatIf:
    """The consequences of a proposal.

    `tickets` were received in the last `days` and replayed; `up` and `down` of them change priority,
    `unknown` have levels a proposed matrix lacks (they keep theirs). `newly_missed` would be late and are not
    now, `newly_met` the other way. `felt` is sorted by how much. `open_changes` holds at most the first
    `OPEN_SHOWN` of `open_changing`, the most urgent first.
    """

    days: int
    tickets: int
    effects: tuple[PriorityEffect, ...]
    up: int
    down: int
    unknown: int
    newly_missed: int
    newly_met: int
    felt: tuple[Felt, ...]
    open_tickets: int
    open_changing: int
    open_becoming_overdue: int
    open_changes: tuple[OpenEffect, ...]

    @property
    def share_before(self) -> float | None:
        """The part of all decided tickets resolved in time, as things are; None where nothing is decided."""
        return _share([effect.before for effect in self.effects])

    @property
    def share_after(self) -> float | None:
        """The part of all decided tickets that would be resolved in time."""
        return _share([effect.after for effect in self.effects])


OPEN_SHOWN = 500


def _share(tallies: list[Tally]) -> float | None:
    return Tally(0, sum(each.decided for each in tallies), sum(each.met for each in tallies)).share
