"""A backup is a whole, proved copy, or it is not there at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models import backup
from app.models.backup import back_up
from app.models.entities.errors import StoreRefused
from app.models.store import Store
from tests.support.databases import SqliteDatabases
from tests.support.factories import Make

NOW = datetime(2026, 4, 16, 6, 2, tzinfo=UTC)


@pytest.fixture
def databases(sqlite_databases: SqliteDatabases) -> SqliteDatabases:
    """Files only: a server is copied by its own tool."""
    return sqlite_databases


@pytest.fixture
def store(ctx, make: Make) -> Store:
    make.ticket(subject="kept")
    return ctx.store


def subjects(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT subject FROM ticket")]


def test_a_backup_holds_everything_and_is_named_by_its_time(store: Store, tmp_path: Path) -> None:
    made = back_up(store, NOW, tmp_path)

    assert made is not None
    assert made.name.endswith("-20260416-060200.db")
    assert subjects(made) == ["kept"]


def test_a_backup_lies_beside_the_database_unless_told_otherwise(store: Store) -> None:
    made = back_up(store, NOW)

    assert made is not None
    assert made.parent == store.dialect.path.parent / "backups"


def test_the_database_can_be_written_while_its_backup_is_open(
    store: Store, make: Make, tmp_path: Path
) -> None:
    made = back_up(store, NOW, tmp_path)
    make.ticket(subject="later")

    assert made is not None
    assert subjects(made) == ["kept"]


def test_a_backup_with_missing_rows_is_refused_and_removed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = backup._counts_of
    monkeypatch.setattr(backup, "_counts_of", lambda path: {**counts(path), "ticket": _wrong(path)})

    with pytest.raises(StoreRefused, match="backup_failed"):
        back_up(store, NOW, tmp_path)

    assert list(tmp_path.glob("*.db")) == []
    assert list(tmp_path.glob("*.tmp")) == []


def _wrong(path: Path) -> int:
    return 0 if path.suffix == ".tmp" else 1


def test_a_backup_that_cannot_be_written_is_refused(store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    with pytest.raises(StoreRefused, match="backup_failed"):
        back_up(store, NOW, blocked / "backups")
