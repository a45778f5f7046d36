"""A backup that is proved before it counts: written beside the database, checked, then given its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from app.models.dialects import SqliteDialect
from app.models.entities.errors import StoreRefused
from app.models.store import Store

FOLDER = "backups"
Counts = dict[str, int]
_PATIENCE = 3600  # seconds for pg_dump, which runs at its own pace


def back_up(store: Store, now: datetime, folder: Path | None = None) -> Path | None:
    """Write a backup, prove it and return its file; None where a server has no `pg_dump` at hand.

    A SQLite file goes into `backups` beside it unless `folder` says otherwise: copied in one consistent
    piece while others work, checked for damage, for broken references and for the same number of rows. A
    backup that fails is removed. `now` names the file.

    Raises:
        StoreRefused: `store.backup_failed` with the reason; the database was not touched.
        StoreUnavailable: the database cannot be read.
    """
    if isinstance(store.dialect, SqliteDialect):
        target = _target(folder or store.dialect.path.parent / FOLDER, store.dialect.path.stem, now, ".db")
        return _back_up_file(store, store.dialect.path, target)
    return _back_up_server(store.url, _target(folder or Path.cwd(), "firstline", now, ".dump"))


def _target(folder: Path, stem: str, now: datetime, ending: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise StoreRefused("store.backup_failed", path=str(folder), reason=str(trouble)) from trouble
    return folder / f"{stem}-{now:%Y%m%d-%H%M%S}{ending}"


def _back_up_file(store: Store, source: Path, target: Path) -> Path:
    unproved = target.with_suffix(".tmp")
    unproved.unlink(missing_ok=True)
    try:
        before = _counts_of(source)
        with store.read() as read:
            read.connection.execute("VACUUM INTO ?", (str(unproved),))
        _prove(unproved, before, _counts_of(source))
        with unproved.open("rb+") as file:
            os.fsync(file.fileno())
        unproved.replace(target)
    except (sqlite3.Error, OSError) as trouble:
        raise StoreRefused("store.backup_failed", path=str(target), reason=str(trouble)) from trouble
    finally:
        unproved.unlink(missing_ok=True)
    return target


def _prove(copy: Path, before: Counts, after: Counts) -> None:
    """Refuse a copy that is damaged, holds broken references, or another number of rows than its source.

    Others may write while the copy is made, so each table is held against its counts before and after.
    """
    with closing(sqlite3.connect(f"file:{copy.as_posix()}?mode=ro", uri=True)) as taken:
        found = [row[0] for row in taken.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise StoreRefused("store.backup_failed", path=str(copy), reason="; ".join(found[:3]))
        if taken.execute("PRAGMA foreign_key_check").fetchall():
            raise StoreRefused("store.backup_failed", path=str(copy), reason="broken references")
    kept = _counts_of(copy)
    for table, first in before.items():
        last = after.get(table, first)
        if not min(first, last) <= kept.get(table, -1) <= max(first, last):
            raise StoreRefused("store.backup_failed", path=str(copy), reason=f"rows of {table} are missing")


def _counts_of(path: Path) -> Counts:
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as connection:
        return _row_counts(connection)


def _row_counts(connection: sqlite3.Connection) -> Counts:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # names are the schema's own
        for (name,) in names
    }


def _back_up_server(url: str, target: Path) -> Path | None:
    tool = shutil.which("pg_dump")
    if tool is None:
        return None
    unproved = target.with_suffix(".tmp")
    answer = subprocess.run(
        [tool, "--format=custom", f"--file={unproved}", f"--dbname={url}"],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if answer.returncode != 0:
        unproved.unlink(missing_ok=True)
        reason = answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else "pg_dump"
        raise StoreRefused("store.backup_failed", path=str(target), reason=reason)
    unproved.replace(target)
    return target
