"""Teams whose tickets the roster gives out: registered, handed on, many at once (U42, U43)."""

from __future__ import annotations

import pytest

from app.models.entities.ids import TeamId, TicketId
from app.models.entities.tickets import Channel, EventKind, NewTicket, Resolution, TicketStatus, TicketType
from app.services.notices.queries import my_notices
from app.services.settings.commands import change_settings
from app.services.tickets import commands, edit_commands
from app.services.tickets.line_commands import send_to_next_line
from app.services.tickets.queries import ticket_detail
from tests.support.duty import FRIDAY, duty_desk

SETTING = "tickets.by_roster_teams"


@pytest.fixture
def desk(ctx, make):
    """Friday 18:00: Wang leads the day of the first line, Li works it; of the network Zhou is on standby."""
    desk = duty_desk(ctx, make)
    change_settings(ctx, {SETTING: "FIRST, net"}, versions={SETTING: 0})
    return desk


@pytest.fixture
def category(make):
    return make.category(name="SAP")


def new_one(team, category, **more):
    given = {
        "type": TicketType.INCIDENT,
        "channel": Channel.PHONE,
        "subject": "It does not start",
        "impact": 2,
        "urgency": 2,
        "team_id": TeamId(team.id),
        "category_id": None if category is None else category.id,
    }
    return NewTicket(**given | more)


def detail(desk, ticket_id):
    return ticket_detail(desk.ctx, TicketId(ticket_id))


def reasons(desk, ticket_id):
    return [line.detail["by_roster"] for line in detail(desk, ticket_id).events if "by_roster" in line.detail]


def test_a_new_ticket_of_such_a_team_goes_to_whom_the_roster_suggests(desk, category):
    outcome = commands.create_ticket(desk.ctx, new_one(desk.first, category))

    ticket = detail(desk, outcome.id).ticket
    assert (ticket.assignee_id, ticket.status) == (desk.li.id, TicketStatus.ASSIGNED)
    assert reasons(desk, outcome.id) == [{"open": 0, "on_duty": True}]


def test_whoever_gets_it_is_told(desk, category):
    commands.create_ticket(desk.as_wang(), new_one(desk.first, category))

    assert [one.kind.value for one in my_notices(desk.as_li())] == ["assigned"]


def test_tickets_registered_one_after_the_other_go_round(desk, category):
    first = commands.create_ticket(desk.ctx, new_one(desk.first, category)).id
    second = commands.create_ticket(desk.ctx, new_one(desk.first, category)).id

    given = [detail(desk, one).ticket.assignee_id for one in (first, second)]
    assert given == [desk.li.id, desk.wang.id]


def test_with_nobody_at_work_a_new_ticket_waits_and_the_supervisor_is_told(desk, category):
    outcome = commands.create_ticket(desk.ctx, new_one(desk.network, category))

    assert detail(desk, outcome.id).ticket.assignee_id is None
    assert [one.kind.value for one in my_notices(desk.as_wang())] == ["team_absent"]


def test_a_person_that_was_named_keeps_it(desk, category):
    outcome = commands.create_ticket(desk.ctx, new_one(desk.first, category, assignee_id=desk.sun.id))

    assert detail(desk, outcome.id).ticket.assignee_id == desk.sun.id


def test_a_call_that_is_solved_at_once_is_given_to_nobody(desk, category):
    solution = Resolution(solution="Restarted it", cause_code="unknown", no_article_fits=True)

    outcome = commands.solve_new(desk.ctx, new_one(desk.network, category), solution)

    assert detail(desk, outcome.id).ticket.assignee_id is None
    assert my_notices(desk.as_wang()) == []


def test_handing_it_to_the_team_gives_it_to_somebody_of_it(desk, make, category):
    ticket = make.ticket(category_id=category.id)

    commands.assign_to(desk.as_wang(), TicketId(ticket.id), version=1, team_id=TeamId(desk.first.id))

    assert detail(desk, ticket.id).ticket.assignee_id == desk.li.id


def test_whoever_gives_it_back_to_the_team_does_not_get_it_again(desk, make, category):
    ticket = make.ticket(category_id=category.id, team_id=desk.first.id, assignee_id=desk.li.id)

    commands.assign_to(desk.as_li(), TicketId(ticket.id), version=1, team_id=TeamId(desk.first.id))

    assert detail(desk, ticket.id).ticket.assignee_id == desk.wang.id


def test_many_at_once_are_shared_out(desk, make, category):
    tickets = [make.ticket(category_id=category.id) for _number in range(4)]
    seen = tuple((TicketId(one.id), 1) for one in tickets)

    edit_commands.assign_many(desk.ctx, seen, team_id=TeamId(desk.first.id))

    given = [detail(desk, one.id).ticket.assignee_id for one in tickets]
    assert sorted(given) == sorted([desk.li.id, desk.wang.id] * 2)


def test_a_new_ticket_given_out_is_told_again_the_same_by_its_log(desk, category):
    outcome = commands.create_ticket(desk.ctx, new_one(desk.first, category))

    kinds = [(line.kind, line.field) for line in detail(desk, outcome.id).events]
    assert kinds[:2] == [(EventKind.CREATED, None), (EventKind.CHANGED, "assignee_id")]


def test_a_site_that_names_no_team_gives_out_nothing(desk, category):
    change_settings(desk.ctx, {SETTING: ""}, versions={SETTING: 1})

    outcome = commands.create_ticket(desk.ctx, new_one(desk.first, category))

    assert detail(desk, outcome.id).ticket.assignee_id is None


@pytest.mark.parametrize("codes", ["nothing such", ",,", "，"])
def test_codes_of_no_team_do_nothing(desk, category, codes):
    change_settings(desk.ctx, {SETTING: codes}, versions={SETTING: 1})

    outcome = commands.create_ticket(desk.ctx, new_one(desk.first, category))

    assert detail(desk, outcome.id).ticket.assignee_id is None


def test_what_goes_to_the_next_line_goes_to_somebody_of_it(desk, make):
    second = make.team(code="second", name="Second line", line=2)
    sap = make.agent(name="Hu Bo", teams=(second,))
    make.assignment(sap, FRIDAY, desk.day)
    category = make.category(name="ERP", default_team_id=desk.first.id)
    make._link("category_team", {"category_id": category, "line": 2, "team_id": second})
    ticket = make.ticket(category_id=category.id, team_id=desk.first.id, assignee_id=desk.li.id)
    change_settings(desk.ctx, {SETTING: "second"}, versions={SETTING: 1})

    send_to_next_line(desk.ctx, TicketId(ticket.id), version=1)

    assert detail(desk, ticket.id).ticket.assignee_id == sap.id
