"""How an action on a ticket is offered for taking back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app.models.transactions import Transaction
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.tickets.many import seen_now
from app.services.tickets.recording import Recorder
from app.services.tickets.undo_commands import take_back, take_back_many


def undo_of(ctx: Context, recorder: Recorder, code: str, version: int) -> Undo:
    """Return what takes the recorded action back, as long as the ticket is still at `version`."""
    ticket = recorder.ticket
    batch = recorder.tx.op_id
    return Undo(
        code,
        partial(take_back, ctx, ticket.id, version=version, batch=batch, code=code),
        {"number": ticket.number, "subject": ticket.subject},
    )


def outcome_of_many(
    ctx: Context, tx: Transaction, done: Mapping[int, int], skipped: Mapping[int, str]
) -> Outcome:
    """Return what a change to many tickets came to: new versions in `done`, reasons in `skipped`."""
    if not done:
        return Outcome(skipped=skipped)
    run = partial(take_back_many, ctx, seen_now(done), batch=tx.op_id, code="tickets.undo.many")
    return Outcome(None, None, Undo("tickets.undo.many", run, {"count": len(done)}), skipped)
