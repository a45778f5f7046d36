"""Tickets whose incidents go on in rows of a later run: where they stand, in the source's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.tickets import EventKind, Move, Ticket, TicketEvent, WaitingKind
from app.models.transactions import Reader
from app.services.tickets.loading import load_events_of, load_tickets
from app.services.transfer.naming import name_of_key
from app.services.transfer.rules import State
from app.services.transfer.updates import Value


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A ticket that further rows carry on, its log, and its state as the last row left it."""

    ticket: Ticket
    log: list[TicketEvent]
    state: State


def tickets_to_continue(read: Reader, prefix: str, tickets: Mapping[str, int]) -> dict[str, GoingOn]:
    """Return the tickets with these ids by incident.

    A person, team or category that is not the source's own (somebody changed the ticket here) has no name
    there: the next row sets it anew.
    """
    if not tickets:
        return {}
    incident_of = {ticket_id: incident for incident, ticket_id in tickets.items()}
    logs = load_events_of(read, list(incident_of))
    return {
        incident_of[ticket.id]: GoingOn(
            ticket, logs[ticket.id], _state(read, prefix, ticket, logs[ticket.id])
        )
        for ticket in load_tickets(read, list(incident_of))
    }


def _state(read: Reader, prefix: str, ticket: Ticket, log: list[TicketEvent]) -> State:
    waiting = read.value("SELECT kind FROM waiting_reason WHERE id = ?", (ticket.waiting_reason_id or 0,))
    return State(
        status=ticket.status,
        waiting=WaitingKind(waiting) if waiting else None,
        facts=_facts(read, prefix, ticket),
        responded_at=ticket.responded_at,
        resolved_move_at=_last_move(log, Move.RESOLVE),
        closed_move_at=_last_move(log, Move.CLOSE),
        reopened=ticket.reopened_count,
    )


def _last_move(log: list[TicketEvent], move: Move) -> datetime | None:
    made = (event.at for event in reversed(log) if event.kind is EventKind.IMPORTED and event.field == move)
    return next(made, None)


def _facts(read: Reader, prefix: str, ticket: Ticket) -> dict[str, Value]:
    person = "SELECT source_key FROM person WHERE id = ?"
    team = read.value("SELECT code FROM team WHERE id = ?", (ticket.team_id or 0,))
    return {
        "requester": name_of_key(prefix, read.value(person, (ticket.requester_id or 0,))),
        "assignee": name_of_key(prefix, read.value(person, (ticket.assignee_id or 0,))),
        "team": name_of_key(prefix, team),
        "category": _path(read, ticket.category_id),
        "channel": ticket.channel,
        "location": ticket.location or None,
        "impact": str(ticket.impact),
        "urgency": str(ticket.urgency),
        "priority": str(ticket.priority),
    }


def _path(read: Reader, category_id: int | None) -> tuple[str, ...] | None:
    path: list[str] = []
    while category_id is not None:
        row = read.one("SELECT name, parent_id FROM category WHERE id = ?", (category_id,))
        if row is None:
            break
        path.insert(0, row[0])
        category_id = row[1]
    return tuple(path) or None
