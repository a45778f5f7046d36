"""How handovers of shifts are stored: lines while it is prepared, one frozen record once both have signed."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.handover import HandoverState, LineState
from app.models.tables.base import BaseTable, JsonField, UtcField, VersionedTable
from app.models.tables.people import Person
from app.models.tables.roster import ShiftTemplate
from app.models.tables.tickets import AttachmentBody


class Handover(VersionedTable):
    """The handover at the end of one shift. `record`, its hash and the paper are written once (I3).

    `previous_sha256` chains the book: a record taken out or changed breaks the one behind it. `number` is the
    place in the book, without gaps, given when it is closed.
    """

    on_date = pw.CharField(max_length=10)
    template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
    state = EnumField(HandoverState, max_length=16)
    opened_at = UtcField()
    opened_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    remarks = pw.TextField(default="")
    out_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    out_at = UtcField(null=True)
    in_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    in_at = UtcField(null=True)
    out_reason = pw.TextField(default="")
    in_reason = pw.TextField(default="")
    number = pw.IntegerField(null=True, unique=True)
    record = JsonField(null=True)
    sha256 = pw.CharField(max_length=64, default="")
    previous_sha256 = pw.CharField(max_length=64, default="")
    paper = pw.ForeignKeyField(
        AttachmentBody, column_name="paper_sha256", null=True, on_delete="RESTRICT", index=False
    )

    class Meta:
        indexes = ((("on_date", "template"), True),)


class HandoverLine(VersionedTable):
    """One thing to hand over. `reference`, a ticket's or a check's id, is the only one in its section."""

    handover = pw.ForeignKeyField(Handover, on_delete="CASCADE", index=False)
    section = pw.CharField(max_length=24)
    reference = pw.CharField(max_length=40)
    position = pw.IntegerField(default=0)
    body = JsonField(default="{}")
    note = pw.TextField(default="")
    state = EnumField(LineState, max_length=16, default=LineState.OPEN)
    question = pw.TextField(default="")
    answer = pw.TextField(default="")
    ticked_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    ticked_at = UtcField(null=True)

    class Meta:
        indexes = ((("handover", "section", "reference"), True),)


class SigningPin(pw.Model):
    """A short number with which a member of staff signs instead of typing the password."""

    person = pw.ForeignKeyField(Person, primary_key=True, on_delete="RESTRICT")
    pin_hash = pw.TextField()
    failed_count = pw.IntegerField(default=0)
    locked_until = UtcField(null=True)
    changed_at = UtcField()

    class Meta:
        legacy_table_names = False


class Opportunity(VersionedTable):
    """A need or an opening that somebody at the desk heard of, and to whom it was passed on (S1-27)."""

    text = pw.TextField()
    requester = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    ticket_id = pw.IntegerField(null=True)
    state = pw.CharField(max_length=16)
    noted_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    noted_at = UtcField(index=True)
    forwarded_to = pw.CharField(max_length=120, default="")
    forwarded_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    forwarded_at = UtcField(null=True)
    outcome = pw.TextField(default="")


class Acknowledgement(BaseTable):
    """Somebody has read a revision of an article that all must know (S1-32)."""

    article_id = pw.IntegerField()
    revision = pw.IntegerField()
    person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("article_id", "revision", "person"), True),)
