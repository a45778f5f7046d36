"""One change to many tickets: two reads, one pass, one set of writes, each ticket with its own version."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import TicketId
from app.models.transactions import Transaction
from app.services.settings.current import load_config
from app.services.tickets.loading import load_events_of, load_tickets
from app.services.tickets.recording import Recorder, write

Seen = tuple[tuple[TicketId, int], ...]
"""Tickets with the version of each the person was looking at."""


def change_many(
    tx: Transaction, seen: Seen, record: Callable[[Recorder], None]
) -> tuple[dict[int, int], dict[int, str]]:
    """Record the same change on many tickets; return new versions, and who was left alone with the reason.

    A ticket somebody saved meanwhile, or that the rules refuse, is left as it is: never all or nothing.
    """
    site = load_config(tx)
    versions = {int(ticket_id): version for ticket_id, version in seen}
    tickets = load_tickets(tx, list(versions))
    logs = load_events_of(tx, list(versions))
    skipped = dict.fromkeys(versions.keys() - {int(ticket.id) for ticket in tickets}, "tickets.not_found")
    recorders: list[Recorder] = []
    for ticket in tickets:
        if ticket.version != versions[ticket.id]:
            skipped[ticket.id] = "store.stale"
            continue
        recorder = Recorder(tx, site, ticket, logs[ticket.id])
        try:
            record(recorder)
        except FirstlineError as refusal:
            skipped[ticket.id] = refusal.code
            continue
        if recorder.fresh:
            recorders.append(recorder)
    return write(tx, recorders), skipped


def seen_now(versions: Mapping[int, int]) -> Seen:
    """Return new versions in the form the next change asks for."""
    return tuple((TicketId(ticket_id), version) for ticket_id, version in versions.items())
