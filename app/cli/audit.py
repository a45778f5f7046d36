"""`audit list|export|prune`: who opened, was shown, exported or printed what."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.entities.audit import AccessEntry, AccessFilter, AccessKind, AccessSubject
from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId
from app.services.audit.commands import Pruned, prune
from app.services.audit.sheet import all_lines, export_records
from app.services.audit.words import about_words
from app.services.base.terms import term
from app.services.base.years import read_iso_day
from app.services.people.queries import staff_directory

_AT_ONCE = 1_000


def register(commands: Any) -> None:
    """Add `audit`."""
    parser = commands.add_parser("audit", help="who read, exported and printed what")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="lines of the record, the newest first")
    listed.add_argument("--limit", type=int, default=50, help="at most so many (default: 50)")
    export = actions.add_parser("export", help="write the lines to an Excel workbook; recorded too")
    export.add_argument("file", metavar="FILE.xlsx", type=Path, help="the file to write; replaced if there")
    for each in (listed, export):
        each.add_argument("--words", default="", help="in names, PC, file names and numbers")
        each.add_argument("--login", default="", help="of one member of staff")
        each.add_argument("--kind", choices=[kind.value for kind in AccessKind], help="what was done")
        each.add_argument("--subject", choices=[one.value for one in AccessSubject], help="with what")
        each.add_argument("--since", metavar="DAY", default="", help="from this day on, 2026-04-16")
        each.add_argument("--until", metavar="DAY", default="", help="up to this day, with it")
    actions.add_parser("prune", help="throw away what is older than the site keeps it; else done at night")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`."""
    if args.action == "prune":
        return _prune(env)
    wanted = _wanted(args, env)
    reader = replace(env.ctx, language=env.texts.language)
    if args.action == "export":
        count = export_records(reader, wanted, args.file, env.texts, env.zone)
        env.answer({"file": str(args.file), "lines": count}, f"{args.file}: {count:,}")
        return 0
    lines = list(all_lines(reader, wanted, args.limit))
    env.answer(lines, lambda: table([_row(entry, env) for entry in lines]))
    return 0


def _prune(env: Env) -> int:
    count = 0
    while isinstance(done := prune(env.ctx, limit=_AT_ONCE), Pruned):
        count += done.count
        if done.count < _AT_ONCE:
            break
    env.answer({"dropped": count}, str(count))
    return 0


def _wanted(args: argparse.Namespace, env: Env) -> AccessFilter:
    return AccessFilter(
        person_id=_person(args.login, env) if args.login else None,
        kind=AccessKind(args.kind) if args.kind else None,
        subject=AccessSubject(args.subject) if args.subject else None,
        since=_midnight(args.since, env) if args.since else None,
        until=_midnight(args.until, env, days=1) if args.until else None,
        words=args.words,
    )


def _person(login: str, env: Env) -> PersonId:
    meant = login.strip().casefold()
    found = [one.id for one in staff_directory(env.ctx).values() if one.login.casefold() == meant]
    if len(found) != 1:
        raise NotFound("duty.person_unknown", login=login[:40])
    return found[0]


def _midnight(text: str, env: Env, *, days: int = 0) -> datetime:
    return datetime.combine(read_iso_day(text) + timedelta(days=days), time(), env.zone)


def _row(entry: AccessEntry, env: Env) -> tuple[str, ...]:
    return (
        f"{entry.at.astimezone(env.zone):%Y-%m-%d %H:%M}",
        entry.person or "-",
        term(env.texts, entry.kind),
        term(env.texts, entry.subject),
        about_words(entry, env.texts),
        entry.pc,
    )
