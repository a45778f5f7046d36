"""What agents do all day in the real window, one deed each: the watchdog and the bench watch them done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt

from app.models.entities.reports import ReportId
from app.services.demo.planning import SHOWN_NUMBER
from app.views.base.pages import Page
from app.views.reports.page import ReportsPage
from app.views.roster.page import RosterPage
from app.views.shell.call import choose_cell
from app.views.shell.keys import press, type_into
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace
from app.views.tickets.composer_presenter import Mode
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.new_page import NewTicketPage
from app.views.tickets.ticket_page import TicketPage

P = TypeVar("P", bound=Page)
Deed = Callable[[Stage, Workspace], None]
_STEPS = 20


def type_a_new_ticket(stage: Stage, work: Workspace) -> None:
    """Type caller, subject and description; the helpers look things up meanwhile. Nothing is saved."""
    page = _open(work, "new_ticket", NewTicketPage)
    stage.wait_until(lambda: page.presenter.choices is not None, "the form is ready")
    for field, text in (
        (page.view.caller.search, "zhao"),
        (page.view.fields.subject, "VPN connects, but no drive opens"),
        (page.view.fields.category, "vpn"),
    ):
        for letter in text:
            type_into(field, letter)
            stage.settle(5)
    choose_cell(page.view.fields.promise.grid, (2, 2))
    stage.settle(900)
    page.cancel()
    stage.settle(100)


def move_in_the_list(stage: Stage, work: Workspace) -> None:
    """Go down through all tickets line by line, then page by page; the pane follows."""
    work.open("tickets", {"query": ""})
    page = _shown(work, TicketsPage)
    table = page.list.table
    stage.wait_until(lambda: page.list.model is not None and page.list.model.rowCount() > 0, "rows")
    for key in (*[Qt.Key.Key_Down] * _STEPS, *[Qt.Key.Key_PageDown] * 4, Qt.Key.Key_End, Qt.Key.Key_Home):
        press(table, key)
        stage.settle(10)
    stage.settle(300)


def open_tickets(stage: Stage, work: Workspace) -> None:
    """Open one ticket, then others."""
    for number in (SHOWN_NUMBER, SHOWN_NUMBER - 3, SHOWN_NUMBER - 5, SHOWN_NUMBER):
        work.open("ticket", {"number": number})
        stage.settle(200)


def save_a_note(stage: Stage, work: Workspace) -> None:
    """Write an internal note and save it."""
    work.open("ticket", {"number": SHOWN_NUMBER})
    page = _shown(work, TicketPage)
    stage.wait_until(lambda: page.presenter.state is not None, "the ticket is shown")
    composer = page.view.composer
    composer.begin(Mode.NOTE)
    for letter in "Called back":
        type_into(composer.text, letter)
        stage.settle(5)
    composer.send.click()
    stage.wait_until(lambda: not composer.text.toPlainText(), "the note is saved")
    stage.settle(300)


def paint_the_roster(stage: Stage, work: Workspace) -> None:
    """Paint some cells by key, and take them back."""
    page = _open(work, "roster", RosterPage)
    stage.wait_until(lambda: page.presenter.board is not None, "the month is shown")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_D, Qt.Key.Key_Delete):
        press(page.grid, key)
        stage.settle(120)


def switch_reports(stage: Stage, work: Workspace) -> None:
    """Ask for one report after the other."""
    page = _open(work, "reports", ReportsPage)
    stage.wait_until(lambda: page.presenter.paper is not None, "the report is built")
    for report in (ReportId.ROSTER, ReportId.SHIFT):
        before = page.presenter.paper
        page.presenter.ask(report=report)
        stage.wait_until(lambda before=before: page.presenter.paper not in (None, before), "another report")
        stage.settle(300)  # its pages are drawn small


DEEDS: dict[str, Deed] = {
    "typing a new ticket": type_a_new_ticket,
    "moving in the list": move_in_the_list,
    "opening tickets": open_tickets,
    "saving a note": save_a_note,
    "painting the roster": paint_the_roster,
    "switching reports": switch_reports,
}


def _open(work: Workspace, name: str, kind: type[P]) -> P:
    work.open(name)
    return _shown(work, kind)


def _shown(work: Workspace, kind: type[P]) -> P:
    page = work.stack.page
    assert isinstance(page, kind)
    return page
