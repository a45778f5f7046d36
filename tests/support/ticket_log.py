"""Writes a ticket's log for clock tests: one line says what happened and when, the rest is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.models.entities.ids import EventId, PersonId, TicketId
from app.models.entities.sla import Promise
from app.models.entities.tickets import EventKind, Move, TicketEvent, TicketStatus


@dataclass
class TicketLog:
    """Grows a list of events; states follow from one another."""

    events: list[TicketEvent] = field(default_factory=list)
    status: TicketStatus = TicketStatus.NEW

    def created(self, at: datetime, promise: Promise | None = None, **detail: object) -> TicketLog:
        """Register the ticket and promise."""
        self.add(at, EventKind.CREATED, detail=dict(detail))
        return self.promised(at, promise) if promise else self

    def promised(self, at: datetime, promise: Promise) -> TicketLog:
        """Promise (again)."""
        return self.add(at, EventKind.PROMISED, detail=promise.to_dict())

    def moved(self, at: datetime, move: Move, status: TicketStatus, **detail: object) -> TicketLog:
        """Change the state."""
        before, self.status = self.status, status
        return self.add(at, EventKind.STATUS, move.value, before.value, status.value, dict(detail))

    def changed(self, at: datetime, name: str, new: str | None, old: str | None = None) -> TicketLog:
        """Change one field."""
        return self.add(at, EventKind.CHANGED, name, old, new)

    def waits(self, at: datetime, reason: int) -> TicketLog:
        """Wait for a reason."""
        return self.moved(at, Move.WAIT, TicketStatus.WAITING, waiting_reason_id=reason)

    def resumes(self, at: datetime) -> TicketLog:
        """Go on after waiting."""
        return self.moved(at, Move.RESUME, TicketStatus.IN_PROGRESS)

    def resolved(self, at: datetime) -> TicketLog:
        """Solve it."""
        return self.moved(at, Move.RESOLVE, TicketStatus.RESOLVED)

    def add(
        self,
        at: datetime,
        kind: EventKind,
        name: str | None = None,
        old: str | None = None,
        new: str | None = None,
        detail: dict[str, object] | None = None,
    ) -> TicketLog:
        """Append any event."""
        number = len(self.events) + 1
        self.events.append(
            TicketEvent(
                EventId(number),
                TicketId(1),
                at,
                PersonId(7),
                kind,
                name,
                old,
                new,
                "PC-03",
                str(number),
                detail or {},
            )
        )
        return self
