"""How skills, who has them, training, and what a shift needs of them are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.skills import SkillLevel
from app.models.tables.announcements import Announcement
from app.models.tables.base import BaseTable, VersionedTable
from app.models.tables.people import Person
from app.models.tables.roster import ShiftTemplate


class Skill(VersionedTable):
    """Something people of the desk can do (S2-63)."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class PersonSkill(BaseTable):
    """How well somebody can do it (S0-24)."""

    person = pw.ForeignKeyField(Person, on_delete="CASCADE", index=False)
    skill = pw.ForeignKeyField(Skill, on_delete="RESTRICT", index=False)
    level = EnumField(SkillLevel, max_length=16)

    class Meta:
        indexes = ((("person", "skill"), True),)


class Training(VersionedTable):
    """A training somebody had (S2-61, S2-75)."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT")
    skill = pw.ForeignKeyField(Skill, null=True, on_delete="RESTRICT", index=False)
    held_on = pw.CharField(max_length=10, index=True)
    title = pw.CharField(max_length=200)
    minutes = pw.IntegerField()
    note = pw.TextField(default="")
    announcement = pw.ForeignKeyField(Announcement, null=True, on_delete="RESTRICT", index=False)


class SkillNeed(BaseTable):
    """How many people of a skill, at a level or above, a shift needs; an empty day type means every day."""

    template = pw.ForeignKeyField(ShiftTemplate, on_delete="CASCADE", index=False)
    skill = pw.ForeignKeyField(Skill, on_delete="RESTRICT", index=False)
    level = EnumField(SkillLevel, max_length=16)
    day_type = pw.CharField(max_length=24, default="")
    minimum = pw.IntegerField()

    class Meta:
        indexes = ((("template", "skill", "day_type"), True),)
