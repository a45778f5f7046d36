"""Reading and writing inside one connection: what queries and command bodies are handed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import peewee as pw

from app.models.dialects import Dialect
from app.models.entities.errors import StaleRecord
from app.models.entities.events import Event
from app.models.entities.instants import to_micros

Row = tuple[Any, ...]
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACED = "\ufffd"


@dataclass(slots=True)
class Reader:
    """Reads over this thread's connection. Statements are written with `?` for both databases."""

    database: pw.Database
    dialect: Dialect
    connection: Any

    def rows(self, text: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query as tuples."""
        cursor = self.connection.execute(self.dialect.sql(text), storable(parameters))
        return cursor.fetchall()  # type: ignore[no-any-return]

    def one(self, text: str, parameters: Sequence[object] = ()) -> Row | None:
        """Return the first row, or None."""
        cursor = self.connection.execute(self.dialect.sql(text), storable(parameters))
        return cursor.fetchone()  # type: ignore[no-any-return]

    def value(self, text: str, parameters: Sequence[object] = ()) -> Any:
        """Return the first column of the first row, or None where there is no row."""
        row = self.one(text, parameters)
        return None if row is None else row[0]


@dataclass(slots=True)
class Transaction(Reader):
    """One writing transaction: everything a command body may do, and nothing outside it.

    `now` was read from the clock once. `announce` is published after the commit and written to the
    change feed as the last thing before it. `client` names this PC and program for the log.
    """

    op_id: str
    now: datetime
    actor_id: int | None
    client: str
    events: list[Event] = field(default_factory=list)
    answer: dict[str, int | None] = field(default_factory=dict)

    @property
    def now_micros(self) -> int:
        """`now` as stored."""
        return to_micros(self.now)

    def execute(self, text: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement and return how many rows it changed."""
        return int(self.connection.execute(self.dialect.sql(text), storable(parameters)).rowcount)

    def execute_many(self, text: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for many rows of parameters."""
        cursor = self.connection.cursor()
        cursor.executemany(self.dialect.sql(text), [storable(row) for row in rows])
        cursor.close()

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Insert one row and return its id. Table and column names come from code, never from people."""
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        text = f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) RETURNING id'
        cursor = self.connection.execute(self.dialect.sql(text), storable(tuple(values.values())))
        return int(cursor.fetchone()[0])

    def update_versioned(self, table: str, record_id: int, version: int, values: Mapping[str, object]) -> int:
        """Write exactly `values` where nobody saved the row since `version`; return the new version.

        Raises:
            StaleRecord: somebody saved it, or it is gone.
        """
        assignments = "".join(f'"{name}" = ?, ' for name in values)
        text = f'UPDATE "{table}" SET {assignments}version = version + 1 WHERE id = ? AND version = ?'
        if self.execute(text, (*values.values(), record_id, version)) != 1:
            raise StaleRecord(table, record_id)
        return version + 1

    def announce(self, event: Event) -> None:
        """Publish `event` after the commit, here and, through the feed, in every other program."""
        self.events.append(event)

    def next_number(self, counter: str) -> int:
        """Draw the next number of a gapless counter; rolled back with the transaction."""
        value = self.value(
            "INSERT INTO counter (name, value) VALUES (?, 1)"
            " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
            (counter,),
        )
        return int(value)


def storable(parameters: Sequence[object]) -> Sequence[object]:
    """Return parameters with U+FFFD for what no database takes: halves of surrogate pairs, and NUL.

    Both come in with pasted text. SQLite refuses the first and cuts texts at the second, PostgreSQL
    refuses both. Parameters without any come back as they are.
    """
    for value in parameters:
        if isinstance(value, str) and _is_unstorable(value):
            return tuple(_whole(each) if isinstance(each, str) else each for each in parameters)
    return parameters


def _is_unstorable(text: str) -> bool:
    return "\0" in text or (not text.isascii() and _SURROGATE.search(text) is not None)


def _whole(text: str) -> str:
    return _SURROGATE.sub(_REPLACED, text.replace("\0", _REPLACED))
