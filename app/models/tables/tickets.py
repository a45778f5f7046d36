"""How tickets are stored: the row is a projection, `TicketEvent` is the truth."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.instants import FAR_FUTURE_MICROS
from app.models.entities.tickets import (
    Channel,
    Confirmation,
    EventKind,
    PrioritySource,
    TicketStatus,
    TicketType,
)
from app.models.tables.base import BaseTable, JsonField, UtcField, VersionedTable
from app.models.tables.catalogue import Category, Service
from app.models.tables.knowledge import Article
from app.models.tables.people import Person, Team
from app.models.tables.settings import ConfigVersion, WaitingReason


class Ticket(VersionedTable):
    """One ticket as its events make it. `is_open`, `due_sort` and the `*_due_at` exist to be indexed."""

    number = pw.IntegerField(unique=True)
    type = EnumField(TicketType, max_length=16)
    status = EnumField(TicketStatus, max_length=16)
    channel = EnumField(Channel, max_length=16)
    subject = pw.CharField(max_length=250)
    description = pw.TextField(default="")
    requester = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    owner = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT", index=False)
    assignee = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    category = pw.ForeignKeyField(Category, null=True, on_delete="RESTRICT", index=False)
    service = pw.ForeignKeyField(Service, null=True, on_delete="RESTRICT", index=False)
    location = pw.CharField(max_length=120, default="")
    impact = pw.IntegerField()
    urgency = pw.IntegerField()
    priority = pw.IntegerField()
    effective_priority = pw.IntegerField(null=True)
    is_major = pw.BooleanField(default=False)
    priority_source = EnumField(PrioritySource, max_length=16, default=PrioritySource.MATRIX)
    received_at = UtcField()
    created_at = UtcField()
    updated_at = UtcField()
    responded_at = UtcField(null=True)
    resolved_at = UtcField(null=True)
    closed_at = UtcField(null=True)
    response_due_at = UtcField(null=True)
    resolution_due_at = UtcField(null=True)
    first_line_due_at = UtcField(null=True)
    response_met = pw.BooleanField(null=True)
    resolution_met = pw.BooleanField(null=True)
    is_open = pw.BooleanField(default=True)
    is_paused = pw.BooleanField(default=False)
    due_sort = pw.BigIntegerField(default=FAR_FUTURE_MICROS)
    clock_started_at = UtcField(null=True)
    wake_at = pw.BigIntegerField(null=True, default=0)
    waiting_reason = pw.ForeignKeyField(WaitingReason, null=True, on_delete="RESTRICT", index=False)
    solution = pw.TextField(default="")
    cause_code = pw.CharField(max_length=32, default="")
    resolution_code = pw.CharField(max_length=32, default="")
    resolved_line = pw.IntegerField(null=True)
    article = pw.ForeignKeyField(Article, null=True, on_delete="RESTRICT", index=False)
    no_article_fits = pw.BooleanField(default=False)
    confirmation = EnumField(Confirmation, max_length=16, null=True)
    is_first_contact = pw.BooleanField(default=False)
    is_proactive = pw.BooleanField(default=False)
    reopened_count = pw.IntegerField(default=0)
    duplicate_of = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", index=False)
    restored_at = UtcField(null=True)
    bearable_until = UtcField(null=True)
    promised_at = UtcField(null=True)
    estimate_minutes = pw.IntegerField(null=True)
    estimate_people = pw.IntegerField(null=True)
    estimate_cost = pw.IntegerField(null=True)
    sla_version = pw.ForeignKeyField(ConfigVersion, null=True, on_delete="RESTRICT", index=False)
    matrix_version = pw.ForeignKeyField(ConfigVersion, null=True, on_delete="RESTRICT", index=False)


def _open_index(*columns: str) -> None:
    """Declare an index over open tickets in list order, so that a filtered page is read straight off it."""
    fields = [getattr(Ticket, name) for name in (*columns, "is_paused", "due_sort", "id")]
    name = "ticket_open_" + ("_".join(columns) if columns else "order")
    Ticket.add_index(Ticket.index(*fields, where=(Ticket.is_open == pw.SQL("true")), name=name))


def _history_index(*columns: str) -> None:
    """Declare an index over all tickets, newest received last."""
    fields = [getattr(Ticket, name) for name in (*columns, "received_at", "id")]
    Ticket.add_index(Ticket.index(*fields, name="ticket_all_" + "_".join((*columns, "received"))))


for _column in ("status", "team", "assignee", "owner", "priority", "category", "type", "service"):
    _open_index(_column)
_open_index()
# The list sorted by the priority as it counts now; an older program's rows have only the priority itself.
Ticket.add_index(
    Ticket.index(
        pw.SQL("COALESCE(effective_priority, priority)"),
        Ticket.is_paused,
        Ticket.due_sort,
        Ticket.id,
        where=(Ticket.is_open == pw.SQL("true")),
        name="ticket_open_priority_now",
    )
)
for _column in ("status", "category", "assignee", "team", "requester"):
    _history_index(_column)
_history_index("category", "status", "assignee")


def _report_index(name: str, *columns: str, is_open: bool = False) -> None:
    """Declare an index that holds all a report counts by, so that the rows themselves are not read."""
    fields = [getattr(Ticket, column) for column in columns]
    where = (Ticket.is_open == pw.SQL("true")) if is_open else None
    Ticket.add_index(Ticket.index(*fields, where=where, name=name))


_report_index(
    "ticket_all_received", "received_at", "id", "type", "priority", "response_met", "response_due_at"
)
_report_index(
    "ticket_resolved", "resolved_at", "id", "type", "priority", "resolution_met", "is_first_contact"
)
_report_index("ticket_open_received", "received_at", "type", "priority", "resolution_due_at", is_open=True)
Ticket.add_index(Ticket.index(Ticket.closed_at, Ticket.id, name="ticket_closed"))
Ticket.add_index(Ticket.index(Ticket.wake_at, where=pw.SQL("wake_at IS NOT NULL"), name="ticket_wake"))


class TicketEvent(BaseTable):
    """One line of a ticket's log; added, never changed. See the entity of the same name."""

    ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT", index=False)
    at = UtcField()
    actor = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    kind = EnumField(EventKind, max_length=16)
    field = pw.CharField(max_length=32, null=True)
    old = pw.TextField(null=True)
    new = pw.TextField(null=True)
    client = pw.CharField(max_length=64, default="")
    batch = pw.CharField(max_length=32, default="")
    detail = JsonField(null=True)

    class Meta:
        indexes = ((("ticket", "id"), False),)


TicketEvent.add_index(TicketEvent.index(TicketEvent.at, TicketEvent.kind, name="ticket_event_at"))


class AttachmentBody(pw.Model):
    """The bytes of a file, stored once per content and read on demand."""

    sha256 = pw.CharField(max_length=64, primary_key=True)
    body = pw.BlobField()

    class Meta:
        legacy_table_names = False


class Attachment(BaseTable):
    """A file of a ticket; the name is for display only and never used as a path."""

    ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
    name = pw.CharField(max_length=200)
    media_type = pw.CharField(max_length=100, default="")
    size = pw.IntegerField()
    content = pw.ForeignKeyField(AttachmentBody, column_name="sha256", on_delete="RESTRICT", index=False)
    added_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    added_at = UtcField()


class TicketLink(BaseTable):
    """A link from one ticket to another; `kind` says which way to read it."""

    ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
    other = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
    kind = pw.CharField(max_length=16)

    class Meta:
        indexes = ((("ticket", "other", "kind"), True),)
