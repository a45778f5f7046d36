"""A day of the roster by its hours: bars, nights from the day before, people each hour, other clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.models.entities.roster import CoverageRule
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.day_hours import DayHours
from tests.support.roster_plans import DAY, LONDON, NIGHT, SHANGHAI, line, person, plan

TUESDAY = date(2026, 6, 16)
EVE = TUESDAY - timedelta(days=1)


def hours(cells=None, on=TUESDAY, zone=SHANGHAI, coverage=()):
    people = (person(1), person(2))
    return DayHours(Board(Told(plan((on,), cells, people, zone=zone, coverage=coverage))), on)


def test_a_night_of_the_day_before_goes_on_in_the_morning():
    (bar,) = hours(line(1, EVE, "N")).bars(1)

    assert (bar.start, bar.end) == (-4, 8)
    assert bar.cell.on_date == EVE


def test_a_night_of_the_day_runs_on_beyond_it():
    bars = hours(line(1, EVE, "DN")).bars(1)

    assert [(bar.start, bar.end) for bar in bars] == [(20, 32)]


def test_leave_fills_the_day_and_yesterdays_is_over():
    assert [bar.is_whole_day for bar in hours(line(1, EVE, "VV")).bars(1)] == [True]


def test_people_and_need_are_counted_hour_by_hour():
    need = (CoverageRule(DAY.id, 1, "workday", 2), CoverageRule(NIGHT.id, None, "workday", 1))

    counts = hours(line(1, EVE, "N") | line(2, TUESDAY, "D"), coverage=need).counts()

    assert [(counts[hour].planned, counts[hour].needed) for hour in (7, 8, 19, 20)] == [
        (1, 1),
        (1, 2),
        (1, 2),
        (0, 1),
    ]
    assert [hour for hour, count in enumerate(counts) if count.is_gap] == list(range(8, 24))


def test_of_teams_and_the_whole_desk_the_larger_need_holds():
    need = (CoverageRule(DAY.id, 1, "workday", 1), CoverageRule(DAY.id, None, "workday", 3))

    assert hours(coverage=need).counts()[9].needed == 3


def test_a_day_on_which_the_clocks_change_has_its_real_hours():
    spring = hours(on=date(2026, 3, 29), zone=LONDON)

    assert spring.length == 23
    assert spring.clock(0) == "00"
    assert spring.clock(1) == "02"
    assert len(spring.counts()) == 23


def test_now_is_an_hour_of_today_and_of_no_other_day():
    noon = datetime(2026, 6, 16, 4, 0, tzinfo=UTC)

    assert hours().hour_of(noon) == 12
    assert hours(on=EVE).hour_of(noon) is None
