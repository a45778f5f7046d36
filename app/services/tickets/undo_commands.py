"""Taking an action back: a new action that restores what its log lines say was there before."""

from __future__ import annotations

from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import TicketId
from app.models.entities.tickets import TicketStatus
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.settings.current import load_config
from app.services.tickets.loading import load_for_change
from app.services.tickets.many import Seen, change_many, seen_now
from app.services.tickets.recording import Recorder, open_recorder, write
from app.services.tickets.restoring import restore


@command(permission="tickets.note")
def take_back(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, batch: str, code: str
) -> Outcome:
    """Restore what one action (`batch`) changed on a ticket; notes and numbers stay, they are facts.

    Returns the redo as its undo.

    Raises:
        StaleRecord: somebody saved the ticket since; nothing is overwritten.
        RuleViolation: the action left nothing that could be taken back.
    """
    recorder = open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))
    lines = [event for event in recorder.log if event.batch == batch]
    for event in reversed(lines):
        restore(recorder, event)
    if not recorder.fresh:
        raise RuleViolation("tickets.nothing_to_undo")
    after = recorder.status
    if after is not TicketStatus.WAITING and recorder.ticket.waiting_reason_id is not None:
        recorder.set("waiting_reason_id", None)
    new_version = write(tx, [recorder])[ticket_id]
    run = partial(take_back, ctx, ticket_id, version=new_version, batch=tx.op_id, code=code)
    params = {"number": recorder.ticket.number, "subject": recorder.ticket.subject}
    return Outcome(ticket_id, new_version, Undo(code, run, params))


@command(permission="tickets.note")
def take_back_many(ctx: Context, tx: Transaction, taken: Seen, *, batch: str, code: str) -> Outcome:
    """Take a change to many tickets back where nobody saved the ticket since; the rest is named."""

    def record(recorder: Recorder) -> None:
        for event in reversed([line for line in recorder.log if line.batch == batch]):
            restore(recorder, event)

    done, skipped = change_many(tx, taken, record)
    run = partial(take_back_many, ctx, seen_now(done), batch=tx.op_id, code=code)
    return Outcome(None, None, Undo(code, run, {"count": len(done)}) if done else None, skipped)
