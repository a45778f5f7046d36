"""`report shift|roster|compliance`: a report as a PDF file, as the Reports page makes it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.errors import BadInput
from app.services.base.texts import Texts
from app.services.reports import catalog, queries
from app.services.roster.queries import shift_at


def register(commands: Any) -> None:
    """Add `report`."""
    parser = commands.add_parser("report", help="write a report as PDF")
    kinds = parser.add_subparsers(dest="report", required=True, metavar="REPORT")
    shift = kinds.add_parser("shift", help="the report of one shift")
    shift.add_argument(
        "--date", help="the day on which the shift begins, 2026-04-16; default: the present shift"
    )
    shift.add_argument("--shift", help="the shift's code, such as D or N; default: the present shift")
    roster = kinds.add_parser("roster", help="the roster of one month")
    roster.add_argument("--month", help="2026-04; default: the present month")
    compliance = kinds.add_parser("compliance", help="how the promises of one month were kept")
    compliance.add_argument("--month", help="2026-04; default: the present month")
    for kind in (shift, roster, compliance):
        kind.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the paper")
        kind.add_argument("--out", required=True, type=Path, help="the PDF file to write")


def run(args: argparse.Namespace, env: Env) -> int:
    """Build the report and write it; an existing file is replaced."""
    language = {"zh": "zh_CN"}.get(args.lang, args.lang)
    texts = Texts(language)
    if args.report == "shift":
        on, code = _shift(args, env)
        content = catalog.SHIFT.render(queries.shift_report(env.ctx, on, code, language), texts)
    elif args.report == "compliance":
        year, month = _month(args, env)
        content = catalog.COMPLIANCE.render(queries.sla_compliance(env.ctx, year, month, language), texts)
    else:
        year, month = _month(args, env)
        content = catalog.ROSTER.render(queries.roster_month(env.ctx, year, month, language), texts)
    _write(args.out, content)
    env.answer({"file": str(args.out), "bytes": len(content)}, f"{args.out}: {len(content):,} bytes")
    return 0


def _shift(args: argparse.Namespace, env: Env) -> tuple[date, str]:
    running = shift_at(env.ctx, env.clock.now())
    local = env.clock.now().astimezone(env.zone).date()
    on = _date(args.date) if args.date else (running.on_date if running else local)
    code = args.shift or (running.template.code if running else "D")
    return on, code


def _month(args: argparse.Namespace, env: Env) -> tuple[int, int]:
    if not args.month:
        local = env.clock.now().astimezone(env.zone)
        return local.year, local.month
    first = _date(f"{args.month}-01")
    return first.year, first.month


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("cli.bad_date", text=text[:40]) from None


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BadInput("files.cannot_write", path=str(path), reason=error.strerror or "") from error
