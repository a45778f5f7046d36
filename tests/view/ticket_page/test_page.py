"""The page of one ticket: what it shows in each state, and its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Move, TicketStatus
from app.services.tickets import commands
from app.views.base.i18n import current
from app.views.tickets.composer_presenter import Mode
from app.views.tickets.ticket_page import TicketPage
from tests.support.describe import assert_readable, shown_texts
from tests.support.pages import page_env
from tests.support.ticket_page import CALL, SMALLEST, SOLVED, opened, read, shown_value


def possible_moves(page):
    return {action.data() for action in page.view.header.moves.actions() if action.data()}


# -- what is shown -----------------------------------------------------------------------------------


def test_the_page_says_what_the_ticket_is_about(page, ctx, ticket):
    header = page.view.header

    assert header.number.text() == "#00001"
    assert header.subject.text() == CALL.subject
    assert header.status.text() == "New"
    assert shown_value(page, "category_id") == "ERP"
    assert shown_value(page, "impact").startswith("1 · ")


def test_a_number_opens_the_ticket_too(qtbot, ctx, env, ticket):
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)

    page.show_target({"number": 1})

    assert page.view.header.subject.text() == CALL.subject


def test_a_number_nobody_has_is_told_with_a_way_back(qtbot, ctx, env):
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)
    page.show()

    page.show_target({"number": 4711})

    assert any("4711" in text for text in shown_texts(page))
    assert "Back" in shown_texts(page)


def test_the_ticket_comes_back_with_the_window(qtbot, ctx, env, page):
    again = TicketPage(ctx, env)
    qtbot.addWidget(again)

    again.restore_state(page.save_state())
    again.refresh()

    assert again.view.header.subject.text() == CALL.subject


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_is_cut_off_on_the_smallest_screen(qtbot, ctx, env, ticket, mode):
    page = opened(qtbot, ctx, env, ticket, SMALLEST)
    page.view.composer.begin(mode)

    hint = page.minimumSizeHint()

    assert hint.width() <= SMALLEST[0]
    assert hint.height() <= SMALLEST[1]
    assert_readable(page)


@pytest.fixture
def chinese(bus, tmp_path):
    current.use("zh_CN")
    yield page_env(bus, tmp_path, language="zh_CN")
    current.use("en")


def test_nothing_is_cut_off_in_chinese_either(qtbot, ctx, chinese, ticket):
    page = opened(qtbot, ctx, chinese, ticket, SMALLEST)
    page.view.composer.begin(Mode.SOLUTION)

    assert page.view.composer.text.accessibleName() == "解决方案"
    assert page.minimumSizeHint().width() <= SMALLEST[0]
    assert_readable(page)


class WindowWatch(QObject):
    """Hears which widgets are shown as windows of their own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_no_part_of_the_page_flashes_up_as_a_window_of_its_own(qtbot, qapp, ctx, env, ticket):
    watch = WindowWatch()
    qapp.installEventFilter(watch)

    page = opened(qtbot, ctx, env, ticket)

    qapp.removeEventFilter(watch)
    assert watch.shown == [page]


def test_an_open_ticket_offers_exactly_the_moves_of_its_state(page):
    assert possible_moves(page) == {
        Move.ASSIGN, Move.START, Move.WAIT, Move.RESOLVE, Move.CANCEL, Move.OUT_OF_SCOPE, Move.DUPLICATE
    }  # fmt: skip


def test_a_resolved_ticket_asks_for_the_confirmation(page, ctx, ticket):
    commands.resolve(ctx, ticket, SOLVED, version=1)

    page.refresh()

    assert page.view.header.primary.text() == "Confirm and close"
    assert possible_moves(page) == {Move.CLOSE, Move.REFUSE}


def test_who_may_only_read_is_offered_nothing_that_changes(qtbot, ctx, env, ticket):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"tickets.read", "knowledge.read"})))

    page = opened(qtbot, reader, env, ticket)

    assert possible_moves(page) == set()
    assert not page.view.header.primary.isVisible()
    assert not page.view.header.assign.isVisible()
    assert not page.view.composer.isVisible()
    assert not page.view.properties.rows["category_id"].value.focusPolicy() & Qt.FocusPolicy.TabFocus


# -- promised times ----------------------------------------------------------------------------------


def test_the_clocks_say_what_was_promised_and_how_it_stands(page, ctx, clock):
    clock.advance(timedelta(hours=5))

    page.refresh()

    texts = " ".join(shown_texts(page.view.clocks))
    assert "over" in texts
    assert "24 x 7" in texts


def test_a_clock_explains_itself_by_keyboard(page, ctx, clock):
    clock.advance(timedelta(minutes=30))
    page.refresh()

    QTest.keyClick(page.view.clocks.resolution, Qt.Key.Key_Return)

    popup = page.popups.why
    assert popup.isVisible()
    assert any("30 min counted" in text for text in popup.texts)
    assert "promised to P" in popup.summary.text()


def test_a_pause_shows_as_a_stretch_with_its_reason(page, ctx, make, ticket, clock):
    reason = make.waiting_reason(name="Spare part")
    commands.set_waiting(ctx, ticket, version=1, reason_id=reason.id)
    clock.advance(timedelta(minutes=40))
    page.presenter.forget_terms()  # what an event does when the set-up changes
    page.refresh()

    page.view.clocks.why_asked.emit(ClockKind.RESOLUTION)

    assert "paused: Spare part" in page.popups.why.texts
    assert page.view.clocks.first_line.pause.text() == "Resume"


def test_resume_lets_the_clocks_run_again(page, ctx, make, ticket):
    commands.set_waiting(ctx, ticket, version=1, reason_id=make.waiting_reason().id)
    page.refresh()

    page.view.clocks.first_line.pause.click()

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS


def test_a_clock_says_what_it_would_do_and_the_keyboard_chooses(page, ctx, ticket):
    QTest.keyClick(page.view.clocks.resolution, Qt.Key.Key_Return)
    row = page.popups.why.what_if

    row.choice.setFocus()
    said = {}
    for _ in range(row.choice.count()):
        said[row.choice.currentText()] = row.answer.text()
        QTest.keyClick(row.choice, Qt.Key.Key_Down)

    assert "instead of" in said["its priority is P3"]
    assert said["it waits: Waiting for the user's answer"].startswith("It would stand still with")
    assert said["it waits: Visit booked with the user"].startswith("Nothing changes")
    assert read(ctx, ticket).version == 1
