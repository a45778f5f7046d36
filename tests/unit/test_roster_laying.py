"""Patterns, copied weeks and stretches, swaps: what they paint and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.services.roster.laying import copy_stretch, copy_week, lay_pattern, swapped
from tests.support.roster_plans import DAY, LEAVE, NIGHT, line, month

APRIL = date(2026, 4, 1)
FOUR = (DAY.id, NIGHT.id, None, None)
MONDAY = date(2026, 4, 6)


def by_day(stroke):
    return {painted.on_date.day: painted.template_id for painted in stroke}


def test_a_pattern_repeats_from_its_anchor():
    stroke = lay_pattern(FOUR, 1, APRIL, month(APRIL)[:6], {})

    assert by_day(stroke) == {1: DAY.id, 2: NIGHT.id, 5: DAY.id, 6: NIGHT.id}


def test_each_crew_begins_at_its_own_place_and_before_the_anchor_it_runs_backwards():
    stroke = lay_pattern(FOUR, 1, APRIL + timedelta(days=2), month(APRIL)[:4], {}, offset=1)

    assert by_day(stroke) == {2: DAY.id, 3: NIGHT.id}


def test_a_day_off_of_the_pattern_clears_and_what_is_right_is_not_painted():
    cells = line(1, APRIL, "DDD")

    stroke = lay_pattern(FOUR, 1, APRIL, month(APRIL)[:4], cells)

    assert [(one.on_date.day, one.template_id, one.before) for one in stroke] == [
        (2, NIGHT.id, DAY.id),
        (3, None, DAY.id),
    ]


def test_fixed_cells_and_leave_stay():
    cells = line(1, APRIL, "GV")
    cells[1, APRIL] = replace(cells[1, APRIL], is_fixed=True)

    stroke = lay_pattern(FOUR, 1, APRIL, month(APRIL)[:2], cells, keep=frozenset({LEAVE.id}))

    assert stroke == ()


def test_an_empty_pattern_paints_nothing():
    assert lay_pattern((), 1, APRIL, month(APRIL), {}) == ()


def test_a_week_is_copied_with_its_days_off_and_who_leads():
    cells = line(1, MONDAY, "DN", [MONDAY]) | line(1, date(2026, 4, 15), "G")

    stroke = copy_week(cells, [1], MONDAY, date(2026, 4, 13))

    assert by_day(stroke) == {13: DAY.id, 14: NIGHT.id, 15: None}
    assert [one.is_supervisor for one in stroke] == [True, False, False]


def test_leave_is_not_copied_and_not_painted_over():
    cells = line(1, MONDAY, "VD") | line(1, date(2026, 4, 13), "GV")

    stroke = copy_stretch(cells, [1], MONDAY, date(2026, 4, 7), date(2026, 4, 13), keep=frozenset({LEAVE.id}))

    assert stroke == ()


def test_that_a_cell_is_fixed_is_not_copied():
    cells = line(1, MONDAY, "D")
    cells[1, MONDAY] = replace(cells[1, MONDAY], is_fixed=True, team_id=2)

    (painted,) = copy_stretch(cells, [1], MONDAY, MONDAY, date(2026, 4, 13))

    assert (painted.is_fixed, painted.team_id) == (False, 2)


def test_a_swap_exchanges_two_cells_whole():
    cells = line(1, APRIL, "D", [APRIL]) | line(2, APRIL, "N")

    one, other = swapped(cells, (1, APRIL), (2, APRIL))

    assert (one.person_id, one.template_id, one.before, one.is_supervisor) == (1, NIGHT.id, DAY.id, False)
    assert (other.person_id, other.template_id, other.before, other.is_supervisor) == (
        2,
        DAY.id,
        NIGHT.id,
        True,
    )


def test_two_days_off_and_a_cell_with_itself_are_no_swap():
    assert swapped({}, (1, APRIL), (2, APRIL)) == ()
    assert swapped(line(1, APRIL, "D"), (1, APRIL), (1, APRIL)) == ()
