"""For the tests of what one does to a ticket from a list: a call, who leads, and a page to stand on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.models.entities.ids import TicketId
from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import Channel, NewTicket, TicketRow, TicketType
from app.services.base.context import Context
from app.services.setup.first_start import set_up
from app.services.tickets import commands, queries
from tests.support.factories import Made, Make

CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "ERP 503", impact=3, urgency=3)


def new_site(ctx: Context) -> None:
    """Set a site up as the first start does."""
    set_up(ctx, SiteChoices("Test desk", language="en"))


def called(ctx: Context) -> TicketId:
    """Register a call."""
    return TicketId(commands.create_ticket(ctx, CALL).id)


def duty_supervisor(ctx: Context, make: Make) -> Made:
    """Somebody who may lead a shift; the roster of a new site names nobody."""
    with ctx.store.read() as read:
        role_id = read.value("SELECT id FROM role WHERE code = 'duty_supervisor'")
    wang = make.agent(name="Wang Fang")
    make._link("person_role", {"role_id": role_id, "person_id": wang})
    return wang


def standing_page() -> Iterator[QWidget]:
    """Show an empty page for popups to stand on, and delete it afterwards."""
    page = QWidget()
    page.resize(1200, 700)
    page.show()
    yield page
    delete(page)


def row(ctx: Context, ticket_id: TicketId) -> TicketRow | None:
    """Return a ticket as lists show it."""
    return queries.ticket_row(ctx, ticket_id)
