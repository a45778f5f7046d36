"""What only one database can do wrong: files and pragmas of SQLite, commit order of PostgreSQL."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import uuid
from pathlib import Path

import pytest

from app.models import schema
from app.models.dialects import dialect_for
from app.models.entities.errors import BadInput, StoreRefused, StoreUnavailable
from app.models.entities.events import TicketsChanged
from app.models.store import Operation, Store
from tests.support.databases import PostgresDatabases, SqliteDatabases


@pytest.fixture
def file(sqlite_databases: SqliteDatabases) -> Path:
    return Path(sqlite_databases.copy().removeprefix("sqlite:///"))


def store_at(path: Path) -> Store:
    return Store(f"sqlite:///{path}")


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_connection_is_opened_as_the_power_cut_tests_ask(file):
    with store_at(file).read() as read:
        found = [
            read.value(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size")
        ]

    assert found == ["truncate", 2, 1, 0]


def test_a_newer_database_is_refused_and_its_bytes_stay_as_they_were(file):
    raw = sqlite3.connect(file)
    raw.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
    raw.commit()
    raw.close()
    before = fingerprint(file)
    store = store_at(file)

    with pytest.raises(StoreRefused):
        store.require_current()
    with pytest.raises(StoreRefused):
        store.migrate()

    assert fingerprint(file) == before


def test_a_foreign_database_is_refused_untouched(tmp_path):
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE recipe (id INTEGER)")
    raw.commit()
    raw.close()
    before = fingerprint(path)

    with pytest.raises(StoreRefused) as refused:
        store_at(path).migrate()

    assert refused.value.code == "store.foreign"
    assert fingerprint(path) == before


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 200, "utf-8")

    with pytest.raises(StoreUnavailable) as told:
        store_at(path).state()

    assert told.value.code == "store.foreign"


def test_a_synchronised_folder_is_refused(tmp_path):
    folder = tmp_path / "OneDrive - Huaxin"
    folder.mkdir()

    with pytest.raises(StoreRefused) as refused:
        store_at(folder / "desk.db")

    assert refused.value.code == "store.synced_folder"


@pytest.mark.parametrize("address", ["", "desk.db", "mysql://host/db", "sqlite:///"])
def test_an_address_we_do_not_know_is_told(address):
    with pytest.raises(BadInput):
        dialect_for(address)


def test_a_server_elsewhere_must_prove_itself_unless_told_otherwise():
    remote = dialect_for("postgresql://desk@db1,db2/firstline").open().connect_params
    local = dialect_for("postgresql://desk@localhost/firstline").open().connect_params
    weaker = dialect_for("postgresql://desk@db1/firstline?sslmode=require").open().connect_params

    assert (remote["sslmode"], remote["target_session_attrs"]) == ("verify-full", "read-write")
    assert "sslmode" not in local
    assert "sslmode" not in weaker


def test_a_password_never_stands_in_an_error():
    explained = dialect_for("postgresql://desk:secret@127.0.0.1:1/none")

    with pytest.raises(StoreUnavailable) as told:
        Store(explained.url).epoch()

    assert "secret" not in str(told.value)


def test_a_read_only_file_keeps_its_state_and_is_named(file, monkeypatch):
    store = store_at(file)

    def refuse(tx):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("app.models.dialects._sqlite_code", lambda error: "SQLITE_READONLY")
    with pytest.raises(StoreUnavailable) as told:
        store.write(Operation(uuid.uuid4().hex, schema_now(), None, "tests"), refuse)

    assert (told.value.code, told.value.params["path"]) == ("store.read_only", str(file))


def schema_now():
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime(2026, 11, 20, tzinfo=UTC)


def test_a_missing_file_is_empty_and_is_not_created(tmp_path):
    path = tmp_path / "desk.db"

    state = store_at(path).state()

    assert state is schema.SchemaState.EMPTY
    assert not path.exists()


def test_the_later_number_never_overtakes_the_earlier_in_the_feed(postgresql_databases: PostgresDatabases):
    """Without the feed's lock a reader remembers 2, then 1 commits, and 1 is never seen (RELIABILITY 3)."""
    url = postgresql_databases.copy()
    slow, quick, reader = Store(url), Store(url), Store(url)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(tx):
        tx.announce(TicketsChanged(frozenset({1})))
        begun.set()
        go_on.wait(10)

    def write_slowly():
        slow.write(Operation(uuid.uuid4().hex, schema_now(), None, "slow"), slowly)
        slow.release()

    first = threading.Thread(target=write_slowly)
    first.start()
    begun.wait(10)
    quick.write(
        Operation(uuid.uuid4().hex, schema_now(), None, "quick"),
        lambda tx: tx.announce(TicketsChanged(frozenset({2}))),
    )
    position, early = reader.feed_after(0)
    go_on.set()
    first.join(10)

    _, late = reader.feed_after(position)

    assert (early, late) == ([TicketsChanged(frozenset({2}))], [TicketsChanged(frozenset({1}))])
    for store in (quick, reader):
        store.release()
    postgresql_databases.drop(url)


def test_a_file_that_went_away_is_told_and_not_made_anew(tmp_path):
    file = tmp_path / "desk.db"
    store = Store(f"sqlite:///{file.as_posix()}")
    store.migrate()
    store.release()
    file.rename(tmp_path / "elsewhere.db")

    with pytest.raises(StoreUnavailable, match=r"store\.cannot_open"), store.read() as read:
        read.value("SELECT 1")

    assert not file.exists()
