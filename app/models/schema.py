"""The schema's state and its migrations, under one lock, from frozen scripts (RELIABILITY 7)."""

from __future__ import annotations

import re
import sys
import uuid
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import peewee as pw

from app.models.dialects import APPLICATION_ID, Dialect, SqliteDialect
from app.models.entities.errors import StoreRefused

# The oldest program that may write this schema; raised when a change breaks older ones.
MIN_CLIENT = 1


class SchemaState(StrEnum):
    """How a database's schema compares with this program."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def migrations_folder() -> Path:
    """Return where the migration scripts lie, in the tree and in the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "app" / "models" / "migrations"
    return Path(__file__).parent / "migrations"


def head() -> int:
    """Return the number of the newest migration this program has."""
    names = (path.name for path in migrations_folder().glob("[0-9]*.py"))
    return max(int(re.match(r"\d+", name).group()) for name in names)  # type: ignore[union-attr]


def read_meta(database: pw.Database) -> Mapping[str, str]:
    """Return the database's facts about itself; empty where there is no schema of ours."""
    if "meta" not in database.get_tables():
        return {}
    rows = database.execute_sql("SELECT key, value FROM meta").fetchall()
    return dict(rows)


def state_of(database: pw.Database, dialect: Dialect) -> SchemaState:
    """Compare the database with this program; reads only."""
    dialect.connect(database)
    meta = read_meta(database)
    if not meta:
        return _state_without_meta(database, dialect)
    version = int(meta["schema_version"])
    if version > head():
        return SchemaState.NEWER
    return SchemaState.CURRENT if version == head() else SchemaState.OLDER


def _state_without_meta(database: pw.Database, dialect: Dialect) -> SchemaState:
    if database.get_tables():
        return SchemaState.FOREIGN
    if isinstance(dialect, SqliteDialect):
        mark = database.execute_sql("PRAGMA application_id").fetchone()[0]
        return SchemaState.EMPTY if mark in {0, APPLICATION_ID} else SchemaState.FOREIGN
    return SchemaState.EMPTY


def migrate(database: pw.Database, dialect: Dialect, *, target: str | None = None) -> list[str]:
    """Bring the schema to this program's, or to `target`; return the names of the scripts run.

    The state is read again under the lock, so two programs starting at once migrate once.

    Raises:
        StoreRefused: the database is newer than this program, or not ours; nothing was touched.
    """
    from playhouse.migrations import Runner  # noqa: PLC0415  0.1 s that daily starts need not pay

    refuse_unfit(state_of(database, dialect))
    with dialect.migrating(database):
        refuse_unfit(state_of(database, dialect))
        schema = None if isinstance(dialect, SqliteDialect) else "firstline"
        done = list(Runner(database, str(migrations_folder()), schema=schema).up(target))
        if done:
            _write_meta(database, dialect, int(done[-1][:4]))
    return done


def refuse_unfit(state: SchemaState) -> None:
    """Raise StoreRefused where this program must not touch the database at all."""
    if state is SchemaState.NEWER:
        raise StoreRefused("store.newer")
    if state is SchemaState.FOREIGN:
        raise StoreRefused("store.foreign")


def _write_meta(database: pw.Database, dialect: Dialect, version: int) -> None:
    mark = "?" if isinstance(dialect, SqliteDialect) else "%s"
    upsert = (
        f"INSERT INTO meta (key, value) VALUES ({mark}, {mark})"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    database.execute_sql(upsert, ("schema_version", str(version)))
    database.execute_sql(upsert, ("min_client", str(MIN_CLIENT)))
    if "epoch" not in read_meta(database):
        database.execute_sql(upsert, ("epoch", uuid.uuid4().hex))
    if isinstance(dialect, SqliteDialect):
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute_sql(f"PRAGMA user_version = {version}")
