"""Wishing at the painter's cells: by key, for one's own row or anybody's, seen in the cell and read out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.models.entities.ids import PersonId
from app.services.base.context import Actor
from app.services.leave import commands as leave_commands
from app.services.roster import plan_queries
from app.services.roster.commands import publish_month
from app.views.base.undo import UndoStack
from app.views.roster.grid_layout import Spot, Zone
from app.views.roster.grid_tips import tip_of
from app.views.roster.stretch import RosterView, Stretch
from tests.report.payloads import PAYLOADS
from tests.support.changing_places import MONDAY, places
from tests.support.describe import assert_readable
from tests.support.roster import page_opener

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def open_page(qtbot, env):
    opener = page_opener(qtbot, env)

    def open_it(ctx):
        page = opener(ctx)
        page.presenter.show_stretch(Stretch(RosterView.WEEK, MONDAY))
        return page

    return open_it


def wished(desk):
    return {
        (one.person_id, one.on_date): (one.template_id, one.text)
        for one in plan_queries.wishes(desk.as_(desk.chen), MONDAY, SUNDAY)
    }


def ask(qtbot, page, key, right=0):
    page.grid.go_to(key)
    for _time in range(right):
        qtbot.keyClick(page.grid, Qt.Key.Key_Right, SHIFT)
    page.of_cells.run("roster.wish")
    return page.wishes.popup


def test_two_days_of_ones_own_are_wished_free_with_keys_alone(qtbot, desk, open_page, env):
    page = open_page(desk.as_(desk.wang))

    popup = ask(qtbot, page, (desk.wang.id, MONDAY), right=1)
    qtbot.keyClicks(popup.text, "Exam")
    qtbot.keyClick(popup.text, Qt.Key.Key_Return)

    assert wished(desk) == {(desk.wang.id, on): (None, "Exam") for on in (MONDAY, TUESDAY)}
    assert page.wishes.popup is None
    assert page.grid.hasFocus()
    assert "wishes: off (Exam), not as planned" in page.presenter.words.cell(
        page.presenter.board, (desk.wang.id, MONDAY)
    )


def test_a_colleagues_day_is_wished_for_only_by_who_plans(qtbot, desk, open_page, env):
    page = open_page(desk.as_(desk.wang))
    refused = ask(qtbot, page, (desk.li.id, MONDAY))
    said = env.shell.said[-1]

    planning = open_page(desk.as_(desk.chen))
    popup = ask(qtbot, planning, (desk.li.id, MONDAY))
    popup.wish.setCurrentIndex(popup.wish.findData(desk.night.id))
    popup.act.click()

    assert (refused, "your own row" in str(said)) == (None, True)
    assert wished(desk) == {(desk.li.id, MONDAY): (desk.night.id, "")}


def test_a_wish_is_changed_and_taken_back_where_it_was_noted(qtbot, desk, open_page):
    page = open_page(desk.as_(desk.wang))
    ask(qtbot, page, (desk.wang.id, MONDAY)).act.click()

    popup = ask(qtbot, page, (desk.wang.id, MONDAY))
    chosen = popup.wish.currentData()
    qtbot.keyClick(popup.wish, Qt.Key.Key_Backspace, ALT)

    assert (chosen, wished(desk)) == (None, {})


def test_wishes_are_taken_back_without_asking_and_that_is_undone(qtbot, desk, open_page, env):
    undo = UndoStack(env.tasks)
    page = open_page(desk.as_(desk.wang))
    ask(qtbot, page, (desk.wang.id, MONDAY)).act.click()

    page.of_cells.run("roster.unwish")
    after = wished(desk)
    undo.push(env.shell.outcomes[-1])
    undo.undo()

    assert (after, wished(desk)) == ({}, {(desk.wang.id, MONDAY): (None, "")})


def test_a_closed_month_is_told_in_the_popup_and_what_was_typed_stays(qtbot, desk, open_page):
    publish_month(desk.as_(desk.chen), "2026-11", anyway=True)
    page = open_page(desk.as_(desk.wang))

    popup = ask(qtbot, page, (desk.wang.id, MONDAY))
    qtbot.keyClicks(popup.text, "Exam")
    popup.act.click()

    assert popup.refusal.text().startswith("The roster of 2026-11 is published: its wishes are closed.")
    assert (popup.isVisible(), popup.text.text(), wished(desk)) == (True, "Exam", {})


def test_a_wish_against_the_plan_looks_otherwise_than_one_that_is_kept(qtbot, desk, open_page):
    page = open_page(desk.as_(desk.chen))
    thursday = MONDAY + timedelta(days=3)
    popup = ask(qtbot, page, (desk.wang.id, MONDAY))
    popup.wish.setCurrentIndex(popup.wish.findData(desk.day.id))
    popup.act.click()
    popup = ask(qtbot, page, (desk.li.id, thursday))
    popup.wish.setCurrentIndex(popup.wish.findData(desk.night.id))
    popup.act.click()

    board = page.presenter.board
    kept = [board.is_kept(board.wishes[key]) for key in board.wishes]

    assert kept == [True, False]


def test_leave_that_is_asked_for_is_hatched_and_told_where_nothing_is_decided(desk, open_page):
    leave_commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))
    board, words = page.presenter.board, page.presenter.words
    row, column = board.place_of((desk.wang.id, TUESDAY))

    tip = tip_of(Spot(Zone.CELL, row, column), board, words)
    page.grid.go_to((desk.chen.id, MONDAY))
    shown = page.grid.viewport().grab().toImage().copy(page.grid.cell_rect((desk.wang.id, TUESDAY)))
    page.grid.show_board(
        type(board)(replace(page.presenter._told, plan=replace(board.plan, asked_leaves=()), checks=None))
    )
    plain = page.grid.viewport().grab().toImage().copy(page.grid.cell_rect((desk.wang.id, TUESDAY)))

    assert tip == "leave asked for, not decided: Leave"
    assert shown != plain


@pytest.mark.parametrize("payload", PAYLOADS[:6], ids=range(6))
def test_words_beside_a_wish_stay_words(qtbot, desk, open_page, payload):
    page = open_page(desk.as_(desk.wang))
    popup = ask(qtbot, page, (desk.wang.id, MONDAY))
    popup.text.setText(payload)

    popup.act.click()

    assert wished(desk)[desk.wang.id, MONDAY][1] == payload.strip()[:200]


def test_the_popup_is_read_in_either_language(qtbot, desk, open_page, either_language):
    page = open_page(desk.as_(desk.wang))

    popup = ask(qtbot, page, (desk.wang.id, MONDAY), right=2)

    assert_readable(popup)


def test_nobody_signed_in_wishes_for_nothing(desk, open_page):
    console = desk.ctx.acting_as(Actor(None, "", frozenset({"roster.read", "roster.ask"}), "pc"))
    page = open_page(console)

    assert not page.of_cells.qt_action("roster.wish").isEnabled()
    assert PersonId(desk.wang.id) in {person.id for person in page.presenter.board.people}
