"""Shifts across midnight and clock changes, coverage, and the rules a roster breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageRule,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
)
from app.services.roster.rules import (
    RosterLimits,
    coverage_counts,
    is_night,
    next_shift,
    shift_at,
    shift_hours,
    shift_span,
    violations,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")


def shift(number, code, start, hours, kind=ShiftKind.WORK):
    return ShiftTemplate(number, code, code, "", kind, start * 60, hours * 60, "d", number, True, 1)


DAY, NIGHT, OFFICE = shift(1, "D", 8, 12), shift(2, "N", 20, 12), shift(3, "G", 9, 8)
STANDBY = shift(4, "S", 0, 24, ShiftKind.STANDBY)
ALL = {template.id: template for template in (DAY, NIGHT, OFFICE, STANDBY)}
THURSDAY = date(2026, 4, 16)


def cells(*painted, leads=()):
    found = {}
    for person, day, template in painted:
        on = THURSDAY + timedelta(days=day)
        found[person, on] = Assignment(person, on, template.id, (person, day) in leads, 1)
    return found


def broken(painted, days=4, **limits):
    shown = [THURSDAY + timedelta(days=count) for count in range(days)]
    return violations(painted, ALL, shown, SHANGHAI, RosterLimits(**limits))


def test_a_night_shift_belongs_to_the_date_on_which_it_starts():
    begin, end = shift_span(NIGHT, THURSDAY, SHANGHAI)

    assert begin == datetime(2026, 4, 16, 12, tzinfo=UTC)
    assert end == datetime(2026, 4, 17, 0, tzinfo=UTC)


def test_a_night_over_the_spring_change_is_an_hour_shorter_and_over_the_autumn_one_longer():
    assert shift_hours(NIGHT, date(2026, 3, 28), LONDON) == timedelta(hours=11)
    assert shift_hours(NIGHT, date(2026, 10, 24), LONDON) == timedelta(hours=13)


def test_standby_is_no_work():
    assert shift_hours(STANDBY, THURSDAY, SHANGHAI) == timedelta()
    assert not is_night(STANDBY)


def test_the_crew_shift_leads_while_the_office_shift_runs_too():
    found = shift_at(ALL.values(), datetime(2026, 4, 16, 6, 2, tzinfo=UTC), SHANGHAI)

    assert (found.template, found.on_date) == (DAY, THURSDAY)


def test_at_three_in_the_morning_the_night_of_the_evening_before_runs():
    found = shift_at(ALL.values(), datetime(2026, 4, 16, 19, tzinfo=UTC), SHANGHAI)

    assert (found.template, found.on_date) == (NIGHT, THURSDAY)


def test_the_shift_that_takes_over_begins_when_this_one_ends():
    now = shift_at(ALL.values(), datetime(2026, 4, 16, 6, tzinfo=UTC), SHANGHAI)

    after = next_shift(ALL.values(), now, SHANGHAI)

    assert (after.template, after.starts_at) == (NIGHT, now.ends_at)


def test_nobody_is_on_duty_where_no_shift_runs():
    assert shift_at([OFFICE], datetime(2026, 4, 16, 19, tzinfo=UTC), SHANGHAI) is None


def test_the_day_after_a_night_is_named_with_the_rest_that_is_left():
    (found,) = broken(cells((7, 0, NIGHT), (7, 1, DAY)))

    assert (found.rule, found.person_id, found.found) == (BrokenRule.DAY_AFTER_NIGHT, 7, 0)


def test_too_little_rest_is_told_in_minutes():
    (found,) = broken(cells((7, 0, DAY), (7, 1, OFFICE)), rest=timedelta(hours=14))

    assert (found.rule, found.found, found.allowed) == (BrokenRule.REST, 780, 840)


def test_a_third_night_in_a_row_is_one_too_many():
    painted = cells((7, 0, NIGHT), (7, 1, NIGHT), (7, 2, NIGHT))

    assert [(one.rule, one.found) for one in broken(painted)] == [(BrokenRule.NIGHTS_IN_A_ROW, 3)]


def test_nights_with_a_day_off_between_begin_anew():
    assert broken(cells((7, 0, NIGHT), (7, 1, NIGHT), (7, 3, NIGHT))) == []


def test_a_led_shift_wants_exactly_one_duty_supervisor_on_every_date():
    painted = cells((1, 0, DAY), (2, 1, DAY), (1, 2, DAY), (2, 2, DAY), leads={(1, 0), (1, 2), (2, 2)})

    found = broken(painted, days=3)

    assert [(one.rule, one.on_date.day, one.found) for one in found] == [
        (BrokenRule.NO_SUPERVISOR, 17, 0),
        (BrokenRule.TWO_SUPERVISORS, 18, 2),
    ]


def test_coverage_follows_the_type_of_day_and_the_team():
    rules = [CoverageRule(DAY.id, 1, "workday", 2), CoverageRule(DAY.id, 1, "weekend", 1)]
    days = [THURSDAY, THURSDAY + timedelta(days=2)]
    types = dict(zip(days, ("workday", "weekend"), strict=True))
    people = [RosterPerson(1, "A", 1, "First", 0), RosterPerson(2, "B", 2, "Field", 1)]

    counts = coverage_counts(rules, days, types, cells((1, 0, DAY), (2, 0, DAY)), people, ALL.values())

    assert [(one.planned, one.needed, one.is_gap) for one in counts] == [(1, 2, True), (0, 1, True)]


@pytest.mark.parametrize(
    ("day_type", "ruled", "needed"),
    [
        ("make_up_workday", {"workday": 2, "weekend": 1}, 2),
        ("make_up_workday", {"workday": 2, "make_up_workday": 3}, 3),
        ("make_up_workday", {"weekend": 1}, 0),
        ("day_off_in_lieu", {"workday": 2, "weekend": 1, "holiday": 4}, 1),
        ("day_off_in_lieu", {"workday": 2, "holiday": 4}, 4),
        ("day_off_in_lieu", {"workday": 2}, 0),
        ("holiday", {"workday": 2, "weekend": 1}, 0),
    ],
)
def test_a_day_no_rule_names_is_staffed_like_the_one_it_resembles(day_type, ruled, needed):
    rules = [CoverageRule(DAY.id, 1, kind, minimum) for kind, minimum in ruled.items()]

    (count,) = coverage_counts(rules, [THURSDAY], {THURSDAY: day_type}, {}, [], ALL.values())

    assert count.needed == needed


def test_who_stands_in_for_another_team_counts_there_and_a_stranger_nowhere():
    rules = [CoverageRule(DAY.id, team, "workday", 1) for team in (1, 2, None)]
    painted = cells((1, 0, DAY), (9, 0, DAY))
    painted[1, THURSDAY] = replace(painted[1, THURSDAY], team_id=2)

    counts = coverage_counts(
        rules, [THURSDAY], {THURSDAY: "workday"}, painted, [RosterPerson(1, "A", 1, "First", 0)], ALL.values()
    )

    assert [(one.rule.team_id, one.planned) for one in counts] == [(1, 0), (2, 1), (None, 1)]
