"""What the tests of the form do most: fill it in, and read the ticket it made."""

from __future__ import annotations

from typing import Any

from app.models.entities.tickets import Ticket
from app.services.tickets import queries
from app.views.tickets.new_page import NewTicketPage
from tests.support.new_ticket import Desk


def fill(page: NewTicketPage, caller: Any, desk: Desk, **values: Any) -> None:
    """Fill in all that a ticket needs, and what else the test names."""
    start = {
        "requester": str(caller),
        "subject": "Printer jams",
        "category": str(desk.category.id),
        "cell": [2, 2],
    }
    page.call.form.fill({**start, **values})


def only_ticket(desk: Desk) -> Ticket:
    """Return the one ticket there is, as it is stored."""
    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    assert len(rows) == 1
    return queries.ticket_detail(desk.ctx, rows[0].id).ticket
