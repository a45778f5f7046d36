"""What a duty supervisor does by keyboard alone: on the sheet, in the book, on the board, on the wall."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.entities.handover import HandoverState, Side
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.clock import FixedClock
from app.services.tickets import commands
from app.views.duty.page import DutyPage
from app.views.handover.page import HandoverPage
from app.views.handover.sign_popup import SignPopup
from app.views.wall.page import WallPage
from tests.support.duty import duty_desk
from tests.support.handovers import BEFORE_CHANGE, PASSWORD, HandoverDesk, handover_desk
from tests.support.pages import page_env
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def open_page(show_page, env):
    """Show a page with the keyboard's attention."""

    def opened(kind, ctx):
        page = show_page(kind(ctx, env))
        page.setFocus()
        return page

    return opened


def press(*keys: str) -> None:
    for key in keys:
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(key.replace("Enter", "Return")))
        QApplication.processEvents()


def typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


# --- the sheet and its book ----------------------------------------------------------------------


@pytest.fixture
def leaders(ctx, make, clock: FixedClock) -> HandoverDesk:
    """Wang Fang hands over to Li Na, with lines under more than one heading."""
    clock.set(BEFORE_CHANGE)
    desk = handover_desk(ctx, make)
    make.ticket(priority=1, subject="Core switch down")
    make.ticket(priority=2, subject="Mail is slow")
    return desk


def section(page: HandoverPage) -> str:
    line = page.presenter.line(page.sheet.lines.key)
    assert line is not None
    return line.section.value


def sign_popup(page: HandoverPage) -> SignPopup:
    found = page.findChild(SignPopup)
    assert found is not None
    return found


def test_ctrl_down_goes_to_the_next_heading_and_ctrl_up_back(open_page, leaders: HandoverDesk) -> None:
    page = open_page(HandoverPage, leaders.incoming)
    first = page.sheet.lines.key

    press("Ctrl+Down")
    there = (page.sheet.lines.key, section(page))
    press("Ctrl+Up")

    assert there[0] != first
    assert page.sheet.lines.key == first
    assert there[1] != section(page)


def test_a_section_is_taken_over_and_the_next_one_reached_with_two_keys(
    open_page, leaders: HandoverDesk
) -> None:
    page = open_page(HandoverPage, leaders.incoming)
    taken = section(page)

    press("Shift+Space", "Ctrl+Down")

    left = {line.section.value for line in page.presenter.handover.open_lines}
    assert taken not in left
    assert section(page) != taken


def test_on_one_pc_the_outgoing_leader_is_chosen_where_the_incoming_one_is_signed_in(
    open_page, leaders: HandoverDesk
) -> None:
    page = open_page(HandoverPage, leaders.incoming)

    press("Alt+O")
    typed(PASSWORD)
    press("Enter")

    assert page.presenter.handover.state is HandoverState.SIGNED_OUT
    assert page.presenter.handover.out.person_id == leaders.wang.id


def test_a_stand_in_begins_with_the_reason_and_enter_asks_for_it(open_page, leaders: HandoverDesk) -> None:
    page = open_page(HandoverPage, leaders.as_(leaders.zhao))

    page.popups.ask_signature(Side.OUT)
    popup = sign_popup(page)
    popup.who.setCurrentIndex(popup.who.findData(leaders.zhao.id))
    popup.secret.setFocus()
    typed(PASSWORD)
    press("Enter")

    assert popup.reason.hasFocus()
    assert page.presenter.handover.out is None


def test_a_signature_that_must_wait_says_why_to_whoever_presses_its_key(
    open_page, leaders: HandoverDesk
) -> None:
    page = open_page(HandoverPage, leaders.incoming)
    said: list[str] = []
    page.action_set.refused.connect(said.append)

    press("Alt+I")

    assert said == ["The outgoing leader signs first."]


def test_the_book_is_searched_and_opened_without_leaving_its_field(
    open_page, leaders: HandoverDesk, env
) -> None:
    leaders.closed()
    open_page(HandoverPage, leaders.outgoing)

    press("Ctrl+2")
    typed("core switch")
    press("Enter", "Enter")

    assert env.shell.opened[-1][1]["report"] == "handover"


