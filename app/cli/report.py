"""`report NAME`: a report or a printed copy of settings as a PDF file, as the Reports page makes it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.errors import BadInput
from app.services.base.texts import Texts
from app.services.reports import building, catalog, queries
from app.services.roster.queries import shift_at
from app.services.settings import declared
from app.services.settings.queries import site_settings


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
    matrix = kinds.add_parser("matrix", help="the priority matrix with its promises, as a poster")
    sla = kinds.add_parser("sla", help="the SLA table")
    calendar = kinds.add_parser("calendar", help="one year of a calendar")
    calendar.add_argument("--code", help="the calendar's code, such as office; default: the site's own")
    calendar.add_argument("--year", type=int, help="2026; default: the present year")
    for kind in (shift, roster, compliance, matrix, sla, calendar):
        kind.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the paper")
        kind.add_argument("--out", required=True, type=Path, help="the PDF file to write")


def run(args: argparse.Namespace, env: Env) -> int:
    """Build the report and write it; an existing file is replaced."""
    language = {"zh": "zh_CN"}.get(args.lang, args.lang)
    content = _content(args, env, language)
    _write(args.out, content)
    env.answer({"file": str(args.out), "bytes": len(content)}, f"{args.out}: {len(content):,} bytes")
    return 0


def _content(args: argparse.Namespace, env: Env, language: str) -> bytes:
    texts = Texts(language)
    if args.report == "shift":
        on, code = _shift(args, env)
        return catalog.SHIFT.render(queries.shift_report(env.ctx, on, code, language), texts)
    if args.report == "matrix":
        return building.matrix_copy(env.ctx, language).content
    if args.report == "sla":
        return building.sla_copy(env.ctx, language).content
    if args.report == "calendar":
        code = args.code or site_settings(env.ctx)[declared.DEFAULT_CALENDAR]
        year = args.year or env.clock.now().astimezone(env.zone).year
        return building.calendar_copy(env.ctx, code, year, language).content
    year, month = _month(args, env)
    if args.report == "compliance":
        return catalog.COMPLIANCE.render(queries.sla_compliance(env.ctx, year, month, language), texts)
    return catalog.ROSTER.render(queries.roster_month(env.ctx, year, month, language), texts)


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
