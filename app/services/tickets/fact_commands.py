"""Recording that the service works again, and the time the user was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import TicketId
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.current import load_config
from app.services.tickets.facts import (
    RESTORED,
    TOLD,
    can_be_restored,
    check_restored,
    check_told,
    is_after_due,
)
from app.services.tickets.loading import load_for_change
from app.services.tickets.recording import Recorder, open_recorder, write
from app.services.tickets.undoing import undo_of

_MINUTE = timedelta(minutes=1)


@command(permission="tickets.work")
def restore_service(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, at: datetime | None = None
) -> Outcome:
    """Record since when the service works again; None means now. The cause may be found later (S2-4).

    Raises:
        RuleViolation: `tickets.nothing_broken`, `tickets.restored_early`, `tickets.restored_ahead`,
            `tickets.restored_late`.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    since = tx.now if at is None else at
    if recorder.ticket.received_at - since < _MINUTE:
        since = max(since, recorder.ticket.received_at)  # people name minutes, tickets come between them
    check_restored(recorder.ticket, since, tx.now)
    recorder.change(RESTORED, since)
    return _written(ctx, tx, recorder, "tickets.undo.restored")


@command(permission="tickets.work")
def forget_restored(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int) -> Outcome:
    """Take back that the service works again: it broke down once more, or never worked.

    Raises:
        RuleViolation: `tickets.nothing_broken`.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    if not can_be_restored(recorder.ticket):
        raise RuleViolation("tickets.nothing_broken", number=recorder.ticket.number)
    recorder.change(RESTORED, None)
    return _written(ctx, tx, recorder, "tickets.undo.restored_forgotten")


@command(permission="tickets.note")
def tell_promise(
    ctx: Context,
    tx: Transaction,
    ticket_id: TicketId,
    *,
    version: int,
    at: datetime | None,
    is_late_agreed: bool = False,
) -> Outcome:
    """Record by when the user was told it will be solved (S4-30); None: that is no longer so.

    A time later than what the SLA promises is recorded only with `is_late_agreed`: somebody meant it.

    Raises:
        RuleViolation: `tickets.told_not_open`, `tickets.told_past`, `tickets.told_after_due`.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    detail: dict[str, object] = {}
    if at is not None:
        check_told(recorder.ticket, at, tx.now, is_late_agreed=is_late_agreed)
        if is_after_due(recorder.ticket, at) and recorder.ticket.resolution_due_at is not None:
            detail["after_due"] = recorder.ticket.resolution_due_at.isoformat()
    recorder.change(TOLD, at, detail=detail)
    return _written(ctx, tx, recorder, "tickets.undo.told")


def _opened(tx: Transaction, ticket_id: TicketId, version: int) -> Recorder:
    return open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))


def _written(ctx: Context, tx: Transaction, recorder: Recorder, code: str) -> Outcome:
    ticket = recorder.ticket
    if not recorder.fresh:
        return Outcome(ticket.id, ticket.version)
    version = write(tx, [recorder])[ticket.id]
    return Outcome(ticket.id, version, undo_of(ctx, recorder, code, version))
