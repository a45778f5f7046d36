"""How the category tree and the service catalogue are stored."""

from __future__ import annotations

import peewee as pw

from app.models.tables.base import BaseTable, JsonField, VersionedTable
from app.models.tables.people import Team


class Category(VersionedTable):
    """A node of the category tree, with the team its tickets go to. Retired, never deleted."""

    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    code = pw.CharField(max_length=48, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    default_team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT")
    is_desk_solvable = pw.BooleanField(default=False)
    default_impact = pw.IntegerField(null=True)
    default_urgency = pw.IntegerField(null=True)
    form_fields = JsonField(default="{}")
    handling_minutes = pw.IntegerField(null=True)
    is_external = pw.BooleanField(default=False)
    is_in_scope = pw.BooleanField(default=True)
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class CategoryTeam(BaseTable):
    """Which team takes a category's tickets in a line: escalation goes to that of the next one."""

    category = pw.ForeignKeyField(Category, on_delete="CASCADE", index=False)
    line = pw.IntegerField()
    team = pw.ForeignKeyField(Team, on_delete="RESTRICT", index=False)

    class Meta:
        indexes = ((("category", "line"), True),)


class Service(VersionedTable):
    """An entry of the service catalogue; out-of-scope ones carry the polite text to say."""

    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    code = pw.CharField(max_length=48, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    owner_team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT")
    is_in_scope = pw.BooleanField(default=True)
    default_impact = pw.IntegerField(null=True)
    default_urgency = pw.IntegerField(null=True)
    handling_minutes = pw.IntegerField(null=True)
    refusal_text = pw.TextField(default="")
    refusal_text_alt = pw.TextField(default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)
