"""What the page of one ticket asks besides the ticket: the words behind ids, people, reasons of its times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.models.entities.catalogue import CategoryNode, Service
from app.models.entities.errors import NeverOpen
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.people import Person, StaffEntry, Team
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import CodeItem, CodeKind, ConfigKind, Script, WaitingReason
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import LinkedTicket
from app.models.entities.tickets import Ticket, TicketEvent, TicketStatus
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.catalogue import queries as catalogue
from app.services.people import queries as people
from app.services.settings import declared
from app.services.settings import queries as settings
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.explain import ExplainLine, explain
from app.services.sla.rules import fold
from app.services.tickets.forecast_queries import NO_OUTLOOK, Outlook, outlook_of
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.rules import NumberFormat, working_deadline

_MOST_DUPLICATES = 50


@dataclass(frozen=True, slots=True)
class DeskTerms:
    """Everything set up at the site that a ticket names by id or code, retired entries included.

    Categories stand in the order of their tree. `calendars` holds the main and the second name by code.
    """

    categories: tuple[CategoryNode, ...]
    services: tuple[Service, ...]
    teams: tuple[Team, ...]
    staff: Mapping[PersonId, StaffEntry]
    reasons: tuple[WaitingReason, ...]
    causes: tuple[CodeItem, ...]
    resolutions: tuple[CodeItem, ...]
    scripts: tuple[Script, ...]
    matrix: MatrixDefinition
    calendars: Mapping[str, tuple[str, str]]
    numbers: NumberFormat
    attachment_limit: int  # megabytes
    desk_phone: str
    companies: Mapping[str, str] = field(default_factory=dict)  # main name to second name
    currency: str = ""


@dataclass(frozen=True, slots=True)
class TicketSurroundings:
    """What stands around a ticket on its page.

    `articles` holds number and title of every article the log names, by id. `reasons` explains each clock.
    `reopen_until` is the end of the reopen window of a closed ticket, `outlook` what lies ahead of an open
    one.
    """

    requester: Person | None = None
    duplicates: tuple[LinkedTicket, ...] = ()
    duplicate_of: LinkedTicket | None = None
    articles: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    reasons: Mapping[ClockKind, tuple[ExplainLine, ...]] = field(default_factory=dict)
    reopen_until: datetime | None = None
    outlook: Outlook = NO_OUTLOOK


@query(permission="tickets.read")
def desk_terms(ctx: Context, read: Reader) -> DeskTerms:
    """Return the words of the site; keep them until people, catalogue or settings change.

    Raises:
        NotFound: the site is not set up.
    """
    site = load_config(read)
    return DeskTerms(
        categories=tuple(catalogue.category_tree(ctx, include_retired=True)),
        services=tuple(catalogue.services(ctx, include_retired=True)),
        teams=tuple(people.teams(ctx, include_retired=True)),
        staff=people.staff_directory(ctx),
        reasons=tuple(settings.waiting_reasons(ctx, include_retired=True)),
        causes=tuple(settings.code_items(ctx, CodeKind.CAUSE, include_retired=True)),
        resolutions=tuple(settings.code_items(ctx, CodeKind.RESOLUTION, include_retired=True)),
        scripts=tuple(settings.scripts(ctx)),
        matrix=site.matrix_definition,
        calendars={
            config.code: (str(config.body.get("name") or config.code), str(config.body.get("name_alt") or ""))
            for config in settings.current_configs(ctx, ConfigKind.CALENDAR)
        },
        numbers=NumberFormat(site.settings[declared.NUMBER_PREFIX], site.settings[declared.NUMBER_WIDTH]),
        attachment_limit=site.settings[declared.ATTACHMENT_LIMIT],
        desk_phone=site.settings[declared.DESK_PHONE],
        companies={each.name: each.name_alt for each in people.companies(ctx)}
        if ctx.actor.may("people.read")
        else {},
        currency=site.settings[declared.CURRENCY],
    )


@query(permission="tickets.read")
def ticket_surroundings(ctx: Context, read: Reader, ticket_id: TicketId) -> TicketSurroundings:
    """Return the people, tickets and articles around a ticket, and why its clocks show what they show.

    Raises:
        NotFound: there is no ticket with this id.
    """
    ticket = load_ticket(read, ticket_id)
    events = load_events(read, ticket_id)
    site = load_config(read)
    now = ctx.clock.now()
    clocks = fold(events, site.calendars, now, fold_settings(site))
    duplicate_of = _linked(read, "ticket.id = ?", int(ticket.duplicate_of or 0))
    return TicketSurroundings(
        requester=None if ticket.requester_id is None else people.shown_person(read, ticket.requester_id),
        duplicates=_linked(read, "ticket.duplicate_of_id = ?", int(ticket_id)),
        duplicate_of=duplicate_of[0] if duplicate_of else None,
        articles=_articles(read, ticket, events),
        reasons={kind: explain(clock, site.calendars, now) for kind, clock in clocks.items()},
        reopen_until=_reopen_until(ticket, site),
        outlook=outlook_of(read, site, ticket, clocks, now),
    )


def _linked(read: Reader, condition: str, ticket_id: int) -> tuple[LinkedTicket, ...]:
    rows = read.rows(
        "SELECT id, number, subject, status, priority FROM ticket"
        f" WHERE {condition} ORDER BY number LIMIT {_MOST_DUPLICATES}",
        (ticket_id,),
    )
    return tuple(
        LinkedTicket(row[0], row[1], row[2], TicketStatus(row[3]), row[4], "duplicate") for row in rows
    )


def _articles(read: Reader, ticket: Ticket, events: Sequence[TicketEvent]) -> dict[int, tuple[int, str]]:
    ids: set[int] = set() if ticket.article_id is None else {int(ticket.article_id)}
    for event in events:
        for part in (event.detail, event.detail.get("set"), event.detail.get("before")):
            named = part.get("article_id") if isinstance(part, dict) else None
            if isinstance(named, int):
                ids.add(named)
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = read.rows(f"SELECT id, number, title FROM article WHERE id IN ({marks})", sorted(ids))
    return {row[0]: (row[1], row[2]) for row in rows}


def _reopen_until(ticket: Ticket, site: SiteConfig) -> datetime | None:
    if ticket.status is not TicketStatus.CLOSED or ticket.closed_at is None:
        return None
    try:
        return working_deadline(site.default_calendar, ticket.closed_at, site.reopen_window)
    except NeverOpen:
        return None
