"""What a plan of the roster means to a fill: needs, who may work what, debts, rules, and the strokes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.filled import FillChange
from app.models.entities.filling import Debts, FillCell, FillRule, Strength
from app.models.entities.roster import (
    Assignment,
    CoverageRule,
    PaintedCell,
    RosterPerson,
    Severity,
    ShiftKind,
)
from app.models.entities.roster_plan import FairShare, Leave, RosterPlan
from app.models.entities.roster_rules import RosterRules, RuleName, RuleSetting
from app.models.entities.skills import SkillLevel, SkillNeed
from app.services.filling.problems import FillChoices, debts_of, problem_of, rules_of, strokes
from app.services.filling.running import fill
from app.services.roster.checks import RosterChecks
from tests.support.filling import DAY, NIGHT, SHANGHAI, template

pytestmark = pytest.mark.long

MONDAY = date(2026, 11, 30)
LEAVE = replace(template(9, "V", 0, 0), kind=ShiftKind.ABSENCE)


def person(number, **columns):
    return RosterPerson(number, f"P{number}", 1, "First line", 0, team_ids=(1,), **columns)


def plan(*people, days=7, **columns):
    dates = [MONDAY + timedelta(days=count) for count in range(-10, days + 10)]
    types = {on: "weekend" if on.weekday() >= 5 else "workday" for on in dates}
    start = {
        "cells": {},
        "rules": RosterRules(),
        "coverage": tuple(
            CoverageRule(shift.id, 1, kind, 1) for shift in (DAY, NIGHT) for kind in ("workday", "weekend")
        ),
    }
    return RosterPlan(
        days=tuple(MONDAY + timedelta(days=count) for count in range(days)),
        day_types=types,
        people=people,
        templates=(DAY, NIGHT, LEAVE),
        zone=SHANGHAI,
        **{**start, **columns},
    )


def problem(asked, shares=(), **choices):
    return problem_of(asked, shares, FillChoices(MONDAY, **choices))


def test_a_filled_plan_passes_every_check_of_the_roster():
    asked = plan(*(person(number, can_lead=number < 5) for number in range(1, 8)), days=14)
    made = problem(asked)

    checks = RosterChecks(asked)
    checks.paint(strokes(fill(made, limit_seconds=4).changes, asked.cells))

    assert checks.violations == ()


def test_needs_follow_the_day_and_count_the_team():
    asked = plan(person(1), replace(person(2), team_id=2), coverage=(CoverageRule(DAY.id, 1, "weekend", 1),))

    needs = problem(asked).needs

    assert [(need.on.weekday(), need.people) for need in needs] == [(5, {1}), (6, {1})]


def test_who_stands_in_for_another_team_stays_there_and_counts_there():
    cell = Assignment(2, MONDAY, DAY.id, False, 1, team_id=1)
    asked = plan(person(1), replace(person(2), team_id=2), cells={(2, MONDAY): cell})

    made = problem(asked)

    assert made.needs[0].people == {1, 2}
    assert made.kept == {(2, MONDAY): FillCell(DAY.id)}


def test_leave_and_days_before_the_first_or_after_the_last_are_away():
    leaves = (Leave(1, MONDAY, MONDAY + timedelta(days=1), LEAVE.id),)
    late = person(2, joined_on=MONDAY + timedelta(days=5))

    people = problem(plan(person(1), late, leaves=leaves)).people

    assert [len(each.away) for each in people] == [2, 5]


def test_what_was_agreed_bars_nights_weekends_and_holidays():
    asked = plan(person(1, no_nights=True), person(2, no_weekends=True), person(3, no_holidays=True))
    asked = replace(asked, day_types={**asked.day_types, MONDAY: "holiday"})

    barred = [each.barred for each in problem(asked).people]

    assert {shift for _on, shift in barred[0]} == {NIGHT.id}
    assert {on.weekday() for on, _shift in barred[1]} == {5, 6}
    assert {on for on, _shift in barred[2]} == {MONDAY}


def test_a_skill_is_needed_of_those_who_have_it_well_enough():
    need = SkillNeed(DAY.id, 5, SkillLevel.SKILLED, "", 1)
    able = person(1, skills={5: SkillLevel.EXPERT})

    needs = problem(plan(able, person(2, skills={5: SkillLevel.UNSKILLED}), skill_needs=(need,))).needs

    assert {each.people for each in needs if each.skill_id == 5} == {frozenset({1})}


def test_half_a_contract_is_half_a_share_and_half_the_hours():
    half = person(1, contract_minutes=20 * 60)

    (made,) = problem(plan(half), is_to_contract=True).people

    assert (made.share, made.target_minutes) == (50, 20 * 60)


def test_debts_are_what_differs_from_the_team_and_no_more_than_is_repaid_in_one_go():
    shares = [FairShare(1, 1, 9, 2, 0, 6000), FairShare(2, 1, 1, 2, 0, 6000), FairShare(3, 2, 0, 0, 0, 6000)]

    found = debts_of(shares)

    assert found == {1: Debts(nights=2), 2: Debts(nights=-2), 3: Debts()}


def test_who_did_nothing_yet_owes_nothing():
    assert debts_of([FairShare(1, 1, 9, 0, 0, 6000), FairShare(2, 1, 0, 0, 0, 0)])[2] == Debts()


def test_what_is_forbidden_is_hard_and_what_warns_is_soft_unless_all_must_hold():
    usual, strict = (rules_of(RosterRules(), is_strict=asked) for asked in (False, True))

    assert (usual[FillRule.REST].strength, usual[FillRule.REST].limit) == (Strength.HARD, 660)
    assert usual[FillRule.NIGHTS_IN_A_ROW].strength is Strength.SOFT
    assert strict[FillRule.NIGHTS_IN_A_ROW].strength is Strength.HARD


def test_gaps_are_filled_also_where_nobody_is_warned_of_them():
    settings = {**RosterRules().settings, RuleName.GAP: RuleSetting(Severity.OFF)}

    assert rules_of(RosterRules(settings), is_strict=False)[FillRule.COVERAGE].strength is Strength.SOFT


def test_strokes_say_what_stood_there():
    cells = {(1, MONDAY): Assignment(1, MONDAY, DAY.id, False, 3)}
    changes = [
        FillChange(1, MONDAY, FillCell(DAY.id), None),
        FillChange(2, MONDAY, None, FillCell(NIGHT.id, True)),
    ]

    assert strokes(changes, cells) == (
        PaintedCell(1, MONDAY, None, DAY.id),
        PaintedCell(2, MONDAY, NIGHT.id, None, is_supervisor=True),
    )
