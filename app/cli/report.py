"""`report NAME`: a report or a printed copy of settings as a PDF file, as the Reports page makes it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.reports import PaperSize, ReportId
from app.services.audit.handing_out import exported, hand_out_file
from app.services.base.texts import Texts
from app.services.base.years import read_iso_day, read_iso_month
from app.services.reports import building, catalog, queries
from app.services.reports.calls_queries import calls_report
from app.services.reports.fairness_building import fairness_month
from app.services.reports.handover_closing import handover_paper
from app.services.reports.people_building import people_workbook
from app.services.reports.people_period import month_of
from app.services.reports.people_queries import people_report
from app.services.roster.queries import shift_at
from app.services.settings import declared
from app.services.settings.queries import site_settings

_COPIES = {
    "emergency": building.emergency_paper,
    "matrix": building.matrix_copy,
    "sla": building.sla_copy,
}
"""Papers that need to be told nothing."""
_MONTHS = {"compliance": building.compliance_paper, "fairness": fairness_month}
"""Papers that need to be told a month only."""


def register(commands: Any) -> None:
    """Add `report`."""
    parser = commands.add_parser("report", help="write a report as PDF")
    kinds = parser.add_subparsers(dest="report", required=True, metavar="REPORT")
    shift = kinds.add_parser("shift", help="the report of one shift")
    shift.add_argument(
        "--date", help="the day on which the shift begins, 2026-04-16; default: the present shift"
    )
    shift.add_argument("--shift", help="the shift's code, such as D or N; default: the present shift")
    handover = kinds.add_parser("handover", help="the handover of one shift, in both languages")
    handover.add_argument("--date", help="the day on which the shift begins; default: the present shift")
    handover.add_argument("--shift", help="the shift's code, such as D or N; default: the present shift")
    roster = kinds.add_parser("roster", help="the roster of one month")
    roster.add_argument("--month", help="2026-04; default: the present month")
    roster.add_argument(
        "--paper", choices=[size.value for size in PaperSize], default="a4", help="sheet (a4)"
    )
    roster.add_argument("--crews", action="store_true", help="people below their crews, not their teams")
    fairness = kinds.add_parser("fairness", help="nights, weekends, holidays and swaps of twelve months")
    fairness.add_argument("--month", help="the last of them, 2026-04; default: the present month")
    emergency = kinds.add_parser("emergency", help="whom to ring in the shifts to come, as an A6 card")
    compliance = kinds.add_parser("compliance", help="how the promises of one month were kept")
    compliance.add_argument("--month", help="2026-04; default: the present month")
    matrix = kinds.add_parser("matrix", help="the priority matrix with its promises, as a poster")
    sla = kinds.add_parser("sla", help="the SLA table")
    calendar = kinds.add_parser("calendar", help="one year of a calendar")
    calendar.add_argument("--code", help="the calendar's code, such as office; default: the site's own")
    calendar.add_argument("--year", type=int, help="2026; default: the present year")
    people = kinds.add_parser("people", help="what each engineer did, by department and team")
    people.add_argument("--xlsx", type=Path, help="write the figures of each as a workbook too")
    calls = kinds.add_parser("calls", help="calls by hour, shift and day, and the people they need")
    for kind in (people, calls):
        kind.add_argument("--month", help="2026-04; default: the present month")
        kind.add_argument("--first", help="first day, 2026-04-01, instead of a month")
        kind.add_argument("--last", help="last day, 2026-04-14; default: the first")
    for kind in (
        shift,
        handover,
        roster,
        fairness,
        emergency,
        compliance,
        matrix,
        sla,
        calendar,
        people,
        calls,
    ):
        kind.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the paper")
        kind.add_argument("--out", required=True, type=Path, help="the PDF file to write")


def run(args: argparse.Namespace, env: Env) -> int:
    """Build the report and write it; an existing file is replaced."""
    language = {"zh": "zh_CN"}.get(args.lang, args.lang)
    if args.report in _COUNTED:
        return _COUNTED[args.report](args, env, language)
    content = _content(args, env, language)
    _hand_out(args.out, content, args, env)
    env.answer({"file": str(args.out), "bytes": len(content)}, f"{args.out}: {len(content):,} bytes")
    return 0


def _content(args: argparse.Namespace, env: Env, language: str) -> bytes:
    texts = Texts(language)
    if args.report == "shift":
        on, code = _shift(args, env)
        return catalog.SHIFT.render(queries.shift_report(env.ctx, on, code, language), texts)
    if args.report == "handover":
        return handover_paper(env.ctx, *_shift(args, env)).content
    if (copy := _COPIES.get(args.report)) is not None:
        return copy(env.ctx, language).content
    if args.report == "calendar":
        code = args.code or site_settings(env.ctx)[declared.DEFAULT_CALENDAR]
        year = args.year or env.clock.now().astimezone(env.zone).year
        return building.calendar_copy(env.ctx, code, year, language).content
    year, month = _month(args, env)
    if (made := _MONTHS.get(args.report)) is not None:
        return made(env.ctx, year, month, language).content
    paper = PaperSize(args.paper)
    data = queries.roster_month(env.ctx, year, month, language, by_crew=args.crews, paper=paper)
    return catalog.ROSTER.render(data, texts)


def _people(args: argparse.Namespace, env: Env, language: str) -> int:
    data = people_report(env.ctx, *_period(args, env), language)
    if args.xlsx is not None:
        _hand_out(args.xlsx, people_workbook(data, language).content, args, env, rows=len(data.people))
    content = catalog.PEOPLE.render(data, Texts(language))
    _hand_out(args.out, content, args, env)
    figures = {"departments": data.departments, "total": data.total, "calls": data.calls}
    answer = {"file": str(args.out), "bytes": len(content), "figures": figures}
    env.answer(answer, f"{args.out}: {len(content):,} bytes")
    return 0


def _calls(args: argparse.Namespace, env: Env, language: str) -> int:
    data = calls_report(env.ctx, *_period(args, env), language)
    content = catalog.CALLS.render(data, Texts(language))
    _hand_out(args.out, content, args, env)
    answer = {"file": str(args.out), "bytes": len(content), "figures": data}
    env.answer(answer, f"{args.out}: {len(content):,} bytes")
    return 0


_COUNTED = {"people": _people, "calls": _calls}
"""Reports whose figures `--json` prints too."""


def _period(args: argparse.Namespace, env: Env) -> tuple[date, date]:
    if not args.first:
        return month_of(*_month(args, env))
    first = _date(args.first)
    return first, _date(args.last) if args.last else first


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
    first = read_iso_month(args.month)
    return first.year, first.month


def _date(text: str) -> date:
    return read_iso_day(text)


def _hand_out(
    path: Path, content: bytes, args: argparse.Namespace, env: Env, *, rows: int | None = None
) -> None:
    report = ReportId(args.report)
    access = exported(building.subject_of(report), report.value, path, rows=rows)
    hand_out_file(env.ctx, access, path, content)
