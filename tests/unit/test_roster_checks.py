"""Each rule of the roster: when it is broken, where that is told, with which figures, how much it weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.roster import BrokenRule, CoverageRule, Severity
from app.models.entities.roster_plan import Leave
from app.models.entities.skills import SkillLevel, SkillNeed
from app.services.roster.checks import RosterChecks
from tests.support.roster_plans import (
    DAY,
    LEAVE,
    LONDON,
    NIGHT,
    OFFICE,
    line,
    month,
    only,
    painted,
    person,
    plan,
    rules,
    told,
)

APRIL = date(2026, 4, 1)  # a Wednesday
DAYS = month(APRIL)
WANG = person(1)


def checks(cells, *names, people=(WANG,), days=DAYS, **more):
    given = more.pop("rules", None) or only(*names)
    return RosterChecks(plan(days, cells, people, rules=given, **more))


def test_the_day_after_a_night_is_told_once_where_it_weighs_no_less_than_rest():
    found = checks(line(1, APRIL, "ND"), rules=rules(contract="off")).violations

    assert [(one.rule, one.since) for one in found if one.person_id] == [(BrokenRule.DAY_AFTER_NIGHT, APRIL)]


def test_rest_is_told_beside_a_day_after_a_night_that_only_warns():
    given = rules(day_after_night="warn")

    found = checks(line(1, APRIL, "ND"), rules=given).violations

    weights = {one.rule: one.severity for one in found if one.person_id}
    assert weights == {BrokenRule.DAY_AFTER_NIGHT: Severity.WARN, BrokenRule.REST: Severity.FORBID}


def test_a_late_shift_before_a_day_shift_leaves_too_little_rest():
    assert told(checks(line(1, APRIL, "MD"), "rest")) == [("rest", 2, 600, 660)]


@pytest.mark.parametrize(("limit", "count"), [(10, 0), (11, 1)])
def test_rest_of_just_the_limit_is_enough(limit, count):
    given = rules(rest=("warn", limit), supervisor="off")

    assert len(checks(line(1, APRIL, "MD"), rules=given).violations) == count


def test_leave_sickness_and_standby_break_no_rest():
    assert told(checks(line(1, APRIL, "NVN"), "rest", "day_after_night")) == []
    assert told(checks(line(1, APRIL, "NS"), "rest", "day_after_night")) == []


def test_a_rule_that_is_off_says_nothing():
    assert checks(line(1, APRIL, "ND"), rules=only()).violations == ()


def test_shifts_in_a_row_are_counted_over_the_edge_of_the_month():
    cells = line(1, APRIL - timedelta(days=4), "GGGGGGG")

    found = checks(cells, "shifts_in_a_row")

    assert told(found) == [("shifts_in_a_row", 3, 7, 6)]
    assert found.violations[0].since == date(2026, 3, 28)


def test_what_begins_in_the_month_and_is_broken_behind_it_is_told():
    cells = line(1, date(2026, 4, 30), "ND")

    assert [(one.rule, one.on_date) for one in checks(cells, "day_after_night").violations] == [
        (BrokenRule.DAY_AFTER_NIGHT, date(2026, 5, 1))
    ]


def test_what_lies_before_or_behind_the_month_altogether_is_not_told():
    cells = line(1, date(2026, 3, 20), "ND") | line(1, date(2026, 5, 2), "ND")

    assert told(checks(cells, "day_after_night", "rest")) == []


def test_hours_of_a_week_are_told_where_the_limit_is_passed():
    cells = line(1, date(2026, 4, 6), "DDDDDD")

    (found,) = checks(cells, "hours_week").violations

    assert (found.on_date.day, found.since, found.found, found.allowed) == (
        11, date(2026, 4, 6), 72 * 60, 60 * 60
    )  # fmt: skip


def test_a_week_that_begins_in_the_month_before_counts_as_a_whole():
    cells = line(1, date(2026, 3, 30), "DDDDDD")

    assert told(checks(cells, "hours_week")) == [("hours_week", 4, 72 * 60, 60 * 60)]


def test_hours_of_a_month_count_that_month_only():
    cells = line(1, date(2026, 3, 25), "D" * 7) | line(1, APRIL, "D" * 17)

    assert told(checks(cells, "hours_month")) == [("hours_month", 17, 17 * 720, 200 * 60)]


def test_an_agreed_week_is_reckoned_for_the_days_of_the_month_with_some_leeway():
    part_time = person(1, contract_minutes=20 * 60)
    cells = line(1, APRIL, "D-" * 8)

    (found,) = checks(cells, "contract", people=[part_time]).violations

    assert (found.found, found.allowed) == (8 * 720, 1200 * 30 * 110 // 700)


def test_who_came_in_the_middle_of_a_month_owes_its_second_half():
    newcomer = person(1, contract_minutes=20 * 60, joined_on=date(2026, 4, 16))
    cells = line(1, date(2026, 4, 16), "D-D-D-D")

    (found,) = checks(cells, "contract", people=[newcomer]).violations

    assert (found.found, found.allowed) == (4 * 720, 1200 * 15 * 110 // 700)


@pytest.mark.parametrize(
    ("agreed", "codes", "rule"),
    [
        ({"no_nights": True}, "N", "no_nights"),
        ({"no_weekends": True}, "---D", "no_weekends"),
        ({"no_weekends": True}, "----------D", None),  # a make-up workday on a Saturday
        ({"no_weekends": True}, "------D", "no_weekends"),  # a day off in lieu
        ({"no_holidays": True}, "-----D", "no_holidays"),
        ({"no_holidays": True}, "------D", "no_holidays"),
        ({"no_holidays": True}, "-----S", None),
        ({"joined_on": date(2026, 4, 2)}, "D", "not_employed"),
        ({"left_on": APRIL}, "D", None),
        ({"left_on": APRIL}, "-S", "not_employed"),
        ({"nights_most": 1}, "N-N", "nights_most"),
    ],
)
def test_what_was_agreed_with_a_person(agreed, codes, rule):
    types = {
        date(2026, 4, 6): "holiday",
        date(2026, 4, 7): "day_off_in_lieu",
        date(2026, 4, 11): "make_up_workday",
    }

    found = checks(line(1, APRIL, codes), "eligibility", people=[person(1, **agreed)], types=types)

    assert [one.rule.value for one in found.violations] == ([rule] if rule else [])


def test_a_shift_on_approved_leave_is_told_and_the_absence_itself_is_not():
    leave = Leave(1, APRIL, date(2026, 4, 3), LEAVE.id)

    found = checks(line(1, APRIL, "VDSD"), "leave", leaves=(leave,))

    assert told(found) == [("leave", 2, 1, 0), ("leave", 3, 1, 0)]


def test_standby_is_counted_by_dates_in_a_row():
    assert told(checks(line(1, APRIL, "SSSSSSSS"), "standby")) == [("standby_in_a_row", 8, 8, 7)]


@pytest.mark.parametrize(
    ("leads", "found"),
    [((), [("no_supervisor", 1, 0, 1)]), ((1,), []), ((1, 2), [("two_supervisors", 1, 2, 1)])],
)
def test_a_led_shift_has_one_supervisor(leads, found):
    cells = {}
    for number in (1, 2):
        cells |= line(number, APRIL, "D", [APRIL] if number in leads else [])

    assert told(checks(cells, "supervisor", people=[WANG, person(2)])) == found


def test_an_office_shift_and_one_that_nobody_works_need_no_supervisor():
    assert told(checks(line(1, APRIL, "G"), "supervisor")) == []


def test_a_led_shift_that_is_needed_but_empty_lacks_its_supervisor_too():
    found = checks(
        {}, "supervisor", coverage=(CoverageRule(DAY.id, 1, "holiday", 1),), types={APRIL: "holiday"}
    )

    assert told(found) == [("no_supervisor", 1, 0, 1)]


def test_a_gap_names_its_team_and_who_stands_in_fills_it():
    coverage = (CoverageRule(DAY.id, 2, "workday", 1),)
    found = checks(line(1, APRIL, "D"), "gap", days=(APRIL,), coverage=coverage)
    (gap,) = found.violations

    change = found.paint([painted(1, APRIL, "D", team_id=2)])

    assert (gap.team_id, gap.found, gap.allowed) == (2, 0, 1)
    assert (change.removed, found.violations) == ((gap,), ())


def test_people_who_are_not_on_the_roster_any_more_fill_no_gap():
    coverage = (CoverageRule(DAY.id, None, "workday", 1),)

    found = checks(line(9, APRIL, "D"), "gap", days=(APRIL,), coverage=coverage)

    assert told(found) == [("gap", 1, 0, 1)]


def test_a_skill_is_needed_at_its_level_or_above_on_days_the_shift_runs():
    needs = (
        SkillNeed(DAY.id, 7, SkillLevel.SKILLED, "", 2),
        SkillNeed(NIGHT.id, 7, SkillLevel.EXPERT, "", 1),
    )
    people = [person(1, skills={7: SkillLevel.EXPERT}), person(2, skills={7: SkillLevel.UNSKILLED})]
    cells = line(1, APRIL, "D") | line(2, APRIL, "D")

    (found,) = checks(cells, "skill_mix", people=people, skill_needs=needs).violations

    assert (found.template_id, found.skill_id, found.found, found.allowed) == (DAY.id, 7, 1, 2)


def test_a_need_for_a_type_of_day_goes_before_that_for_every_day():
    needs = (
        SkillNeed(DAY.id, 7, SkillLevel.SKILLED, "", 1),
        SkillNeed(DAY.id, 7, SkillLevel.SKILLED, "weekend", 2),
    )
    cells = line(1, APRIL, "D--D")

    found = checks(cells, "skill_mix", skill_needs=needs)

    assert told(found) == [("skill_mix", 1, 0, 1), ("skill_mix", 4, 0, 2)]


def test_violations_are_found_by_cell_and_by_shift():
    found = checks(line(1, APRIL, "ND"), "day_after_night", "supervisor")

    assert [one.rule for one in found.at(1, date(2026, 4, 2))] == [BrokenRule.DAY_AFTER_NIGHT]
    assert [one.rule for one in found.of_shift(NIGHT.id, APRIL)] == [BrokenRule.NO_SUPERVISOR]
    assert found.at(1, APRIL) == ()


def test_painting_tells_what_came_and_went_and_how_to_take_it_back():
    found = checks(line(1, APRIL, "N"), "day_after_night")

    change = found.paint([painted(1, date(2026, 4, 2), "D")])
    back = found.paint(change.undo)

    assert [one.rule for one in change.added] == [BrokenRule.DAY_AFTER_NIGHT]
    assert back.removed == change.added
    assert {key: cell.template_id for key, cell in found.cells.items()} == {(1, APRIL): NIGHT.id}


def test_a_trial_changes_nothing():
    found = checks(line(1, APRIL, "N"), "day_after_night")
    before = dict(found.cells)

    change = found.trial([painted(1, date(2026, 4, 2), "D"), painted(1, APRIL, "-")])

    assert change.added == ()
    assert (dict(found.cells), found.violations) == (before, ())


def test_checks_tell_the_plan_as_it_is_now():
    found = checks({}, "rest")
    found.paint([painted(1, APRIL, "D")])

    assert replace(found.as_plan(), cells={}) == found.plan
    assert set(found.as_plan().cells) == {(1, APRIL)}


def test_in_the_month_the_clocks_go_forward_a_night_is_an_hour_shorter():
    march = date(2026, 3, 1)
    cells = line(1, date(2026, 3, 28), "N--G")

    found = checks(cells, "rest", days=month(march), zone=LONDON)

    assert found.minutes(1) == (11 + 8) * 60


def test_in_the_month_the_clocks_go_back_rest_and_hours_are_an_hour_longer():
    october = date(2026, 10, 1)
    late, early = "M", "D"  # ends 22:00 on the Saturday, begins 08:00 on the Sunday of 25 hours
    cells = line(1, date(2026, 10, 24), late + early) | line(2, date(2026, 10, 24), "N")
    given = rules(rest=("warn", 12), supervisor="off")

    found = checks(cells, days=month(october), people=[WANG, person(2)], zone=LONDON, rules=given)

    assert told(found) == [("rest", 25, 11 * 60, 12 * 60)]
    assert found.minutes(2) == 13 * 60


def test_a_golden_week_is_covered_by_its_types_of_day():
    october = month(date(2026, 10, 1))
    types = {on: "holiday" for on in october[:3]} | {on: "day_off_in_lieu" for on in october[3:7]}
    types |= {date(2026, 10, 10): "make_up_workday"}
    coverage = (
        CoverageRule(DAY.id, 1, "workday", 3),
        CoverageRule(DAY.id, 1, "weekend", 2),
        CoverageRule(DAY.id, 1, "holiday", 1),
    )

    counts = checks({}, "gap", days=october, types=types, coverage=coverage).counts

    needed = [count.needed for count in counts]
    assert needed[:3] == [1, 1, 1]  # the three statutory days
    assert needed[3:7] == [2, 2, 2, 2]  # in lieu: like weekends
    assert needed[7:11] == [3, 3, 3, 2]  # Thursday, Friday, the Saturday that is worked, Sunday


def test_counts_stand_in_the_order_of_the_sites_rules():
    coverage = (CoverageRule(OFFICE.id, 2, "workday", 1), CoverageRule(DAY.id, 1, "workday", 1))
    coverage += (CoverageRule(OFFICE.id, 1, "workday", 1),)

    counts = checks({}, "gap", days=(APRIL,), coverage=coverage).counts

    assert [(count.rule.template_id, count.rule.team_id) for count in counts] == [
        (OFFICE.id, 2),
        (DAY.id, 1),
        (OFFICE.id, 1),
    ]
