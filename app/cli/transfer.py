"""`import eventlog FILE`: a foreign log becomes tickets, with progress and a report."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import Protocol

from app.models.entities.transfer import ImportReport
from app.services.base.context import Context
from app.services.transfer.importing import import_event_log

DEFAULT_MAPPING = "uci_incident_event_log"
# A report on a screen names this many rows of a kind; --json names all.
_MOST_SHOWN = 20
_STOPPED = 130


class Environment(Protocol):
    """What the command line hands to a command."""

    ctx: Context
    is_json: bool


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` to the command line."""
    parser = subparsers.add_parser("import", help="take in records of another program")
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    log = kinds.add_parser("eventlog", help="a CSV of updates, or a zip with one: tickets with their history")
    log.add_argument("file", type=Path, help="the CSV or zip")
    log.add_argument(
        "--mapping", default=DEFAULT_MAPPING, help="name of a shipped mapping, or a mapping file (.json)"
    )
    log.add_argument("--timezone", default="UTC", help="IANA zone of the times in the file (default: UTC)")
    log.add_argument(
        "--source", help="where the rows come from (default: the mapping's name); no row is taken twice"
    )
    log.set_defaults(run=run)


def run(args: argparse.Namespace, env: Environment) -> int:
    """Import a log and print what came of it; 0 when it was read to its end."""
    try:
        report = import_event_log(
            env.ctx,
            args.file,
            mapping=args.mapping,
            timezone=args.timezone,
            source=args.source,
            progress=_Percent(),
        )
    except KeyboardInterrupt:
        print("stopped; what was taken stays, the same command goes on from there", file=sys.stderr)
        return _STOPPED
    print(json.dumps(dataclasses.asdict(report), ensure_ascii=False) if env.is_json else as_text(report))
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
    """Prints a line at every twentieth of the way, on the error stream: the output is the report alone."""

    def __init__(self) -> None:
        self._told = -1

    def report(self, done: int, total: int) -> None:
        step = done * 20 // total if total else 0
        if step != self._told:
            self._told = step
            print(f"{step * 5:3d} %  {done:,} of {total:,} lines", file=sys.stderr, flush=True)
