"""Calling the supervisor on duty to a ticket by hand (S1-38)."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.tickets import OPEN_STATUSES, EventKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices
from app.services.settings.current import load_config
from app.services.tickets.loading import load_for_change
from app.services.tickets.recording import open_recorder, write


@command(permission="tickets.escalate")
def escalate(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str) -> Outcome:
    """Tell the duty supervisor of this moment that a ticket needs them, and why; the ticket's log keeps it.

    Quiet hours do not hold: a person asks. Where the roster names nobody, all who may lead a shift are told.
    There is nothing to take back: who was told was told.

    Raises:
        RuleViolation: `tickets.reason_missing`, `escalation.not_open`, or `escalation.nobody`: the site has
            neither a supervisor nor a manager.
        StaleRecord: somebody saved the ticket since `version`.
    """
    if not reason.strip():
        raise RuleViolation("tickets.reason_missing")
    ticket = load_for_change(tx, ticket_id, version)
    if ticket.status not in OPEN_STATUSES:
        raise RuleViolation("escalation.not_open", number=ticket.number, status=ticket.status)
    people = sorted(Directory(tx, tx.now).supervisors)
    if not people:
        raise RuleViolation("escalation.nobody")
    recorder = open_recorder(tx, load_config(tx), ticket)
    recorder.add(
        EventKind.ESCALATED,
        name="people",
        new=reason.strip(),
        detail={"people": [int(one) for one in people]},
    )
    body: dict[str, object] = {"reason": reason.strip()}
    if ctx.actor.person_id is not None:
        body["by"] = int(ctx.actor.person_id)
    put_notices(
        tx,
        [
            NewNotice(person, NoticeKind.ESCALATED, f"called:{tx.op_id}:p{person}", ticket.id, body)
            for person in people
        ],
    )
    return Outcome(ticket.id, write(tx, [recorder])[ticket.id])
