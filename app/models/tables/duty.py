"""How presence on a shift and the checks of a shift are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.duty import AwayPermission, CheckMoment
from app.models.tables.base import BaseTable, UtcField, VersionedTable
from app.models.tables.people import Person
from app.models.tables.roster import ShiftTemplate


class Attendance(BaseTable):
    """When somebody came to a shift and left it (S4-21)."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    in_at = UtcField()
    out_at = UtcField(null=True)
    note = pw.CharField(max_length=200, default="")
    is_corrected = pw.BooleanField(default=False)
    corrected_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)

    class Meta:
        indexes = ((("on_date", "person"), True),)


class AwayTime(BaseTable):
    """Somebody on duty is away from the desk, with the reason (S4-22)."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    from_at = UtcField()
    planned_until = UtcField(null=True)
    back_at = UtcField(null=True)
    reason = pw.CharField(max_length=200)
    permission = EnumField(AwayPermission, max_length=16, default=AwayPermission.NONE)
    decided_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)

    class Meta:
        indexes = ((("person", "from_at"), False),)


class ShiftCheck(VersionedTable):
    """A point to tick at a shift's start or end, or equipment to look at (S4-19, S4-25)."""

    code = pw.CharField(max_length=32, unique=True)
    moment = EnumField(CheckMoment, max_length=16)
    name = pw.CharField(max_length=200)
    name_alt = pw.CharField(max_length=200, default="")
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class ShiftCheckTick(BaseTable):
    """What was found at a check during one shift."""

    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    shift_check = pw.ForeignKeyField(ShiftCheck, on_delete="RESTRICT", index=False)
    is_good = pw.BooleanField()
    note = pw.CharField(max_length=200, default="")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("on_date", "template", "shift_check"), True),)
