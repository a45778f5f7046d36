"""Fairness while painting: the ledger and the days shown together, parts of a team, who is spared."""

from __future__ import annotations

from datetime import date

from app.models.entities.roster_plan import Fairness, FairShare
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.fair_shares import FairBar, fair_bars
from tests.support.roster_plans import line, month, person, plan

FIRST = date(2026, 6, 1)


def board(cells, people):
    return Board(Told(plan(month(FIRST), cells, people)))


def ledger(*shares):
    return Fairness(date(2025, 6, 1), FIRST, tuple(shares), None)


def test_the_days_shown_are_counted_at_once():
    shown = board(line(1, FIRST, "NN") | line(2, FIRST, "DD"), (person(1), person(2)))

    fair = fair_bars(shown, None)

    assert [bar.value for bar in fair.bars[1]] == [2, 0, 0]
    assert fair.bars[1][0].part == 1
    assert fair.bars[2][0].value == 0


def test_the_ledger_and_the_days_shown_are_added_up():
    shown = board(line(1, FIRST, "N") | line(2, FIRST, "N"), (person(1), person(2)))
    past = ledger(FairShare(1, 1, 9, 4, 1, 600), FairShare(2, 1, 3, 4, 1, 600))

    fair = fair_bars(shown, past)

    assert [bar.value for bar in fair.bars[1]] == [10, 4, 1]
    assert (fair.bars[1][0].part, fair.bars[1][0].lean) == (7, 1)
    assert (fair.bars[2][0].value, fair.bars[2][0].lean) == (4, -1)


def test_who_has_no_nights_by_agreement_neither_owes_nor_lowers_them():
    people = (person(1), person(2), person(3, no_nights=True))
    shown = board(line(1, FIRST, "NN") | line(2, FIRST, "NN") | line(3, FIRST, "DD"), people)

    fair = fair_bars(shown, None)

    assert fair.bars[3][0].is_spared
    assert fair.bars[1][0].part == 2


def test_one_more_than_the_others_is_no_lean():
    assert FairBar(2, 1.5).lean == 0
    assert FairBar(9, 8.5).lean == 0
    assert FairBar(5, 2.0).lean == 1


def test_a_painted_night_changes_the_score():
    people = (person(1), person(2))
    shown = board(line(1, FIRST, "ND") | line(2, FIRST, "ND"), people)
    before = fair_bars(shown, None).score

    shown.paint(shown.stroke([(1, date(2026, 6, 10))], 2))

    assert before == 100
    assert fair_bars(shown, None).score < 100
