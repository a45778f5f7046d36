"""Shifts kept for somebody who was retired count for nobody, and the rules tell of each that is ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.ids import PersonId
from app.models.entities.roster import BrokenRule
from app.models.entities.roster_plan import RemedyCode
from app.services.people import commands as people
from app.services.roster import month_queries, plan_queries
from app.services.roster.checks import RosterChecks
from app.services.roster.remedies import remedies
from tests.support.roster import FRIDAY, SATURDAY, paint, roster_desk

THURSDAY = FRIDAY - timedelta(days=1)
MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def desk(ctx, make):
    """Li worked on Thursday, is planned on Monday, and was retired on Friday."""
    desk = roster_desk(ctx, make)
    paint(ctx, (desk.li, THURSDAY, desk.day), (desk.li, MONDAY, desk.day))
    people.retire_person(ctx, PersonId(desk.li.id), version=1)
    return desk


def checks(ctx, first=THURSDAY, last=MONDAY):
    return RosterChecks(plan_queries.plan(ctx, first, last))


def told(found):
    return [(one.person_id, one.on_date) for one in found.violations if one.rule is BrokenRule.NOT_EMPLOYED]


def test_each_shift_ahead_is_told_and_the_past_is_not(ctx, desk):
    assert told(checks(ctx)) == [(desk.li.id, MONDAY)]


def test_the_shift_counts_for_nobody(ctx, desk):
    found = checks(ctx)

    assert [count.planned for count in found.counts if count.on_date == MONDAY] == [0]


def test_giving_the_shift_up_mends_it(ctx, desk):
    found = checks(ctx)
    (violation,) = [one for one in found.violations if one.rule is BrokenRule.NOT_EMPLOYED]

    offered = remedies(found, violation)

    assert {one.code for one in offered} >= {RemedyCode.CLEAR, RemedyCode.GIVE}
    assert {one.person_id for one in offered if one.code is RemedyCode.GIVE} == {desk.wang.id}


def test_it_is_among_what_is_told_before_publishing(ctx, desk):
    check = month_queries.publish_check(ctx, "2026-11")

    broken = (*check.forbidden, *check.warnings)
    assert (desk.li.id, BrokenRule.NOT_EMPLOYED) in {(one.person_id, one.rule) for one in broken}


def test_somebody_retired_without_shifts_ahead_has_no_line(ctx, desk):
    assert plan_queries.plan(ctx, THURSDAY, SATURDAY).gone == ()


def test_who_comes_back_is_planned_as_before(ctx, desk):
    people.restore_person(ctx, PersonId(desk.li.id), version=2)

    found = checks(ctx)

    assert told(found) == []
    assert [count.planned for count in found.counts if count.on_date == MONDAY] == [1]
