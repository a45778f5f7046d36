"""How imports remember what they have read, so that no row is ever taken twice."""

from __future__ import annotations

import peewee as pw

from app.models.tables.base import BaseTable, UtcField


class ImportSource(BaseTable):
    """One imported file by name, with how far it was read."""

    name = pw.CharField(max_length=200, unique=True)
    mapping = pw.CharField(max_length=80)
    started_at = UtcField()
    finished_at = UtcField(null=True)
    rows_done = pw.IntegerField(default=0)


class ImportRow(pw.Model):
    """One row taken from a source: its identity is source + line + hash of the line."""

    source = pw.ForeignKeyField(ImportSource, on_delete="CASCADE", index=False)
    line = pw.IntegerField()
    hash = pw.CharField(max_length=64)
    ticket_id = pw.IntegerField(null=True)

    class Meta:
        legacy_table_names = False
        primary_key = pw.CompositeKey("source", "line", "hash")
