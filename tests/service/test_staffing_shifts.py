"""Counted calls raise what a shift of the roster needs, on both databases."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.staffing import CallHour, CallSheet, SheetOfCalls
from app.models.store import Operation
from app.services.roster import month_queries, plan_queries
from app.services.roster.checks import RosterChecks
from app.services.roster.staffing_commands import import_calls
from app.services.settings.commands import change_settings
from tests.support.site import set_up_site

MONDAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai
WEEK = timedelta(days=7)


@pytest.fixture
def desk(ctx, make):
    """One of the first line is needed by day; on three Mondays sixty called between ten and eleven."""
    set_up_site(ctx)
    team = make.team(name="First line", code="first")
    day = make.shift_template("D", duration_minute=720)
    rule = {"template_id": day.id, "team_id": team.id, "day_type": "workday", "minimum": 1, "version": 1}
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.insert("coverage_rule", rule))
    hours = tuple(
        CallHour(TEN - weeks * WEEK, 60, 60, talk_seconds=60 * 240, after_seconds=60 * 60)
        for weeks in (3, 2, 1)
    )
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, 3, hours))
    return day, team


def needed(ctx, desk, on):
    day, team = desk
    count = RosterChecks(plan_queries.plan(ctx, MONDAY - WEEK, MONDAY)).count(day.id, team.id, on)
    return count.needed


def test_the_calls_expected_raise_what_the_shift_needs(ctx, desk):
    assert needed(ctx, desk, MONDAY) == 12


def test_what_is_past_needs_what_the_rule_says(ctx, desk):
    assert needed(ctx, desk, MONDAY - WEEK) == 1


def test_a_site_may_keep_to_its_coverage_rules(ctx, desk):
    change_settings(ctx, {"staffing.raises_coverage": False}, versions={})

    assert needed(ctx, desk, MONDAY) == 1


def test_publishing_tells_the_gap(ctx, desk):
    check = month_queries.publish_check(ctx, "2026-11")

    assert (MONDAY, 12) in {(gap.on_date, gap.needed) for gap in check.gaps}
