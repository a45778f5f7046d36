"""People with shifts ahead who are in no team or no staff: seen, checked, counted for nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.errors import StaleRecord
from app.models.entities.ids import PersonId
from app.models.entities.roster import BrokenRule, Standing
from app.services.people.commands import set_team_members
from app.services.people.queries import person
from app.services.roster import leaving_commands, leaving_queries, month_queries, plan_queries, queries
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

SOON = date(2026, 12, 1)
MONTH = "2026-12"


@pytest.fixture
def team(ctx, make):
    set_up_site(ctx)
    return make.team(name="First line")


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


@pytest.fixture
def wang(make, team, day):
    """Works by day on two dates ahead."""
    wang = make.agent(name="Wang Fang", name_alt="王芳", teams=(team,))
    make.assignment(wang, SOON, day, is_supervisor=True)
    make.assignment(wang, SOON + timedelta(days=1), day)
    return wang


def leave_team(ctx, team):
    set_team_members(ctx, team.id, [], version=team.version)


def no_staff(ctx, who):
    found = person(ctx, PersonId(who.id))
    details = found.details.__class__(name=found.details.name)
    return leaving_commands.edit_and_clear(ctx, PersonId(who.id), details, version=found.version)


def test_who_is_in_no_team_stays_in_the_plan_with_their_shifts(ctx, team, wang):
    leave_team(ctx, team)

    (gone,) = plan_queries.plan(ctx, SOON, SOON).gone

    assert (gone.id, gone.standing, gone.is_employed(SOON)) == (wang.id, Standing.NO_TEAM, True)


def test_their_shift_counts_for_nobody_so_the_gap_is_seen(ctx, team, wang, day):
    rule = {"template_id": day.id, "team_id": team.id, "day_type": "workday", "minimum": 1, "version": 1}
    put_row(ctx, "coverage_rule", **rule)
    leave_team(ctx, team)

    check = month_queries.publish_check(ctx, MONTH)

    assert SOON in {one.on_date for one in check.gaps}


def test_their_rest_is_checked_as_anybodys(ctx, make, team, wang):
    night = make.shift_template("N", start_minute=1200, duration_minute=720)
    make.assignment(wang, SOON - timedelta(days=1), night)
    leave_team(ctx, team)

    check = month_queries.publish_check(ctx, MONTH)

    assert [one.rule for one in check.forbidden] == [BrokenRule.DAY_AFTER_NIGHT]


def test_who_is_in_no_team_is_on_duty_all_the_same(ctx, team, wang):
    leave_team(ctx, team)

    (found,) = queries.on_duty_at(ctx, datetime(2026, 12, 1, 3, tzinfo=UTC))

    assert (found.person_id, found.team_name) == (wang.id, "")


def test_who_is_no_staff_does_not_work_here_and_is_named(ctx, make, team, wang, day):
    no_staff(ctx, wang)
    make.assignment(wang, SOON, day)

    plan = plan_queries.plan(ctx, SOON, SOON)
    check = month_queries.publish_check(ctx, MONTH)

    assert [one.standing for one in plan.gone] == [Standing.NOT_STAFF]
    assert [one.rule for one in check.forbidden] == [BrokenRule.NOT_EMPLOYED]
    assert queries.on_duty_at(ctx, datetime(2026, 12, 1, 3, tzinfo=UTC)) == []


def test_shifts_lost_with_a_team_are_those_of_whoever_is_in_no_other(ctx, make, team, wang):
    other = make.team(name="Other")

    assert leaving_queries.shifts_lost_with_team(ctx, wang.id, team.id) == 2
    assert leaving_queries.shifts_lost_with_team(ctx, wang.id, other.id) == 0


def test_leaving_a_team_gives_up_what_is_ahead_as_one_step(ctx, team, wang):
    done = leaving_commands.leave_team_and_clear(ctx, PersonId(wang.id), team.id, version=team.version)
    after = leaving_queries.shifts_ahead(ctx, wang.id), person(ctx, PersonId(wang.id)).team_ids

    again = done.undo.run()

    assert after == (0, ())
    assert leaving_queries.shifts_ahead(ctx, wang.id) == 2
    assert person(ctx, PersonId(wang.id)).team_ids == (team.id,)
    assert again.undo.run().undo.code == "roster.undo.off_roster"


def test_a_team_somebody_changed_meanwhile_gives_nothing_up(ctx, team, wang):
    with pytest.raises(StaleRecord):
        leaving_commands.leave_team_and_clear(ctx, PersonId(wang.id), team.id, version=team.version + 1)

    assert leaving_queries.shifts_ahead(ctx, wang.id) == 2


def test_no_staff_any_more_is_taken_back_with_the_shifts(ctx, wang):
    done = no_staff(ctx, wang)
    after = leaving_queries.shifts_ahead(ctx, wang.id)

    done.undo.run()

    assert after == 0
    assert leaving_queries.shifts_ahead(ctx, wang.id) == 2
    assert person(ctx, PersonId(wang.id)).details.is_staff
