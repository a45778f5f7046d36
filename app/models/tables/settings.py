"""How settings, versioned configuration, lists of codes and saved views are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.tickets import WaitingKind
from app.models.tables.base import BaseTable, JsonField, UtcField, VersionedTable
from app.models.tables.people import Person


class Setting(pw.Model):
    """One value of the site; its type, default and range are declared in `services/settings`."""

    key = pw.CharField(max_length=64, primary_key=True)
    value = JsonField()
    version = pw.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class ConfigVersion(BaseTable):
    """One version of a matrix, an SLA table or a calendar; added, never changed.

    A ticket keeps the id of the versions it was promised under.
    """

    kind = pw.CharField(max_length=16)
    code = pw.CharField(max_length=32)
    number = pw.IntegerField()
    body = JsonField()
    at = UtcField()
    actor_id = pw.IntegerField(null=True)
    note = pw.TextField(default="")

    class Meta:
        indexes = ((("kind", "code", "number"), True),)


class CodeItem(VersionedTable):
    """An entry of a short list: cause codes, resolution codes."""

    kind = pw.CharField(max_length=16)
    code = pw.CharField(max_length=32)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)

    class Meta:
        indexes = ((("kind", "code"), True),)


class WaitingReason(VersionedTable):
    """Why a ticket waits, and which clocks stand still meanwhile."""

    kind = EnumField(WaitingKind, max_length=16)
    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    pauses_response = pw.BooleanField(default=False)
    pauses_resolution = pw.BooleanField(default=True)
    longest = pw.CharField(max_length=32, default="")
    follow_up_every = pw.CharField(max_length=32, default="")
    auto_resolve_after = pw.IntegerField(default=0)
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class Script(VersionedTable):
    """What an agent says at a moment of a call; variables are filled in by jinja2."""

    code = pw.CharField(max_length=32, unique=True)
    situation = pw.CharField(max_length=24)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    body = pw.TextField()
    body_alt = pw.TextField(default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class SavedView(VersionedTable):
    """A named list of tickets: the text of its query and its columns. Without an owner it is shared."""

    owner = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    name = pw.CharField(max_length=80)
    name_alt = pw.CharField(max_length=80, default="")
    query = pw.TextField()
    columns = JsonField(default="[]")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)
