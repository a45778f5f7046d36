"""What a clock would do if something happened now: the ticket waited, went on, or had another priority. Pure.

A supposition is told to the same fold as everything else, as a line of log that is never written: so its
answer is what would really be shown a moment after doing it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import EventId, ReasonId, TicketId
from app.models.entities.sla import ClockKind, ClockState, Promise
from app.models.entities.tickets import EventKind, Move, TicketEvent, TicketStatus
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings


@dataclass(frozen=True, slots=True)
class Supposition:
    """One thing that could be done now; exactly one of the fields says which."""

    reason_id: ReasonId | None = None  # set waiting for this reason
    priority: int | None = None  # the promise of this priority from now on
    goes_on: bool = False  # work is resumed


@dataclass(frozen=True, slots=True)
class Supposed:
    """What one clock would show then. `now` is what it shows, `then` what it would."""

    supposition: Supposition
    now: ClockState
    then: ClockState

    @property
    def changes(self) -> bool:
        """Whether the clock would show another due time, or begin or cease to stand still."""
        before, after = self.now, self.then
        return (before.due_at, before.is_paused, before.target) != (
            after.due_at,
            after.is_paused,
            after.target,
        )


def suppose(
    events: Sequence[TicketEvent],
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
    settings: FoldSettings,
    supposition: Supposition,
    promise: Promise | None = None,
) -> dict[ClockKind, Supposed]:
    """Return each clock as it would stand at `now` if the supposition had just come true.

    `promise` is what the ticket would be promised at the supposed priority; without one (no policy covers it)
    its promise stays as it is. Clocks that are over are left out: nothing can change them.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    line = _line(supposition, promise, now, events)
    before = fold(events, calendars, now, settings)
    after = fold([*events, line], calendars, now, settings) if line is not None else before
    return {
        kind: Supposed(supposition, before[kind], after[kind])
        for kind in before
        if before[kind].ended_at is None and kind in after
    }


def _line(
    supposition: Supposition, promise: Promise | None, now: datetime, events: Sequence[TicketEvent]
) -> TicketEvent | None:
    ticket_id = events[-1].ticket_id if events else TicketId(0)
    if supposition.reason_id is not None:
        kind, name, new = EventKind.STATUS, Move.WAIT.value, TicketStatus.WAITING.value
        detail: dict[str, object] = {"waiting_reason_id": int(supposition.reason_id)}
    elif supposition.goes_on:
        kind, name, new, detail = EventKind.STATUS, Move.RESUME.value, TicketStatus.IN_PROGRESS.value, {}
    elif promise is not None:
        return TicketEvent(EventId(0), ticket_id, now, None, EventKind.PROMISED, detail=promise.to_dict())
    else:
        return None
    return TicketEvent(EventId(0), ticket_id, now, None, kind, name, None, new, detail=detail)
