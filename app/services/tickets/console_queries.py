"""What the command line asks about tickets and no window does: exact counts, and clocks line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.entities.errors import NotFound
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Ticket
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named
from app.services.search.rules import parse
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.sla.current import fold_settings
from app.services.sla.explain import ExplainLine, explain
from app.services.sla.rules import fold
from app.services.sla.supposing import Supposed
from app.services.tickets.listing import count_rows, make_ready
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.supposing_queries import supposed_clocks

_ALL = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ClocksExplained:
    """A ticket and, per clock, every stretch of its life, and what it would do if something happened now.

    `reasons` and `calendars` are the names of waiting reasons and calendars in the reader's language.
    """

    ticket: Ticket
    clocks: Mapping[ClockKind, tuple[ExplainLine, ...]]
    supposed: Mapping[ClockKind, tuple[Supposed, ...]]
    reasons: Mapping[int, str]
    calendars: Mapping[str, str]


@query(permission="tickets.read")
def exact_count(ctx: Context, read: Reader, text: str) -> int:
    """Return how many tickets match a typed query, however many they are; an empty one counts all.

    Raises:
        BadInput: the text cannot be read, or a name matches nothing.
    """
    zone = load_config(read).settings[declared.TIMEZONE]
    asked = make_ready(read, parse(text), me=ctx.actor.person_id, timezone=zone)
    return count_rows(read, asked, ctx.clock.now(), _ALL)[0]


@query(permission="tickets.read")
def explained_clocks(ctx: Context, read: Reader, number: int) -> ClocksExplained:
    """Return why each clock of a ticket shows what it shows now.

    Raises:
        NotFound: no ticket has this number.
    """
    ticket_id = read.value("SELECT id FROM ticket WHERE number = ?", (number,))
    if ticket_id is None:
        raise NotFound("tickets.number_not_found", number=number)
    now, site = ctx.clock.now(), load_config(read)
    states = fold(load_events(read, ticket_id), site.calendars, now, fold_settings(site))
    return ClocksExplained(
        load_ticket(read, ticket_id),
        {kind: explain(state, site.calendars, now) for kind, state in states.items()},
        supposed_clocks(ctx, ticket_id),
        {key: named(reason.details, ctx.language) for key, reason in site.waiting_reasons.items()},
        {code: named(site.calendars[code], ctx.language) or code for code in site.calendar_versions},
    )
