"""How the change feed, operation ids, counters and the schema's own facts are stored."""

from __future__ import annotations

import peewee as pw

from app.models.tables.base import UtcField


class Change(pw.Model):
    """One touched record; `seq` order is commit order. `entity_id` 0 means: read everything again."""

    seq = pw.BigAutoField()
    entity = pw.CharField(max_length=24)
    entity_id = pw.IntegerField()
    op_id = pw.CharField(max_length=32)
    at = UtcField(index=True)

    class Meta:
        legacy_table_names = False


class OpLog(pw.Model):
    """One committed operation and what it answered, so that a retry never does it twice."""

    op_id = pw.CharField(max_length=32, primary_key=True)
    at = UtcField(index=True)
    result = pw.TextField()

    class Meta:
        legacy_table_names = False


class Counter(pw.Model):
    """A gapless running number, drawn inside the transaction that uses it."""

    name = pw.CharField(max_length=32, primary_key=True)
    value = pw.IntegerField()

    class Meta:
        legacy_table_names = False


class DatabaseFact(pw.Model):
    """Facts about the database itself: schema version, oldest client allowed, epoch."""

    key = pw.CharField(max_length=32, primary_key=True)
    value = pw.TextField()

    class Meta:
        legacy_table_names = False
        table_name = "meta"
