"""Major incidents: declared outside the matrix with a right of their own, and withdrawn again."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import TicketId
from app.models.entities.priority import HIGHEST_PRIORITY
from app.models.entities.tickets import OPEN_STATUSES, EventKind, PrioritySource, TicketEvent
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.priority.rules import priority_of
from app.services.settings.current import load_config
from app.services.tickets.loading import load_for_change
from app.services.tickets.recording import Recorder, open_recorder, write
from app.services.tickets.rules import MAJOR, check_may_be_major
from app.services.tickets.undoing import undo_of


@command(permission="priority.major")
def declare_major(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str
) -> Outcome:
    """Declare an open incident or monitoring event a major one: P1, whatever matrix and time say.

    Who leads hears of it at once, whatever the hour, and so does the assignee. The lines of the log keep the
    priority it had, for `withdraw_major`.

    Raises:
        RuleViolation: `tickets.reason_missing`, `tickets.major_not_open`, `tickets.major_type` or
            `tickets.major_already`.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = _begin(tx, ticket_id, version, reason)
    check_may_be_major(recorder.ticket.number, recorder.ticket.type)
    if recorder.ticket.is_major:
        raise RuleViolation("tickets.major_already", number=recorder.ticket.number)
    recorder.change(MAJOR, True, detail={"reason": reason.strip()})
    recorder.change("priority", HIGHEST_PRIORITY)
    recorder.change("priority_source", PrioritySource.OVERRIDE)
    return _written(ctx, tx, recorder, "tickets.undo.major")


@command(permission="priority.major")
def withdraw_major(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str
) -> Outcome:
    """Make an ordinary ticket of a major incident; those who were told hear of it too.

    The matrix decides its priority again, by the levels of now; one set by hand before comes back.

    Raises:
        RuleViolation: `tickets.reason_missing`, `tickets.major_not_open` or `tickets.major_not`.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = _begin(tx, ticket_id, version, reason)
    if not recorder.ticket.is_major:
        raise RuleViolation("tickets.major_not", number=recorder.ticket.number)
    recorder.change(MAJOR, False, detail={"reason": reason.strip()})
    _give_priority_back(recorder)
    return _written(ctx, tx, recorder, "tickets.undo.major_withdrawn")


def _begin(tx: Transaction, ticket_id: TicketId, version: int, reason: str) -> Recorder:
    if not reason.strip():
        raise RuleViolation("tickets.reason_missing")
    ticket = load_for_change(tx, ticket_id, version)
    if ticket.status not in OPEN_STATUSES:
        raise RuleViolation("tickets.major_not_open", number=ticket.number, status=ticket.status)
    return open_recorder(tx, load_config(tx), ticket)


def _give_priority_back(recorder: Recorder) -> None:
    """Record the priority from before the declaration: by the matrix, unless it was set by hand."""
    declaring = _declaring(recorder.log)
    before = {event.field: event.old for event in declaring}
    was_by_hand = bool(declaring) and before.get("priority_source") != PrioritySource.MATRIX
    if was_by_hand:
        by_hand = before.get("priority")
        recorder.change("priority", int(by_hand) if by_hand else recorder.ticket.priority)
        return
    ticket = recorder.ticket
    recorder.change("priority_source", PrioritySource.MATRIX)
    by_matrix = priority_of(recorder.site.matrix_definition, ticket.type, ticket.impact, ticket.urgency)
    recorder.change("priority", by_matrix)


def _declaring(log: Sequence[TicketEvent]) -> list[TicketEvent]:
    """Return what changed with the last declaration; empty where it left no line (an import)."""
    changed = [event for event in log if event.kind is EventKind.CHANGED]
    declared = next(
        (event for event in reversed(changed) if event.field == MAJOR and event.new == "yes"), None
    )
    return [] if declared is None else [event for event in changed if event.batch == declared.batch]


def _written(ctx: Context, tx: Transaction, recorder: Recorder, code: str) -> Outcome:
    ticket_id = recorder.ticket.id
    version = write(tx, [recorder])[ticket_id]
    return Outcome(ticket_id, version, undo_of(ctx, recorder, code, version))
