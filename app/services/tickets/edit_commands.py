"""Changing a ticket's fields: what two people change at once is merged field by field, or asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.models.entities.errors import MergeNeeded, RuleViolation
from app.models.entities.ids import PersonId, ReasonId, TeamId, TicketId
from app.models.entities.priority import HIGHEST_PRIORITY, LOWEST_PRIORITY
from app.models.entities.tickets import (
    Channel,
    FieldConflict,
    PrioritySource,
    TicketType,
)
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.priority.rules import priority_of
from app.services.settings.current import load_config
from app.services.tickets.by_roster import Turns
from app.services.tickets.facts import ESTIMATES, check_fact
from app.services.tickets.loading import load_for_change, load_ticket
from app.services.tickets.many import Seen, change_many
from app.services.tickets.moving import record_assignment, record_waiting
from app.services.tickets.recording import Recorder, as_text, open_recorder, write
from app.services.tickets.registering import LONGEST_SUBJECT
from app.services.tickets.rules import check_may_be_major
from app.services.tickets.undoing import outcome_of_many, undo_of

EDITABLE = frozenset(
    {
        "type", "channel", "subject", "description", "requester_id", "owner_id", "category_id",
        "service_id", "location", "impact", "urgency", "is_proactive", "bearable_until",
        *ESTIMATES,
    }
)  # fmt: skip


@command(permission="tickets.edit")
def edit_ticket(
    ctx: Context,
    tx: Transaction,
    ticket_id: TicketId,
    *,
    version: int,
    changes: Mapping[str, object],
    base: Mapping[str, object],
) -> Outcome:
    """Change fields of a ticket. `base` holds the values the person started from, for the same fields.

    If somebody saved since `version`, fields only I changed are saved, fields both set to the same value
    count as done, and fields both changed differently are asked about: nothing is saved then.
    Type, impact and urgency set the priority by the matrix unless it was overridden.

    Raises:
        MergeNeeded: with the conflicts and the version to answer with.
        RuleViolation: a field cannot be edited this way, the subject is empty, the type is none that a
            major incident can have, or what `facts.check_fact` raises.
    """
    _check_changes(changes)
    ticket = load_ticket(tx, ticket_id)
    recorder = open_recorder(tx, load_config(tx), ticket)
    wanted = dict(changes)
    if ticket.version != version:
        wanted = _merged(recorder, changes, base)
    _check_major(recorder, wanted)
    _check_facts(recorder, wanted)
    for name, value in wanted.items():
        recorder.change(name, value.strip() if name == "subject" and isinstance(value, str) else value)
    _priority_by_matrix(recorder, wanted)
    if not recorder.fresh:
        return Outcome(ticket_id, ticket.version)
    new_version = write(tx, [recorder])[ticket_id]
    return Outcome(ticket_id, new_version, undo_of(ctx, recorder, "tickets.undo.edited", new_version))


@command(permission="priority.override")
def override_priority(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, priority: int, reason: str
) -> Outcome:
    """Set a priority against the matrix, with the reason in the log (S3-23).

    Raises:
        RuleViolation: no reason, no such priority, or `tickets.major_priority`: a major incident is P1.
        StaleRecord: somebody saved the ticket since `version`.
    """
    if not reason.strip():
        raise RuleViolation("priority.reason_missing")
    recorder = open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))
    if not HIGHEST_PRIORITY <= priority <= LOWEST_PRIORITY:
        raise RuleViolation("priority.unknown", priority=priority)
    _check_matrix_decides(recorder)
    recorder.change("priority", priority, detail={"reason": reason.strip()})
    recorder.change("priority_source", PrioritySource.OVERRIDE)
    return _written(ctx, tx, recorder, "tickets.undo.priority")


@command(permission="priority.override")
def follow_matrix(ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int) -> Outcome:
    """Give up an overridden priority; the matrix decides again.

    Raises:
        RuleViolation: `tickets.major_priority`: a major incident is P1 until it is withdrawn.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))
    _check_matrix_decides(recorder)
    recorder.change("priority_source", PrioritySource.MATRIX)
    _priority_by_matrix(recorder, {"impact": recorder.ticket.impact})
    return _written(ctx, tx, recorder, "tickets.undo.priority")


