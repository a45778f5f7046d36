"""How a new ticket comes to be: number, priority, promise, first log lines, row and search text."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.events import TicketsChanged
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.instants import to_micros, to_micros_or_none
from app.models.entities.tickets import EventKind, Move, NewTicket, PrioritySource, TicketEvent, TicketStatus
from app.models.transactions import Transaction
from app.services.base.command import require
from app.services.base.context import Context
from app.services.priority.rules import priority_of
from app.services.search.index import SearchTable, put
from app.services.settings import declared
from app.services.settings.current import SiteConfig
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold
from app.services.tickets.by_roster import chosen, goes_by_roster, reason_of
from app.services.tickets.demanding import check_new
from app.services.tickets.facts import BEARABLE, check_bearable
from app.services.tickets.loading import insert_events, load_ticket, new_event
from app.services.tickets.recording import PromiseFacts, Recorder, cached_columns, promise_for
from app.services.tickets.telling import tell

LONGEST_SUBJECT = 250
LONGEST_TEXT = 100_000


def register(
    ctx: Context, tx: Transaction, site: SiteConfig, new: NewTicket, *, stays: bool = True
) -> Recorder:
    """Store a new ticket and return a recorder on it, for what follows in the same action.

    `stays` False: the same action ends it, nobody is going to work on it.

    Raises:
        RuleViolation: no subject, an override without a reason, or what `demanding.check_new` and
            `facts.check_bearable` raise.
        BadInput: a text is too long.
        NotFound: impact and urgency are not levels of the matrix.
        NotAllowed: the priority is overridden without the right.
    """
    _check(ctx, new)
    priority, source = _priority(site, new)
    values = _values(ctx, new, priority, source)
    status = _first_status(ctx.actor.person_id, new)
    stays = stays and not new.is_refused
    given, why = _by_roster(tx, site, new) if stays else (None, None)
    values["assignee_id"] = new.assignee_id or given
    check_new(site, new, values, status)
    number = tx.next_number("ticket")
    received_at = min(new.received_at or tx.now, tx.now)
    if new.bearable_until is not None:
        check_bearable(new.bearable_until, received_at)
    detail = {key: value for key, value in values.items() if value not in (None, "", False)}
    detail |= {"received_at": received_at.isoformat(), "number": number}
    if source is PrioritySource.OVERRIDE:
        detail["override_reason"] = new.override_reason.strip()
    if new.call_seconds is not None:
        detail["call_seconds"] = new.call_seconds
    if new.bearable_until is not None:
        detail[BEARABLE] = new.bearable_until.isoformat()
    facts = PromiseFacts(new.type, priority, new.service_id, new.category_id, new.requester_id)
    if given is not None:
        del detail["assignee_id"]  # a line of its own says so, with the reason
    log = _first_lines(tx, site, detail, status, facts)
    if given is not None:
        log.insert(1, new_event(tx, 0, EventKind.CHANGED, field="assignee_id", new=str(given), detail=why))
    clocks = fold(log, site.calendars, tx.now, fold_settings(site))
    row = {
        **values,
        **cached_columns(clocks, status, priority, site.sla.rises),
        "number": number,
        "status": status.value,
        "is_open": True,
        "received_at": to_micros(received_at),
        BEARABLE: to_micros_or_none(new.bearable_until),
        "created_at": tx.now_micros,
        "updated_at": tx.now_micros,
        "sla_version_id": site.sla_version,
        "matrix_version_id": site.matrix_version,
    }
    ticket_id = tx.insert("ticket", row)
    log = [replace(event, ticket_id=TicketId(ticket_id)) for event in log]
    insert_events(tx, log)
    put(tx, SearchTable.TICKETS, ticket_id, f"{values['subject']}\n{values['description']}")
    tx.announce(TicketsChanged(frozenset({ticket_id})))
    tell(tx, log, stays=stays, zone=ZoneInfo(site.settings[declared.TIMEZONE]))
    return Recorder(tx, site, load_ticket(tx, ticket_id), log)


def _check(ctx: Context, new: NewTicket) -> None:
    if not new.subject.strip():
        raise RuleViolation("tickets.no_subject")
    if len(new.subject.strip()) > LONGEST_SUBJECT:
        raise BadInput("tickets.subject_too_long", longest=LONGEST_SUBJECT)
    if len(new.description) > LONGEST_TEXT:
        raise BadInput("tickets.text_too_long", longest=LONGEST_TEXT)
    if new.priority_override is not None:
        require(ctx, "priority.override")
        if not new.override_reason.strip():
            raise RuleViolation("priority.reason_missing")


def _priority(site: SiteConfig, new: NewTicket) -> tuple[int, PrioritySource]:
    by_matrix = priority_of(site.matrix_definition, new.type, new.impact, new.urgency)
    if new.priority_override is None or new.priority_override == by_matrix:
        return by_matrix, PrioritySource.MATRIX
    return new.priority_override, PrioritySource.OVERRIDE


def _by_roster(
    tx: Transaction, site: SiteConfig, new: NewTicket
) -> tuple[PersonId | None, dict[str, object] | None]:
    """Return whom the roster gives a ticket of a team to, and the log's word on why; see `by_roster`."""
    team_id = new.team_id
    if team_id is None or new.assignee_id is not None or new.category_id is None:
        return None, None
    if not goes_by_roster(tx, site, team_id):
        return None, None
    best, found = chosen(tx, tx.now, team_id, new.category_id)
    return (None, None) if best is None else (best.person_id, reason_of(best, found))


def _first_status(me: PersonId | None, new: NewTicket) -> TicketStatus:
    if new.assignee_id is not None and new.assignee_id == me:
        return TicketStatus.IN_PROGRESS
    # Assigning asks for a category (RULES 1); without one the ticket waits at the desk as new.
    is_sent_on = new.assignee_id is not None or new.team_id is not None
    return TicketStatus.ASSIGNED if is_sent_on and new.category_id is not None else TicketStatus.NEW


def _values(ctx: Context, new: NewTicket, priority: int, source: PrioritySource) -> dict[str, object]:
    return {
        "type": new.type.value,
        "channel": new.channel.value,
        "subject": new.subject.strip(),
        "description": new.description,
        "requester_id": new.requester_id,
        "owner_id": ctx.actor.person_id,
        "team_id": new.team_id,
        "assignee_id": new.assignee_id,
        "category_id": new.category_id,
        "service_id": new.service_id,
        "location": new.location,
        "impact": new.impact,
        "urgency": new.urgency,
        "priority": priority,
        "priority_source": source.value,
        "is_proactive": new.is_proactive,
    }


def _first_lines(
    tx: Transaction, site: SiteConfig, detail: dict[str, object], status: TicketStatus, facts: PromiseFacts
) -> list[TicketEvent]:
    log = [new_event(tx, 0, EventKind.CREATED, new=TicketStatus.NEW.value, detail=detail)]
    promise = promise_for(tx, site, facts)
    if promise is not None:
        log.append(new_event(tx, 0, EventKind.PROMISED, detail=promise.to_dict()))
    if status is not TicketStatus.NEW:
        move = Move.START if status is TicketStatus.IN_PROGRESS else Move.ASSIGN
        old, new = TicketStatus.NEW.value, status.value
        log.append(new_event(tx, 0, EventKind.STATUS, field=move.value, old=old, new=new))
    return log
