"""The painter's page on both databases: a stroke, a swap, a remedy, and two people at the same cell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.models.entities.roster import PaintedCell
from app.services.roster import commands
from app.views.base.undo import UndoStack
from tests.support.pages import page_env
from tests.support.roster import FRIDAY, SATURDAY, codes, page_opener, paint, roster_desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def env(bus, tmp_path, qapp):
    return page_env(bus, tmp_path)


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def page(qtbot, env, ctx, desk):
    return page_opener(qtbot, env)(ctx)


def test_a_stroke_is_stored_undone_and_done_again(qtbot, ctx, env, desk, page):
    stack = UndoStack(env.tasks)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_N)
    painted = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()
    undone = codes(ctx)
    stack.redo()

    assert (painted, undone, codes(ctx)) == ({(desk.wang.id, FRIDAY): "N"}, {}, painted)


def test_a_swap_by_alt_drag_is_one_step(qtbot, ctx, env, desk, page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, SATURDAY, desk.night))
    page.refresh()
    start = page.grid.cell_rect((desk.wang.id, FRIDAY)).center()
    end = page.grid.cell_rect((desk.li.id, SATURDAY)).center()
    left = Qt.MouseButton.LeftButton

    qtbot.mousePress(page.grid.viewport(), left, Qt.KeyboardModifier.AltModifier, pos=start)
    qtbot.mouseMove(page.grid.viewport(), end)
    qtbot.mouseRelease(page.grid.viewport(), left, pos=end)
    swapped = codes(ctx)
    env.shell.outcomes[-1].undo.run()

    assert swapped == {(desk.wang.id, FRIDAY): "N", (desk.li.id, SATURDAY): "D"}
    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D", (desk.li.id, SATURDAY): "N"}


def test_a_remedy_is_stored(qtbot, ctx, desk, page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page.refresh()
    page.grid.go_to((desk.wang.id, SATURDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    qtbot.keyClick(page.grid, Qt.Key.Key_1)

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N", (desk.li.id, SATURDAY): "D"}


def test_a_block_over_a_cell_that_somebody_painted_meanwhile_is_not_painted_at_all(
    qtbot, ctx, other_ctx, env, desk, page
):
    paint(other_ctx, (desk.li, SATURDAY, desk.night))
    page.grid.go_to((desk.wang.id, FRIDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    qtbot.keyClick(page.grid, Qt.Key.Key_D)

    assert codes(ctx) == {(desk.li.id, SATURDAY): "N"}
    assert set(page.presenter.board.shown_cells) == {(desk.li.id, SATURDAY)}
    assert "Li Na, Sat 21 Nov: somebody else made it “Night” meanwhile" in env.shell.said[-1]


def test_a_swap_with_a_cell_that_somebody_cleared_meanwhile_is_refused(
    qtbot, ctx, other_ctx, env, desk, page
):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, FRIDAY, desk.night))
    page.refresh()
    page.grid.go_to((desk.wang.id, FRIDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_X, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    clear(other_ctx, desk.li, desk.night)

    qtbot.keyClick(page.grid, Qt.Key.Key_Return)

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D"}
    assert page.presenter.board.shown_cells.keys() == {(desk.wang.id, FRIDAY)}
    assert "somebody else made it “off” meanwhile" in env.shell.said[-1]


def clear(ctx, person, shift):
    commands.paint_cells(ctx, [PaintedCell(person.id, FRIDAY, None, shift.id)])
