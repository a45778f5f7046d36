"""The dates between which shifts hold: their bounds, who stands for whom, and days on which clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.roster import CoverageRule, PaintedCell
from app.services.filling.problems import FillChoices, problem_of
from app.services.roster.checks import RosterChecks
from app.services.roster.rules import coverage_counts, next_shift, shift_at
from app.services.roster.template_dates import Bounds, Successions, check_cells, check_holds, ended
from tests.support.roster_plans import (
    DAY,
    LONDON,
    NIGHT,
    OFFICE,
    SHANGHAI,
    month,
    person,
    plan,
    shift,
)

LAST, SINCE = date(2026, 11, 30), date(2026, 12, 1)
OLD = replace(DAY, last_date=LAST, is_active=False)
NEW = replace(shift(11, "D2", 9, 12), first_date=SINCE, previous_id=DAY.id)
NEWER = replace(shift(12, "D3", 10, 12), first_date=date(2027, 1, 1), previous_id=NEW.id)


@pytest.mark.parametrize(
    ("template", "on", "holds"),
    [
        (DAY, date.min, True),
        (DAY, date.max, True),
        (OLD, LAST, True),
        (OLD, SINCE, False),
        (NEW, LAST, False),
        (NEW, SINCE, True),
        (replace(DAY, is_active=False), SINCE, False),
        (replace(NEW, last_date=LAST), SINCE, False),
    ],
)
def test_a_shift_holds_from_its_first_to_its_last_date(template, on, holds):
    assert template.holds_on(on) is holds


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(date(2026, 11, 1), LAST, True), (SINCE, date(2026, 12, 31), False), (LAST, SINCE, True)],
)
def test_a_stretch_has_the_shifts_that_hold_on_any_of_its_dates(first, last, holds):
    assert OLD.holds_within(first, last) is holds


@pytest.mark.parametrize(
    ("since", "old_end", "new_start"),
    [
        (date(2026, 3, 29), "2026-03-29T00:00", "2026-03-29T03:00"),
        (date(2026, 10, 25), "2026-10-25T02:00", "2026-10-25T04:00"),
    ],
)
def test_hours_change_on_the_date_on_which_the_clocks_do(since, old_end, new_start):
    night = replace(shift(1, "N", 20, 7), last_date=since - timedelta(days=1), is_active=False)
    later = replace(shift(2, "N2", 3, 12), first_date=since, previous_id=night.id)

    before = shift_at([night, later], datetime.fromisoformat(old_end).replace(tzinfo=LONDON), LONDON)
    after = shift_at([night, later], datetime.fromisoformat(new_start).replace(tzinfo=LONDON), LONDON)

    assert (before.template.code, before.on_date) == ("N", since - timedelta(days=1))
    assert (after.template.code, after.on_date) == ("N2", since)
    assert next_shift([night, later], before, LONDON) == after
    assert (
        shift_at([night, later], datetime(since.year, since.month, since.day, 21, tzinfo=LONDON), LONDON)
        is None
    )


def test_coverage_of_a_shift_is_asked_on_its_dates_only():
    rules = [CoverageRule(each.id, None, "workday", 1) for each in (OLD, NEW)]

    counts = coverage_counts(rules, [LAST, SINCE], {LAST: "workday", SINCE: "workday"}, {}, [], [OLD, NEW])

    assert [(one.rule.template_id, one.needed) for one in counts] == [
        (OLD.id, 1),
        (OLD.id, 0),
        (NEW.id, 0),
        (NEW.id, 1),
    ]


def test_a_shift_that_holds_on_no_date_shown_has_no_line_of_coverage():
    rules = (CoverageRule(OLD.id, None, "workday", 1), CoverageRule(NEW.id, None, "workday", 1))

    checks = RosterChecks(plan(month(SINCE), templates=(OLD, NEW), coverage=rules))

    assert {count.rule.template_id for count in checks.counts} == {NEW.id}


def test_a_roster_is_filled_with_the_shifts_of_each_date():
    rules = tuple(CoverageRule(each.id, None, "workday", 1) for each in (OLD, NEW))
    days = (LAST, SINCE)
    asked = plan(days, people=[person(1)], templates=(OLD, NEW), coverage=rules)

    problem = problem_of(asked, (), FillChoices(LAST))

    assert [(need.on, need.template_id) for need in problem.needs] == [(LAST, OLD.id), (SINCE, NEW.id)]


def test_each_stands_for_the_other_on_the_dates_of_that_one():
    line = Successions([OLD, replace(NEW, last_date=date(2026, 12, 31), is_active=False), NEWER, NIGHT])

    found = [
        line.held_on(each.id, on) for each in (OLD, NEW, NEWER) for on in (LAST, SINCE, date(2027, 1, 1))
    ]

    assert found == [OLD.id, NEW.id, NEWER.id] * 3
    assert line.held_on(NIGHT.id, SINCE) == NIGHT.id
    assert line.held_on(99, SINCE) == 99


def test_where_none_of_a_line_holds_nobody_stands_for_a_shift():
    assert Successions([OLD]).held_on(OLD.id, SINCE) == OLD.id


def test_a_cell_that_keeps_its_shift_may_stay():
    stays = PaintedCell(1, SINCE, OLD.id, OLD.id, is_supervisor=True)

    check_cells([OLD], [stays, PaintedCell(1, SINCE, None, OLD.id)])


def test_a_cell_of_no_shift_at_all_is_refused():
    with pytest.raises(NotFound):
        check_cells([OLD], [PaintedCell(1, LAST, 99)])


def test_a_new_shift_is_over_after_its_last_date():
    with pytest.raises(RuleViolation):
        check_holds(replace(OFFICE, first_date=LAST, last_date=LAST), SINCE)


@pytest.mark.parametrize(
    ("hour", "planned", "last"),
    [
        (12, None, LAST),
        (7, None, date(2026, 11, 29)),
        (21, None, date(2026, 11, 29)),
        (21, LAST, LAST),
        (7, date(2026, 12, 24), date(2026, 12, 24)),
    ],
)
def test_a_retired_shift_ends_where_nobody_counts_on_it_any_more(hour, planned, last):
    now = datetime(2026, 11, 30, hour, tzinfo=SHANGHAI)

    assert ended(DAY, planned, now, SHANGHAI) == Bounds(is_active=False, last=last)


def test_a_night_that_is_retired_runs_to_its_end():
    now = datetime(2026, 11, 30, 2, tzinfo=SHANGHAI)

    assert ended(NIGHT, None, now, SHANGHAI).last == date(2026, 11, 29)


def test_an_end_that_is_near_is_not_moved_away():
    now = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)

    assert ended(OLD, date(2026, 12, 24), now, SHANGHAI).last == LAST
