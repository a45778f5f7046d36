"""The shift report's lists: what is late or nearly, what is grave, whom to ring back."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.reports import (
    CallBack,
    CallBackReason,
    ClockState,
    OpenMajor,
    ReportedTicket,
    TicketNote,
    UrgentClock,
)
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import EventKind, TicketStatus, TicketType, WaitingKind
from app.models.transactions import Reader, Row
from app.services.base.names import person_column
from app.services.people.masking import first_numbers
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold, nearest_clock
from app.services.tickets.loading import load_events_of

# A list of more lines is no longer read at a handover; the figures say how many there are.
MOST_LINES = 40
AT_RISK_WITHIN = timedelta(hours=2)
_GRAVEST = 2

_JOINS = (
    " LEFT JOIN person requester ON requester.id = ticket.requester_id"
    " LEFT JOIN person assignee ON assignee.id = ticket.assignee_id"
    " LEFT JOIN team ON team.id = ticket.team_id"
)


def _tickets(language: str) -> str:
    """Return the SELECT of what every list says about a ticket, with names as the reader sees them."""
    requester, assignee, team = (
        person_column(table, language) for table in ("requester", "assignee", "team")
    )
    return (
        "SELECT ticket.id, ticket.number, ticket.type, ticket.priority, ticket.status, ticket.subject,"
        f" {requester}, COALESCE({assignee}, {team}, ''), ticket.resolution_due_at, ticket.resolved_at,"
        f" ticket.updated_at, ticket.requester_id, ticket.is_major FROM ticket{_JOINS}"
    )


def urgent(read: Reader, until: datetime, language: str) -> tuple[UrgentClock, ...]:
    """Return breached clocks and those due within two hours, the most pressing first."""
    site = load_config(read)
    rows = read.rows(
        f"{_tickets(language)} WHERE ticket.is_open = true AND ticket.is_paused = false"
        " AND ticket.due_sort < ? AND ticket.received_at < ?"
        " ORDER BY ticket.is_paused, ticket.due_sort, ticket.id LIMIT ?",
        (to_micros(until + AT_RISK_WITHIN), to_micros(until), MOST_LINES),
    )
    logs = load_events_of(read, [row[0] for row in rows])
    found = []
    for row in rows:
        clocks = fold(logs[row[0]], site.calendars, until, fold_settings(site))
        clock = nearest_clock(
            {kind: state for kind, state in clocks.items() if kind is not ClockKind.FIRST_LINE}
        )
        if clock is not None:
            state = ClockState.BREACHED if clock.breached_at is not None else ClockState.AT_RISK
            found.append(UrgentClock(_ticket(site, row), clock.kind, state, clock.due_at, clock.remaining))
    return tuple(found)


def majors(read: Reader, until: datetime, language: str) -> tuple[OpenMajor, ...]:
    """Return open P1 and P2 with the last note on each."""
    site = load_config(read)
    rows = read.rows(
        f"{_tickets(language)} WHERE ticket.is_open = true AND ticket.priority <= ?"
        " AND ticket.received_at < ?"
        " ORDER BY ticket.priority, ticket.is_paused, ticket.due_sort, ticket.id LIMIT ?",
        (_GRAVEST, to_micros(until), MOST_LINES),
    )
    return tuple(
        OpenMajor(_ticket(site, row), from_micros_or_none(row[8]), _last_note(read, row[0], language))
        for row in rows
    )


def call_backs(read: Reader, language: str) -> tuple[CallBack, ...]:
    """Return resolved tickets nobody confirmed, then tickets that wait for the user; longest wait first."""
    site = load_config(read)
    resolved = read.rows(
        f"{_tickets(language)} WHERE ticket.status = ? ORDER BY ticket.resolved_at, ticket.id LIMIT ?",
        (TicketStatus.RESOLVED.value, MOST_LINES),
    )
    waiting = read.rows(
        f"{_tickets(language)} JOIN waiting_reason ON waiting_reason.id = ticket.waiting_reason_id"
        " WHERE ticket.is_open = true AND ticket.status = ? AND waiting_reason.kind = ?"
        " ORDER BY ticket.updated_at, ticket.id LIMIT ?",
        (TicketStatus.WAITING.value, WaitingKind.USER.value, MOST_LINES),
    )
    pairs = [(row, CallBackReason.CONFIRMATION, row[9] or row[10]) for row in resolved]
    pairs += [(row, CallBackReason.USER, row[10]) for row in waiting]
    phones = first_numbers(read, [row[11] for row, _, _ in pairs if row[11] is not None])
    return tuple(
        CallBack(_ticket(site, row), reason, phones.get(row[11], ""), from_micros(since))
        for row, reason, since in pairs
    )


def _ticket(site: SiteConfig, row: Row) -> ReportedTicket:
    return ReportedTicket(
        number=site.number_text(row[1]),
        type=TicketType(row[2]),
        priority=row[3],
        status=TicketStatus(row[4]),
        subject=row[5],
        requester=row[6] or "",
        holder=row[7],
        is_major=bool(row[12]),
    )


def _last_note(read: Reader, ticket_id: int, language: str) -> TicketNote | None:
    row = read.one(
        f"SELECT new, at, {person_column('person', language)} FROM ticket_event"
        " LEFT JOIN person ON person.id = actor_id"
        " WHERE ticket_id = ? AND kind IN (?, ?, ?) ORDER BY ticket_event.id DESC LIMIT 1",
        (ticket_id, EventKind.NOTE.value, EventKind.REPLY.value, EventKind.CALL.value),
    )
    return None if row is None else TicketNote(row[0] or "", from_micros(row[1]), row[2] or "")
