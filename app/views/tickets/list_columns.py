"""The columns of the ticket list, and by which order each can be sorted."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.tickets import TicketRow
from app.services.tickets.listing import TicketOrder
from app.views.base.columns import CellKind, Column, check_column
from app.views.base.i18n import N_, LazyText
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.rows import TicketCells

ORDERS: Mapping[str, TicketOrder] = {
    "number": TicketOrder.NUMBER,
    "priority": TicketOrder.PRIORITY,
    "subject": TicketOrder.SUBJECT,
    "status": TicketOrder.STATUS,
    "time_left": TicketOrder.TIME_LEFT,
    "received": TicketOrder.RECEIVED,
    "updated": TicketOrder.UPDATED,
    "resolved": TicketOrder.RESOLVED,
}
"""Which order a click on a column's title asks for."""

ORDER_NAMES: Mapping[TicketOrder, LazyText] = {
    TicketOrder.TIME_LEFT: N_("time left"),
    TicketOrder.RECEIVED: N_("received"),
    TicketOrder.UPDATED: N_("updated"),
    TicketOrder.NUMBER: N_("number"),
    TicketOrder.PRIORITY: N_("priority"),
    TicketOrder.STATUS: N_("status"),
    TicketOrder.SUBJECT: N_("subject"),
    TicketOrder.RESOLVED: N_("resolved"),
    TicketOrder.NEWEST: N_("newest first"),
}


def column_of(order: TicketOrder) -> str:
    """Return the key of the column an order belongs to, "" for none."""
    return next((key for key, each in ORDERS.items() if each is order), "")


def ticket_columns(cells: TicketCells, names: DeskNames) -> tuple[Column[TicketRow], ...]:
    """Return the columns: those of the usual list first, then those a person may add."""
    return (check_column(), *_usual(cells), *_further(cells, names))


def _usual(cells: TicketCells) -> tuple[Column[TicketRow], ...]:
    return (
        Column("number", N_("No."), cells.number, width=60),
        Column(
            "priority",
            N_("Prio."),
            cells.priority,
            CellKind.PRIORITY,
            width=58,
            look=cells.priority_look,
            hint=cells.priority_hint,
        ),
        Column(
            "subject",
            N_("Subject"),
            lambda row: row.subject,
            look=cells.subject_look,
            hint=cells.subject_hint,
            is_stretched=True,
            least_width=220,
        ),
        Column("requester", N_("Requester"), lambda row: row.requester_name, width=108, is_sortable=False),
        Column("status", N_("Status"), cells.status, CellKind.STATUS, width=112, look=cells.status_look),
        Column(
            "time_left",
            N_("Time left"),
            cells.time_left,
            CellKind.TIME_LEFT,
            width=150,
            look=cells.time_look,
            hint=cells.time_hint,
        ),
    )


def _further(cells: TicketCells, names: DeskNames) -> tuple[Column[TicketRow], ...]:
    plain, dates = CellKind.TEXT, CellKind.DATE
    return (
        Column(
            "assignee",
            N_("Assignee"),
            lambda row: row.assignee_name,
            CellKind.PERSON,
            width=132,
            is_sortable=False,
            is_hidden=True,
        ),
        Column(
            "team",
            N_("Team"),
            lambda row: names.team(row.team_id),
            plain,
            width=116,
            is_sortable=False,
            is_hidden=True,
        ),
        Column(
            "category",
            N_("Category"),
            lambda row: names.category(row.category_id),
            plain,
            width=140,
            is_sortable=False,
            is_hidden=True,
        ),
        Column("type", N_("Type"), cells.kind, plain, width=110, is_sortable=False, is_hidden=True),
        Column("channel", N_("Channel"), cells.channel, plain, width=96, is_sortable=False, is_hidden=True),
        Column(
            "first_line",
            N_("First-line box"),
            lambda row: cells.first_line(row, names.line(row.team_id)),
            plain,
            width=116,
            is_sortable=False,
            is_hidden=True,
        ),
        Column("received", N_("Received"), cells.received, dates, width=110, is_hidden=True),
        Column("updated", N_("Updated"), cells.updated, dates, width=110, is_hidden=True),
        Column("resolved", N_("Resolved"), cells.resolved, dates, width=110, is_hidden=True),
    )
