"""Registering, solving and moving tickets through their states. Each function is one transaction."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId, ReasonId, TeamId, TicketId
from app.models.entities.tickets import Channel, Confirmation, EventKind, Move, NewTicket, Resolution
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.current import load_config
from app.services.tickets.loading import load_for_change, load_ticket
from app.services.tickets.moving import record_assignment, record_waiting
from app.services.tickets.recording import Recorder, open_recorder, write
from app.services.tickets.registering import register
from app.services.tickets.resolving import (
    record_broken_again,
    record_closing,
    record_confirmation,
    record_resolution,
    record_solving_now,
)
from app.services.tickets.rules import check_reopen
from app.services.tickets.undoing import undo_of


@command(permission="tickets.create")
def create_ticket(ctx: Context, tx: Transaction, new: NewTicket) -> Outcome:
    """Register a ticket: number, priority by the matrix, promised times, log and search, in one commit.

    It is new; assigned when a team or another person is named; in progress when the agent keeps it. A team
    whose tickets the roster gives out gets it with the person chosen.

    Raises:
        RuleViolation: no subject, or an override without a reason.
        BadInput: a text is too long.
        NotFound: impact and urgency are not levels of the matrix.
        NotAllowed: the priority is overridden without the right.
    """
    ticket = register(ctx, tx, load_config(tx), new).ticket
    return Outcome(ticket.id, ticket.version)


@command(permission="tickets.close")
def solve_new(ctx: Context, tx: Transaction, new: NewTicket, resolution: Resolution) -> Outcome:
    """Register, resolve, confirm and close a call in one breath ("Solve now", RULES 1).

    Raises:
        RuleViolation: as `create_ticket`, or the resolve gate wants more.
    """
    recorder = register(ctx, tx, load_config(tx), new, stays=False)
    recorder = Recorder(tx, recorder.site, recorder.ticket, recorder.log)
    record_solving_now(tx, recorder, resolution, new.channel)
    return _written(ctx, tx, recorder, "tickets.undo.solved")


@command(permission="tickets.close")
def solve_now(
    ctx: Context, tx: Transaction, ticket_id: TicketId, resolution: Resolution, *, version: int
) -> Outcome:
    """Resolve an open ticket, record "confirmed by phone, now" and close it.

    Raises:
        RuleViolation: the ticket is not open, or the resolve gate wants more.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    record_solving_now(tx, recorder, resolution, Channel.PHONE)
    return _written(ctx, tx, recorder, "tickets.undo.solved")


@command(permission="tickets.assign")
def assign_to(
    ctx: Context,
    tx: Transaction,
    ticket_id: TicketId,
    *,
    version: int,
    team_id: TeamId | None,
    assignee_id: PersonId | None = None,
    note: str = "",
) -> Outcome:
    """Hand a ticket to a team, and perhaps a person of it. The owner at the desk stays the owner (S1-37).

    Raises:
        RuleViolation: the ticket is not open, or category or team is missing (`tickets.gate`).
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    record_assignment(recorder, team_id, assignee_id)
    if note.strip():
        recorder.add(EventKind.NOTE, new=note.strip())
    return _written(ctx, tx, recorder, "tickets.undo.assigned")


@command(permission="tickets.work")
def start_work(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int) -> Outcome:
    """Take a ticket into work: whoever starts becomes its assignee if it has none.

    Raises:
        RuleViolation: the ticket is not open, or in progress already.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    if recorder.ticket.assignee_id is None:
        recorder.change("assignee_id", ctx.actor.person_id)
    recorder.move(Move.START)
    return _written(ctx, tx, recorder, "tickets.undo.started")


@command(permission="tickets.wait")
def set_waiting(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason_id: ReasonId, note: str = ""
) -> Outcome:
    """Stop work until something outside the desk happens; which clocks stand still is the reason's setting.

    Raises:
        RuleViolation: the ticket is not open, or the reason is retired.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    record_waiting(tx, recorder, reason_id)
    if note.strip():
        recorder.add(EventKind.NOTE, new=note.strip())
    return _written(ctx, tx, recorder, "tickets.undo.waiting")


@command(permission="tickets.work")
def resume_work(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int) -> Outcome:
    """Go on with a waiting ticket; its clocks run again.

    Raises:
        RuleViolation: the ticket does not wait.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    recorder.move(Move.RESUME)
    recorder.set("waiting_reason_id", None)
    return _written(ctx, tx, recorder, "tickets.undo.resumed")


