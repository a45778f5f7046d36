"""The roster page in its window: painting, leading, why a cell is marked, what others do meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.models.entities.roster import PaintedCell
from app.services.roster import commands, queries
from app.views.base.undo import UndoStack
from app.views.roster.fix_card import FixList
from app.views.roster.page_actions import cell_menu
from app.views.roster.stretch import RosterView
from app.views.shell.commands import window_actions
from app.views.shell.registry import screen_named
from app.views.shell.workspace import Workspace
from tests.support.describe import shown_texts
from tests.support.roster import FRIDAY, SATURDAY, codes, page_opener, paint, roster_desk
from tests.support.shell import session_of, workplace

UNLED_AND_EMPTY = (
    "No duty supervisor\nNobody leads the shift “Day” on Fri 20 Nov.\n"
    "First line, Day, Fri 20 Nov\n0 of 1: 1 person is missing"
)


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def open_page(qtbot, env):
    return page_opener(qtbot, env)


def test_a_letter_and_delete_paint_and_clear_and_ctrl_z_brings_it_back(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)
    stack = UndoStack(env.tasks)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    painted = codes(ctx)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    cleared = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert env.shell.said == []
    assert painted == {(desk.wang.id, FRIDAY): "D"}
    assert cleared == {}
    assert codes(ctx) == painted


def test_a_brush_from_the_legend_paints_with_the_mouse_and_escape_lays_it_down(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    night = page.legend.buttons[1]
    left = Qt.MouseButton.LeftButton

    qtbot.mouseClick(night, left)
    start, end = (page.grid.cell_rect((desk.li.id, on)).center() for on in (FRIDAY, SATURDAY))
    qtbot.mousePress(page.grid.viewport(), left, pos=start)
    qtbot.mouseMove(page.grid.viewport(), end)
    qtbot.mouseRelease(page.grid.viewport(), left, pos=end)
    taken = night.isChecked()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)

    assert codes(ctx) == {(desk.li.id, FRIDAY): "N", (desk.li.id, SATURDAY): "N"}
    assert taken
    assert not night.isChecked()


def test_l_and_the_crown_name_the_duty_supervisor(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_L)
    by_key = [
        cell.person_id for cell in queries.roster(ctx, FRIDAY, FRIDAY).cells.values() if cell.is_supervisor
    ]
    page.grid.go_to((desk.li.id, FRIDAY))
    qtbot.mouseClick(page.crown, Qt.MouseButton.LeftButton)

    assert by_key == [desk.wang.id]
    assert page.presenter.leading_now == desk.li.id
    assert "duty supervisor" in page.grid.accessibleName()


def test_f2_says_why_a_cell_is_marked_and_escape_closes_it(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, SATURDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_F2)

    assert page.why.text == (
        "Day shift after a night\n"
        "The shift before ends Sat 21 Nov 08:00, “Day” begins Sat 21 Nov 08:00. "
        "Rest 0 h; at least 11 h are wanted."
    )
    assert page.grid.hasFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.why.text == ""


def test_the_mouse_resting_on_a_mark_says_why_and_clear_mends_it(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)

    qtbot.mouseMove(page.grid.viewport(), page.grid.cell_rect((desk.wang.id, SATURDAY)).center())
    qtbot.waitUntil(lambda: "Rest 0 h" in page.why.text)
    page.why.popup.clear.click()

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N"}
    assert page.why.text == ""


def test_enter_on_a_sound_cell_says_that_all_is_well(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_Return)

    assert page.why.text == "Wang Fang, Fri 20 Nov, off\nNo rule is broken here."


def test_what_is_to_fix_is_counted_and_leads_to_its_cell(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx, (1300, 800))
    (broken, *_gaps) = page.fix.rows

    broken.go.click()

    assert page.grid.current_key == (desk.wang.id, SATURDAY)
    assert "Day shift after a night" in page.why.text
    assert page.fix.broken.accessibleName() == "1 rule broken"
    assert page.fix.gaps.accessibleName() == "21 coverage gaps"


def test_f8_goes_from_one_thing_to_fix_to_the_next(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx, (1300, 800))

    qtbot.keyClick(page.grid, Qt.Key.Key_F8)
    first = page.why.text
    qtbot.keyClick(page.grid, Qt.Key.Key_F8)

    assert first.startswith("Day shift after a night")
    assert page.why.text == UNLED_AND_EMPTY


def test_f8_on_a_roster_without_faults_says_so(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx, (1300, 800))
    page.presenter.board = None

    page.show_next_to_fix()

    assert env.shell.said == ["Nothing to fix on the days shown."]


def test_a_gap_is_explained_where_it_is_counted(qtbot, ctx, desk, open_page):
    page = open_page(ctx, (1300, 800))

    page.fix.rows[0].go.click()

    assert page.why.text == UNLED_AND_EMPTY


def test_everything_to_fix_can_be_listed(qtbot, ctx, desk, open_page):
    page = open_page(ctx, (1300, 800))

    page.fix.all.click()

    listed = page.window().findChild(FixList)
    assert listed.isVisible()
    assert "First line, Day, Mon 30 Nov" in shown_texts(listed)


def test_a_week_shows_seven_days_with_the_hours_of_the_week(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.wang, FRIDAY - timedelta(days=10), desk.day))
    page = open_page(ctx)

    qtbot.keyClick(
        page, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    board = page.presenter.board
    assert page.presenter.title == "16 Nov – 22 Nov 2026"
    assert len(board.days) == 7
    assert board.hours(desk.wang.id) == timedelta(hours=12)
    assert page.header.view.key == RosterView.WEEK


def test_previous_next_and_today_lead_through_the_months(qtbot, ctx, desk, open_page):
    page = open_page(ctx)

    page.header.next.click()
    after = page.header.title.text()
    page.header.previous.click()
    page.header.previous.click()
    before = page.header.title.text()
    page.header.today.click()

    assert (after, before, page.header.title.text()) == ("December 2026", "October 2026", "November 2026")


def test_a_stroke_of_another_window_appears_by_itself(qtbot, ctx, bus, desk, open_page):
    page = open_page(ctx)

    paint(ctx, (desk.li, FRIDAY, desk.night))

    qtbot.waitUntil(lambda: (desk.li.id, FRIDAY) in page.presenter.board.cells)


def test_a_cell_somebody_else_painted_is_told_and_shown(qtbot, ctx, other_ctx, env, desk, open_page):
    page = open_page(ctx)
    paint(other_ctx, (desk.li, FRIDAY, desk.night))
    page.grid.go_to((desk.li.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)

    assert "Li Na, Fri 20 Nov: somebody else made it “Night” meanwhile" in env.shell.said[-1]
    assert "Night 20–08" in page.grid.accessibleName()


def test_delete_outside_the_cells_clears_nothing(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))
    page.header.today.setFocus()

    qtbot.keyClick(page.header.today, Qt.Key.Key_Delete)

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D"}


def test_a_popup_about_a_cell_goes_when_the_cell_is_mended_elsewhere(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, SATURDAY))
    page.explain_current()
    assert page.why.text

    commands.paint_cells(ctx, [PaintedCell(desk.wang.id, SATURDAY, None, desk.day.id)])

    qtbot.waitUntil(lambda: not page.why.text)


def test_the_menu_of_a_cell_paints_it(ctx, desk, open_page):
    page = open_page(ctx)
    menu = cell_menu(page.grid, page.presenter, page.of_cells)

    next(action for action in menu.actions() if action.text() == "N  Night 20–08").trigger()

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N"}


def test_in_the_window_ctrl_z_and_ctrl_y_take_a_stroke_back_and_do_it_again(qtbot, ctx, bus, desk, tmp_path):
    work = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=(screen_named("roster"),))
    qtbot.addWidget(work)
    work.install(window_actions(work, Unsteered(), palette=work.palette_asked.emit, shortcuts=lambda: None))
    work.undo.changed.connect(work.action_set.refresh)
    work.resize(1280, 720)
    with qtbot.waitActive(work):
        work.show()
        work.activateWindow()
    work.start()
    grid = work.stack.page.grid
    grid.setFocus()
    grid.go_to((desk.wang.id, FRIDAY))
    control = Qt.KeyboardModifier.ControlModifier

    qtbot.keyClick(grid, Qt.Key.Key_N)
    painted = codes(ctx)
    qtbot.keyClick(grid, Qt.Key.Key_Z, control)
    undone = codes(ctx)
    qtbot.waitUntil(lambda: not grid.board.cells)
    qtbot.keyClick(grid, Qt.Key.Key_Y, control)

    assert (painted, undone, codes(ctx)) == ({(desk.wang.id, FRIDAY): "N"}, {}, painted)
    qtbot.waitUntil(lambda: len(grid.board.cells) == 1)


class Unsteered:
    """A program that changes neither look nor sign-in."""

    def change_look(self, *, language=None, theme=None):
        raise AssertionError("nobody asked for another look")

    def wears(self, theme):
        return False

    def sign_out(self):
        raise AssertionError("nobody signs out")
