"""What keys and drags paint: filling, pasting, fixing, standing in, swapping, copying a week, laying."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.roster import PaintedCell
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.strokes import (
    Span,
    block_of_text,
    copied,
    filled,
    fixed,
    laid,
    pasted,
    standing_in,
    swap,
    text_of,
    tone_of,
    week_before,
)
from tests.support.roster_plans import DAY, LEAVE, NIGHT, OFFICE, line, month, person, plan

FIRST = date(2026, 6, 1)
DAYS = month(FIRST)
PEOPLE = (person(1), person(2), person(3, team=2))


def board(*lines):
    cells = dict(item for each in lines for item in each.items())
    return Board(Told(plan(DAYS, cells, PEOPLE)))


def on(day):
    return FIRST + timedelta(days=day - 1)


def codes(stroke):
    names = {DAY.id: "D", NIGHT.id: "N", OFFICE.id: "G", LEAVE.id: "V", None: "-"}
    return {(cell.person_id, cell.on_date.day): names[cell.template_id] for cell in stroke}


def fix(cells, key):
    return cells | {key: replace(cells[key], is_fixed=True)}


def test_filling_down_takes_the_first_row_and_leaves_what_is_so_already():
    shown = board(line(1, FIRST, "DN"), line(2, FIRST, "DD"))

    stroke = filled(shown, Span(0, 0, 2, 2), down=True)

    assert codes(stroke) == {(2, 2): "N"}


def test_filling_right_takes_the_first_day_and_spares_fixed_cells():
    shown = board(fix(line(1, FIRST, "D-N"), (1, on(3))))

    stroke = filled(shown, Span(0, 0, 1, 4), down=False)

    assert codes(stroke) == {(1, 2): "D", (1, 4): "D"}


def test_a_block_is_pasted_with_its_days_off():
    shown = board(line(1, FIRST, "DN-"), line(2, FIRST, "---GGG"))

    stroke = pasted(shown, copied(shown, Span(0, 0, 1, 3)), Span(1, 3))

    assert codes(stroke) == {(2, 4): "D", (2, 5): "N", (2, 6): "-"}
    assert {cell.before for cell in stroke} == {OFFICE.id}


def test_a_small_block_fills_a_larger_selection():
    shown = board(line(1, FIRST, "DN"))

    stroke = pasted(shown, copied(shown, Span(0, 0, 1, 2)), Span(1, 0, 1, 5))

    assert codes(stroke) == {(2, 1): "D", (2, 2): "N", (2, 3): "D", (2, 4): "N", (2, 5): "D"}


def test_pasting_over_the_edge_leaves_out_what_lies_outside():
    shown = board(line(1, FIRST, "DN"))

    stroke = pasted(shown, copied(shown, Span(0, 0, 1, 2)), Span(2, 29))

    assert codes(stroke) == {(3, 30): "D"}


def test_copied_cells_are_codes_elsewhere_and_codes_are_cells_here():
    shown = board(line(1, FIRST, "D-N"))

    text = text_of(shown, copied(shown, Span(0, 0, 2, 3)))

    assert text == "D\t\tN\n\t\t"
    assert codes(pasted(shown, block_of_text(shown, "g\tN\n\tD"), Span(1, 0))) == {
        (2, 1): "G",
        (2, 2): "N",
        (3, 2): "D",
    }


def test_text_that_is_no_roster_is_not_pasted():
    shown = board({})

    assert block_of_text(shown, "Dear colleague") is None
    assert block_of_text(shown, "") is None
    assert block_of_text(shown, "D\t<b>") is None


def test_fixing_fixes_all_first_and_frees_them_the_second_time():
    cells = fix(line(1, FIRST, "DN"), (1, on(1)))
    shown = board(cells)
    keys = [(1, on(1)), (1, on(2)), (1, on(3))]

    stroke = fixed(shown, keys)
    shown.paint(stroke)

    assert [(cell.on_date.day, cell.is_fixed) for cell in stroke] == [(2, True)]
    assert [cell.is_fixed for cell in fixed(shown, keys)] == [False, False]


def test_a_fixed_cell_stays_fixed_with_another_shift_and_is_free_when_cleared():
    shown = board(fix(line(1, FIRST, "D"), (1, FIRST)))

    assert shown.stroke([(1, FIRST)], NIGHT.id) == (PaintedCell(1, FIRST, NIGHT.id, DAY.id, is_fixed=True),)
    assert shown.stroke([(1, FIRST)], None) == (PaintedCell(1, FIRST, None, DAY.id),)


def test_standing_in_for_the_own_team_is_none():
    shown = board(line(1, FIRST, "D"))

    (lent,) = standing_in(shown, [(1, FIRST)], 2)
    shown.paint([lent])
    (back,) = standing_in(shown, [(1, FIRST)], 1)

    assert (lent.team_id, back.team_id) == (2, None)


def test_a_block_changes_places_with_the_one_it_is_put_on():
    shown = board(line(1, FIRST, "DN"), line(2, FIRST, "--GG"))

    stroke = swap(shown, Span(0, 0, 1, 2), 1, 2)

    assert codes(stroke) == {(1, 1): "G", (2, 3): "D", (1, 2): "G", (2, 4): "N"}


def test_a_block_fits_neither_over_the_edge_nor_on_itself():
    shown = board(line(1, FIRST, "DN"))

    assert swap(shown, Span(0, 0, 1, 2), 0, 1) is None
    assert swap(shown, Span(0, 0, 2, 2), 2, 0) is None
    assert swap(shown, Span(0, 0, 1, 2), 0, 29) is None


def test_last_week_is_copied_as_far_as_days_are_shown():
    shown = board(line(1, on(22), "DN-DN--"), line(2, on(22), "D"))

    stroke = week_before(shown, range(1), 29)

    assert codes(stroke) == {(1, 29): "D", (1, 30): "N"}


def test_a_week_from_before_the_month_is_copied_too():
    shown = board(line(1, FIRST - timedelta(days=7), "DNDN"))

    assert codes(week_before(shown, range(3), 0)) == {(1, 1): "D", (1, 2): "N", (1, 3): "D", (1, 4): "N"}


def test_a_pattern_is_laid_with_each_person_further_on_and_spares_leave():
    shown = board(line(2, on(2), "V"))

    stroke = laid(shown, [DAY.id, NIGHT.id, None], [1, 2], FIRST, DAYS[:4], step=-1)

    assert codes(stroke) == {
        (1, 1): "D", (1, 2): "N", (1, 4): "D",
        (2, 3): "N",
    }  # fmt: skip


def test_a_stroke_is_as_bad_as_the_worst_rule_it_breaks():
    shown = board(line(1, FIRST, "N"))

    assert tone_of(shown.checks.trial([PaintedCell(2, FIRST, OFFICE.id)])) == "ok"
    assert tone_of(shown.checks.trial([PaintedCell(2, FIRST, DAY.id)])) == "warn"
    assert tone_of(shown.checks.trial([PaintedCell(1, on(2), DAY.id)])) == "bad"
    assert tone_of(None) == "bad"
