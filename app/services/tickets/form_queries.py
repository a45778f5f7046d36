"""What is asked while a new ticket is typed: what else the caller waits for, who reports the same today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, ServiceId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.tickets import TicketRow
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.catalogue.queries import load_categories, load_service
from app.services.catalogue.rules import nearest_refusal
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.tickets.listing import read_rows
from app.services.tickets.loading import load_ticket


@dataclass(frozen=True, slots=True)
class SameService:
    """How many people reported a service today, and the open ticket of today that was first."""

    people: int
    first: TicketRow | None


@query(permission="tickets.read")
def same_service_today(ctx: Context, read: Reader, service_id: ServiceId) -> SameService:
    """Return how many different people reported a service since midnight at the site.

    Tickets without a requester count as one person each.
    """
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    today = ctx.clock.now().astimezone(zone).date()
    midnight = to_micros(datetime.combine(today, time(), zone))
    rows = read.rows(
        "SELECT id, requester_id, is_open FROM ticket WHERE service_id = ? AND received_at >= ?"
        " ORDER BY received_at, id",
        (service_id, midnight),
    )
    people = {requester if requester is not None else -ticket_id for ticket_id, requester, _ in rows}
    first = [ticket_id for ticket_id, _, is_open in rows if is_open][:1]
    return SameService(len(people), read_rows(read, first, ctx.language)[0] if first else None)


@query(permission="tickets.read")
def polite_refusal(ctx: Context, read: Reader, ticket_id: TicketId) -> str:
    """Return what the catalogue says, in the reader's language, to whoever asks for what a ticket asks for.

    The service speaks before the category; "" where both are served. It is one line.

    Raises:
        NotFound: there is no such ticket.
    """
    ticket = load_ticket(read, ticket_id)
    said = ("", "")
    if ticket.service_id is not None:
        details = load_service(read, ticket.service_id).details
        said = ("", "") if details.is_in_scope else (details.refusal_text, details.refusal_text_alt)
    if not any(said):
        categories = {one.id: one for one in load_categories(read, include_retired=True)}
        said = nearest_refusal(categories, ticket.category_id)
    return " ".join(name_in(*said, ctx.language).split())


@query(permission="tickets.read")
def open_tickets_of(ctx: Context, read: Reader, requester_id: PersonId, limit: int = 3) -> list[TicketRow]:
    """Return somebody's open tickets, the newest first: perhaps the call is about one of them."""
    rows = read.rows(
        "SELECT id FROM ticket WHERE is_open = true AND requester_id = ? ORDER BY id DESC LIMIT ?",
        (requester_id, limit),
    )
    return read_rows(read, [row[0] for row in rows], ctx.language)
