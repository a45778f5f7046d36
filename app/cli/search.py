"""`search WORDS`: what the search field finds, the best first, with the words around the hits."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.env import Env, table
from app.services.shell.queries import Findings, findings


def register(commands: Any) -> None:
    """Add `search`."""
    parser = commands.add_parser("search", help="find tickets, articles and people by words")
    parser.add_argument("words", nargs="+", help="as typed into the search field")
    parser.add_argument("--limit", type=int, default=10, help="at most so many of each kind (default: 10)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Search and print."""
    found = findings(env.ctx, " ".join(args.words), limit=args.limit)
    env.answer(found, lambda: _text(found, env))
    return 0


def _text(found: Findings, env: Env) -> str:
    pgettext = env.texts.pgettext
    ticket, article, person = pgettext("cli", "ticket"), pgettext("cli", "article"), pgettext("cli", "person")
    lines = [(ticket, str(hit.row.number), hit.row.subject, _said(hit.snippet)) for hit in found.tickets]
    lines += [(article, str(hit.row.number), hit.row.title, _said(hit.snippet)) for hit in found.articles]
    lines += [(person, str(row.id), row.name, row.phone) for row in found.people]
    return table(lines) if lines else pgettext("cli", "nothing found")


def _said(snippet: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in snippet)
