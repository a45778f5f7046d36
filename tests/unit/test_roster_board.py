"""The roster as it is shown: hours, coverage and marks follow a stroke; stretches of days; the cursor."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt

from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    CoverageRule,
    PaintedCell,
    Roster,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
    Violation,
)
from app.views.roster.board import Board
from app.views.roster.grid_cursor import GridCursor
from app.views.roster.grid_layout import HEAD, HOURS, ROW, GridLayout, Spot, Zone
from app.views.roster.stretch import RosterView, Stretch

MARCH_28 = date(2026, 3, 28)
DAYS = (MARCH_28, MARCH_28 + timedelta(days=1), MARCH_28 + timedelta(days=2))
DAY = ShiftTemplate(1, "D", "Day", "白班", ShiftKind.WORK, 480, 720, "d", 0, True, 1)
NIGHT = ShiftTemplate(2, "N", "Night", "夜班", ShiftKind.WORK, 1200, 720, "n", 1, True, 1)
LEAVE = ShiftTemplate(3, "V", "Leave", "请假", ShiftKind.ABSENCE, 0, 1440, "v", 2, True, 1)
WANG, LI = RosterPerson(1, "Wang Fang", 7, "First line", 0), RosterPerson(2, "Li Na", 8, "Field", 1)
RULE = CoverageRule(2, 7, "workday", 2)


def board(cells=(), violations=(), zone="Europe/London"):
    roster = Roster(
        days=DAYS,
        day_types=("weekend", "weekend", "workday"),
        people=(WANG, LI),
        templates=(DAY, NIGHT, LEAVE),
        cells={(cell.person_id, cell.on_date): cell for cell in cells},
        coverage=tuple(CoverageCount(RULE, on, 1, 2) for on in DAYS),
        violations=tuple(violations),
        is_published=False,
        published_at=None,
        published_by="",
    )
    return Board(roster, ZoneInfo(zone))


def test_the_hours_of_a_night_are_real_when_the_clocks_change():
    nights = [Assignment(1, on, NIGHT.id, False, 1) for on in DAYS]

    assert board(nights).hours[1] == timedelta(hours=35)
    assert board(nights, zone="Asia/Shanghai").hours[1] == timedelta(hours=36)


def test_leave_is_no_work():
    assert board([Assignment(1, DAYS[0], LEAVE.id, False, 1)]).hours[1] == timedelta()


def test_coverage_and_hours_follow_a_stroke_at_once():
    shown = board()

    after = shown.painted(shown.stroke([(1, DAYS[2])], NIGHT.id))

    assert [count.planned for count in after.coverage[0].counts] == [1, 1, 2]
    assert after.hours[1] == timedelta(hours=12)
    assert [count.planned for count in shown.coverage[0].counts] == [1, 1, 1]


def test_a_shift_of_another_team_fills_no_gap():
    shown = board()

    after = shown.painted(shown.stroke([(2, DAYS[2])], NIGHT.id))

    assert len(after.gaps) == 3


def test_a_stroke_leaves_out_what_is_painted_already():
    shown = board([Assignment(1, DAYS[0], DAY.id, False, 1)])

    stroke = shown.stroke([(1, DAYS[0]), (1, DAYS[1])], DAY.id)

    assert stroke == (PaintedCell(1, DAYS[1], DAY.id, None),)


def test_a_painted_cell_is_no_longer_marked_until_the_rules_were_asked_again():
    broken = Violation(BrokenRule.REST, DAYS[0], 1, DAY.id, 0, 660)
    shown = board([Assignment(1, DAYS[0], DAY.id, False, 1)], [broken])

    after = shown.painted(shown.stroke([(1, DAYS[0])], None))

    assert (1, DAYS[0]) in shown.violations_at
    assert after.violations_at == {}


def test_two_who_lead_one_shift_are_both_marked():
    cells = [Assignment(person, DAYS[0], DAY.id, True, 1) for person in (1, 2)]
    twice = Violation(BrokenRule.TWO_SUPERVISORS, DAYS[0], None, DAY.id, 2, 1)

    assert set(board(cells, [twice]).violations_at) == {(1, DAYS[0]), (2, DAYS[0])}


def test_people_stand_below_their_teams():
    assert [(group.name, group.first, group.size) for group in board().groups] == [
        ("First line", 0, 1),
        ("Field", 1, 1),
    ]


@pytest.mark.parametrize(
    ("view", "day", "first", "last"),
    [
        (RosterView.MONTH, date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 28)),
        (RosterView.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (RosterView.WEEK, date(2026, 4, 16), date(2026, 4, 13), date(2026, 4, 19)),
        (RosterView.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_a_stretch_is_a_whole_month_or_a_week_from_monday(view, day, first, last):
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


def test_the_cursor_stays_inside_and_shift_extends_the_selection():
    cursor = GridCursor()
    cursor.fit(2, 3)

    cursor.key(Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 1)
    cursor.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 1)
    cursor.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 1)

    assert cursor.places == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_point_is_found_again_in_the_cell_that_was_drawn_there():
    layout = GridLayout((1, 1), 31, 2, name_width=150, viewport_width=700)
    layout.scroll = QPoint(40, 10)

    assert layout.spot(layout.cell(1, 9).center()) == Spot(Zone.CELL, 1, 9)
    assert layout.spot(layout.strip_cell(1, 4).center()) == Spot(Zone.STRIP, 1, 4)
    assert layout.spot(QPoint(20, layout.row_top(1) + ROW // 2)) == Spot(Zone.NAME, 1)
    assert layout.spot(QPoint(699, layout.row_top(0) + 2)).zone is Zone.HOURS
    assert layout.spot(QPoint(layout.day_left(6) + 3, HEAD // 2)) == Spot(Zone.DAY, day=6)
    assert layout.body.right() < 700 - HOURS + 1
