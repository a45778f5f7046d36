"""`python -m tests.bench`: what must stay fast, as ratios against the raw database in the same run."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.calendars.rules import add_working_time
from tests.bench.background import background_lines
from tests.bench.consequences import consequences
from tests.bench.filling import fill
from tests.bench.holds import hold_lines
from tests.bench.measuring import HEAD, Line, median_ms
from tests.bench.operations import Bench, reads, writes
from tests.bench.painter import painter_lines
from tests.bench.roster_filling import roster_lines
from tests.bench.roster_painting import painting_lines
from tests.bench.window import window_lines
from tests.bench.writers import writer_lines
from tests.support.site import OFFICE

NOW = datetime(2026, 4, 16, 6, 2, tzinfo=UTC)


def main() -> int:
    """Fill databases of each size, measure, print the table; 1 where a goal is missed."""
    arguments = argparse.ArgumentParser(prog="bench")
    arguments.add_argument("--sizes", default="10000,100000", help="how many tickets, with commas between")
    arguments.add_argument("--million", action="store_true", help="measure a million tickets too")
    arguments.add_argument(
        "--postgresql", action="store_true", help="on a PostgreSQL server instead of SQLite"
    )
    arguments.add_argument(
        "--no-window", action="store_true", help="leave start, paint, memory and holds out"
    )
    asked = arguments.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",") if size] + [1_000_000] * asked.million
    print(HEAD)
    lines: list[Line] = [*_pure(), *painting_lines()]
    for line in lines:
        print(line.text())
    for line in roster_lines():
        print(line.text(), flush=True)
        lines.append(line)
    with _databases(is_postgresql=asked.postgresql) as address_of:
        for size in sizes:
            url = address_of(size)
            for line in _measured(url, size):
                print(line.text(), flush=True)
                lines.append(line)
            for line in writer_lines(url, size):
                print(line.text(), flush=True)
                lines.append(line)
            if not asked.no_window and not asked.postgresql:
                for line in window_lines(url, size):
                    print(line.text(), flush=True)
                    lines.append(line)
    if not asked.no_window:
        for line in chain(painter_lines(), hold_lines()):
            print(line.text(), flush=True)
            lines.append(line)
    return 0 if all(line.is_met for line in lines) else 1


def _measured(url: str, size: int) -> Iterator[Line]:
    store = Store(url)
    ctx = Context(store, FixedClock(NOW), console_actor())
    fill(ctx, size)
    bench = Bench(ctx, size, _raw_connection(url))
    yield from reads(bench)
    yield from writes(bench)
    yield from consequences(bench)
    yield from background_lines(bench)
    bench.raw.close()
    store.release()


def _raw_connection(url: str) -> Any:
    if not url.startswith("sqlite"):
        import psycopg  # noqa: PLC0415

        return psycopg.connect(url, autocommit=True, options="-c search_path=firstline")
    raw = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


@contextmanager
def _databases(*, is_postgresql: bool) -> Iterator[Any]:
    if is_postgresql:
        from tests.support.sandbox import set_up_sandbox, tear_down_sandbox  # noqa: PLC0415

        sandbox = set_up_sandbox()
        from tests.support.databases import PostgresDatabases  # noqa: PLC0415
        from tests.support.servers import running_server  # noqa: PLC0415

        with running_server(sandbox) as server:
            databases = PostgresDatabases(server, "firstline_bench", lambda url: None)
            yield lambda size: databases.empty()
            databases.close()
        tear_down_sandbox(sandbox)
        return
    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as folder:
        yield lambda size: f"sqlite:///{Path(folder) / f'desk-{size}.db'}"


def _pure() -> Iterator[Line]:
    calendar = BusinessCalendar.from_dict(OFFICE)
    for name, span in (("a day", 1), ("a month", 22), ("two years", 500)):
        allowed = timedelta(hours=9 * span)
        taken = median_ms(
            lambda allowed=allowed: [add_working_time(calendar, NOW, allowed) for _ in range(1000)]
        )
        yield Line(f"add_working_time over {name}, 1,000 calls", 0, taken, None, goal_ms=20.0)


if __name__ == "__main__":
    raise SystemExit(main())
