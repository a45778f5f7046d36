"""The painted grid by key and mouse: moving, selecting, painting, and what a screen reader hears."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt

from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    CoverageRule,
    Roster,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
    Violation,
)
from app.services.base.texts import Texts
from app.views.base.format import Format
from app.views.roster.board import Board
from app.views.roster.grid import Brush, RosterGrid
from app.views.roster.roster_words import RosterWords

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 4, 1)
DAYS = tuple(FIRST + timedelta(days=count) for count in range(30))
DAY = ShiftTemplate(1, "D", "Day", "白班", ShiftKind.WORK, 480, 720, "d", 0, True, 1)
NIGHT = ShiftTemplate(2, "N", "Night", "夜班", ShiftKind.WORK, 1200, 720, "n", 1, True, 1)
STANDBY = ShiftTemplate(3, "S", "Standby", "备班", ShiftKind.STANDBY, 0, 1440, "s", 2, True, 1)
PEOPLE = tuple(
    RosterPerson(number, f"Person {number}", number // 3, f"Team {number // 3}", 0) for number in range(6)
)


def board(cells=(), violations=(), templates=(DAY, NIGHT, STANDBY)):
    roster = Roster(
        days=DAYS,
        day_types=tuple("weekend" if on.weekday() > 4 else "workday" for on in DAYS),
        people=PEOPLE,
        templates=templates,
        cells={(cell.person_id, cell.on_date): cell for cell in cells},
        coverage=tuple(CoverageCount(CoverageRule(1, 0, "workday", 1), on, 0, 1) for on in DAYS),
        violations=tuple(violations),
        is_published=False,
        published_at=None,
        published_by="",
    )
    return Board(roster, SHANGHAI)


@pytest.fixture
def words(qapp):
    return RosterWords(Format(Texts("en"), SHANGHAI))


@pytest.fixture
def grid(qtbot, words):
    grid = RosterGrid(words)
    qtbot.addWidget(grid)
    grid.resize(1200, 420)
    grid.set_editable(True)
    grid.show_board(board())
    with qtbot.waitActive(grid):
        grid.show()
        grid.activateWindow()
    grid.setFocus()
    return grid


@pytest.fixture
def strokes(grid):
    heard = []
    grid.painted.connect(lambda keys, template_id: heard.append((keys, template_id)))
    return heard


def middle(grid, person, day):
    return grid.cell_rect((person, DAYS[day])).center()


def drag(qtbot, grid, start, end):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(grid.viewport(), left, pos=middle(grid, *start))
    qtbot.mouseMove(grid.viewport(), middle(grid, *end))
    qtbot.mouseRelease(grid.viewport(), left, pos=middle(grid, *end))


def test_a_letter_paints_the_cell_under_the_cursor(qtbot, grid, strokes):
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_N)

    assert strokes == [([(1, DAYS[1])], NIGHT.id)]


def test_a_letter_paints_the_whole_selection_in_one_stroke(qtbot, grid, strokes):
    for _step in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_D)

    assert strokes == [([(person, on) for person in (0, 1) for on in DAYS[:3]], DAY.id)]


def test_delete_clears_what_is_selected(qtbot, grid, strokes):
    qtbot.keyClick(grid, Qt.Key.Key_Delete)

    assert strokes == [([(0, FIRST)], None)]


def test_letters_without_a_shift_and_with_control_paint_nothing(qtbot, grid, strokes):
    qtbot.keyClick(grid, Qt.Key.Key_X)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    assert strokes == []


def test_a_brush_fills_the_rectangle_it_is_dragged_over_on_release(qtbot, grid, strokes):
    grid.set_brush(Brush(DAY.id))

    drag(qtbot, grid, (0, 3), (2, 5))

    assert strokes == [([(person, on) for person in (0, 1, 2) for on in DAYS[3:6]], DAY.id)]


def test_a_stroke_is_seen_while_it_is_drawn_and_escape_takes_it_away(qtbot, grid, strokes):
    grid.set_brush(Brush(NIGHT.id))
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 3))
    qtbot.mouseMove(grid.viewport(), middle(grid, 0, 5))
    sketched = set(grid.sketch.roster.cells)

    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 5))

    assert sketched == {(0, on) for on in DAYS[3:6]}
    assert strokes == []


def test_news_from_elsewhere_do_not_wipe_out_the_stroke_being_drawn(qtbot, grid, strokes):
    grid.set_brush(Brush(NIGHT.id))
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 3))

    grid.show_board(board([Assignment(5, FIRST, DAY.id, False, 1)]))

    assert set(grid.sketch.roster.cells) == {(0, DAYS[3]), (5, FIRST)}
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 3))
    assert strokes == [([(0, DAYS[3])], NIGHT.id)]


def test_without_a_brush_the_mouse_selects(qtbot, grid, strokes):
    drag(qtbot, grid, (3, 10), (4, 11))

    assert grid.selected_keys == [(3, DAYS[10]), (3, DAYS[11]), (4, DAYS[10]), (4, DAYS[11])]
    assert strokes == []


def test_a_click_on_a_name_selects_the_row_and_on_a_day_the_column(qtbot, grid):
    row = grid.cell_rect((2, FIRST))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, row.center().y()))
    whole_row = grid.selected_keys
    column = grid.cell_rect((0, DAYS[7])).center().x()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(column, 20))

    assert whole_row == [(2, on) for on in DAYS]
    assert grid.selected_keys == [(person.id, DAYS[7]) for person in PEOPLE]


def test_who_may_only_read_moves_but_paints_nothing(qtbot, grid, strokes):
    grid.set_editable(False)
    grid.set_brush(Brush(DAY.id))

    qtbot.keyClick(grid, Qt.Key.Key_D)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    drag(qtbot, grid, (0, 3), (2, 5))
    qtbot.keyClick(grid, Qt.Key.Key_End)

    assert strokes == []
    assert grid.current_key == (2, DAYS[-1])


def test_a_shift_called_l_is_painted_by_its_letter(qtbot, grid, strokes):
    late = ShiftTemplate(9, "L", "Late", "", ShiftKind.WORK, 840, 480, "m", 3, True, 1)
    grid.show_board(board(templates=(DAY, late)))

    qtbot.keyClick(grid, Qt.Key.Key_L)

    assert strokes == [([(0, FIRST)], late.id)]


def test_the_cursor_is_brought_into_view_under_the_frozen_header(qtbot, grid):
    grid.resize(500, 200)
    qtbot.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    spot = grid.cell_rect(grid.current_key)

    assert grid.places.body.left() <= spot.left()
    assert spot.right() <= grid.places.body.right()
    assert grid.places.top <= spot.top()
    assert spot.bottom() < grid.viewport().height()


def test_a_screen_reader_hears_person_date_shift_leader_and_rule(grid):
    cells = [Assignment(0, FIRST, DAY.id, True, 1)]
    broken = Violation(BrokenRule.REST, FIRST, 0, DAY.id, 0, 660)

    grid.show_board(board(cells, [broken]))

    assert grid.accessibleName() == (
        "Roster. Person 0, Wed 1 Apr, Day 08–20, duty supervisor. "
        "Rest too short: The shift before ends Wed 1 Apr 08:00, “Day” begins Wed 1 Apr 08:00. "
        "Rest 0 h; at least 11 h are wanted."
    )


def test_an_empty_cell_is_read_out_as_off_and_a_selection_with_its_size(qtbot, grid):
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert grid.accessibleName() == "Roster. Person 0, Thu 2 Apr, off. 2 cells selected"


def test_a_painted_cell_and_its_code_are_drawn(grid):
    before = grid.viewport().grab().toImage()

    grid.show_board(board([Assignment(4, DAYS[20], STANDBY.id, False, 1)]))

    after = grid.viewport().grab().toImage()
    place = grid.cell_rect((4, DAYS[20]))
    assert before.copy(place) != after.copy(place)
    assert before.copy(grid.cell_rect((4, DAYS[21]))) == after.copy(grid.cell_rect((4, DAYS[21])))


def test_the_line_of_now_stands_in_the_day_where_it_is_now(grid):
    still = grid.viewport().grab().toImage()

    grid.show_now(datetime(2026, 4, 16, 6, 2, tzinfo=UTC), None)

    moving = grid.viewport().grab().toImage()
    assert still.copy(grid.cell_rect((0, DAYS[15]))) != moving.copy(grid.cell_rect((0, DAYS[15])))
    assert still.copy(grid.cell_rect((0, DAYS[14]))) == moving.copy(grid.cell_rect((0, DAYS[14])))
