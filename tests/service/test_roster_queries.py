"""What the roster page asks beside the cells: names in both languages, and who may plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.services.roster import commands, queries
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)


def test_people_and_teams_come_with_their_second_names(ctx, make):
    set_up_site(ctx)
    make.agent(name="Wang Fang", name_alt="王芳", teams=(make.team(name="Field", name_alt="现场"),))

    (person,) = queries.roster(ctx, FRIDAY, FRIDAY).people

    assert (person.name_alt, person.team_name_alt) == ("王芳", "现场")


def test_roles_that_may_plan_are_named_in_both_languages_and_others_are_not(ctx, make):
    make.role("roster.read", "roster.edit", name="Duty supervisor", name_alt="值班主管")
    make.role("roster.edit", name="Retired planner", is_active=False)
    make.role("roster.read", name="Viewer")

    assert queries.roles_that_plan(ctx) == [("Duty supervisor", "值班主管")]


def test_who_published_is_named_as_the_reader_writes_it(ctx, make):
    set_up_site(ctx)
    manager = make.agent(name="Wang Fang", name_alt="王芳")
    acting = ctx.acting_as(replace(ctx.actor, person_id=manager.id))
    commands.publish_month(acting, "2026-11", anyway=True)

    assert queries.roster(ctx, FRIDAY, FRIDAY).published_by == "Wang Fang"
    assert queries.roster(replace(ctx, language="zh_CN"), FRIDAY, FRIDAY).published_by == "王芳"
