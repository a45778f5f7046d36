"""What a ticket's clocks would do if it waited now, went on, or had another priority."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.ids import TicketId
from app.models.entities.sla import ClockKind, Promise
from app.models.entities.tickets import OPEN_STATUSES, Ticket, TicketStatus
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.supposing import Supposed, Supposition, suppose
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.recording import PromiseFacts, promise_for


@query(permission="tickets.read")
def supposed_clocks(
    ctx: Context, read: Reader, ticket_id: TicketId
) -> Mapping[ClockKind, tuple[Supposed, ...]]:
    """Return, per clock, what each thing that could be done now would make of it.

    Going on first where the ticket waits, then the priorities of its type's matrix but its own, then the
    waiting reasons in use. Empty for a ticket that is not open, or was promised nothing.

    Raises:
        NotFound: there is no ticket with this id.
    """
    ticket = load_ticket(read, ticket_id)
    if ticket.status not in OPEN_STATUSES:
        return {}
    site, now = load_config(read), ctx.clock.now()
    events, settings = load_events(read, ticket_id), fold_settings(site)
    found: dict[ClockKind, list[Supposed]] = {}
    for supposition in _suppositions(site, ticket):
        promise = None
        if supposition.priority is not None:
            promise = _promise_at(read, site, ticket, supposition.priority)
            if promise is None:
                continue
        for kind, supposed in suppose(events, site.calendars, now, settings, supposition, promise).items():
            found.setdefault(kind, []).append(supposed)
    return {kind: tuple(each) for kind, each in found.items()}


def _suppositions(site: SiteConfig, ticket: Ticket) -> list[Supposition]:
    waits = ticket.status is TicketStatus.WAITING
    given = site.matrix_definition.cells_for(ticket.type).values()
    priorities = sorted(set(given) - {ticket.priority})
    reasons = sorted(site.waiting_reasons.values(), key=lambda reason: (reason.position, reason.id))
    return [
        *([Supposition(goes_on=True)] if waits else []),
        *(Supposition(priority=priority) for priority in priorities),
        *(
            Supposition(reason_id=reason.id)
            for reason in reasons
            if reason.is_active and not (waits and reason.id == ticket.waiting_reason_id)
        ),
    ]


def _promise_at(read: Reader, site: SiteConfig, ticket: Ticket, priority: int) -> Promise | None:
    facts = PromiseFacts(ticket.type, priority, ticket.service_id, ticket.category_id, ticket.requester_id)
    return promise_for(read, site, facts)
