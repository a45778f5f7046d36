"""`doctor`: whether this computer and this database are fit for work, each finding with what to do."""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.dialects import OLDEST_SQLITE, SqliteDialect
from app.models.entities.errors import FirstlineError
from app.models.places import Place, place_of
from app.services.base.resources import resource_path
from app.services.shell.doors import name_of

FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
SLOW_READ = 0.05  # seconds
_PROBES = 5
_LOCK_PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `is_ok` False fails the command; `advice` says what to do then."""

    name: str
    is_ok: bool
    said: str
    advice: str = ""


def register(commands: Any) -> None:
    """Add `doctor`."""
    commands.add_parser("doctor", help="check reach, locks, speed, versions, fonts and the file's place")


def run(_args: argparse.Namespace, env: Env) -> int:
    """Look at everything; 1 where something must be done."""
    findings = [_versions(env), _fonts(), *_database(env)]
    rows = [("ok" if one.is_ok else "FAIL", one.name, one.said, one.advice) for one in findings]
    env.answer(findings, lambda: table(rows))
    return 0 if all(one.is_ok for one in findings) else 1


def _versions(env: Env) -> Finding:
    is_ok = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    said = f"Firstline {env.version}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return Finding("versions", is_ok, said, "" if is_ok else "SQLite 3.40 or newer is needed")


def _fonts() -> Finding:
    missing = [name for name in FONT_FILES if not resource_path("fonts", name).is_file()]
    said = "Noto Sans SC is there" if not missing else f"missing: {', '.join(missing)}"
    return Finding("fonts", not missing, said, "install the program again" if missing else "")


def _database(env: Env) -> list[Finding]:
    if not env.url:
        return [Finding("database", True, "none chosen yet", "start the window, or give --database")]
    try:
        findings = [_reach(env)]
        dialect = env.raw_ctx.store.dialect
        if isinstance(dialect, SqliteDialect):
            findings.append(_place(dialect.path))
            if dialect.path.exists():
                findings.append(_locks(dialect.path))
        findings.append(_speed(env))
    except FirstlineError as error:
        return [Finding("database", False, env.explain(error))]
    return findings


def _reach(env: Env) -> Finding:
    state = env.raw_ctx.store.state()
    said = f"{name_of(env.url)}: schema {state.value}"
    is_ok = state.value == "current"
    return Finding("reach", is_ok, said, "" if is_ok else "db create, or db up")


def _place(path: Path) -> Finding:
    place = place_of(path)
    said = {
        Place.LOCAL: "a disk of this computer",
        Place.SHARE: "a network share",
        Place.SYNCED: "synchronised",
    }
    advice = {Place.SHARE: "for a handful of people; a team wants PostgreSQL", Place.SYNCED: "move the file"}
    return Finding("place", place is not Place.SYNCED, said[place], advice.get(place, ""))


def _locks(path: Path) -> Finding:
    """Hold the write lock here and let a second process try: it must be refused."""
    start = multiprocessing.get_context("spawn")
    answer = start.Queue()
    connection = sqlite3.connect(path, timeout=1, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        process = start.Process(target=try_lock, args=(str(path), answer), daemon=True)
        process.start()
        process.join(_LOCK_PATIENCE)
        was_refused = not answer.empty() and answer.get() == "refused"
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as busy:
        return Finding("locks", True, f"somebody is writing just now ({busy})")
    finally:
        connection.close()
    if was_refused:
        return Finding("locks", True, "a second program is kept waiting, as it must be")
    return Finding("locks", False, "a second program could write at the same time", "do not use this share")


def try_lock(path: str, answer: Any) -> None:
    """Run in the second process: try to take the write lock and say what came of it."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        answer.put("taken")
    except sqlite3.OperationalError:
        answer.put("refused")
    finally:
        connection.close()


def _speed(env: Env) -> Finding:
    store = env.raw_ctx.store
    if not store.exists():
        return Finding("speed", True, "nothing to measure yet")
    reads = []
    for _ in range(_PROBES):
        begun = time.perf_counter()
        with store.read() as read:
            read.value("SELECT 1")
        reads.append(time.perf_counter() - begun)
    slowest = max(reads[1:])
    said = f"a read takes {sorted(reads)[_PROBES // 2] * 1000:.2f} ms"
    is_ok = slowest < SLOW_READ
    return Finding("speed", is_ok, said, "" if is_ok else "the way to the database is slow")
