"""How background work is stored: the lease, the steps that fell due, and the notices they wrote."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.escalation import FiringState
from app.models.entities.notices import NoticeKind
from app.models.tables.base import BaseTable, JsonField, UtcField
from app.models.tables.people import Person
from app.models.tables.tickets import Ticket


class Lease(pw.Model):
    """Who does the background work just now; `token` grows with every new holder (RELIABILITY 6)."""

    name = pw.CharField(max_length=32, primary_key=True)
    holder = pw.CharField(max_length=64)
    token = pw.IntegerField()
    renewed_at = UtcField()
    until = UtcField()

    class Meta:
        legacy_table_names = False


class Escalation(BaseTable):
    """A step that fell due for a ticket. That it is here at all is what makes it happen once."""

    ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT", index=False)
    step = pw.CharField(max_length=40)
    cycle = pw.IntegerField()
    due_at = UtcField()
    at = UtcField(index=True)
    state = EnumField(FiringState, max_length=16)
    token = pw.IntegerField()

    class Meta:
        indexes = ((("ticket", "step", "cycle"), True),)


class Notice(BaseTable):
    """Something one person should know; `key` is unique, so that it is told once."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    kind = EnumField(NoticeKind, max_length=24)
    key = pw.CharField(max_length=120, unique=True)
    ticket = pw.ForeignKeyField(Ticket, null=True, on_delete="RESTRICT", index=False)
    body = JsonField(default="{}")
    at = UtcField()
    show_at = UtcField()
    read_at = UtcField(null=True)

    class Meta:
        indexes = ((("person", "read_at", "show_at"), False),)
