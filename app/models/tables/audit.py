"""How the record of reading and taking out is stored. Rows are only ever added."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.audit import AccessKind, AccessSubject
from app.models.tables.base import BaseTable, JsonField, UtcField
from app.models.tables.people import Person


class AccessRecord(BaseTable):
    """Who did what with which thing. `about` holds plain values: the filter, the file's name, the field."""

    at = UtcField(index=True)
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    pc = pw.CharField(max_length=120, default="")
    kind = EnumField(AccessKind, max_length=16)
    subject = EnumField(AccessSubject, max_length=32)
    reference = pw.CharField(max_length=64, default="")
    about = JsonField(default="{}")
    row_count = pw.IntegerField(null=True)

    class Meta:
        indexes = ((("person", "at"), False), (("subject", "reference"), False))
