"""The roster as it is shown: hours, coverage, rules and marks follow a stroke; groups, days, the cursor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from app.models.entities.roster import CoverageRule, PaintedCell, Severity
from app.models.entities.roster_plan import Crew, Leave, Wish
from app.views.roster.board import Board
from app.views.roster.board_parts import Grouping, Told
from app.views.roster.grid_cursor import GridCursor
from app.views.roster.grid_layout import FAIR, FAIR_NARROW, HEAD, HOURS, ROW, GridLayout, Spot, Zone
from app.views.roster.stretch import RosterView, Stretch
from tests.support.roster_plans import DAY, LEAVE, LONDON, NIGHT, line, person, plan

MARCH_28 = date(2026, 3, 28)
DAYS = (MARCH_28, MARCH_28 + timedelta(days=1), MARCH_28 + timedelta(days=2))
RULE = CoverageRule(NIGHT.id, 1, "workday", 2)


def board(cells=None, people=None, grouping=Grouping.TEAM, crews=(), **more):
    people = people or (person(1, 1), person(2, 2))
    told = Told(plan(DAYS, cells, people, coverage=(RULE,), **more), None, None, tuple(crews))
    return Board(told, grouping)


def test_the_hours_of_a_night_are_real_when_the_clocks_change():
    nights = line(1, DAYS[0], "NNN")

    assert board(nights, zone=LONDON).hours(1) == timedelta(hours=35)
    assert board(nights).hours(1) == timedelta(hours=36)


def test_leave_is_no_work():
    assert board(line(1, DAYS[0], "V")).hours(1) == timedelta()


def test_coverage_hours_and_rules_follow_a_stroke_at_once():
    shown = board(line(1, DAYS[1], "N"))

    shown.paint(shown.stroke([(1, DAYS[2])], DAY.id))

    assert shown.hours(1) == timedelta(hours=24)
    assert [each.rule for each in shown.broken_at((1, DAYS[2]))] == ["day_after_night", "no_supervisor"]
    assert shown.severity_at((1, DAYS[2])) is Severity.FORBID


def test_a_shift_of_another_team_fills_no_gap():
    shown = board()

    shown.paint([PaintedCell(2, DAYS[2], NIGHT.id)])

    assert shown.count(0, 2).planned == 0


def test_who_stands_in_for_another_team_is_counted_there():
    shown = board()

    shown.paint([PaintedCell(2, DAYS[2], NIGHT.id, team_id=1)])

    assert shown.count(0, 2).planned == 1


def test_a_stroke_leaves_out_what_is_painted_already():
    shown = board(line(1, DAYS[0], "D"))

    assert shown.stroke([(1, DAYS[0]), (1, DAYS[1])], DAY.id) == (PaintedCell(1, DAYS[1], DAY.id, None),)


def test_a_sketch_is_gone_with_the_next_stroke():
    shown = board()
    shown.sketch(shown.stroke([(1, DAYS[0])], DAY.id))

    shown.paint(shown.stroke([(1, DAYS[1])], NIGHT.id))

    assert set(shown.shown_cells) == {(1, DAYS[1])}


def test_only_the_rows_a_stroke_changed_need_to_be_drawn_again():
    shown = board()
    shown.take_touched()

    shown.paint([PaintedCell(2, DAYS[2], DAY.id)])

    assert shown.take_touched() == {2}


def test_whoever_has_a_shift_nobody_leads_is_drawn_again_with_it():
    shown = board(line(1, DAYS[2], "D", [DAYS[2]]) | line(2, DAYS[2], "D"))
    shown.take_touched()

    shown.paint([PaintedCell(1, DAYS[2], None, DAY.id)])

    assert shown.take_touched() == {1, 2}


def test_the_strip_asks_for_the_people_the_calls_need_where_that_is_more():
    shown = board(line(1, DAYS[2], "N"), load_needs={(NIGHT.id, 1, DAYS[2]): 4, (NIGHT.id, 1, DAYS[1]): 1})

    counts = [shown.count(0, day) for day in (1, 2)]

    assert [(count.planned, count.needed) for count in counts] == [(0, 1), (1, 4)]
    assert "gap" in [each.rule for each in shown.broken_in_strip(0, 1)]


def test_the_coverage_rule_holds_where_the_calls_need_fewer():
    shown = board(line(1, DAYS[2], "N"), load_needs={(NIGHT.id, 1, DAYS[2]): 1})

    assert shown.count(0, 2).needed == RULE.minimum


def test_two_who_lead_one_shift_are_both_marked():
    shown = board(line(1, DAYS[0], "D", [DAYS[0]]) | line(2, DAYS[0], "D", [DAYS[0]]))

    assert [each.rule for each in shown.broken_at((1, DAYS[0]))] == ["two_supervisors"]
    assert [each.rule for each in shown.broken_at((2, DAYS[0]))] == ["two_supervisors"]


def test_the_strip_says_at_a_shifts_first_line_what_is_wrong_with_the_shift():
    shown = board(line(1, DAYS[2], "N"))

    assert [each.rule for each in shown.broken_in_strip(0, 2)] == ["no_supervisor", "gap"]


def test_too_many_hours_weigh_as_the_rule_says():
    shown = board(line(1, date(2026, 3, 1), "DD-" * 8 + "---D"))

    assert (shown.cap_of(1), shown.cap_of(2)) == (Severity.WARN, Severity.OFF)


def test_people_stand_below_their_teams():
    shown = board()

    assert [(group.name, group.first, group.size) for group in shown.groups] == [
        ("Team 1", 0, 1),
        ("Team 2", 1, 1),
    ]


def test_people_stand_below_their_crews_and_the_rest_below_their_teams():
    people = (person(1, 1), person(2, 1, crew_id=8), person(3, 2, crew_id=7))
    crews = (Crew(7, "A", "Crew A", "", 0, True, 1), Crew(8, "B", "Crew B", "", 1, True, 1))

    shown = board(people=people, grouping=Grouping.CREW, crews=crews)

    assert [each.id for each in shown.people] == [3, 2, 1]
    assert [group.name for group in shown.groups] == ["Crew A", "Crew B", "Team 1"]


def test_leave_and_wishes_are_known_cell_by_cell():
    leave = Leave(1, DAYS[1], DAYS[2] + timedelta(days=5), LEAVE.id)
    wish = Wish(2, DAYS[0], None, "", 1)

    shown = board(leaves=(leave,), wishes=(wish,))

    assert dict(shown.leaves) == {(1, DAYS[1]): LEAVE.id, (1, DAYS[2]): LEAVE.id}
    assert shown.wishes[2, DAYS[0]] is wish


@pytest.mark.parametrize(
    ("view", "day", "first", "last"),
    [
        (RosterView.MONTH, date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 28)),
        (RosterView.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (RosterView.WEEK, date(2026, 4, 16), date(2026, 4, 13), date(2026, 4, 19)),
        (RosterView.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        (RosterView.DAY, date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_stretch_is_a_whole_month_a_week_from_monday_or_a_day(view, day, first, last):
    stretch = Stretch(view, day)

    assert (stretch.first, stretch.last) == (first, last)


def test_the_next_of_december_is_january_and_back():
    december = Stretch(RosterView.MONTH, date(2026, 12, 15))

    assert december.moved(1).first == date(2027, 1, 1)
    assert december.moved(1).moved(-1).first == date(2026, 12, 1)


def test_the_week_of_this_month_is_the_week_of_today():
    today = date(2026, 4, 16)
    month = Stretch(RosterView.MONTH, date(2026, 4, 1))

    assert month.shown_as(RosterView.WEEK, today).first == date(2026, 4, 13)
    assert month.moved(1).shown_as(RosterView.WEEK, today).first == date(2026, 4, 27)
    assert month.shown_as(RosterView.DAY, today).moved(1).first == date(2026, 4, 17)


def test_the_cursor_stays_inside_and_shift_extends_the_selection():
    cursor = GridCursor()
    cursor.fit(2, 3)

    cursor.key(Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 1)
    cursor.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 1)
    cursor.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 1)

    assert cursor.places == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_the_selection_follows_the_cell_under_the_cursor_when_rows_are_sorted_otherwise():
    cursor = GridCursor()
    cursor.fit(5, 5)
    cursor.select((0, 0), (1, 1))

    cursor.follow((3, 1))

    assert cursor.places == [(2, 0), (2, 1), (3, 0), (3, 1)]


def test_a_point_is_found_again_in_the_cell_that_was_drawn_there():
    layout = GridLayout((1, 1), 31, 2, name_width=150, viewport_width=700)
    layout.scroll = QPoint(40, 10)

    assert layout.spot(layout.cell(1, 9).center()) == Spot(Zone.CELL, 1, 9)
    assert layout.spot(layout.strip_cell(1, 4).center()) == Spot(Zone.STRIP, 1, 4)
    assert layout.spot(QPoint(20, layout.row_top(1) + ROW // 2)) == Spot(Zone.NAME, 1)
    assert layout.spot(QPoint(699, layout.row_top(0) + 2)).zone is Zone.HOURS
    assert layout.spot(QPoint(layout.day_left(6) + 3, HEAD // 2)) == Spot(Zone.DAY, day=6)
    assert layout.body.right() < 700 - HOURS + 1


def test_a_whole_month_fits_beside_narrow_bars_of_fairness_in_the_smallest_window():
    layout = GridLayout((2,), 31, 1, name_width=168, viewport_width=1146, has_fair=True)

    assert layout.fair == FAIR_NARROW
    assert layout.content_width <= layout.body.width()


def test_bars_of_fairness_are_wide_where_the_days_leave_room():
    layout = GridLayout((2,), 31, 1, name_width=168, viewport_width=1700, has_fair=True)

    assert layout.fair == FAIR
    assert layout.content_width <= layout.body.width()


def test_words_below_the_days_and_bars_of_fairness_take_their_room():
    plain = GridLayout((2,), 30, 1, name_width=150, viewport_width=1400)
    full = GridLayout((2,), 30, 1, name_width=150, viewport_width=1400, has_notes=True, has_fair=True)

    assert full.top > plain.top
    assert full.body.width() < plain.body.width()
    assert full.spot(full.cell(1, 29).center()) == Spot(Zone.CELL, 1, 29)
