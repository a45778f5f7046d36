"""Standby is needed by team and type of day as work is, and what is missing is told everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.duty import DutyGap
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import BrokenRule, ShiftKind
from app.models.entities.skills import SkillId, SkillLevel
from app.services.duty.queries import duty_board
from app.services.filling.commands import apply_fill
from app.services.filling.problems import strokes
from app.services.filling.queries import fill_problem
from app.services.filling.running import fill
from app.services.roster import gaps_ahead, month_queries, plan_queries, skill_commands, template_commands
from app.services.roster.checks import RosterChecks
from app.services.roster.lists import Names
from app.services.roster.template_details import Need, ShiftDetails, SkillWanted
from app.services.roster.template_queries import shifts
from tests.support.duty import FRIDAY, SATURDAY, duty_desk

STANDBY = ShiftDetails("S", "Standby", kind=ShiftKind.STANDBY, start_minute=0, duration_minute=1440, tone="k")


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


def standby(desk):
    return next(each for each in shifts(desk.ctx) if each.template.code == "S")


def ask(desk, team, minimum=1, **more):
    needs = tuple(Need(TeamId(team.id), kind, minimum) for kind in (DayType.WORKDAY, DayType.WEEKEND))
    details = replace(STANDBY, needs=needs, **more)
    return template_commands.edit_shift(desk.ctx, standby(desk).id, details, version=standby(desk).version)


def checks(desk, first=FRIDAY, last=SATURDAY):
    return RosterChecks(plan_queries.plan(desk.ctx, first, last))


def test_how_many_are_needed_on_standby_is_kept_and_taken_back(desk):
    saved = ask(desk, desk.network, 2)

    held = standby(desk).coverage
    saved.undo.run()

    assert {(rule.team_id, rule.day_type, rule.minimum) for rule in held} == {
        (desk.network.id, "workday", 2),
        (desk.network.id, "weekend", 2),
    }
    assert standby(desk).coverage == ()


def test_standby_that_becomes_an_absence_needs_nobody(desk):
    ask(desk, desk.network)

    ask(desk, desk.network, kind=ShiftKind.ABSENCE)

    assert standby(desk).coverage == ()


def test_skills_are_needed_on_standby_too(desk):
    skill = SkillId(skill_commands.add_skill(desk.ctx, Names("net", "Networks")).id)

    ask(desk, desk.network, skills=(SkillWanted(skill, SkillLevel.SKILLED, "", 1),))

    rules = [one.rule for one in checks(desk).violations if one.template_id == standby(desk).id]
    assert rules == [BrokenRule.SKILL_MIX, BrokenRule.GAP, BrokenRule.SKILL_MIX]


def test_the_plan_counts_who_is_on_standby_of_a_team(desk):
    ask(desk, desk.network)

    counts = {one.on_date: (one.planned, one.needed) for one in checks(desk).counts}
    gaps = [(one.on_date, one.team_id) for one in checks(desk).violations if one.rule is BrokenRule.GAP]

    assert counts == {FRIDAY: (1, 1), SATURDAY: (0, 1)}
    assert gaps == [(SATURDAY, desk.network.id)]


def test_the_board_tells_that_nobody_of_a_team_is_on_standby(desk):
    ask(desk, desk.first)

    assert duty_board(desk.ctx).gaps == (DutyGap.STANDBY_SHORT,)


def test_the_board_is_content_with_who_is_needed(desk):
    ask(desk, desk.network)

    assert duty_board(desk.ctx).gaps == ()


def test_standby_over_midnight_is_that_of_the_evening_before(desk):
    ask(desk, desk.network, start_minute=1200, duration_minute=720)
    at = desk.ctx.clock.now()

    nights = [
        DutyGap.STANDBY_SHORT in duty_board(desk.ctx, at + timedelta(hours=each)).gaps
        for each in (1, 9, 15, 26)
    ]

    assert nights == [False, False, False, True]


def test_gaps_of_standby_are_warned_of_ahead_and_before_publishing(desk):
    ask(desk, desk.network)

    ahead = gaps_ahead.shift_gaps(desk.ctx)
    check = month_queries.publish_check(desk.ctx, "2026-11")

    assert (SATURDAY, "S") in {(one.on_date, one.code) for one in ahead}
    assert (SATURDAY, standby(desk).id) in {(one.on_date, one.rule.template_id) for one in check.gaps}


def test_auto_fill_puts_people_of_the_team_on_standby(desk):
    ask(desk, desk.network)
    monday = date(2026, 11, 23)
    asked = fill_problem(desk.ctx, monday, monday + timedelta(days=2))

    found = fill(asked.problem, limit_seconds=5)
    apply_fill(desk.ctx, strokes(found.changes, asked.cells))

    painted = {
        (one.person_id, one.on_date)
        for one in plan_queries.plan(desk.ctx, monday, monday).cells.values()
        if one.template_id == standby(desk).id
    }
    assert {(desk.zhou.id, monday + timedelta(days=count)) for count in range(3)} <= painted
    assert [
        one
        for one in checks(desk, monday, monday + timedelta(days=2)).violations
        if one.rule is BrokenRule.GAP
    ] == []


def test_a_new_standby_shift_begins_with_its_needs(desk):
    need = Need(TeamId(desk.network.id), DayType.HOLIDAY, 1)

    made = template_commands.add_shift(desk.ctx, replace(STANDBY, code="R", needs=(need,)))

    (shift,) = [each for each in shifts(desk.ctx) if each.id == TemplateId(made.id)]
    assert [(rule.team_id, rule.day_type) for rule in shift.coverage] == [(desk.network.id, "holiday")]
