"""The whole real log through the import: `python -m tests.bench.real_log [--database URL] [FILE]`.

Not part of the test run: the log is too large for the project. Without FILE it looks beside the project.
Prints the import's report and compares tickets with the file, which it reads a second time in another way.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from app.cli.transfer import as_text
from app.models.entities.instants import from_micros
from app.models.store import Store
from app.models.transactions import Reader
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.transfer.importing import import_event_log
from tests.support.factories import Make
from tests.support.site import set_up_site

LOG = Path(__file__).parents[3] / "shared" / "data" / "uci_incident_event_log.zip"
MAPPING = "uci_incident_event_log"


def last_rows(file: Path) -> list[list[str]]:
    """Return the last row of every incident, with nothing but the standard csv reader."""
    with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as inner:
        reader = csv.reader(io.TextIOWrapper(inner, "utf-8"))
        next(reader)
        return list({row[0]: row for row in reader}.values())


def expected(file: Path) -> dict[str, Counter[str]]:
    """Count the file's own incidents by state, month of opening, category, priority and channel."""
    rows = last_rows(file)
    return {
        "state": Counter(row[1].lower() for row in rows),
        "month": Counter(datetime.strptime(row[9], "%d/%m/%Y %H:%M").strftime("%Y-%m") for row in rows),  # noqa: DTZ007
        "category": Counter("none" if row[16] == "?" else f"Category {row[16]}" for row in rows),
        "priority": Counter(row[22] for row in rows),
        "resolved": Counter("yes" if row[34] != "?" else "no" for row in rows),
        "reopened": Counter("yes" if row[4] != "0" else "no" for row in rows),
    }


def found(read: Reader) -> dict[str, Counter[str]]:
    """Count the imported tickets the same way."""
    rows = read.rows(
        "SELECT ticket.status, ticket.received_at, COALESCE(above.name, category.name, 'none'),"
        " ticket.priority, ticket.resolved_at, ticket.reopened_count FROM ticket"
        " LEFT JOIN category ON category.id = ticket.category_id"
        " LEFT JOIN category above ON above.id = category.parent_id"
    )
    return {
        "state": Counter(row[0] for row in rows),
        "month": Counter(from_micros(row[1]).strftime("%Y-%m") for row in rows),
        "category": Counter(row[2] for row in rows),
        "priority": Counter(str(row[3]) for row in rows),
        "resolved": Counter("no" if row[4] is None else "yes" for row in rows),
        "reopened": Counter("yes" if row[5] else "no" for row in rows),
    }


def desk(url: str) -> Context:
    """Return a configured desk in the empty database at `url`."""
    ctx = Context(Store(url), FixedClock(datetime(2026, 4, 16, 6, 2, tzinfo=UTC)), console_actor())
    ctx.store.migrate()
    set_up_site(ctx)
    Make(ctx).waiting_reason()
    return ctx


def main(words: list[str]) -> int:
    """Import, import again, compare; 0 when everything agrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=LOG)
    parser.add_argument("--database", help="an empty database (default: a throw-away SQLite file)")
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        ctx = desk(args.database or f"sqlite:///{(Path(folder) / 'desk.db').as_posix()}")
        report = import_event_log(ctx, args.file, mapping=MAPPING)
        print(as_text(report))
        again = import_event_log(ctx, args.file, mapping=MAPPING)
        print(f"again         {again.rows:,} taken, {again.known:,} known, {again.seconds:.1f} s")
        with ctx.store.read() as read:
            ours = found(read)
        ctx.store.release()
    theirs = expected(args.file)
    for name, counts in theirs.items():
        print(f"by {name:<10} {'equal' if counts == ours[name] else 'DIFFERENT'}, {len(counts)} values")
    agrees = theirs == ours and again.rows == 0 and report.priority_differs == 0
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
