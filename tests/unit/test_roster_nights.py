"""Which shifts are nights: by how much of 23:00-06:00 they cover, not by when they begin."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.roster import Assignment, BrokenRule, ShiftKind, ShiftTemplate
from app.services.filling.problems import FillChoices, problem_of
from app.services.roster.checks import RosterChecks
from app.services.roster.rules import NIGHT_LEAST, is_morning, is_night, is_overnight, night_minutes
from tests.support.roster_plans import month, only, person, plan, shift

FIRST = date(2026, 6, 1)
EARLY_NIGHT, DAY, LATE = shift(1, "N", 0, 8), shift(2, "D", 8, 8), shift(3, "M", 16, 8)


def clock(begin: str, end: str, kind: ShiftKind = ShiftKind.WORK):
    hours, minutes = begin.split(":")
    start = int(hours) * 60 + int(minutes)
    hours, minutes = end.split(":")
    length = (int(hours) * 60 + int(minutes) - start) % 1440 or 1440
    return ShiftTemplate(1, "X", "X", "", kind, start, length, "d", 1, True, 1)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("20:00", "08:00"), ("00:00", "08:00"), ("17:30", "05:30"), ("22:00", "06:00"), ("23:00", "02:00"),
        ("03:00", "06:00"), ("03:00", "15:00"), ("00:00", "00:00"), ("14:00", "02:00"), ("23:59", "11:59"),
    ],
)  # fmt: skip
def test_three_hours_of_night_time_make_a_night(begin, end):
    assert is_night(clock(begin, end))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("16:00", "00:00"), ("08:00", "16:00"), ("08:00", "20:00"), ("03:01", "11:00"), ("23:00", "01:59"),
        ("13:59", "01:59"), ("06:00", "18:00"), ("18:00", "01:00"), ("04:00", "12:00"),
    ],
)  # fmt: skip
def test_less_of_night_time_makes_none(begin, end):
    assert not is_night(clock(begin, end))


@pytest.mark.parametrize("kind", [ShiftKind.STANDBY, ShiftKind.ABSENCE])
def test_only_work_is_a_night(kind):
    found = clock("20:00", "08:00", kind)

    assert not is_night(found)
    assert not is_morning(clock("08:00", "20:00", kind))


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_night_time_is_what_counting_minute_by_minute_says(start, length):
    template = ShiftTemplate(1, "X", "X", "", ShiftKind.WORK, start, length, "d", 1, True, 1)
    hours = [minute % 1440 // 60 for minute in range(start, start + length)]

    counted = sum(hour == 23 or hour < 6 for hour in hours)

    assert night_minutes(template) == counted
    assert is_night(template) == (counted >= NIGHT_LEAST)
    assert is_morning(template) == (start < 720 and counted < NIGHT_LEAST)
    assert is_overnight(template) == (counted >= NIGHT_LEAST and start + length >= 1440)


def checks(codes, *, who=None, **more):
    templates = {"N": EARLY_NIGHT, "D": DAY, "M": LATE}
    cells = {
        (1, on): Assignment(1, on, templates[code].id, is_supervisor=False, version=1)
        for on, code in zip(month(FIRST), codes, strict=False)
    }
    days = month(FIRST)
    return RosterChecks(plan(days, cells, [who or person(1)], templates=(EARLY_NIGHT, DAY, LATE), **more))


def test_nobody_of_no_nights_is_put_on_a_shift_from_midnight():
    found = checks("N", who=person(1, no_nights=True), rules=only("eligibility"))

    assert [one.rule for one in found.violations] == [BrokenRule.NO_NIGHTS]


def test_shifts_from_midnight_are_nights_in_a_row():
    found = checks("NNN", rules=only("nights_in_a_row"))

    assert [(one.rule, one.found) for one in found.violations] == [(BrokenRule.NIGHTS_IN_A_ROW, 3)]


def test_a_morning_a_day_after_a_night_that_ended_the_day_before_is_none_straight_after_it():
    found = checks("ND", rules=only("day_after_night"))

    assert found.violations == ()


def test_a_second_night_is_no_morning_after_the_first():
    found = checks("NN", rules=only("day_after_night"))

    assert found.violations == ()


def test_a_filled_roster_spares_them_too():
    asked = plan(month(FIRST), people=[person(1, no_nights=True)], templates=(EARLY_NIGHT, DAY, LATE))

    (who,) = problem_of(asked, (), FillChoices(FIRST)).people

    assert {template for _on, template in who.barred} == {EARLY_NIGHT.id}
