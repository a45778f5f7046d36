"""One question to several features, for the palette and the top bar; each part needs its own permission."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.entities.people import PersonRow
from app.models.entities.ticket_pages import TicketHit
from app.models.entities.tickets import TicketRow
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.knowledge import queries as knowledge
from app.services.knowledge.queries import ArticleHit
from app.services.people import queries as people
from app.services.roster import queries as roster
from app.services.settings import declared
from app.services.settings.queries import load_settings
from app.services.tickets import desk_queries
from app.services.tickets import queries as tickets

_NUMBER = re.compile(r"\W?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found under some words. `numbered` is the ticket whose number was typed."""

    numbered: TicketRow | None = None
    tickets: Sequence[TicketHit] = ()
    articles: Sequence[ArticleHit] = ()
    people: Sequence[PersonRow] = ()


@dataclass(frozen=True, slots=True)
class DutyNow:
    """The running shift in both languages, its duty supervisor ("" for none), the desk's number."""

    shift: str
    shift_alt: str
    supervisor: str
    phone: str


@query(permission=ANYBODY)
def findings(
    ctx: Context,
    _read: Reader,
    words: str,
    *,
    with_tickets: bool = True,
    with_articles: bool = True,
    with_people: bool = True,
    limit: int = 4,
) -> Findings:
    """Return the best few of each kind that the actor may see; kinds they may not see stay empty.

    Raises:
        BadInput: the words cannot be read as a search.
    """
    may = ctx.actor.may
    sees_tickets = with_tickets and may("tickets.read")
    return Findings(
        numbered=_numbered(ctx, words) if sees_tickets else None,
        tickets=desk_queries.search_tickets(ctx, words, limit) if sees_tickets else (),
        articles=knowledge.search_articles(ctx, words, limit=limit)
        if with_articles and may("knowledge.read")
        else (),
        people=people.find_callers(ctx, words, limit) if with_people and may("people.read") else (),
    )


@query(permission=ANYBODY)
def duty_now(ctx: Context, read: Reader) -> DutyNow | None:
    """Return who is on duty now; None between shifts, or where the actor may not see the roster."""
    if not ctx.actor.may("roster.read"):
        return None
    now = ctx.clock.now()
    shift = roster.shift_at(ctx, now)
    if shift is None:
        return None
    leaders = [person.person_name for person in roster.on_duty_at(ctx, now) if person.is_supervisor]
    return DutyNow(
        shift=shift.template.name,
        shift_alt=shift.template.name_alt,
        supervisor=leaders[0] if leaders else "",
        phone=load_settings(read)[declared.DESK_PHONE],
    )


def _numbered(ctx: Context, words: str) -> TicketRow | None:
    match = _NUMBER.fullmatch(words.strip())
    if match is None:
        return None
    asked = tickets.ticket_query(ctx, f"number:{int(match[1])}")
    rows = tickets.ticket_page(ctx, asked, count=1)
    return rows[0] if rows else None
