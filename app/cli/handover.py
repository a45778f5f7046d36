"""`handover show|list|verify`: one shift's sheet, the book, and whether the book is what was signed."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.handover import BookEntry, Handover, Line, Signature
from app.services.base.names import name_in, named
from app.services.base.texts import mark
from app.services.base.years import read_iso_day
from app.services.handover import queries
from app.services.handover.book import verify_book
from app.services.handover.words import HandoverWords
from app.services.roster.queries import shift_at

_MARKS = {"open": " ", "ticked": "x", "asked": "?", "answered": "!"}


def register(commands: Any) -> None:
    """Add `handover`."""
    parser = commands.add_parser("handover", help="handovers of shifts")
    kinds = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    show = kinds.add_parser("show", help="one shift's handover")
    show.add_argument("--date", help="the day on which the shift begins, 2026-04-16; default: today's shift")
    show.add_argument("--shift", help="the shift's code, such as D or N; default: the present shift")
    listed = kinds.add_parser("list", help="the book, the newest first")
    listed.add_argument("text", nargs="?", default="", help="words that must occur in it")
    listed.add_argument("--limit", type=int, default=20, help="how many; default: 20")
    kinds.add_parser("verify", help="compute every record, paper, signature and the chain again")


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer; 1 where the book differs from what was signed."""
    if args.question == "show":
        return _show(args, env)
    if args.question == "list":
        return _list(args, env)
    return _verify(env)


def _show(args: argparse.Namespace, env: Env) -> int:
    running = shift_at(env.ctx, env.clock.now())
    on = _date(args.date) if args.date else (running.on_date if running else None)
    code = args.shift or (running.template.code if running else "")
    if on is None or not code:
        raise BadInput("cli.bad_date", text="")
    found = queries.handover_of(env.ctx, on, queries.shift_by_code(env.ctx, code))
    if found is None:
        raise NotFound("handover.not_opened", shift=code, day=on.isoformat())
    env.answer(found, lambda: _sheet(found, env))
    return 0


def _sheet(handover: Handover, env: Env) -> str:
    words = HandoverWords(env.texts, env.zone)
    shift = handover.shift
    name = named(shift.template, env.texts.language)
    lines = [f"{shift.template.code} {name} · {shift.on_date.isoformat()} · {words.state(handover.state)}"]
    signatures = ((mark("Handing over"), handover.out), (mark("Taking over"), handover.taken))
    lines += [f"{env.texts.gettext(side)}: {_signed(signature, words)}" for side, signature in signatures]
    section = None
    for line in handover.lines:
        if line.section is not section:
            section = line.section
            lines.append(f"\n{words.section(section)}")
        lines.append(_line(line, words))
    return "\n".join(lines)


def _line(line: Line, words: HandoverWords) -> str:
    told = words.line(line.section, line.reference, line.body)
    sign = "-" if line.is_settled else _MARKS[line.state]
    extras = [text for text in (told.facts, line.note, line.question, line.answer) if text]
    return "\n".join(
        [f"[{sign}] {told.level} {told.title}".replace("]  ", "] "), *(f"      {text}" for text in extras)]
    )


def _signed(signature: Signature | None, words: HandoverWords) -> str:
    if signature is None:
        return words.texts.gettext("Not signed yet")
    name = name_in(signature.name, signature.name_alt, words.texts.language)
    return " · ".join(part for part in (name, words.when(signature.at), signature.reason) if part)


def _list(args: argparse.Namespace, env: Env) -> int:
    page = queries.book(env.ctx, args.text, limit=max(1, args.limit))
    words = HandoverWords(env.texts, env.zone)
    rows = [_entry(entry, words) for entry in page.entries]
    env.answer(
        page.entries, lambda: table(rows) if rows else env.texts.gettext("No handover in the book fits.")
    )
    return 0


def _entry(entry: BookEntry, words: HandoverWords) -> list[str]:
    return [
        "" if entry.number is None else str(entry.number),
        entry.on_date.isoformat(),
        entry.shift_code,
        entry.out_by or "-",
        entry.in_by or "-",
        words.state(entry.state),
    ]


def _verify(env: Env) -> int:
    found = verify_book(env.ctx)

    def told() -> str:
        text = env.texts.gettext("{count} handovers computed again.").format(count=found.checked)
        wrong = [f"{fault.number}: {fault.fault.value}" for fault in found.faults]
        return "\n".join([text, *(wrong or [env.texts.gettext("All are what was signed.")])])

    env.answer(found, told)
    return 1 if found.faults else 0


def _date(text: str) -> date:
    return read_iso_day(text)