@command(permission="tickets.resolve")
def resolve(
    ctx: Context, tx: Transaction, ticket_id: TicketId, resolution: Resolution, *, version: int
) -> Outcome:
    """Record the solution; the ticket waits for the caller's confirmation.

    Raises:
        RuleViolation: the ticket is not open, or solution, cause, line or knowledge is missing.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    record_resolution(tx, recorder, resolution)
    return _written(ctx, tx, recorder, "tickets.undo.resolved")


@command(permission="tickets.close")
def confirm_and_close(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, channel: Channel, note: str = ""
) -> Outcome:
    """Record that the caller confirmed, and close. Only the desk may (S1-10).

    Raises:
        RuleViolation: the ticket is not resolved.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    record_confirmation(recorder, Confirmation.CONFIRMED, channel=channel, note=note)
    record_closing(tx, recorder)
    return _written(ctx, tx, recorder, "tickets.undo.closed")


@command(permission="tickets.confirm")
def refuse_solution(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str
) -> Outcome:
    """Record the caller's "no" with the reason; work goes on and the resolution clock with it.

    Raises:
        RuleViolation: the ticket is not resolved, or no reason is given.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    _require_reason(reason)
    record_confirmation(recorder, Confirmation.REFUSED, channel=Channel.PHONE, note=reason.strip())
    recorder.move(Move.REFUSE)
    recorder.set("resolved_at", None)
    record_broken_again(recorder)
    recorder.set("reopened_count", recorder.ticket.reopened_count + 1)
    return _written(ctx, tx, recorder, "tickets.undo.refused")


@command(permission="tickets.reopen")
def reopen(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str) -> Outcome:
    """Open a closed ticket again within the reopen window; later a new linked ticket is the way.

    Raises:
        RuleViolation: the ticket is not closed, the window is over, or no reason is given.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    _require_reason(reason)
    ticket, site = recorder.ticket, recorder.site
    if ticket.closed_at is not None:
        check_reopen(ticket.closed_at, tx.now, site.default_calendar, site.reopen_window)
    recorder.move(Move.REOPEN, detail={"reason": reason.strip()})
    for name in ("resolved_at", "closed_at", "confirmation"):
        recorder.set(name, None)
    record_broken_again(recorder)
    recorder.set("reopened_count", ticket.reopened_count + 1)
    return _written(ctx, tx, recorder, "tickets.undo.reopened")


@command(permission="tickets.cancel")
def cancel(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str) -> Outcome:
    """End a ticket without work; nothing is ever deleted (S0-11).

    Raises:
        RuleViolation: the ticket is not open, or no reason is given.
        StaleRecord: somebody saved it since `version`.
    """
    return _end(ctx, tx, _opened(tx, ticket_id, version), Move.CANCEL, reason)


@command(permission="tickets.cancel")
def mark_out_of_scope(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, reason: str
) -> Outcome:
    """End a ticket for something the desk does not serve, with what the caller was told (S1-12).

    Raises:
        RuleViolation: the ticket is not open, or no reason is given.
        StaleRecord: somebody saved it since `version`.
    """
    return _end(ctx, tx, _opened(tx, ticket_id, version), Move.OUT_OF_SCOPE, reason)


@command(permission="tickets.cancel")
def mark_duplicate(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, duplicate_of: TicketId
) -> Outcome:
    """End a ticket as a duplicate of another one.

    Raises:
        RuleViolation: the ticket is not open, or it would be a duplicate of itself.
        NotFound: there is no such other ticket.
        StaleRecord: somebody saved it since `version`.
    """
    recorder = _opened(tx, ticket_id, version)
    if duplicate_of == ticket_id:
        raise RuleViolation("tickets.duplicate_of_itself")
    other = load_ticket(tx, duplicate_of)
    recorder.set("duplicate_of", duplicate_of)
    recorder.move(Move.DUPLICATE, detail={"duplicate_of": duplicate_of, "number": other.number})
    recorder.set("closed_at", tx.now)
    return _written(ctx, tx, recorder, "tickets.undo.duplicate")


def _opened(tx: Transaction, ticket_id: TicketId, version: int) -> Recorder:
    return open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))


def _written(ctx: Context, tx: Transaction, recorder: Recorder, code: str) -> Outcome:
    ticket = recorder.ticket
    version = write(tx, [recorder])[ticket.id]
    return Outcome(ticket.id, version, undo_of(ctx, recorder, code, version))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleViolation("tickets.reason_missing")


def _end(ctx: Context, tx: Transaction, recorder: Recorder, move: Move, reason: str) -> Outcome:
    _require_reason(reason)
    recorder.move(move, detail={"reason": reason.strip()})
    recorder.set("closed_at", tx.now)
    return _written(ctx, tx, recorder, f"tickets.undo.{move.value}")
