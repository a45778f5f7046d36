"""How leave requests, swaps of shifts and wishes are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.leave import LeaveState, SwapState
from app.models.tables.base import JsonField, UtcField, VersionedTable
from app.models.tables.people import Person
from app.models.tables.roster import ShiftTemplate


class LeaveRequest(VersionedTable):
    """Somebody asks to be away (S4-20). `replaced` holds the cells that approval overwrote."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT")
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    first_date = pw.CharField(max_length=10)
    last_date = pw.CharField(max_length=10)
    reason = pw.TextField()
    state = EnumField(LeaveState, max_length=16)
    substitute = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    asked_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    asked_at = UtcField()
    decided_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    decided_at = UtcField(null=True)
    decision_note = pw.TextField(default="")
    replaced = JsonField(default="[]")

    class Meta:
        indexes = ((("state", "first_date"), False),)


class ShiftSwap(VersionedTable):
    """One shift offered to a colleague, for nothing or for one of theirs (I12)."""

    asker = pw.ForeignKeyField(Person, on_delete="RESTRICT")
    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    other = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    other_date = pw.CharField(max_length=10, default="")
    other_template = pw.ForeignKeyField(ShiftTemplate, null=True, on_delete="RESTRICT", index=False)
    reason = pw.TextField(default="")
    state = EnumField(SwapState, max_length=16)
    asked_at = UtcField()
    expires_at = UtcField()
    answered_at = UtcField(null=True)
    decided_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    decided_at = UtcField(null=True)
    decision_note = pw.TextField(default="")
    replaced = JsonField(default="[]")

    class Meta:
        indexes = ((("state", "on_date"), False),)


class ShiftWish(VersionedTable):
    """What somebody would like on a date: a shift, or (without one) to be off. A wish binds nobody."""

    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, null=True, on_delete="RESTRICT", index=False)
    text = pw.CharField(max_length=200, default="")

    class Meta:
        indexes = ((("on_date", "person"), True),)