@pytest.mark.parametrize(
    ("key", "part"), [("Ctrl+2", "book"), ("Ctrl+3", "opportunities"), ("Ctrl+4", "must_read")]
)
def test_each_part_of_the_page_has_a_key_and_the_sheet_another(
    open_page, leaders: HandoverDesk, key: str, part: str
) -> None:
    page = open_page(HandoverPage, leaders.outgoing)
    page.show_target({"show": part})
    page.show_target({"show": "sheet"})
    page.sheet.lines.setFocus()

    press(key)
    there = page.parts.key
    press("Ctrl+1")

    assert (there, page.parts.key) == (part, "sheet")


def test_the_book_is_proved_by_a_key(open_page, leaders: HandoverDesk, env) -> None:
    leaders.closed()
    open_page(HandoverPage, leaders.outgoing)

    press("Ctrl+Shift+V")

    assert env.shell.said == ["1 handover computed again: it is what was signed."]


def test_a_book_that_was_changed_is_told_by_number(open_page, leaders: HandoverDesk, env) -> None:
    leaders.closed()
    leaders.write(lambda tx: tx.execute("UPDATE handover SET remarks = ?", ("Nothing happened",)))
    open_page(HandoverPage, leaders.outgoing)

    press("Ctrl+Shift+V")

    assert env.shell.said == ["The book is not what was signed. “handover verify” names what differs in: 1"]


# --- the duty board ------------------------------------------------------------------------------


def test_arrows_go_from_check_to_check(open_page, ctx, make) -> None:
    page = open_page(DutyPage, duty_desk(ctx, make).as_li())
    page.findChild(QWidget, "good-PHONES").setFocus()
    first = QApplication.focusWidget().objectName()

    press("Down")
    second = QApplication.focusWidget().objectName()
    press("Space", "Up")

    assert (first, second) == ("good-PHONES", "good-DOORS")
    assert QApplication.focusWidget().objectName() == first
    assert page.checks.note.text() == "1 of 2"


def test_whoever_is_not_on_duty_is_told_so_before_a_reason_is_typed(
    open_page, ctx, make, clock: FixedClock
) -> None:
    desk = duty_desk(ctx, make)
    clock.advance(timedelta(days=2))
    page = open_page(DutyPage, desk.as_wang())
    said: list[str] = []
    page.action_set.refused.connect(said.append)

    press("Alt+A")

    assert said == ["Only who is on duty can be away from the desk."]
    assert page.asking.away_popup is None


# --- the wall ------------------------------------------------------------------------------------


@pytest.fixture
def wall(open_page, ctx, make) -> WallPage:
    """Two tickets of one category, sorted in and held by nobody."""
    desk = duty_desk(ctx, make)
    category = make.category(default_team_id=desk.first)
    for subject in ("VPN drops", "Mail is slow"):
        new = NewTicket(
            TicketType.INCIDENT, Channel.PHONE, subject, category_id=category.id, impact=2, urgency=2
        )
        commands.create_ticket(desk.as_wang(), new)
    page = open_page(WallPage, desk.as_wang())
    assert isinstance(page, WallPage)
    return page


def test_the_room_begins_at_the_card_that_is_chosen_on_the_page(wall: WallPage) -> None:
    press("End")
    chosen = wall.canvas.current

    press("F11")

    assert wall.room is not None
    assert wall.room.canvas.current == chosen
    wall.room.close()


def test_a_assigns_the_chosen_card_and_stands_among_the_keys_of_the_page(wall: WallPage) -> None:
    press("Home", "A")

    assert wall.popup is not None
    assert wall.popup.isVisible()
    assert "A" in [action.shortcut for action in wall.actions_shown]


def test_the_wall_has_one_pane_and_f6_leads_into_it(wall: WallPage) -> None:
    wall.team.setFocus(Qt.FocusReason.OtherFocusReason)

    wall.cycle_panes()

    assert wall.canvas.hasFocus()
