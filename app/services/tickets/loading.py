"""From stored rows to tickets and events, and back: the one place that knows the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from app.models.entities.errors import NotFound, StaleRecord
from app.models.entities.ids import EventId, PersonId, TicketId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.tickets import (
    Channel,
    Confirmation,
    EventKind,
    PrioritySource,
    Ticket,
    TicketEvent,
    TicketStatus,
    TicketType,
)
from app.models.transactions import Reader, Row, Transaction

_TICKET_COLUMNS = (
    "id, number, type, status, channel, subject, description, requester_id, owner_id, team_id, assignee_id,"
    " category_id, service_id, location, impact, urgency, priority, priority_source, received_at, created_at,"
    " updated_at, responded_at, resolved_at, closed_at, response_due_at, resolution_due_at,"
    " first_line_due_at, is_paused, waiting_reason_id, solution, cause_code, resolution_code, resolved_line,"
    " article_id, no_article_fits, confirmation, is_first_contact, is_proactive, reopened_count,"
    " duplicate_of_id, sla_version_id, matrix_version_id, version, effective_priority,"
    " is_major, restored_at, bearable_until, promised_at, estimate_minutes, estimate_people, estimate_cost"
)
_SELECT_TICKET = f"SELECT {_TICKET_COLUMNS} FROM ticket WHERE id = ?"
_EVENT_COLUMNS = "id, ticket_id, at, actor_id, kind, field, old, new, client, batch, detail"
_SELECT_EVENTS = f"SELECT {_EVENT_COLUMNS} FROM ticket_event WHERE ticket_id = ? ORDER BY id"
_INSERT_EVENT = (
    "INSERT INTO ticket_event (ticket_id, at, actor_id, kind, field, old, new, client, batch, detail)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KINDS = {kind.value: kind for kind in EventKind}


def load_ticket(read: Reader, ticket_id: int) -> Ticket:
    """Return one ticket.

    Raises:
        NotFound: there is none with this id.
    """
    row = read.one(_SELECT_TICKET, (ticket_id,))
    if row is None:
        raise NotFound("tickets.not_found", id=ticket_id)
    return _ticket(row)


def load_for_change(tx: Transaction, ticket_id: int, version: int) -> Ticket:
    """Return one ticket for changing it, provided nobody saved it since `version`.

    Raises:
        NotFound: there is none with this id.
        StaleRecord: somebody saved it.
    """
    ticket = load_ticket(tx, ticket_id)
    if ticket.version != version:
        raise StaleRecord("ticket", ticket_id, number=ticket.number)
    return ticket


def load_events(read: Reader, ticket_id: int) -> list[TicketEvent]:
    """Return a ticket's whole log, oldest first."""
    return [event_from(row) for row in read.rows(_SELECT_EVENTS, (ticket_id,))]


def load_events_of(read: Reader, ticket_ids: Sequence[int]) -> dict[int, list[TicketEvent]]:
    """Return the logs of many tickets in one query."""
    logs: dict[int, list[TicketEvent]] = {ticket_id: [] for ticket_id in ticket_ids}
    if not ticket_ids:
        return logs
    marks = ", ".join("?" * len(ticket_ids))
    text = f"SELECT {_EVENT_COLUMNS} FROM ticket_event WHERE ticket_id IN ({marks}) ORDER BY ticket_id, id"
    for row in read.rows(text, ticket_ids):
        logs[row[1]].append(event_from(row))
    return logs


def load_tickets(read: Reader, ticket_ids: Sequence[int]) -> list[Ticket]:
    """Return many tickets in one query, in the order of their ids."""
    if not ticket_ids:
        return []
    marks = ", ".join("?" * len(ticket_ids))
    text = f"SELECT {_TICKET_COLUMNS} FROM ticket WHERE id IN ({marks}) ORDER BY id"
    return [_ticket(row) for row in read.rows(text, ticket_ids)]


def insert_events(tx: Transaction, events: Iterable[TicketEvent]) -> None:
    """Append lines to logs; their ids are drawn by the database."""
    tx.execute_many(_INSERT_EVENT, [_event_row(event) for event in events])


def new_event(
    tx: Transaction,
    ticket_id: int,
    kind: EventKind,
    *,
    field: str | None = None,
    old: str | None = None,
    new: str | None = None,
    detail: dict[str, object] | None = None,
) -> TicketEvent:
    """Return a line of the running action, not yet stored."""
    return TicketEvent(
        EventId(0),
        TicketId(ticket_id),
        tx.now,
        None if tx.actor_id is None else PersonId(tx.actor_id),
        kind,
        field,
        old,
        new,
        tx.client,
        tx.op_id,
        detail or {},
    )


def event_from(row: Row) -> TicketEvent:
    """Return the event of a stored row."""
    return TicketEvent(
        row[0],
        row[1],
        from_micros(row[2]),
        row[3],
        _KINDS[row[4]],
        row[5],
        row[6],
        row[7],
        row[8],
        row[9],
        json.loads(row[10]) if row[10] else {},
    )


def _event_row(event: TicketEvent) -> tuple[object, ...]:
    detail = json.dumps(event.detail, ensure_ascii=False, sort_keys=True) if event.detail else None
    return (
        event.ticket_id,
        to_micros(event.at),
        event.actor_id,
        event.kind.value,
        event.field,
        event.old,
        event.new,
        event.client,
        event.batch,
        detail,
    )


def _ticket(row: Row) -> Ticket:
    return Ticket(
        id=row[0],
        number=row[1],
        type=TicketType(row[2]),
        status=TicketStatus(row[3]),
        channel=Channel(row[4]),
        subject=row[5],
        description=row[6],
        requester_id=row[7],
        owner_id=row[8],
        team_id=row[9],
        assignee_id=row[10],
        category_id=row[11],
        service_id=row[12],
        location=row[13],
        impact=row[14],
        urgency=row[15],
        priority=row[16],
        priority_source=PrioritySource(row[17]),
        received_at=from_micros(row[18]),
        created_at=from_micros(row[19]),
        updated_at=from_micros(row[20]),
        responded_at=from_micros_or_none(row[21]),
        resolved_at=from_micros_or_none(row[22]),
        closed_at=from_micros_or_none(row[23]),
        response_due_at=from_micros_or_none(row[24]),
        resolution_due_at=from_micros_or_none(row[25]),
        first_line_due_at=from_micros_or_none(row[26]),
        is_paused=bool(row[27]),
        waiting_reason_id=row[28],
        solution=row[29],
        cause_code=row[30],
        resolution_code=row[31],
        resolved_line=row[32],
        article_id=row[33],
        no_article_fits=bool(row[34]),
        confirmation=Confirmation(row[35]) if row[35] else None,
        is_first_contact=bool(row[36]),
        is_proactive=bool(row[37]),
        reopened_count=row[38],
        duplicate_of=row[39],
        sla_version_id=row[40],
        matrix_version_id=row[41],
        version=row[42],
        effective_priority=row[43],
        is_major=bool(row[44]),
        restored_at=from_micros_or_none(row[45]),
        bearable_until=from_micros_or_none(row[46]),
        promised_at=from_micros_or_none(row[47]),
        estimate_minutes=row[48],
        estimate_people=row[49],
        estimate_cost=row[50],
    )
