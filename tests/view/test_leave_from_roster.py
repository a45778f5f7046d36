"""From the roster to the requests: the button with its count, the cell's menu, and a shift dragged over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.services.base.context import Actor
from app.services.leave import commands
from tests.support.changing_places import MONDAY, places
from tests.support.roster import page_opener

THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def open_roster(qtbot, env):
    return page_opener(qtbot, env)


def shown_at(page, on):
    page.show_target({"day": on.isoformat(), "view": "week"})
    return page


def middle(page, person, on):
    return page.grid.cell_rect((person.id, on)).center()


def drag(qtbot, page, start, end):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(page.grid.viewport(), left, pos=start)
    qtbot.mouseMove(page.grid.viewport(), pos=end)
    qtbot.mouseRelease(page.grid.viewport(), left, pos=end)


def test_the_header_counts_what_waits_and_opens_it(desk, open_roster, env):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    page = open_roster(desk.as_(desk.chen))
    page.requests.button.click()

    assert page.requests.button.accessibleName() == "Requests: 1"
    assert env.shell.opened[-1] == ("requests", {})


def test_the_menu_of_a_shift_opens_its_handover(desk, open_roster, env):
    page = shown_at(open_roster(desk.as_(desk.chen)), MONDAY)
    worked = next(key for key in page.grid.board.shown_cells if key[1] == MONDAY)
    page.grid.go_to(worked)

    page.of_cells.run("roster.handover")

    code = page.grid.board.template_at(worked).code
    assert env.shell.opened[-1] == ("handover", {"day": MONDAY.isoformat(), "shift": code})


def test_the_handover_of_a_day_off_is_that_of_the_running_shift(desk, open_roster, env):
    page = shown_at(open_roster(desk.as_(desk.chen)), MONDAY)
    board = page.grid.board
    page.grid.go_to(next((one.id, MONDAY) for one in board.people if board.cell((one.id, MONDAY)) is None))

    page.of_cells.run("roster.handover")

    assert env.shell.opened[-1] == ("handover", {"show": "sheet"})


def test_dragging_ones_own_shift_onto_a_colleagues_offers_a_swap(desk, open_roster, env, qtbot):
    page = shown_at(open_roster(desk.as_(desk.wang)), MONDAY)

    drag(qtbot, page, middle(page, desk.wang, MONDAY), middle(page, desk.li, THURSDAY))

    expected = {"offer": MONDAY.isoformat(), "person": desk.wang.id, "to": desk.li.id}
    assert env.shell.opened[-1] == ("requests", expected | {"back": THURSDAY.isoformat()})


def test_onto_a_day_off_it_is_offered_for_nothing(desk, open_roster, env, qtbot):
    page = shown_at(open_roster(desk.as_(desk.wang)), MONDAY)

    drag(qtbot, page, middle(page, desk.wang, MONDAY), middle(page, desk.li, MONDAY))

    expected = {"offer": MONDAY.isoformat(), "person": desk.wang.id, "to": desk.li.id}
    assert env.shell.opened[-1] == ("requests", expected)


def test_a_colleagues_shift_is_not_dragged_away(desk, open_roster, env, qtbot):
    page = shown_at(open_roster(desk.as_(desk.wang)), MONDAY)

    drag(qtbot, page, middle(page, desk.li, THURSDAY), middle(page, desk.wang, THURSDAY))

    assert env.shell.opened == []


def test_the_cells_keys_offer_and_take_over(desk, open_roster, env):
    page = shown_at(open_roster(desk.as_(desk.wang)), MONDAY)
    page.grid.go_to((desk.wang.id, MONDAY))
    page.of_cells.run("roster.offer")
    page.grid.go_to((desk.li.id, THURSDAY))
    page.of_cells.run("roster.take")
    page.of_cells.run("roster.offer")

    assert [target for _page, target in env.shell.opened] == [
        {"offer": MONDAY.isoformat(), "person": desk.wang.id},
        {"take": THURSDAY.isoformat(), "person": desk.li.id},
    ]
    assert env.shell.said[-1] == "Choose one of your own shifts first."


def test_leave_is_asked_for_on_the_selected_days(desk, open_roster, env):
    page = shown_at(open_roster(desk.as_(desk.wang)), MONDAY)
    page.grid.go_to((desk.wang.id, MONDAY))

    page.of_cells.run("roster.absence")

    assert env.shell.opened[-1][1] == {
        "ask": "leave",
        "day": MONDAY.isoformat(),
        "last": MONDAY.isoformat(),
    }


def test_who_may_only_read_is_offered_nothing(desk, open_roster):
    reader = desk.ctx.acting_as(Actor(desk.wang.id, "Wang Fang", frozenset({"roster.read"}), "pc"))

    page = open_roster(reader)

    assert page.of_cells.qt_action("roster.offer") is None
