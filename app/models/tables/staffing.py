"""How counts of calls by hour are stored: what staffing is reckoned from."""

from __future__ import annotations

import peewee as pw

from app.models.tables.base import BaseTable, UtcField


class CallHour(BaseTable):
    """The calls of one hour; seconds are sums over the answered. A later import of an hour replaces it."""

    starts_at = UtcField(unique=True)
    offered = pw.IntegerField()
    answered = pw.IntegerField()
    abandoned = pw.IntegerField(default=0)
    talk_seconds = pw.IntegerField(default=0)
    after_seconds = pw.IntegerField(default=0)
    ring_seconds = pw.IntegerField(default=0)
    source = pw.CharField(max_length=120, default="")
