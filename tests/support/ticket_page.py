"""A ticket's page under test: the ticket it shows, how it is opened, and what people do on it most."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.models.entities.tickets import Channel, NewTicket, Resolution, Ticket, TicketType
from app.services.base.context import Context
from app.services.tickets import queries
from app.views.base.pages import PageEnv
from app.views.tickets.composer import Composer
from app.views.tickets.ticket_page import TicketPage

CALL = NewTicket(
    TicketType.INCIDENT, Channel.WEB, "ERP login returns 503", "Nobody can sign in.", impact=1, urgency=2
)
SOLVED = Resolution("Restarted the service", "config", "solved", 1, no_article_fits=True)
# What the window leaves for a page on the smallest screen: without rail, top bar and status bar.
SMALLEST = (1280 - 72, 720 - 52 - 30)
USUAL = (1368, 820)


def opened(
    qtbot: QtBot, ctx: Context, env: PageEnv, ticket_id: Any, size: tuple[int, int] = USUAL
) -> TicketPage:
    """Return a page that shows this ticket."""
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.show_target({"id": ticket_id})
    page.refresh()
    return page


def read(ctx: Context, ticket_id: Any) -> Ticket:
    """Return the ticket as it is stored."""
    return queries.ticket_detail(ctx, ticket_id).ticket


def shown_value(page: TicketPage, name: str) -> str:
    """Return what a property shows."""
    return page.view.properties.rows[name].value.text()


def fill_solution(page: TicketPage) -> Composer:
    """Write all that the resolve gate asks for, as somebody does after pressing Solve."""
    composer = page.view.composer
    page.view.header.primary.click()
    composer.text.setPlainText("Restarted the service")
    composer.solution.cause.setCurrentIndex(composer.solution.cause.findData("config"))
    composer.solution.article.none_fits.setChecked(True)
    return composer


def edit_location(page: TicketPage, text: str) -> QLineEdit:
    """Begin to change the location and type."""
    page.view.properties.edit("location")
    editor = page.view.properties.rows["location"].editor
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    return editor
