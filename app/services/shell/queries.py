"""One question to several features, for the palette and the top bar; each part needs its own permission."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.duty import DutyRole
from app.models.entities.people import PersonRow
from app.models.entities.ticket_pages import TicketHit
from app.models.entities.tickets import TicketRow
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.duty.board import read_board
from app.services.handover.loading import load_standing
from app.services.knowledge import queries as knowledge
from app.services.knowledge.queries import ArticleHit
from app.services.people import queries as people
from app.services.tickets import desk_queries
from app.services.tickets import queries as tickets

_TOLD = (DutyRole.HOTLINE, DutyRole.FIELD, DutyRole.STANDBY)
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
    """The running shift in both languages, its duty supervisor ("" for none), the desk's number.

    `number` is the emergency number of this moment. `next_*` are those of the shift that takes over at
    `ends_at`. `is_gap`: nobody or no supervisor is there now, or will be. `is_handover_due`: the running
    shift ends soon, and not both leaders have signed. `unsigned_since`: when the shift before ended, if it
    is not handed over. `others` are on the hotline, in the field or on standby now: role, name, number.
    """

    shift: str
    shift_alt: str
    supervisor: str
    phone: str
    number: str
    ends_at: datetime
    next_shift: str
    next_shift_alt: str
    next_supervisor: str
    is_gap: bool
    is_handover_due: bool = False
    unsigned_since: datetime | None = None
    others: tuple[tuple[DutyRole, str, str], ...] = ()


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
    board = read_board(read, ctx.clock.now(), ctx.language)
    if board.now is None:
        return None
    standing = load_standing(read, ctx.clock.now())
    leaders = board.of_role(DutyRole.SUPERVISOR)
    following = board.after.shift.template if board.after is not None else None
    return DutyNow(
        shift=board.now.shift.template.name,
        shift_alt=board.now.shift.template.name_alt,
        supervisor=leaders[0].duty.person_name if leaders else "",
        phone=board.desk_phone,
        number=leaders[0].number if leaders else "",
        ends_at=board.now.shift.ends_at,
        next_shift=following.name if following is not None else "",
        next_shift_alt=following.name_alt if following is not None else "",
        next_supervisor=", ".join(one.person_name for one in board.after.leaders) if board.after else "",
        is_gap=bool(board.gaps),
        is_handover_due=standing.draft_due,
        unsigned_since=standing.since,
        others=tuple(
            (role, one.duty.person_name, one.number) for role in _TOLD for one in board.of_role(role)
        ),
    )


def _numbered(ctx: Context, words: str) -> TicketRow | None:
    match = _NUMBER.fullmatch(words.strip())
    if match is None:
        return None
    asked = tickets.ticket_query(ctx, f"number:{int(match[1])}")
    rows = tickets.ticket_page(ctx, asked, count=1)
    return rows[0] if rows else None
