"""`tickets list|count|show|assign`: the lists of the window and one ticket's page, as text or JSON."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.env import Env, table
from app.cli.roster_suggested import assign
from app.cli.tickets_show import show
from app.models.entities.tickets import TicketRow
from app.services.base.terms import term
from app.services.tickets import queries
from app.services.tickets.console_queries import exact_count
from app.services.tickets.listing import anchor_of

_PAGE = 500


def register(commands: Any) -> None:
    """Add `tickets`."""
    parser = commands.add_parser("tickets", help="list or count tickets by a query as in the search field")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="one line per ticket")
    listing.add_argument("--limit", type=int, default=50, help="at most so many (default: 50; 0: all)")
    count = actions.add_parser("count", help="the number alone, printed last")
    shown = actions.add_parser("show", help="one ticket: its facts, promised times and what lies ahead")
    given = actions.add_parser("assign", help="give a ticket to whom the roster suggests")
    given.add_argument("--suggest", action="store_true", required=True, help="as the roster suggests")
    given.add_argument("--team", help="a team's code; default: the ticket's own, else its category's")
    for action in (shown, given):
        action.add_argument("number", help="such as: 10482 or #10482")
    for action in (listing, count):
        action.add_argument(
            "query", nargs="*", help="such as: status:open due<2d VPN; nothing means every ticket"
        )


def run(args: argparse.Namespace, env: Env) -> int:
    """List, count, show or assign."""
    if args.action == "assign":
        return assign(args.number, env, team=args.team)
    if args.action == "show":
        show(args.number, env)
        return 0
    text = " ".join(args.query)
    if args.action == "count":
        env.answer(exact_count(env.ctx, text))
        return 0
    rows = _rows(env, text, args.limit)
    env.answer(rows, lambda: table([_line(env, row) for row in rows], _heads(env)))
    return 0


def _heads(env: Env) -> tuple[str, ...]:
    pgettext = env.texts.pgettext
    return (
        pgettext("cli", "number"),
        pgettext("cli", "priority"),
        pgettext("cli", "status"),
        pgettext("cli", "due"),
        pgettext("cli", "assignee"),
        pgettext("cli", "requester"),
        pgettext("cli", "subject"),
    )


def _rows(env: Env, text: str, limit: int) -> list[TicketRow]:
    asked = queries.ticket_query(env.ctx, text)
    rows: list[TicketRow] = []
    while not limit or len(rows) < limit:
        wanted = min(_PAGE, limit - len(rows)) if limit else _PAGE
        page = queries.ticket_page(env.ctx, asked, anchor_of(asked, rows[-1]) if rows else None, wanted)
        rows += page
        if len(page) < wanted:
            break
    return rows


def _line(env: Env, row: TicketRow) -> tuple[str, ...]:
    due = (
        env.texts.pgettext("cli", "paused")
        if row.is_paused
        else f"{row.due_at.astimezone(env.zone):%Y-%m-%d %H:%M}"
        if row.due_at
        else ""
    )
    return (
        str(row.number),
        f"P{row.priority}",
        term(env.texts, row.status),
        due,
        row.assignee_name,
        row.requester_name,
        row.subject,
    )
