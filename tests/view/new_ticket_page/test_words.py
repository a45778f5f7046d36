"""The matrix in words, until when the user can wait, and what is said before there is a number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.priority import Level
from app.models.entities.settings import ScriptDetails, Situation
from app.services.settings.commands import add_script
from app.views.tickets.form_questions import answer_of
from app.views.tickets.form_values import Ending
from tests.support.describe import clipped_texts
from tests.support.new_ticket import press, type_into
from tests.view.new_ticket_page.form import fill, only_ticket

HOUR = timedelta(hours=1)


@pytest.fixture
def promise(page):
    return page.view.fields.promise


def asks(promise):
    """What the questions say now; "" while the promise is shown instead."""
    return promise.questions.question.text() if promise.questions.isVisible() else ""


def answers(promise):
    return [line.accessibleName() for line in promise.questions.lines]


def digit(promise, number):
    QTest.keyClick(promise.grid, str(number))


# -- the matrix in words -------------------------------------------------------------------------------


def test_an_empty_form_asks_who_cannot_work(promise):
    assert asks(promise) == "Who cannot work?"
    assert answers(promise)[0] == "1: Level 1"


def test_an_answer_is_the_guidance_of_its_level_in_the_readers_language():
    level = Level(1, "Whole company", "全公司", "The company stands still", "全公司停摆")
    bare = Level(2, "One person", "一个人")

    assert (answer_of(level), answer_of(bare)) == ("The company stands still", "One person")


def test_the_second_question_tells_the_priority_each_answer_leads_to(promise):
    promise.grid.setFocus()

    digit(promise, 2)

    assert asks(promise) == "Until when can they wait?"
    assert [name[-2:] for name in answers(promise)] == ["P1", "P2", "P3"]
    assert promise.grid.cell == (2, 1)
    assert promise.cell is None


def test_two_digits_choose_the_cell_and_show_what_is_promised(page, promise):
    promise.grid.setFocus()

    digit(promise, 2)
    digit(promise, 2)

    assert page.call.values.cell == (2, 2)
    assert asks(promise) == ""
    assert promise.panel.name.text() == "P2 High"
    assert promise.panel.due_text


def test_digits_answer_anew_where_a_cell_is_chosen_already(desk, page, caller, promise):
    fill(page, caller, desk)
    promise.grid.setFocus()

    digit(promise, 1)
    digit(promise, 3)

    assert page.call.values.cell == (1, 3)


def test_esc_half_way_leaves_what_was_chosen(desk, page, caller, promise):
    fill(page, caller, desk)
    promise.grid.setFocus()
    digit(promise, 4)

    press(promise.grid, Qt.Key.Key_Escape)

    assert page.call.values.cell == (2, 2)
    assert promise.grid.cell == (2, 2)
    assert asks(promise) == ""


def test_a_digit_that_is_no_answer_is_passed_over(promise):
    promise.grid.setFocus()

    digit(promise, 9)

    assert asks(promise) == "Who cannot work?"


def test_the_questions_are_asked_again_by_their_button_and_by_click(desk, page, caller, promise):
    fill(page, caller, desk)
    promise.panel.in_words.click()

    promise.questions.lines[3].click()
    promise.questions.lines[2].click()

    assert page.call.values.cell == (4, 3)


# -- until when they can wait --------------------------------------------------------------------------


def test_it_is_typed_beside_urgency_and_saved_with_the_ticket(desk, page, caller, promise):
    fill(page, caller, desk)
    promise.bearable.line.setFocus()
    type_into(promise.bearable.line, "2 h")

    page.save(Ending.CREATE)

    assert only_ticket(desk).bearable_until == desk.ctx.clock.now() + 2 * HOUR


def test_a_promise_later_than_that_is_told_quietly(desk, page, caller, promise):
    fill(page, caller, desk)

    type_into(promise.bearable.line, "30 min")

    assert promise.bearable.message.text().startswith("The user can wait until ")


def test_a_promise_before_that_is_no_matter(desk, page, caller, promise):
    fill(page, caller, desk)

    type_into(promise.bearable.line, "3 d")

    assert promise.bearable.message.isHidden()


def test_leaving_a_text_that_is_no_time_brings_the_old_one_back_and_says_why(desk, page, caller, promise):
    fill(page, caller, desk)
    line = promise.bearable.line
    line.setFocus()
    type_into(line, "2 h")
    line.selectAll()
    type_into(line, "soon")

    page.view.fields.subject.setFocus()

    assert line.value == desk.ctx.clock.now() + 2 * HOUR
    assert "“soon” is no time." in promise.bearable.message.text()


def test_no_ticket_is_saved_over_a_text_that_is_no_time(desk, page, caller, promise):
    fill(page, caller, desk)
    promise.bearable.line.setFocus()
    type_into(promise.bearable.line, "soon")

    page.save(Ending.CREATE)

    assert page.call.missing(Ending.CREATE) == ("bearable",)
    assert "Write it like 16:00" in promise.bearable.message.text()


def test_a_draft_keeps_what_was_typed_even_where_it_is_no_time(desk, page, caller, promise):
    fill(page, caller, desk)
    type_into(promise.bearable.line, "soon")
    kept = page.call.form.changed_values

    page.call.form.reset()
    page.call.form.fill(kept)

    assert promise.bearable.line.text() == "soon"


# -- what is said --------------------------------------------------------------------------------------


def test_without_a_number_nobody_says_your_ticket_is_number(desk, page, caller):
    body = "Your ticket is number {{ number }}. We will have it solved by {{ due }}."
    add_script(desk.ctx, ScriptDetails("p", Situation.PROMISE, "Promise", body=body))
    page.refresh()
    fill(page, caller, desk)

    said = page.view.helpers.script.words.text()

    assert said.startswith("We will have it solved by ")


# -- readable ------------------------------------------------------------------------------------------


def test_the_questions_fit_the_smallest_window(page, promise):
    page.resize(1208, 638)
    promise.grid.setFocus()
    digit(promise, 2)

    assert clipped_texts(page.view.fields) == []
    assert QApplication.focusWidget() is promise.grid
