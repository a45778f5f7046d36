"""The only door to the database: open, read, write with retries, migrate, and the change feed."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import peewee as pw

from app.models import schema
from app.models.dialects import Dialect, SqliteDialect, dialect_for
from app.models.entities.errors import FirstlineError, StoreRefused
from app.models.entities.events import EVENT_TYPES, Event
from app.models.entities.instants import to_micros
from app.models.transactions import Reader, Transaction

T = TypeVar("T")
log = logging.getLogger("firstline.store")

RETRY_SECONDS = 15.0
_FIRST_WAIT = 0.02
_WAIT_GROWTH = 1.5
_POSTGRES_TRIES = 5
# Drivers' own classes differ by database and are not all importable; translation sorts them out.
_DRIVER_MODULES = ("sqlite3", "psycopg", "peewee")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a write carries besides its body: identity, time, actor and PC."""

    op_id: str
    now: datetime
    actor_id: int | None
    client: str
    is_serializable: bool = False
    may_be_repeated: bool = False


class Store:
    """One database, opened by URL. Threads get a connection of their own; close each with `release`."""

    def __init__(self, url: str, publish: Callable[[Event], None] | None = None) -> None:
        self.url = url
        self.dialect: Dialect = dialect_for(url)
        self.database: pw.Database = self.dialect.open()
        self._publish = publish or (lambda _event: None)
        self._own_operations: deque[str] = deque(maxlen=4096)
        self._pause = threading.Event()  # never set: waits between tries without holding anything

    # -- opening -------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Tell whether a SQLite file is there; a server's database always counts as there."""
        return not isinstance(self.dialect, SqliteDialect) or self.dialect.path.exists()

    def state(self) -> schema.SchemaState:
        """Compare the schema with this program's; a missing file is EMPTY and is not created."""
        if not self.exists():
            return schema.SchemaState.EMPTY
        with self._translated():
            return schema.state_of(self.database, self.dialect)

    def migrate(self, *, target: str | None = None) -> list[str]:
        """Create or upgrade the schema; see `schema.migrate`."""
        with self._translated(), self.dialect.creating():
            return schema.migrate(self.database, self.dialect, target=target)

    def require_current(self) -> None:
        """Refuse to work unless the schema is exactly this program's.

        Raises:
            StoreRefused: `store.empty`, `store.older`, `store.newer` or `store.foreign`.
        """
        state = self.state()
        if state is not schema.SchemaState.CURRENT:
            raise StoreRefused(f"store.{state.value}")

    def epoch(self) -> str:
        """Return the database's identity; it changes when a backup is restored."""
        with self.read() as read:
            return str(read.value("SELECT value FROM meta WHERE key = ?", ("epoch",)))

    def release(self) -> None:
        """Close this thread's connection."""
        if not self.database.is_closed():
            self.database.close()

    # -- reading -------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Hand out reads on this thread's connection; a dead connection is told and replaced next time."""
        with self._translated():
            yield Reader(self.database, self.dialect, self.dialect.connect(self.database))

    # -- writing -------------------------------------------------------------------------------

    def write(self, operation: Operation, body: Callable[[Transaction], T]) -> T | None:
        """Run `body` in one transaction, again from its start while the database is merely busy.

        `body` must have no effect outside its transaction. Events are published after the commit.
        After a commit whose reply was lost the operation is looked up: None means it was already done.

        Raises:
            StoreUnavailable: the database stayed busy or could not be reached; nothing was saved.
        """
        deadline = time.monotonic() + RETRY_SECONDS
        tries = 0
        while True:
            tries += 1
            try:
                return self._attempt(operation, body)
            except FirstlineError:
                raise
            except Exception as error:
                if not _is_driver_error(error):
                    raise
                if self.dialect.is_lost(error):
                    self._forget_connection()
                    if self.was_done(operation.op_id):
                        return None
                    if tries == 1:
                        continue  # a connection that died before the commit: once more on a new one
                if not self._may_try_again(error, tries, deadline):
                    raise self._explained(error) from error
                self._pause.wait(random.uniform(0.5, 1.0) * _FIRST_WAIT * _WAIT_GROWTH**tries)

    def _may_try_again(self, error: Exception, tries: int, deadline: float) -> bool:
        if not self.dialect.is_retryable(error) or time.monotonic() > deadline:
            return False
        return isinstance(self.dialect, SqliteDialect) or tries < _POSTGRES_TRIES

    def _attempt(self, operation: Operation, body: Callable[[Transaction], T]) -> T | None:
        connection = self.dialect.connect(self.database)
        self.dialect.begin(connection, is_serializable=operation.is_serializable)
        tx = Transaction(
            self.database,
            self.dialect,
            connection,
            operation.op_id,
            operation.now,
            operation.actor_id,
            operation.client,
        )
        try:
            self._refuse_changed_schema(tx)
            if operation.may_be_repeated and _is_logged(tx):
                connection.execute("ROLLBACK")
                return None
            result = body(tx)
            self._own_operations.append(tx.op_id)
            with self.dialect.batched(connection):
                self._write_feed(tx)
            connection.execute("COMMIT")
        except BaseException:
            self._roll_back(connection)
            raise
        for event in tx.events:
            self._publish(event)
        return result

    def _roll_back(self, connection: object) -> None:
        try:
            connection.execute("ROLLBACK")  # type: ignore[attr-defined]
        except Exception as error:  # noqa: BLE001  a dead connection has nothing left to roll back
            log.debug("rollback on a dead connection: %s", error)
            self.release()

    @staticmethod
    def _refuse_changed_schema(tx: Transaction) -> None:
        # A colleague may have migrated since this program opened; one cheap row tells.
        found = tx.value("SELECT value FROM meta WHERE key = ?", ("min_client",))
        if found is not None and int(found) > schema.MIN_CLIENT:
            raise StoreRefused("store.newer")

    @staticmethod
    def _write_feed(tx: Transaction) -> None:
        tx.execute(
            "INSERT INTO op_log (op_id, at, result) VALUES (?, ?, ?)",
            (tx.op_id, tx.now_micros, json.dumps(tx.answer)),
        )
        if not tx.events:
            return
        tx.dialect.lock_feed(tx.connection)
        rows = [
            (event.entity, record_id, tx.op_id, tx.now_micros)
            for event in tx.events
            for record_id in (sorted(event.ids) or [0])
        ]
        tx.execute_many("INSERT INTO change (entity, entity_id, op_id, at) VALUES (?, ?, ?, ?)", rows)
        tx.dialect.ring(tx.connection)

    def was_done(self, op_id: str) -> bool:
        """Tell whether an operation has been committed, by whatever program."""
        with self.read() as read:
            return read.value("SELECT 1 FROM op_log WHERE op_id = ?", (op_id,)) is not None

    def answer_of(self, op_id: str) -> dict[str, int | None]:
        """Return what a committed operation answered; empty where it is not known (any more)."""
        with self.read() as read:
            text = read.value("SELECT result FROM op_log WHERE op_id = ?", (op_id,))
        return json.loads(text) if text else {}

    # -- the feed ------------------------------------------------------------------------------

    def feed_position(self) -> int:
        """Return the newest feed number, 0 in an untouched database."""
        with self.read() as read:
            return int(read.value("SELECT COALESCE(MAX(seq), 0) FROM change"))

    def feed_after(self, position: int) -> tuple[int, list[Event]]:
        """Return the new position and what other programs committed after `position`.

        A position older than the kept feed answers with "everything changed" for every entity.
        """
        with self.read() as read:
            oldest = read.value("SELECT MIN(seq) FROM change")
            rows = read.rows(
                "SELECT seq, entity, entity_id, op_id FROM change WHERE seq > ? ORDER BY seq", (position,)
            )
        if oldest is not None and position + 1 < oldest:
            return max(oldest, rows[-1][0] if rows else oldest), [kind() for kind in EVENT_TYPES.values()]
        if not rows:
            return position, []
        return rows[-1][0], _as_events([row for row in rows if row[3] not in self._own_operations])

    def trim_feed(self, operation: Operation, *, before: datetime) -> None:
        """Drop feed rows and operation ids older than `before`; the newest row always stays."""

        def body(tx: Transaction) -> None:
            limit = to_micros(before)
            tx.execute("DELETE FROM change WHERE at < ? AND seq < (SELECT MAX(seq) FROM change)", (limit,))
            tx.execute("DELETE FROM op_log WHERE at < ?", (limit,))

        self.write(operation, body)

    # -- errors --------------------------------------------------------------------------------

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except FirstlineError:
            raise
        except Exception as error:
            if not _is_driver_error(error):
                raise
            explained = self._explained(error)
            if self.dialect.is_lost(error):
                self._forget_connection()
            raise explained from error

    def _forget_connection(self) -> None:
        try:
            self.release()
        except Exception as error:  # noqa: BLE001  closing a dead connection may fail in any way
            log.debug("closing a dead connection: %s", error)

    def _explained(self, error: Exception) -> Exception:
        return self.dialect.translate(error) or error


def _is_logged(tx: Transaction) -> bool:
    return tx.value("SELECT 1 FROM op_log WHERE op_id = ?", (tx.op_id,)) is not None


def _is_driver_error(error: Exception) -> bool:
    return type(error).__module__.split(".")[0] in _DRIVER_MODULES


def _as_events(rows: list[tuple[int, str, int, str]]) -> list[Event]:
    ids: dict[str, set[int]] = {}
    for _, entity, record_id, _ in rows:
        ids.setdefault(entity, set()).add(record_id)
    return [
        EVENT_TYPES[entity](frozenset() if 0 in touched else frozenset(touched))
        for entity, touched in ids.items()
        if entity in EVENT_TYPES
    ]
