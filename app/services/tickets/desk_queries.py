"""What the desk page, the status bar and search ask over many tickets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import ArticleId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.ticket_pages import Counters, DayFigures, TicketHit
from app.models.entities.tickets import TicketRow, TicketStatus
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.search.index import MOST_HITS, SearchTable, matching, matching_ids
from app.services.search.ranking import scorer, snippet
from app.services.search.rules import Query, parse
from app.services.search.similar import alike
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.tickets.listing import read_rows

SNIPPET_WIDTH = 120
_SUBJECT_WEIGHT = 3.0
_OPEN_WORTH = 1.5
_MOST_SIMILAR_SCORED = 300


@query(permission="tickets.read")
def counters(ctx: Context, read: Reader) -> Counters:
    """Return the live counters; each is read off an index over open tickets alone."""
    now = ctx.clock.now()
    is_open = "SELECT COUNT(*) FROM ticket WHERE is_open = true"
    me = ctx.actor.person_id or 0
    return Counters(
        open=read.value(is_open),
        breached=read.value(is_open + " AND is_paused = false AND due_sort < ?", (to_micros(now),)),
        due_within_hour=read.value(
            is_open + " AND is_paused = false AND due_sort >= ? AND due_sort < ?",
            (to_micros(now), to_micros(now + timedelta(hours=1))),
        ),
        unassigned=read.value(is_open + " AND assignee_id IS NULL"),
        waiting=read.value(is_open + " AND status = ?", (TicketStatus.WAITING.value,)),
        mine=read.value(is_open + " AND assignee_id = ?", (me,)),
        to_confirm=read.value("SELECT COUNT(*) FROM ticket WHERE status = ?", (TicketStatus.RESOLVED.value,)),
    )


@query(permission="tickets.read")
def told_times(ctx: Context, read: Reader, within: timedelta, limit: int = 6) -> list[TicketRow]:
    """Return open tickets whose user was told a time that is over or comes `within`, the earliest first."""
    found = read.rows(
        "SELECT id FROM ticket WHERE is_open = true AND promised_at < ? ORDER BY promised_at, id LIMIT ?",
        (to_micros(ctx.clock.now() + within), limit),
    )
    return read_rows(read, [row[0] for row in found], ctx.language)


@query(permission="tickets.read")
def day_figures(ctx: Context, read: Reader, days: int = 8) -> list[DayFigures]:
    """Return the figures of the last `days` days, today last; days are the site's own.

    `decided` counts tickets resolved that day with a promise, `in_time` those of them that kept it.
    """
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    today = ctx.clock.now().astimezone(zone).date()
    return [_figures(read, today - timedelta(days=back), zone) for back in reversed(range(days))]


def _figures(read: Reader, day: date, zone: ZoneInfo) -> DayFigures:
    begin = to_micros(datetime.combine(day, time(), zone))
    end = to_micros(datetime.combine(day + timedelta(days=1), time(), zone))
    opened = read.value(
        "SELECT COUNT(*) FROM ticket WHERE received_at >= ? AND received_at < ?", (begin, end)
    )
    row = read.one(
        "SELECT COUNT(*), COUNT(CASE WHEN is_first_contact = true THEN 1 END),"
        " COUNT(CASE WHEN resolution_met = true THEN 1 END), COUNT(resolution_met)"
        " FROM ticket WHERE resolved_at >= ? AND resolved_at < ?",
        (begin, end),
    )
    resolved, first_contact, in_time, decided = row or (0, 0, 0, 0)
    return DayFigures(day, opened, resolved, first_contact, in_time, decided)


@query(permission="tickets.read")
def search_tickets(ctx: Context, read: Reader, text: str, limit: int = 50) -> list[TicketHit]:
    """Return the best answers to typed words, scored over the newest 2,000 hits; ties: the newest first.

    An open ticket counts for more than a closed one that says the same: somebody still waits.

    Both databases give the same order, because scoring is done here.

    Raises:
        BadInput: the text cannot be read.
    """
    asked = parse(text)
    if not asked.words:
        return []
    return _ranked(ctx, read, asked, matching_ids(read, SearchTable.TICKETS, asked, MOST_HITS), limit)


@query(permission="tickets.read")
def similar_tickets(
    ctx: Context, read: Reader, text: str, *, exclude: TicketId | None = None, limit: int = 5
) -> list[TicketHit]:
    """Return open tickets that share words with `text`, the most alike first: same fault?"""
    found_words = alike(text)
    if found_words is None:
        return []
    asked, match = found_words
    select, parameters = matching(read, SearchTable.TICKETS, match)
    found = read.rows(
        f"SELECT id FROM ticket WHERE is_open = true AND id IN ({select}) ORDER BY id DESC LIMIT ?",
        (*parameters, _MOST_SIMILAR_SCORED),
    )
    hits = _ranked(ctx, read, asked, [row[0] for row in found if row[0] != exclude], limit)
    return [hit for hit in hits if hit.score > 0]


@query(permission="tickets.read")
def tickets_of_article(ctx: Context, read: Reader, article_id: ArticleId, limit: int = 8) -> list[TicketRow]:
    """Return the tickets an article solved, the newest first."""
    found = read.rows(
        "SELECT id FROM ticket WHERE article_id = ? ORDER BY id DESC LIMIT ?", (article_id, limit)
    )
    return read_rows(read, [row[0] for row in found], ctx.language)


def _ranked(ctx: Context, read: Reader, asked: Query, ids: Iterable[int], limit: int) -> list[TicketHit]:
    texts = _texts(read, list(ids))
    rate = scorer(asked)
    scored = [
        (rate(((subject, _SUBJECT_WEIGHT), (rest, 1.0))) * (_OPEN_WORTH if is_open else 1.0), ticket_id)
        for ticket_id, subject, rest, is_open in texts
    ]
    scored.sort(reverse=True)
    best = scored[:limit]
    rows = read_rows(read, [ticket_id for _, ticket_id in best], ctx.language)
    by_id = {ticket_id: f"{subject}\n{rest}" for ticket_id, subject, rest, _is_open in texts}
    return [
        TicketHit(row, score, tuple(snippet(by_id[row.id], asked, SNIPPET_WIDTH)))
        for (score, _), row in zip(best, rows, strict=True)
    ]


def _texts(read: Reader, ids: list[int]) -> list[tuple[int, str, str, bool]]:
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    rows = read.rows(
        f"SELECT id, subject, description, solution, is_open FROM ticket WHERE id IN ({marks})", ids
    )
    return [(row[0], row[1], f"{row[2]}\n{row[3]}", bool(row[4])) for row in rows]
