"""What an edit of service levels would do: the edit, and its consequences for recent and for open tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import CategoryId, ConfigId, ReasonId, TicketId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
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

    Times are those of the resolution clock; None while it stands still, or where nothing is promised. Those
    of the response are None besides where somebody has answered.
    """

    ticket_id: TicketId
    number: int
    subject: str
    priority_before: int
    priority_after: int
    due_before: datetime | None
    due_after: datetime | None
    becomes_overdue: bool
    response_before: datetime | None = None
    response_after: datetime | None = None


@dataclass(frozen=True)
class InForce:
    """The versions of everything in force that decides about promises and clocks: what an administrator saw.

    `calendars` are version ids by code, `waiting` the row versions of the waiting reasons by id.
    """

    matrix: ConfigId
    sla: ConfigId
    calendars: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[ReasonId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeakNeed:
    """The busiest hour of the tickets replayed, and the people it needs before and after an edit.

    `tickets` came in the hour from `starts_at` on and take `aht` seconds each on average; so many people
    give the part `level` (0..1) of tickets their first answer within their own targets. None where no
    ticket has a response target.
    """

    starts_at: datetime
    tickets: int
    aht: float
    level: float
    before: int | None
    after: int | None


@dataclass(frozen=True)
class WhatIf:
    """The consequences of a proposal.

    `tickets` were received in the last `days` and replayed under the documents in force and under the
    proposed ones, as if these had held all along; `up` and `down` of them change priority, `unknown` have
    levels the matrix lacks (they keep theirs). `newly_missed` would be late and are not now, `newly_met` the
    other way: late now, and in time under what would be promised. `felt` is sorted by how much.

    `open_tickets` counts all open ones, also older ones. `open_changing` would change if the documents were
    applied to them; with a proposal that changes nothing these are the tickets whose promises are older than
    the documents in force. `open_changes` holds at most the first `OPEN_SHOWN` of them, the most urgent
    first. `in_force` are the documents the proposal was compared with.
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
    in_force: InForce | None = None
    peak: PeakNeed | None = None

    @property
    def share_before(self) -> float | None:
        """The part of all decided tickets resolved in time, as things are; None where nothing is decided."""
        return _share([effect.before for effect in self.effects])

    @property
    def share_after(self) -> float | None:
        """The part of all decided tickets that would be resolved in time."""
        return _share([effect.after for effect in self.effects])


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """An older version of a document that open tickets still hold; `code` tells calendars apart."""

    kind: ConfigKind
    code: str
    name: str  # a calendar's, in the reader's language; "" for the other documents
    number: int
    tickets: int


@dataclass(frozen=True)
class OpenStanding:
    """How the open tickets stand to the documents in force, while nothing is edited.

    `behind` of them hold an older version of anything; `older` says which, a ticket counts once for each.
    That alone changes nothing: a newer version may promise them the same. `result` holds the tickets for
    which it would (`open_changing` and what goes with it); nothing was replayed for it.
    """

    behind: int
    older: tuple[HeldVersion, ...]
    result: WhatIf


OPEN_SHOWN = 500


def _share(tallies: list[Tally]) -> float | None:
    return Tally(0, sum(each.decided for each in tallies), sum(each.met for each in tallies)).share
