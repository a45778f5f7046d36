"""What is asked about tickets: pages, one ticket whole, counters, similar ones, and a promise in advance."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.entities.catalogue import Gate
from app.models.entities.errors import NotFound
from app.models.entities.ids import AttachmentId, CategoryId, PersonId, ServiceId, TicketId
from app.models.entities.instants import from_micros
from app.models.entities.ticket_pages import LinkedTicket, PromisePreview, TicketDetail
from app.models.entities.tickets import Attachment, TicketEvent, TicketRow, TicketStatus, TicketType
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.search.rules import Query, parse
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import due_times, fold
from app.services.tickets.listing import (
    TicketQuery,
    count_rows,
    make_ready,
    read_anchors,
    read_page,
    read_rows,
)
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.recording import PromiseFacts, promise_for

Anchor = tuple[object, ...]


@query(permission="tickets.read")
def ticket_query(ctx: Context, read: Reader, asked: str | Query) -> TicketQuery:
    """Make a typed text ("status:open team:field VPN") or a parsed query ready for paging.

    Raises:
        BadInput: the text cannot be read, or a name matches nothing.
    """
    wanted = parse(asked) if isinstance(asked, str) else asked
    site = load_config(read)
    return make_ready(
        read,
        wanted,
        me=ctx.actor.person_id,
        timezone=site.settings[declared.TIMEZONE],
        language=ctx.language,
    )


@query(permission="tickets.read")
def ticket_page(
    ctx: Context, read: Reader, asked: TicketQuery, anchor: Anchor | None = None, count: int = 50
) -> list[TicketRow]:
    """Return up to `count` rows after `anchor` (see `listing.anchor_of`), from the top for None."""
    return read_page(read, asked, ctx.clock.now(), anchor, count)


@query(permission="tickets.read")
def ticket_anchors(
    ctx: Context, read: Reader, asked: TicketQuery, anchor: Anchor | None, every: int, limit: int
) -> list[Anchor]:
    """Return the keys of every `every`-th row after `anchor`, at most `limit`: a drag of the scroll bar."""
    return read_anchors(read, asked, ctx.clock.now(), anchor, every, limit)


@query(permission="tickets.read")
def ticket_count(ctx: Context, read: Reader, asked: TicketQuery) -> tuple[int, bool]:
    """Return how many rows there are and whether that is exact; counting stops at 10,000."""
    return count_rows(read, asked, ctx.clock.now())


@query(permission="tickets.read")
def ticket_counts(ctx: Context, read: Reader, asked: Sequence[TicketQuery]) -> list[tuple[int, bool]]:
    """Return the counts of several lists at once, each as `ticket_count`."""
    now = ctx.clock.now()
    return [count_rows(read, one, now) for one in asked]


@query(permission="tickets.read")
def ticket_row(ctx: Context, read: Reader, ticket_id: TicketId) -> TicketRow:
    """Return one ticket as a line of a list.

    Raises:
        NotFound: there is none with this id.
    """
    rows = read_rows(read, [ticket_id], ctx.language)
    if not rows:
        raise NotFound("tickets.not_found", id=ticket_id)
    return rows[0]


@query(permission="tickets.read")
def ticket_id_of(_ctx: Context, read: Reader, number: int) -> TicketId:
    """Return the id behind a ticket number.

    Raises:
        NotFound: no ticket has this number.
    """
    found = read.value("SELECT id FROM ticket WHERE number = ?", (number,))
    if found is None:
        raise NotFound("tickets.number_not_found", number=number)
    return TicketId(found)


@query(permission="tickets.read")
def ticket_detail(ctx: Context, read: Reader, ticket_id: TicketId) -> TicketDetail:
    """Return a ticket with its whole log, clocks, files and links.

    Raises:
        NotFound: there is none with this id.
    """
    now = ctx.clock.now()
    ticket = load_ticket(read, ticket_id)
    events = load_events(read, ticket_id)
    site = load_config(read)
    return TicketDetail(
        ticket=ticket,
        events=tuple(events),
        clocks=fold(events, site.calendars, now, fold_settings(site)),
        attachments=_attachments(read, ticket_id),
        links=_links(read, ticket_id),
        names=_names(read, ctx.language, (ticket.requester_id, ticket.owner_id, ticket.assignee_id), events),
        read_at=now,
        demands={gate: site.demanded(ticket.category_id, gate) for gate in Gate},
    )


@query(permission="tickets.read")
def attachment_body(_ctx: Context, read: Reader, attachment_id: AttachmentId) -> bytes:
    """Return the bytes of a file.

    Raises:
        NotFound: there is no such file.
    """
    body = read.value(
        "SELECT attachment_body.body FROM attachment"
        " JOIN attachment_body ON attachment_body.sha256 = attachment.sha256 WHERE attachment.id = ?",
        (attachment_id,),
    )
    if body is None:
        raise NotFound("tickets.file_not_found", id=attachment_id)
    return bytes(body)


@query(permission="tickets.read")
def promise_preview(  # noqa: PLR0913  the fields a promise rests on
    ctx: Context,
    read: Reader,
    *,
    ticket_type: TicketType,
    impact: int,
    urgency: int,
    category_id: CategoryId | None = None,
    service_id: ServiceId | None = None,
    requester_id: PersonId | None = None,
    priority: int | None = None,
) -> PromisePreview:
    """Return priority and promised times as saving now would give them. `priority` overrides the matrix."""
    site = load_config(read)
    if priority is None:
        cells = site.matrix_definition.cells_for(ticket_type)
        if (impact, urgency) not in cells:
            return PromisePreview(None)
        priority = cells[impact, urgency]
    facts = PromiseFacts(ticket_type, priority, service_id, category_id, requester_id)
    promise = promise_for(read, site, facts)
    if promise is None:
        return PromisePreview(priority)
    return PromisePreview(
        priority,
        promise.policy,
        promise.calendar,
        due_times(promise, ctx.clock.now(), site.calendars),
        {kind: int(allowed.total_seconds()) for kind, allowed in promise.allowed.items()},
    )


def _attachments(read: Reader, ticket_id: int) -> tuple[Attachment, ...]:
    rows = read.rows(
        "SELECT id, ticket_id, name, media_type, size, sha256, added_by_id, added_at FROM attachment"
        " WHERE ticket_id = ? ORDER BY id",
        (ticket_id,),
    )
    return tuple(
        Attachment(row[0], row[1], row[2], row[3], row[4], row[5], row[6], from_micros(row[7]))
        for row in rows
    )


def _links(read: Reader, ticket_id: int) -> tuple[LinkedTicket, ...]:
    rows = read.rows(
        "SELECT ticket.id, ticket.number, ticket.subject, ticket.status, ticket.priority, ticket_link.kind"
        " FROM ticket_link JOIN ticket ON ticket.id = ticket_link.other_id WHERE ticket_link.ticket_id = ?"
        " UNION ALL"
        " SELECT ticket.id, ticket.number, ticket.subject, ticket.status, ticket.priority, ticket_link.kind"
        " FROM ticket_link JOIN ticket ON ticket.id = ticket_link.ticket_id WHERE ticket_link.other_id = ?",
        (ticket_id, ticket_id),
    )
    return tuple(LinkedTicket(row[0], row[1], row[2], TicketStatus(row[3]), row[4], row[5]) for row in rows)


def _names(
    read: Reader, language: str, people: Sequence[PersonId | None], events: Sequence[TicketEvent]
) -> dict[int, str]:
    ids = {*people, *(event.actor_id for event in events)}
    for event in events:
        if event.field in {"assignee_id", "owner_id", "requester_id"}:
            ids.update(PersonId(int(text)) for text in (event.old, event.new) if text)
    wanted = sorted(person_id for person_id in ids if person_id is not None)
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    name = person_column("person", language)
    return dict(read.rows(f"SELECT id, {name} FROM person WHERE id IN ({marks})", wanted))
