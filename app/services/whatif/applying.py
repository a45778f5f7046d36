"""What applying the documents in force to open tickets writes, and what taking it back does.

Columns that only mirror the log are technical: `updated_at` says when somebody last did something to a ticket
and is left alone (U21). Tickets are written one by one under their version, as every action writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from app.models.entities.errors import StaleRecord
from app.models.entities.events import TicketsChanged
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.instants import to_micros_or_none
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.sla import Promise
from app.models.entities.tickets import EventKind, Ticket, TicketEvent
from app.models.transactions import Transaction
from app.services.escalation.recipients import Directory
from app.services.escalation.telling import shown_at
from app.services.notices.writing import put_notices
from app.services.settings import declared
from app.services.settings.current import SiteConfig
from app.services.settings.escalation_edits import quiet_end
from app.services.tickets.loading import insert_events, load_events_of, load_tickets
from app.services.tickets.recording import Recorder, cached_columns

AT_ONCE = 500
# On PostgreSQL a colleague may save a ticket between our reading and our writing; then it is looked at again.
_TRIES = 5

Change = Callable[[Recorder], None]
"""Records on a ticket what shall become of it."""


@dataclass(slots=True)
class Written:
    """What was written: tickets with a new log line and their new versions, and whom it concerns."""

    versions: dict[int, int] = field(default_factory=dict)
    concerned: dict[PersonId, list[TicketId]] = field(default_factory=dict)
    gravest: dict[PersonId, int] = field(default_factory=dict)  # effective priority of those tickets


def write_changes(
    tx: Transaction, site: SiteConfig, ticket_ids: Sequence[int], change: Change, written: Written
) -> None:
    """Let `change` record on each of these tickets and write it; without a log line only mirrors are renewed.

    Raises:
        StaleRecord: a ticket is being saved by others again and again.
    """
    todo = list(ticket_ids)
    for _ in range(_TRIES):
        todo = _written_but(tx, site, todo, change, written)
        if not todo:
            return
    raise StaleRecord("ticket", todo[0])


def last_promise(log: Iterable[TicketEvent]) -> Promise | None:
    """Return the promise a log ends with."""
    made = [event for event in log if event.kind is EventKind.PROMISED]
    return Promise.from_dict(made[-1].detail) if made else None


def renewal(last: Promise | None, promise: Promise | None) -> Promise | None:
    """Return the promise to record in place of the last one, or None where that one stays.

    Where nothing is promised any more, what was promised is taken back (U20); the calendar stays, as it
    counts the time until now. A newer version of the same policy with the same terms is no new promise.
    """
    if promise is None:
        return (
            None if last is None or not last.allowed else replace(last, policy="", allowed={}, sla_version=0)
        )
    is_same = last is not None and replace(last, sla_version=promise.sla_version) == promise
    return None if is_same else promise


def record_promise(recorder: Recorder, promise: Promise | None) -> None:
    """Record a promise in place of the last one; None takes back what was promised, if anything was."""
    new = renewal(last_promise(recorder.log), promise)
    if new is not None:
        recorder.add(EventKind.PROMISED, detail=new.to_dict())
        recorder.columns["sla_version_id"] = new.sla_version or None


def tell_concerned(tx: Transaction, site: SiteConfig, written: Written, note: str) -> None:
    """Tell owners and assignees, each once, how many of their tickets changed; nobody of their own deed.

    In quiet hours that waits for their end, as every notice does: not for whoever is at work, nor where one
    of the tickets is grave enough.
    """
    rules = site.escalation
    ends = quiet_end(rules, tx.now.astimezone(ZoneInfo(site.settings[declared.TIMEZONE])))
    working = Directory(tx, tx.now).working if ends is not None and written.concerned else ()
    put_notices(
        tx,
        [
            NewNotice(
                person_id,
                NoticeKind.PROMISES_CHANGED,
                f"{NoticeKind.PROMISES_CHANGED.value}:{tx.op_id}:{person_id}",
                ticket_ids[0] if len(ticket_ids) == 1 else None,
                {"by": tx.actor_id, "count": len(ticket_ids), "note": note},
                shown_at(person_id, written.gravest[person_id], rules, ends, working),
            )
            for person_id, ticket_ids in sorted(written.concerned.items())
            if person_id != tx.actor_id
        ],
    )


def _written_but(
    tx: Transaction, site: SiteConfig, ticket_ids: Sequence[int], change: Change, written: Written
) -> list[int]:
    """Write what can be written, and return the tickets that somebody saved meanwhile."""
    missed: list[int] = []
    touched: list[int] = []
    fresh: list[TicketEvent] = []
    logs = load_events_of(tx, ticket_ids)
    for ticket in load_tickets(tx, ticket_ids):
        recorder = Recorder(tx, site, ticket, logs[ticket.id])
        change(recorder)
        priority = int(str(recorder.value("priority")))
        recorder.columns.update(cached_columns(recorder.clocks(), ticket.status, priority, site.sla.rises))
        if not _update(tx, recorder):
            missed.append(ticket.id)
            continue
        touched.append(ticket.id)
        fresh += recorder.fresh
        if recorder.fresh:
            written.versions[ticket.id] = ticket.version + 1
        if _is_felt(ticket, recorder.columns):
            _note_concerned(ticket, int(str(recorder.columns["effective_priority"])), written)
    insert_events(tx, fresh)
    if touched:
        tx.announce(TicketsChanged(frozenset(touched)))
    return missed


def _update(tx: Transaction, recorder: Recorder) -> bool:
    columns: Mapping[str, object] = recorder.columns
    names = sorted(columns)
    assignments = ", ".join(f"{name} = ?" for name in names)
    # A renewed mirror is no new version: whoever edits the ticket just now has missed nothing.
    step = 1 if recorder.fresh else 0
    text = f"UPDATE ticket SET {assignments}, version = version + {step} WHERE id = ? AND version = ?"
    values = [*(columns[name] for name in names), recorder.ticket.id, recorder.ticket.version]
    return tx.execute(text, values) == 1


def _is_felt(ticket: Ticket, columns: Mapping[str, object]) -> bool:
    """Whether anybody sees a difference: in the priority, or in a time that still lies ahead."""
    due_at, response_due_at = (
        to_micros_or_none(instant) for instant in (ticket.resolution_due_at, ticket.response_due_at)
    )
    is_answered = columns["responded_at"] is not None
    return (
        columns.get("priority", ticket.priority) != ticket.priority
        or columns["resolution_due_at"] != due_at
        or (not is_answered and columns["response_due_at"] != response_due_at)
    )


def _note_concerned(ticket: Ticket, priority: int, written: Written) -> None:
    for person_id in {ticket.owner_id, ticket.assignee_id}:
        if person_id is not None:
            written.concerned.setdefault(person_id, []).append(ticket.id)
            written.gravest[person_id] = min(priority, written.gravest.get(person_id, priority))
