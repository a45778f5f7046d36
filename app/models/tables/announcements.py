"""How announcements and who has read them are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.announcements import AnnouncementKind
from app.models.tables.base import BaseTable, JsonField, UtcField, VersionedTable
from app.models.tables.catalogue import Service
from app.models.tables.people import Person


class Announcement(VersionedTable):
    """Something users and agents are told, shown from one moment until another; None means without end.

    `live_on` is the day a new system goes live; until then agents should have `training_minutes` of training.
    """

    kind = EnumField(AnnouncementKind, max_length=16)
    title = pw.CharField(max_length=200)
    text = pw.TextField(default="")
    service = pw.ForeignKeyField(Service, null=True, on_delete="RESTRICT", index=False)
    article_id = pw.IntegerField(null=True)
    ticket_id = pw.IntegerField(null=True)
    live_on = pw.CharField(max_length=10, default="")
    training_minutes = pw.IntegerField(null=True)
    must_read = pw.BooleanField(default=False)
    channels = JsonField(default="[]")
    shown_from = UtcField()
    shown_until = UtcField(null=True, index=True)
    written_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    written_at = UtcField()
    withdrawn_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    withdrawn_at = UtcField(null=True)


class AnnouncementSeen(BaseTable):
    """Somebody has read an announcement and said so."""

    announcement = pw.ForeignKeyField(Announcement, on_delete="RESTRICT", index=False)
    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("announcement", "person"), True),)
