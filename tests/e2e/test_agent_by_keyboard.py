"""An agent with a caller on the phone, at the keyboard alone: from the ring to the closed ticket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.models.entities.ids import TicketId
from app.models.entities.tickets import OPEN_STATUSES, Ticket, TicketStatus
from app.services.base.clock import FixedClock
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.tickets import queries
from app.views.base.i18n import current
from app.views.shell import unattended
from app.views.shell.stage import Stage
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.new_page import NewTicketPage
from app.views.tickets.ticket_page import TicketPage
from tests.support.dialogs import FakeDialogs
from tests.support.keyboard import Keyboard

SUBJECT = "VPN drops"
# At three keys a second a call is written down within the 20 seconds it may take; these are its keys.
MOST_TO_SOLVE, MOST_TO_HAND_OVER, MOST_TO_WORK = 60, 30, 40


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> FakeDialogs:
    """Every dialog the window would have opened."""
    asked = FakeDialogs()
    monkeypatch.setattr(unattended, "NoDialogs", lambda _window: asked)
    return asked


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, dialogs: FakeDialogs) -> Iterator[Stage]:
    """The window on a demo site, signed in as an agent of the first line."""
    kind = Kind(is_offscreen=True, is_immediate=False, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), tmp_path / "settings.json", tmp_path / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{(tmp_path / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=120)
        stage.enter()
        stage.program.window.activateWindow()
        yield stage
    current.use("en")


@pytest.fixture
def keys(stage: Stage) -> Keyboard:
    return Keyboard(stage)


def newest(stage: Stage) -> Ticket:
    """Return the ticket with the highest number."""
    with stage.ctx.store.read() as read:
        row = read.one("SELECT id FROM ticket ORDER BY number DESC LIMIT 1")
    assert row is not None
    return queries.ticket_detail(stage.ctx, TicketId(row[0])).ticket


def begin_call(keys: Keyboard) -> None:
    """Answer: who calls, what it is about, which kind of thing, how bad it is."""
    keys.begin()
    keys.press("Ctrl+N")
    page = keys.work.stack.page
    assert isinstance(page, NewTicketPage)
    keys.type("slh")
    keys.press("Enter")
    keys.wait(lambda: page.call.values.requester != "", "the caller is known")
    keys.type(SUBJECT)
    keys.wait(lambda: page.presenter.choices is not None, "the lists have come")
    keys.press("Enter")
    keys.type("vpn")
    keys.press("Enter")
    keys.wait(lambda: page.call.values.category is not None, "the category is taken")
    keys.press("Alt+M", "Down", "Right", "Enter")
    keys.wait(lambda: page.view.fields.promise.panel.due_text != "", "the promise is shown")


def test_a_call_solved_at_once_takes_few_keys_and_no_dialog(
    stage: Stage, keys: Keyboard, dialogs: FakeDialogs
) -> None:
    begin_call(keys)
    keys.press("Ctrl+Shift+Enter")
    keys.type("New profile")
    keys.press("Tab")
    keys.type("con")
    keys.press("Enter", "Tab", "Tab", "Space", "Ctrl+Shift+Enter")

    keys.wait(lambda: newest(stage).subject == SUBJECT, "the ticket is saved")
    ticket = newest(stage)
    assert ticket.status is TicketStatus.CLOSED
    assert ticket.solution == "New profile"
    assert keys.count <= MOST_TO_SOLVE
    assert (dialogs.titles, dialogs.questions, keys.open_popups) == ([], [], [])


def test_a_call_for_the_second_line_takes_few_keys_and_no_dialog(
    stage: Stage, keys: Keyboard, dialogs: FakeDialogs
) -> None:
    begin_call(keys)
    keys.press("Ctrl+Shift+2")

    keys.wait(lambda: newest(stage).subject == SUBJECT, "the ticket is saved")
    ticket = newest(stage)
    assert ticket.status is TicketStatus.ASSIGNED
    assert ticket.assignee_id is None
    assert keys.count <= MOST_TO_HAND_OVER
    assert (dialogs.titles, dialogs.questions, keys.open_popups) == ([], [], [])


def test_a_ticket_of_the_list_is_worked_on_to_its_end(
    stage: Stage, keys: Keyboard, dialogs: FakeDialogs
) -> None:
    keys.press("Alt+2")
    listed = keys.work.stack.page
    assert isinstance(listed, TicketsPage)
    keys.wait(lambda: listed.list.table.current_id is not None, "the list has come")
    keys.press("J", "Enter")
    keys.wait(lambda: isinstance(keys.work.stack.page, TicketPage), "the page of the ticket")
    page = keys.work.stack.page
    assert isinstance(page, TicketPage)
    keys.wait(lambda: page.presenter.state is not None, "the ticket is open")

    def status() -> TicketStatus:
        state = page.presenter.state
        assert state is not None
        return state.ticket.status

    keys.press("W")
    keys.wait_for_popup("wait_popup")
    keys.press("Down", "Enter")
    keys.wait(lambda: status() is TicketStatus.WAITING, "the ticket waits")
    keys.press("G")
    keys.wait(lambda: status() is TicketStatus.IN_PROGRESS, "work goes on")
    keys.press("E")
    keys.type("New profile")
    keys.press("Tab")
    keys.type("w")
    keys.press("Tab", "Tab", "Tab", "Space", "Ctrl+Enter")
    keys.wait(lambda: status() is TicketStatus.RESOLVED, "the ticket is resolved")
    keys.press("C")
    keys.wait_for_popup("confirm_popup")
    keys.press("Ctrl+Enter")
    keys.wait(lambda: status() is TicketStatus.CLOSED, "the ticket is closed")
    dialogs.text = "It is back"
    keys.press("O")
    keys.wait(lambda: status() in OPEN_STATUSES, "the ticket is open again")
    assert len(dialogs.titles) == 1  # only the reason to reopen is asked
    assert keys.count <= MOST_TO_WORK
