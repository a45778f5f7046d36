"""What every table shares: ids, versions and the field kinds both databases store alike.

Tables carry no database: each query is executed as `query.execute(tx.database)`, so that two stores can
live in one process and nothing is bound behind a reader's back.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import peewee as pw

from app.models.entities.instants import from_micros, to_micros


class UtcField(pw.BigIntegerField):
    """An aware instant, stored as microseconds since 1970 UTC; naive values are refused."""

    def db_value(self, value: datetime | int | None) -> int | None:
        """Store an aware datetime; integers are taken as microseconds already."""
        if isinstance(value, datetime):
            return to_micros(value)
        return value

    def python_value(self, value: int | None) -> datetime | None:
        """Hand out an aware UTC datetime."""
        return None if value is None else from_micros(value)


class JsonField(pw.TextField):
    """A JSON value as text with sorted keys: the same bytes on both databases, readable in a dump."""

    def db_value(self, value: Any) -> str | None:
        """Store any JSON value; text is taken as JSON already."""
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def python_value(self, value: str | None) -> Any:
        """Hand out the parsed value."""
        return None if value is None else json.loads(value)


class BaseTable(pw.Model):
    """A table with an integer id."""

    id = pw.AutoField()

    class Meta:
        legacy_table_names = False


class VersionedTable(BaseTable):
    """A row people edit: saved only where its version is the one that was read (RELIABILITY 5)."""

    version = pw.IntegerField(default=1)
