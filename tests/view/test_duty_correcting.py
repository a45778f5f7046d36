"""Correcting a presence and answering a longer time away on the duty board, by keys and in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.models.entities.duty import AwayPermission
from app.services.duty import commands, correcting_commands, queries
from app.views.duty.page import DutyPage
from tests.report.payloads import PAYLOADS
from tests.support.describe import assert_readable, shown_texts
from tests.support.duty import FRIDAY, duty_desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def open_board(show_page, env):
    def open_page(ctx):
        return show_page(DutyPage(ctx, env))

    return open_page


@pytest.fixture
def board(desk, open_board):
    return open_board(desk.as_wang())


def correct(page):
    one = next(one for one in page.presenter.board.people if one.duty.person_name == "Li Na")
    menu = page.menu_of(one)
    next(action for action in menu.actions() if action.text().startswith(("Correct", "更正"))).trigger()
    return page.asking.correct_popup


def attendance(desk):
    found = queries.presence_of_shift(desk.ctx, FRIDAY, desk.day.id)
    return next(one.attendance for one in found if one.person_id == desk.li.id)


def ask_away(desk):
    until = desk.ctx.clock.now() + timedelta(hours=1)
    return commands.go_away(desk.as_li(), reason="dentist", planned_until=until)


# -- corrections ------------------------------------------------------------------------------------------


def test_what_was_forgotten_is_typed_with_keys_alone(desk, board, env):
    popup = correct(board)
    QTest.keyClicks(popup.came, "07:58")
    hint = popup.came_field.hint.text()
    QTest.keyClicks(popup.reason, "Badge left at home")
    QTest.keyClick(popup.reason, Qt.Key.Key_Return, CONTROL)

    found = attendance(desk)
    assert (found.is_corrected, found.corrected_name, found.note) == (True, "Wang Fang", "Badge left at home")
    assert "07:58" in hint
    assert not popup.isVisible()


def test_what_is_known_stands_there_already(desk, open_board):
    commands.check_in(desk.as_li())
    popup = correct(open_board(desk.as_wang()))

    assert (popup.came.text(), popup.left.text()) == ("18:00", "")


@pytest.mark.parametrize(
    ("came", "left", "reason", "waits"),
    [
        ("soon", "", "x", "A time is written as 07:58."),
        ("", "20:00", "x", "Write when they came as well."),
        ("07:58", "", " ", "Write the reason first."),
    ],
)
def test_what_cannot_be_keeps_the_button_waiting(board, came, left, reason, waits):
    popup = correct(board)

    popup.came.setText(came)
    popup.left.setText(left)
    popup.reason.setText(reason)

    assert not popup.act.isEnabled()
    assert waits in popup.act.toolTip()


def test_what_is_refused_is_told_in_the_popup_and_stays_typed(desk, board):
    popup = correct(board)
    popup.came.setText("19:30")
    popup.reason.setText("x")

    popup.confirm()

    assert "still to come" in popup.refusal.text()
    assert (popup.isVisible(), popup.came.text(), attendance(desk)) == (True, "19:30", None)


@pytest.mark.parametrize("text", PAYLOADS[:60:12], ids=range(5))
def test_a_reason_stays_words(desk, board, text):
    popup = correct(board)
    popup.came.setText("07:58")
    popup.reason.setText(text)

    popup.confirm()

    assert attendance(desk).note == popup.reason.text().strip()


def test_the_month_says_who_corrected_and_why_and_leads_to_another_correction(desk, open_board):
    correcting_commands.correct_presence(
        desk.as_wang(),
        person_id=desk.li.id,
        on_date=FRIDAY,
        in_at=desk.ctx.clock.now() - timedelta(hours=10),
        note="Badge left at home",
    )
    page = open_board(desk.as_wang())
    page.asking.show_month()
    month = page.asking.month_popup
    month.people_table.go_to_id(int(desk.li.id))
    said = month.days.cell(0, 2).text

    month.days_table.go_to_id(FRIDAY.toordinal())
    QTest.keyClick(month.days_table, Qt.Key.Key_Return)

    assert said == "corrected by Wang Fang: Badge left at home"
    assert page.asking.correct_popup.came.text() == "08:00"


# -- permission -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "state", "said"),
    [
        (1, AwayPermission.GRANTED, "granted by Wang Fang"),
        (0, AwayPermission.REFUSED, "asked to stay by Wang Fang"),
    ],
)
def test_who_asks_to_be_away_is_answered_above_the_people(desk, open_board, at, state, said):
    ask_away(desk)
    page = open_board(desk.as_wang())
    before = shown_texts(page.people)

    page.asked.shown[0].buttons.itemAt(at).widget().click()

    assert any("permission asked" in text for text in before)
    assert queries.away_people(desk.ctx)[desk.li.id].permission is state
    assert any(said in text for text in shown_texts(page.people))
    assert not page.asked.isVisible()


def test_who_goes_away_for_long_knows_that_the_supervisor_is_asked(desk, open_board):
    page = open_board(desk.as_li())
    page.asking.ask_away()
    popup = page.asking.away_popup
    short = popup.asks.isVisible()

    next(each for each in popup.span.findChildren(QAbstractButton) if each.text() == "60 min").click()

    assert (short, popup.asks.isVisible()) == (False, True)
    assert popup.asks.text() == "Longer than 30 min, or not known: the duty supervisor is asked."


def test_agents_see_that_it_is_asked_but_answer_nothing(desk, open_board):
    ask_away(desk)

    page = open_board(desk.as_li())

    assert page.asked.shown == []
    assert any("permission asked" in text for text in shown_texts(page.people))


def test_the_popup_and_the_question_are_read_in_either_language(desk, open_board, either_language):
    ask_away(desk)
    page = open_board(desk.as_wang())

    popup = correct(page)

    assert_readable(page)
    assert_readable(popup)
