"""The painted grid by key and mouse: moving, selecting, painting, and what a screen reader hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt

from app.models.entities.roster import (
    Assignment,
    CoverageRule,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
)
from app.models.entities.roster_plan import Leave, Wish
from app.models.entities.roster_rules import RuleName
from app.services.base.texts import Texts
from app.views.base.format import Format
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.fair_shares import fair_bars
from app.views.roster.grid import Brush, RosterGrid
from app.views.roster.grid_layout import Spot, Zone
from app.views.roster.grid_tips import tip_of
from app.views.roster.roster_words import RosterWords
from tests.support.roster_plans import only, plan

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 4, 1)
DAYS = tuple(FIRST + timedelta(days=count) for count in range(30))
DAY = ShiftTemplate(1, "D", "Day", "白班", ShiftKind.WORK, 480, 720, "d", 0, True, 1)
NIGHT = ShiftTemplate(2, "N", "Night", "夜班", ShiftKind.WORK, 1200, 720, "n", 1, True, 1)
STANDBY = ShiftTemplate(3, "S", "Standby", "备班", ShiftKind.STANDBY, 0, 1440, "s", 2, True, 1)
LEAVE = ShiftTemplate(4, "V", "Leave", "请假", ShiftKind.ABSENCE, 0, 1440, "v", 3, True, 1)
PEOPLE = tuple(
    RosterPerson(number, f"Person {number}", number // 3, f"Team {number // 3}", 0) for number in range(6)
)


def board(cells=(), templates=(DAY, NIGHT, STANDBY, LEAVE), days=DAYS, rules=None, **more):
    made = plan(
        days,
        {(cell.person_id, cell.on_date): cell for cell in cells},
        more.pop("people", PEOPLE),
        templates=templates,
        coverage=(CoverageRule(1, 0, "workday", 1),),
        rules=rules or only(RuleName.REST, RuleName.DAY_AFTER_NIGHT),
        **more,
    )
    return Board(Told(made))


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
    sketched = set(grid.board.cells)

    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 5))

    assert sketched == {(0, on) for on in DAYS[3:6]}
    assert set(grid.board.cells) == set()
    assert strokes == []


def test_news_from_elsewhere_do_not_wipe_out_the_stroke_being_drawn(qtbot, grid, strokes):
    grid.set_brush(Brush(NIGHT.id))
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 3))

    grid.show_board(board([Assignment(5, FIRST, DAY.id, False, 1)]))

    assert set(grid.board.cells) == {(0, DAYS[3]), (5, FIRST)}
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


def test_a_screen_reader_hears_person_date_shift_leader_and_rule(qtbot, grid):
    cells = [Assignment(0, FIRST, NIGHT.id, False, 1), Assignment(0, DAYS[1], DAY.id, True, 1)]

    grid.show_board(board(cells))
    grid.go_to((0, DAYS[1]))

    assert grid.accessibleName() == (
        "Roster. Person 0, Thu 2 Apr, Day 08–20, duty supervisor. "
        "Day shift after a night: The shift before ends Thu 2 Apr 08:00, “Day” begins Thu 2 Apr 08:00. "
        "Rest 0 h; at least 11 h are wanted."
    )


def test_a_screen_reader_hears_what_the_small_marks_say(grid):
    cell = Assignment(0, FIRST, DAY.id, False, 1, team_id=1, is_fixed=True)

    grid.show_board(board([cell], wishes=(Wish(0, FIRST, None, "birthday", 1),)))

    assert grid.accessibleName() == (
        "Roster. Person 0, Wed 1 Apr, Day 08–20, for Team 1, fixed, wishes: off (birthday), not as planned"
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


def test_a_warning_a_fixed_cell_a_wish_and_leave_are_drawn_each_in_its_own_way(grid):
    cells = [Assignment(0, on, DAY.id, False, 1) for on in DAYS[:7]]
    grid.show_board(board(cells))
    plain = grid.viewport().grab().toImage()
    fixed = [replace(cells[0], is_fixed=True), replace(cells[1], team_id=1), *cells[2:]]
    wishes = (Wish(0, DAYS[2], NIGHT.id, "", 1), Wish(0, DAYS[8], None, "", 1))
    leaves = (Leave(1, FIRST, FIRST, LEAVE.id),)

    grid.show_board(board(fixed, wishes=wishes, leaves=leaves, rules=only(RuleName.SHIFTS_IN_A_ROW)))

    marked = grid.viewport().grab().toImage()
    changed = {
        (person, day)
        for person in (0, 1)
        for day in range(10)
        if plain.copy(grid.cell_rect((person, DAYS[day]))) != marked.copy(grid.cell_rect((person, DAYS[day])))
    }
    assert changed == {(0, 0), (0, 1), (0, 2), (0, 6), (0, 8), (1, 0)}


def test_alt_drag_shows_the_swap_before_the_button_is_released_and_escape_lets_go(qtbot, grid):
    asked = []
    grid.stroke_asked.connect(asked.append)
    grid.show_board(
        board([Assignment(0, DAYS[3], NIGHT.id, False, 1), Assignment(1, DAYS[4], DAY.id, False, 1)])
    )

    alt_press(qtbot, grid, (0, 3))
    qtbot.mouseMove(grid.viewport(), middle(grid, 1, 3))
    held = (set(grid.board.cells), grid.ghost.tone, grid.ghost.text)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 1, 3))

    assert held == ({(1, DAYS[3]), (1, DAYS[4])}, "bad", "Person 1: Day shift after a night")
    assert set(grid.board.cells) == {(0, DAYS[3]), (1, DAYS[4])}
    assert asked == []


def test_a_block_is_carried_whole_and_swapped_where_the_button_is_released(qtbot, grid):
    asked = []
    grid.stroke_asked.connect(asked.append)
    cells = [Assignment(0, DAYS[3], NIGHT.id, False, 1), Assignment(1, DAYS[4], DAY.id, False, 1)]
    grid.show_board(board(cells))
    drag(qtbot, grid, (0, 3), (1, 4))

    alt_press(qtbot, grid, (0, 3))
    qtbot.mouseMove(grid.viewport(), middle(grid, 3, 10))
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 3, 10))

    (stroke,) = asked
    assert {(cell.person_id, cell.on_date, cell.template_id) for cell in stroke} == {
        (0, DAYS[3], None),
        (3, DAYS[10], NIGHT.id),
        (1, DAYS[4], None),
        (4, DAYS[11], DAY.id),
    }


def test_a_block_cannot_be_put_on_itself(qtbot, grid):
    asked = []
    grid.stroke_asked.connect(asked.append)
    grid.show_board(board([Assignment(0, DAYS[3], NIGHT.id, False, 1)]))
    drag(qtbot, grid, (0, 3), (0, 4))

    alt_press(qtbot, grid, (0, 3))
    qtbot.mouseMove(grid.viewport(), middle(grid, 0, 4))
    tone = grid.ghost.tone
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, 4))

    assert tone == "bad"
    assert asked == []


def test_cells_are_picked_up_carried_and_swapped_by_keys(qtbot, grid):
    asked = []
    grid.stroke_asked.connect(asked.append)
    grid.show_board(board([Assignment(0, FIRST, DAY.id, True, 1)]))

    grid.pick_up()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    outcome = grid.ghost.text
    qtbot.keyClick(grid, Qt.Key.Key_Return)

    assert outcome == "Breaks no rule"
    assert [[(cell.person_id, cell.template_id, cell.is_supervisor) for cell in each] for each in asked] == [
        [(0, None, False), (1, DAY.id, True)]
    ]


def test_who_may_only_read_picks_nothing_up(qtbot, grid):
    grid.set_editable(False)

    alt_press(qtbot, grid, (0, 3))
    grid.pick_up()

    assert not grid.is_carrying


def test_a_day_is_drawn_by_its_hours_and_arrows_go_to_its_neighbours(qtbot, grid):
    asked = []
    grid.day_asked.connect(asked.append)
    grid.show_board(board([Assignment(0, DAYS[3], NIGHT.id, False, 1)], days=DAYS[4:5]))
    night = grid.viewport().grab().toImage()

    grid.show_board(board(days=DAYS[4:5]))
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Right)

    empty = grid.viewport().grab().toImage()
    row = grid.cell_rect((0, DAYS[4]))
    third = row.width() // 3
    morning, noon = row.adjusted(0, 2, -2 * third, -4), row.adjusted(third + 4, 2, -third, -4)
    assert night.copy(morning) != empty.copy(morning)
    assert night.copy(noon) == empty.copy(noon)
    assert asked == [-1, 1]


def test_a_letter_paints_the_day_shown(qtbot, grid, strokes):
    grid.show_board(board(days=DAYS[4:5]))

    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_N)

    assert strokes == [([(1, DAYS[4])], NIGHT.id)]


def test_bars_of_fairness_stand_beside_the_hours_when_asked_for(grid):
    cells = [Assignment(0, on, NIGHT.id, False, 1) for on in DAYS[:2]]
    grid.show_board(board(cells))
    before = grid.places.body.width()

    grid.show_fair(fair_bars(grid.board, None), shown=True)

    assert grid.places.body.width() < before


@pytest.mark.parametrize(
    ("spot", "said"),
    [
        (Spot(Zone.NAME, 0), "Person 0: no nights, 20 h a week, at most 2 nights a month"),
        (Spot(Zone.NAME, 1), ""),
        (Spot(Zone.DAY, day=4), "Sun 5 Apr, public holiday"),
        (Spot(Zone.DAY, day=5), ""),
        (Spot(Zone.CELL, 1, 0), "approved leave: Leave\nwishes: off (exam)"),
        (Spot(Zone.HOURS, 0), ""),
        (Spot(Zone.NOWHERE), ""),
    ],
)
def test_tooltips_say_what_signs_only_hint_at(words, spot, said):
    special = replace(PEOPLE[0], no_nights=True, contract_minutes=1200, nights_most=2)
    shown = board(
        people=(special, *PEOPLE[1:]),
        types={DAYS[4]: "holiday"},
        leaves=(Leave(1, FIRST, FIRST, LEAVE.id),),
        wishes=(Wish(1, FIRST, None, "exam", 1),),
    )

    assert tip_of(spot, shown, words) == said


def test_holidays_and_workdays_made_up_have_a_word_below_their_date(grid):
    types = {DAYS[2]: "holiday", DAYS[3]: "day_off_in_lieu", DAYS[4]: "make_up_workday"}
    before = grid.places.head

    grid.show_board(board(types=types))

    assert grid._texts.day_notes[2:6] == ["Hol.", "Lieu", "Work", ""]
    assert grid.places.head > before


def alt_press(qtbot, grid, place):
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, alt, pos=middle(grid, *place))
