"""How an action on a ticket is offered for taking back."""

from __future__ import annotations

from functools import partial

from app.services.base.context import Context
from app.services.base.undo import Undo
from app.services.tickets.recording import Recorder
from app.services.tickets.undo_commands import take_back


def undo_of(ctx: Context, recorder: Recorder, code: str, version: int) -> Undo:
    """Return what takes the recorded action back, as long as the ticket is still at `version`."""
    ticket = recorder.ticket
    batch = recorder.tx.op_id
    return Undo(
        code,
        partial(take_back, ctx, ticket.id, version=version, batch=batch, code=code),
        {"number": ticket.number, "subject": ticket.subject},
    )
