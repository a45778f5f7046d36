"""How shifts, assignments, coverage and notes for the next shift are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.roster import ShiftKind
from app.models.tables.base import BaseTable, JsonField, UtcField, VersionedTable
from app.models.tables.people import Department, Person, Team


class ShiftTemplate(VersionedTable):
    """A shift by wall-clock start and length, and the dates between which it holds ("": without bound)."""

    code = pw.CharField(max_length=4, unique=True)
    name = pw.CharField(max_length=60)
    name_alt = pw.CharField(max_length=60, default="")
    kind = EnumField(ShiftKind, max_length=16)
    start_minute = pw.IntegerField(default=0)
    duration_minute = pw.IntegerField(default=0)
    tone = pw.CharField(max_length=16)
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)
    first_date = pw.CharField(max_length=10, default="")
    last_date = pw.CharField(max_length=10, default="")
    previous = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", index=False)


class Assignment(VersionedTable):
    """Who works what on a date; a night shift belongs to the date on which it starts. Off is no row."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    is_supervisor = pw.BooleanField(default=False)
    team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT", index=False)
    is_fixed = pw.BooleanField(default=False)

    class Meta:
        indexes = ((("on_date", "person"), True), (("person", "on_date"), False))


class CoverageRule(VersionedTable):
    """How many people of a team a shift needs on a type of day."""

    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT", index=False)
    day_type = pw.CharField(max_length=24)
    minimum = pw.IntegerField()

    class Meta:
        indexes = ((("template", "team", "day_type"), True),)


class RosterMonth(VersionedTable):
    """Whether a month's roster is a draft or published, and by whom."""

    month = pw.CharField(max_length=7, unique=True)
    is_published = pw.BooleanField(default=False)
    published_at = UtcField(null=True)
    published_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)


class RosterVersion(BaseTable):
    """A month as it was published; added, never changed. What stands in `assignment` since is unpublished."""

    month = pw.CharField(max_length=7)
    number = pw.IntegerField()
    at = UtcField()
    actor = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    note = pw.TextField(default="")
    body = JsonField()

    class Meta:
        indexes = ((("month", "number"), True),)


class RosterSeen(BaseTable):
    """Who has seen a published version, and when first."""

    roster_version = pw.ForeignKeyField(RosterVersion, on_delete="RESTRICT", index=False)
    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("roster_version", "person"), True),)


class Crew(VersionedTable):
    """People who work the same pattern together."""

    code = pw.CharField(max_length=16, unique=True)
    name = pw.CharField(max_length=60)
    name_alt = pw.CharField(max_length=60, default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class ShiftPattern(VersionedTable):
    """A row of shifts that repeats, by shift codes; an empty one is a day off."""

    code = pw.CharField(max_length=16, unique=True)
    name = pw.CharField(max_length=60)
    name_alt = pw.CharField(max_length=60, default="")
    cells = JsonField(default="[]")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class WorkTerms(VersionedTable):
    """What may be planned for a person, or for everybody of a department who has no terms of their own."""

    person = pw.ForeignKeyField(Person, null=True, unique=True, on_delete="RESTRICT")
    department = pw.ForeignKeyField(Department, null=True, unique=True, on_delete="RESTRICT")
    no_nights = pw.BooleanField(default=False)
    no_weekends = pw.BooleanField(default=False)
    no_holidays = pw.BooleanField(default=False)
    contract_minutes = pw.IntegerField(null=True)
    nights_most = pw.IntegerField(null=True)
    is_reachable = pw.BooleanField(default=False)
    crew = pw.ForeignKeyField(Crew, null=True, on_delete="RESTRICT", index=False)
    substitute = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    superior = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    joined_on = pw.CharField(max_length=10, default="")
    left_on = pw.CharField(max_length=10, default="")


class ShiftNote(BaseTable):
    """A note left for the next shift."""

    on_date = pw.CharField(max_length=10, index=True)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    text = pw.TextField()
    author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    at = UtcField()
    done_at = UtcField(null=True)
    done_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
