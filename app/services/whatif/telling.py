"""What would become of open tickets, with the words of each ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.models.entities.ids import TicketId
from app.models.entities.whatif import OpenEffect
from app.models.transactions import Reader
from app.services.calendars.openings import EPOCH
from app.services.whatif.open_effects import OpenChange


def told(read: Reader, changes: Sequence[OpenChange]) -> tuple[OpenEffect, ...]:
    """Return changes as a person reads them, with the tickets' numbers and subjects."""
    if not changes:
        return ()
    ids = [change.life.id for change in changes]
    marks = ", ".join("?" * len(ids))
    rows = read.rows(f"SELECT id, number, subject FROM ticket WHERE id IN ({marks})", ids)
    words = {row[0]: (row[1], row[2]) for row in rows}
    return tuple(_effect(change, *words[change.life.id]) for change in changes if change.life.id in words)


def _effect(change: OpenChange, number: int, subject: str) -> OpenEffect:
    return OpenEffect(
        ticket_id=TicketId(change.life.id),
        number=number,
        subject=subject,
        priority_before=change.life.facts.priority,
        priority_after=change.judged.priority,
        due_before=_instant(change.before.due_at),
        due_after=_instant(change.after.due_at),
        becomes_overdue=change.becomes_overdue,
        response_before=_instant(change.before.response_due_at),
        response_after=_instant(change.after.response_due_at),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else EPOCH + timedelta(seconds=seconds)
