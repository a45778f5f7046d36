"""`roster export MONTH FILE.xlsx`: a month as a workbook, as the roster page saves it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.audit import AccessSubject
from app.services.audit.handing_out import exported, hand_out_file
from app.services.reports.queries import roster_month
from app.services.reports.roster_sheet import roster_workbook
from app.services.roster.planned import month_dates


def register(kinds: Any) -> None:
    """Add `export` to the questions of `roster`."""
    export = kinds.add_parser("export", help="write a month as an Excel workbook, values only")
    export.add_argument("month", metavar="MONTH", help="such as 2026-04")
    export.add_argument("file", metavar="FILE.xlsx", type=Path, help="the file to write; replaced if there")
    export.add_argument("--crews", action="store_true", help="people below their crews, not their teams")


def run(args: argparse.Namespace, env: Env) -> int:
    """Write the workbook. BadInput `roster.month_bad`, `files.cannot_write`."""
    first, _last = month_dates(args.month)
    data = roster_month(env.ctx, first.year, first.month, env.texts.language, by_crew=args.crews)
    content = roster_workbook(data, env.texts)
    hand_out_file(env.ctx, exported(AccessSubject.ROSTER, args.month, args.file), args.file, content)
    env.answer({"file": str(args.file), "bytes": len(content)}, f"{args.file}: {len(content):,} bytes")
    return 0
