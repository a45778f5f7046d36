"""Painting over the date on which a shift's hours change: each date gets the shift that holds then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.roster import Assignment
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.strokes import Block, Span, filled, laid, pasted, pattern_codes, swap, week_before
from tests.support.roster_plans import DAY, NIGHT, line, month, person, plan, shift

FIRST, SINCE = date(2026, 6, 1), date(2026, 6, 15)
OLD = replace(DAY, last_date=SINCE - timedelta(days=1), is_active=False)
NEW = replace(shift(11, "D2", 9, 12), first_date=SINCE, previous_id=DAY.id)
GONE = replace(shift(13, "G", 6, 8), last_date=date(2026, 5, 31), is_active=False)


def board(cells=None, days=None, templates=(OLD, NEW, NIGHT, GONE)):
    return Board(Told(plan(days or month(FIRST), cells or {}, (person(1), person(2)), templates=templates)))


def on(day):
    return FIRST + timedelta(days=day - 1)


def painted(stroke):
    return {(cell.person_id, cell.on_date.day): cell.template_id for cell in stroke}


def test_one_paints_with_the_shifts_that_hold_on_the_days_shown():
    june, july = board(), board(days=month(date(2026, 7, 1)))

    assert [each.code for each in june.brushes] == ["D", "D2", "N"]
    assert [each.code for each in july.brushes] == ["D2", "N"]


def test_a_letter_paints_who_stands_for_that_shift_by_then():
    june, july = board(), board(days=month(date(2026, 7, 1)))

    assert (june.brush_of("d").code, july.brush_of("d").code) == ("D", "D2")
    assert july.brush_of("g") is None


def test_a_brush_over_the_change_paints_both():
    stroke = board().stroke([(1, on(14)), (1, on(15))], OLD.id)

    assert painted(stroke) == {(1, 14): OLD.id, (1, 15): NEW.id}


def test_the_new_shift_painted_too_early_is_the_old_one():
    stroke = board().stroke([(1, on(1))], NEW.id)

    assert painted(stroke) == {(1, 1): OLD.id}


def test_what_stands_there_already_is_not_painted_again():
    cells = {(1, on(15)): Assignment(1, on(15), NEW.id, is_supervisor=False, version=1)}

    assert board(cells).stroke([(1, on(15))], OLD.id) == ()


def test_a_pattern_that_names_the_new_shift_lays_the_old_one_before_it():
    shown = board()
    codes = pattern_codes(shown)

    stroke = laid(shown, [codes["D2"], None], [1], on(13), [on(13), on(14), on(15)])

    assert painted(stroke) == {(1, 13): OLD.id, (1, 15): NEW.id}


def test_a_pattern_is_known_in_a_month_before_the_change():
    may = board(days=month(date(2026, 5, 1)))

    assert pattern_codes(may)["D2"] == NEW.id
    assert "X" not in pattern_codes(may)


def test_a_week_copied_over_the_change_has_the_new_hours():
    shown = board(line(1, on(8), "DD"))

    assert painted(week_before(shown, [0], 14)) == {(1, 15): NEW.id, (1, 16): NEW.id}


def test_filling_and_pasting_follow_the_dates():
    shown = board(line(1, on(14), "D"))
    held = Assignment(1, on(14), OLD.id, is_supervisor=True, version=1)

    right = filled(shown, Span(0, 13, 1, 2), down=False)
    below = pasted(shown, Block(((held,),)), Span(1, 14))

    assert painted(right) == {(1, 15): NEW.id}
    assert painted(below) == {(2, 15): NEW.id}
    assert below[0].is_supervisor


def test_two_that_change_places_over_the_change_keep_to_the_dates():
    cells = {
        **line(1, on(14), "D"),
        (1, on(16)): Assignment(1, on(16), NIGHT.id, is_supervisor=False, version=1),
    }

    assert painted(swap(board(cells), Span(0, 13), 0, 15)) == {(1, 14): NIGHT.id, (1, 16): NEW.id}
