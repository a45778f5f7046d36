"""For the tests of applying levels to open tickets: tickets, what is in force, and what is stored of it."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.entities.notices import NoticeKind
from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import Channel, EventKind, NewTicket, Resolution, TicketType
from app.models.store import Operation
from app.services.settings.current import load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold
from app.services.tickets import commands, queries
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.recording import cached_columns
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import documents_now
from tests.support.whatif_site import save, stricter, table_with

CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "VPN drops every 5 minutes", impact=2, urgency=3)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)
HOUR = timedelta(hours=1)
NINE = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Wednesday, 09:00 in Shanghai


def opened(ctx, **fields):
    return commands.create_ticket(ctx, replace(CALL, **fields))


def ticket(ctx, made):
    return queries.ticket_detail(ctx, made.id).ticket


def apply(ctx, **more):
    return apply_to_open(ctx, documents_now(ctx), **more)


def stricter_in_force(ctx):
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())


def row(ctx, made, columns):
    with ctx.store.read() as read:
        return read.one(f"SELECT {columns} FROM ticket WHERE id = ?", (made.id,))


def notices(ctx):
    with ctx.store.read() as read:
        rows = read.rows("SELECT person_id, kind, ticket_id, body FROM notice ORDER BY person_id")
    applied = NoticeKind.PROMISES_CHANGED.value
    return [(row[0], row[2], json.loads(row[3])) for row in rows if row[1] == applied]


def promises(ctx, made):
    with ctx.store.read() as read:
        return [each for each in load_events(read, made.id) if each.kind is EventKind.PROMISED]


def wrong_mirrors(ctx):
    """Tickets whose columns are not what their log says: must be none, ever."""
    wrong = []
    with ctx.store.read() as read:
        site, ids = load_config(read), [each[0] for each in read.rows("SELECT id FROM ticket ORDER BY id")]
        for ticket_id in ids:
            held = load_ticket(read, ticket_id)
            clocks = fold(load_events(read, ticket_id), site.calendars, ctx.clock.now(), fold_settings(site))
            columns = cached_columns(clocks, held.status, held.priority, site.sla.rises)
            names = ("response_due_at", "resolution_due_at", "first_line_due_at", "is_paused", "due_sort")
            found = read.one(f"SELECT {', '.join(names)} FROM ticket WHERE id = ?", (ticket_id,))
            if [int(value) if isinstance(value, bool) else value for value in found] != [
                columns[name] for name in names
            ]:
                wrong.append(ticket_id)
    return wrong


def set_due_by_hand(ctx, made, until):
    """A due time set by hand, as its command writes it down."""
    execute(
        ctx,
        "INSERT INTO ticket_event (ticket_id, at, kind, field, new) VALUES (?, ?, 'changed', ?, ?)",
        (made.id, int(NINE.timestamp()) * 1_000_000, "resolution_due_at", until.isoformat()),
    )


def execute(ctx, text, parameters=()):
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.execute(text, parameters))
