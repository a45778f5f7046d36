"""What must be handed over at the end of a shift, read from the database: one question a section.

Bodies hold plain JSON values: names in both languages ("by" and "by_alt"), instants in microseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.entities.handover import Fact, Section
from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros
from app.models.entities.roster import ShiftAt
from app.models.entities.tickets import EventKind, TicketStatus, TicketType, WaitingKind
from app.models.transactions import Reader, Row
from app.services.handover.rules import one_per_ticket
from app.services.handover.shift_facts import (
    announcement_facts,
    call_facts,
    check_facts,
    note_facts,
    people_facts,
)
from app.services.people.masking import first_numbers
from app.services.settings.current import SiteConfig, load_config

MOST_LINES = 60
"""Tickets of one section; one more line says how many there are besides."""
_GRAVEST = 2
_LONGEST_TEXT = 600
_PRIORITY = "COALESCE(ticket.effective_priority, ticket.priority)"
_SELECT = (
    f"SELECT ticket.id, ticket.number, ticket.type, {_PRIORITY}, ticket.status, ticket.subject,"
    " requester.name, requester.name_alt, COALESCE(assignee.name, team.name, ''),"
    " COALESCE(assignee.name_alt, team.name_alt, ''), ticket.due_sort, ticket.is_paused, ticket.promised_at,"
    " ticket.requester_id, ticket.is_major FROM ticket"
    " LEFT JOIN person requester ON requester.id = ticket.requester_id"
    " LEFT JOIN person assignee ON assignee.id = ticket.assignee_id"
    " LEFT JOIN team ON team.id = ticket.team_id"
)
_ORDER = f" ORDER BY {_PRIORITY}, ticket.is_paused, ticket.due_sort, ticket.id LIMIT ?"


@dataclass(frozen=True, slots=True)
class _Question:
    section: Section
    condition: str
    parameters: tuple[object, ...] = ()
    joined: str = ""
    has_note: bool = False


def facts_of(read: Reader, shift: ShiftAt, next_shift: ShiftAt | None, now: datetime) -> list[Fact]:
    """Return all there is to hand over at `now`, each thing once, section by section.

    What falls due is looked at up to the real end of the next shift.
    """
    site = load_config(read)
    until = next_shift.ends_at if next_shift is not None else shift.ends_at
    found: list[Fact] = []
    for question in _questions(now, until):
        found += _tickets(read, site, question)
    found += _unconfirmed(read)
    found += announcement_facts(read, now, until)
    found += note_facts(read)
    found += call_facts(read, shift)
    found += people_facts(read, shift, now)
    found += check_facts(read, shift)
    return one_per_ticket(found)


def _questions(now: datetime, until: datetime) -> Sequence[_Question]:
    is_open = "ticket.is_open = true AND "
    runs = is_open + "ticket.is_paused = false AND "
    waiting = " JOIN waiting_reason ON waiting_reason.id = ticket.waiting_reason_id"
    return (
        _Question(Section.MAJOR, is_open + "ticket.is_major = true", has_note=True),
        _Question(Section.GRAVE, is_open + f"{_PRIORITY} <= ?", (_GRAVEST,), has_note=True),
        _Question(Section.BREACHED, runs + "ticket.due_sort < ?", (to_micros(now),)),
        _Question(Section.PROMISED, is_open + "ticket.promised_at < ?", (to_micros(until),)),
        _Question(
            Section.DUE,
            runs + "ticket.due_sort >= ? AND ticket.due_sort < ?",
            (to_micros(now), to_micros(until)),
        ),
        _Question(
            Section.CALL_BACK,
            is_open + "ticket.status = ? AND waiting_reason.kind = ?",
            (TicketStatus.WAITING.value, WaitingKind.USER.value),
            waiting,
        ),
        _Question(Section.UNACCEPTED, is_open + "ticket.status = ?", (TicketStatus.ASSIGNED.value,)),
        _Question(Section.COMPLAINT, is_open + "ticket.type = ?", (TicketType.COMPLAINT.value,)),
    )


def _tickets(read: Reader, site: SiteConfig, question: _Question) -> list[Fact]:
    where = f"{question.joined} WHERE {question.condition}"
    rows = read.rows(f"{_SELECT}{where}{_ORDER}", (*question.parameters, MOST_LINES))
    notes = _last_notes(read, [row[0] for row in rows]) if question.has_note else {}
    phones = first_numbers(read, [row[13] for row in rows if row[13] is not None])
    found = [
        Fact(question.section, f"t{row[0]}", {**_body(site, row, phones), **notes.get(row[0], {})})
        for row in rows
    ]
    if len(rows) == MOST_LINES:
        counted = "SELECT COUNT(*) FROM ticket" + where
        more = int(read.value(counted, question.parameters)) - MOST_LINES
        if more > 0:
            found.append(Fact(question.section, f"more-{question.section.value}", {"more": more}))
    return found


def _body(site: SiteConfig, row: Row, phones: Mapping[int, str]) -> dict[str, Any]:
    due = None if row[11] or row[10] >= FAR_FUTURE_MICROS else int(row[10])
    return {
        "number": site.number_text(row[1]),
        "type": row[2],
        "priority": int(row[3]),
        "status": row[4],
        "subject": row[5],
        "requester": row[6] or "",
        "requester_alt": row[7] or "",
        "holder": row[8] or "",
        "holder_alt": row[9] or "",
        "phone": phones.get(row[13], ""),
        "due_at": due,
        "promised_at": row[12],
        "is_major": bool(row[14]),
    }


def _last_notes(read: Reader, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the last word people wrote on each ticket."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    kinds = (EventKind.NOTE.value, EventKind.REPLY.value, EventKind.CALL.value)
    rows = read.rows(
        "SELECT ticket_event.ticket_id, ticket_event.new, ticket_event.at, person.name, person.name_alt"
        " FROM ticket_event LEFT JOIN person ON person.id = ticket_event.actor_id"
        " WHERE ticket_event.id IN (SELECT MAX(id) FROM ticket_event"
        f" WHERE ticket_id IN ({marks}) AND kind IN (?, ?, ?) GROUP BY ticket_id)",
        (*ids, *kinds),
    )
    return {
        row[0]: {
            "said": (row[1] or "")[:_LONGEST_TEXT],
            "said_at": int(row[2]),
            "said_by": row[3] or "",
            "said_by_alt": row[4] or "",
        }
        for row in rows
    }


def _unconfirmed(read: Reader) -> list[Fact]:
    """Return one line for all resolved tickets whose callers have not confirmed: nobody ticks forty."""
    count = read.value("SELECT COUNT(*) FROM ticket WHERE status = ?", (TicketStatus.RESOLVED.value,))
    return [Fact(Section.CALL_BACK, "unconfirmed", {"count": int(count)})] if count else []
