"""`import eventlog FILE`: a foreign log becomes tickets, with progress and a report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.transfer import ImportReport
from app.services.transfer.importing import import_event_log

DEFAULT_MAPPING = "uci_incident_event_log"
# A report on a screen names this many rows of a kind; --json names all.
_MOST_SHOWN = 20


def register(commands: Any) -> None:
    """Add `import`."""
    parser = commands.add_parser("import", help="take in records of another program")
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    log = kinds.add_parser("eventlog", help="a CSV of updates, or a zip with one: tickets with their history")
    log.add_argument("file", type=Path, help="the CSV or zip")
    log.add_argument(
        "--mapping", default=DEFAULT_MAPPING, help="name of a shipped mapping, or a mapping file (.json)"
    )
    log.add_argument(
        "--timezone",
        help="IANA zone of the times in the file (default: the mapping's, UTC for the shipped one)",
    )
    log.add_argument(
        "--source", help="where the rows come from (default: the mapping's name); no row is taken twice"
    )


def run(args: argparse.Namespace, env: Env) -> int:
    """Import a log and print what came of it; stopped at any moment, the same command goes on from there."""
    report = import_event_log(
        env.ctx,
        args.file,
        mapping=args.mapping,
        timezone=args.timezone,
        source=args.source,
        progress=_Percent(env),
    )
    env.answer(report, lambda: as_text(report))
    return 1 if report.is_cancelled else 0


def as_text(report: ImportReport) -> str:
    """Return a report as people read it."""
    speed = round(report.rows / report.seconds) if report.seconds else 0
    judged = report.priority_as_recorded + report.priority_differs
    lines = [
        f"source        {report.source}",
        f"rows          {report.rows:,} taken, {report.known:,} known, {report.refused_rows:,} refused",
        f"tickets       {report.tickets:,} new, {report.continued:,} carried on",
        f"events        {report.events:,}",
        f"made          {report.people:,} people, {report.teams:,} teams, {report.categories:,} categories",
        f"priority      {report.priority_as_recorded:,} of {judged:,} as recorded by the log's matrix,"
        f" {report.priority_by_site:,} by the site's",
        f"time          {report.seconds:.1f} s, {speed:,} rows/s",
    ]
    lines += [f"odd           {count:,} {oddity.value}" for oddity, count in sorted(report.oddities.items())]
    lines += [
        f"kept, odd     line {note.line}: {note.oddity.value} {note.value}"
        for note in report.notes[:_MOST_SHOWN]
    ]
    lines += [
        f"refused       line {row.line}: {row.reason.value} {row.column} {row.value}".rstrip()
        for row in report.refused[:_MOST_SHOWN]
    ]
    hidden = max(len(report.notes) - _MOST_SHOWN, 0) + max(report.refused_rows - _MOST_SHOWN, 0)
    if hidden:
        lines.append(f"… and {hidden:,} more rows; --json names all")
    return "\n".join(lines)


class _Percent:
    """Tells every twentieth of the way, where it does not mix with the report."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._told = -1

    def report(self, done: int, total: int) -> None:
        step = done * 20 // total if total else 0
        if step != self._told:
            self._told = step
            self._env.complain(f"{step * 5:3d} %  {done:,} of {total:,} lines")
