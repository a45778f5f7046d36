"""Whom the roster suggests stands first among the assignees; of a team without anybody it is said there."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.settings.commands import change_settings
from app.views.tickets.form_values import Ending
from tests.view.new_ticket_page.form import fill, only_ticket

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def team(make):
    return make.team(code="net", name="Network")


@pytest.fixture
def li(make, team):
    return make.agent(name="Li Na", teams=(team,))


@pytest.fixture
def category(make, team):
    return make.category(name="Switches", default_team_id=team.id)


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


def offers(page, typed=""):
    fields = page.view.fields
    return [(one.text, one.detail) for one in fields.offers.assignees(typed, fields.category.key)]


def choose(page, category):
    page.presenter.read_choices()
    page.call.form.fill({"category": str(category.id)})


def test_whoever_is_suggested_stands_first_with_why(page, make, li, day, category):
    make.assignment(li, FRIDAY, day)

    choose(page, category)

    assert offers(page)[0] == ("Li Na", "suggested · 0 open")


def test_letters_of_somebody_else_leave_the_suggestion_out(page, make, li, day, category):
    make.assignment(li, FRIDAY, day)

    choose(page, category)

    assert all(not detail.startswith("suggested") for _name, detail in offers(page, "Network"))


def test_of_a_team_with_nobody_at_work_it_says_until_when(page, make, li, day, category):
    make.assignment(li, SATURDAY, day)

    choose(page, category)

    assert ("Network", "Nobody is at work until Sat 08:00") in offers(page)


def test_another_category_is_not_offered_the_person_of_the_first(page, desk, make, li, day, category):
    make.assignment(li, FRIDAY, day)
    choose(page, category)

    page.call.form.fill({"category": str(desk.category.id)})

    assert all(not detail.startswith("suggested") for _name, detail in offers(page))


def test_a_team_the_roster_gives_out_gets_it_with_the_person(
    page, desk, caller, make, li, day, category, team
):
    make.assignment(li, FRIDAY, day)
    change_settings(desk.ctx, {"tickets.by_roster_teams": "net"}, versions={"tickets.by_roster_teams": 0})
    choose(page, category)

    fill(page, caller, desk, category=str(category.id), assign=f"team:{team.id}")
    page.save(Ending.CREATE)

    assert only_ticket(desk).assignee_id == li.id