@command(permission="tickets.bulk")
def assign_many(
    ctx: Context,
    tx: Transaction,
    seen: Seen,
    *,
    team_id: TeamId | None,
    assignee_id: PersonId | None = None,
) -> Outcome:
    """Assign many tickets in one commit; those saved by others, or that refuse, are named in `skipped`."""
    turns = Turns()

    def record(recorder: Recorder) -> None:
        record_assignment(recorder, team_id, assignee_id, turns=turns)

    return _change_many(ctx, tx, seen, record)


@command(permission="tickets.bulk")
def set_waiting_many(ctx: Context, tx: Transaction, seen: Seen, *, reason_id: ReasonId) -> Outcome:
    """Set many tickets waiting in one commit; see `assign_many` for what is left alone."""
    return _change_many(ctx, tx, seen, lambda recorder: record_waiting(tx, recorder, reason_id))


@command(permission="tickets.bulk")
def edit_many(ctx: Context, tx: Transaction, seen: Seen, *, changes: Mapping[str, object]) -> Outcome:
    """Set the same fields on many tickets in one commit; see `assign_many` for what is left alone."""
    _check_changes(changes)

    def record(recorder: Recorder) -> None:
        _check_major(recorder, changes)
        _check_facts(recorder, changes)
        for name, value in changes.items():
            recorder.change(name, value)
        _priority_by_matrix(recorder, changes)

    return _change_many(ctx, tx, seen, record)


def _change_many(ctx: Context, tx: Transaction, seen: Seen, record: Callable[[Recorder], None]) -> Outcome:
    done, skipped = change_many(tx, seen, record)
    return outcome_of_many(ctx, tx, done, skipped)


def _merged(
    recorder: Recorder, changes: Mapping[str, object], base: Mapping[str, object]
) -> dict[str, object]:
    """Return what may be saved over somebody else's change, or raise with what both changed."""
    wanted: dict[str, object] = {}
    conflicts: list[FieldConflict] = []
    for name, mine in changes.items():
        theirs = recorder.value(name)
        if theirs in (base.get(name), mine):
            wanted[name] = mine
        else:
            conflicts.append(FieldConflict(name, as_text(base.get(name)), as_text(theirs), as_text(mine)))
    if conflicts:
        ticket = recorder.ticket
        raise MergeNeeded(
            "ticket", ticket.id, number=ticket.number, conflicts=tuple(conflicts), version=ticket.version
        )
    return wanted


def _priority_by_matrix(recorder: Recorder, changed: Mapping[str, object]) -> None:
    asked = changed.keys() & {"type", "impact", "urgency"}
    if not asked or recorder.value("priority_source") is PrioritySource.OVERRIDE:
        return
    kind, matrix = str(recorder.value("type")), recorder.site.matrix_definition
    impact, urgency = int(str(recorder.value("impact"))), int(str(recorder.value("urgency")))
    if asked == {"type"}:
        # A ticket from elsewhere may have levels of its own: another type leaves its priority alone.
        is_known = (impact, urgency) in matrix.cells_for(kind)
        if kind == recorder.ticket.type or not is_known:
            return
    recorder.change("priority", priority_of(matrix, kind, impact, urgency))


def _check_facts(recorder: Recorder, changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        check_fact(recorder.ticket, name, value)


def _check_major(recorder: Recorder, changes: Mapping[str, object]) -> None:
    if recorder.ticket.is_major and "type" in changes:
        check_may_be_major(recorder.ticket.number, TicketType(str(changes["type"])))


def _check_matrix_decides(recorder: Recorder) -> None:
    if recorder.ticket.is_major:
        raise RuleViolation("tickets.major_priority", number=recorder.ticket.number)


def _check_changes(changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        if name not in EDITABLE:
            raise RuleViolation("tickets.not_editable", field=name)
        if name == "subject" and not (isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_SUBJECT):
            raise RuleViolation("tickets.no_subject")
        if name == "type":
            TicketType(str(value))
        if name == "channel":
            Channel(str(value))


def _written(ctx: Context, tx: Transaction, recorder: Recorder, code: str) -> Outcome:
    ticket = recorder.ticket
    if not recorder.fresh:
        return Outcome(ticket.id, ticket.version)
    version = write(tx, [recorder])[ticket.id]
    return Outcome(ticket.id, version, undo_of(ctx, recorder, code, version))
