"""Tickets go to whom the roster suggests; with nobody there they wait and the supervisor knows (U42, U43)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.ids import CategoryId, TeamId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.roster import ShiftKind
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.skills import SkillLevel
from app.services.notices.commands import mark_read
from app.services.notices.queries import my_notices
from app.services.roster import skill_commands, terms_commands
from app.services.roster.lists import Names
from app.services.tickets import commands
from app.services.tickets.assigning_commands import assign_by_roster
from app.services.tickets.queries import ticket_detail
from app.services.tickets.suggesting_queries import suggested_for
from tests.support.duty import FRIDAY, SATURDAY, duty_desk, put


@pytest.fixture
def desk(ctx, make):
    """Friday 18:00: Wang leads the day, Li works it, Sun's night begins later, Zhou is on standby."""
    return duty_desk(ctx, make)


@pytest.fixture
def category(make):
    return make.category(code="sap", name="SAP")


@pytest.fixture
def ticket(make, desk, category):
    return make.ticket(team_id=desk.first.id, category_id=category.id)


def give(desk, ticket, version=1, team=None):
    team_id = None if team is None else TeamId(team.id)
    return assign_by_roster(desk.as_wang(), TicketId(ticket.id), version=version, team_id=team_id)


def assignee(desk, ticket):
    return ticket_detail(desk.ctx, TicketId(ticket.id)).ticket.assignee_id


def names(desk, team=None, category=None):
    team_id = TeamId((team or desk.first).id)
    category_id = None if category is None else CategoryId(category.id)
    return [one.name for one in suggested_for(desk.ctx, team_id, category_id).candidates]


def check_in(desk, person, out_at=None):
    out = None if out_at is None else to_micros(out_at)
    came = to_micros(desk.ctx.clock.now() - timedelta(hours=9))
    day, shift = FRIDAY.isoformat(), desk.day.id
    put(desk.ctx, "attendance", person_id=person.id, on_date=day, template_id=shift, in_at=came, out_at=out)


def told(desk, person):
    return [one.kind.value for one in my_notices(desk.as_wang() if person is desk.wang else desk.as_li())]


def test_only_who_is_at_work_now_is_suggested(desk):
    assert names(desk) == ["Li Na", "Wang Fang"]


def test_standby_is_no_work(desk):
    assert names(desk, desk.network) == []


def test_whoever_has_least_open_comes_first(desk, make):
    make.ticket(assignee_id=desk.li.id, team_id=desk.first.id)

    assert names(desk) == ["Wang Fang", "Li Na"]


def test_tickets_go_round(desk, make, ticket, category):
    second = make.ticket(team_id=desk.first.id, category_id=category.id)

    give(desk, ticket)
    give(desk, second)

    assert (assignee(desk, ticket), assignee(desk, second)) == (desk.li.id, desk.wang.id)


def test_who_can_do_it_comes_before_who_has_less_to_do(desk, make, category):
    skill = skill_commands.add_skill(desk.ctx, Names("SAP", "SAP", "SAP")).id
    skill_commands.set_person_skill(desk.ctx, desk.wang.id, skill, SkillLevel.EXPERT)
    make.ticket(assignee_id=desk.wang.id, team_id=desk.first.id)

    assert names(desk, category=category) == ["Wang Fang", "Li Na"]
    assert names(desk) == ["Li Na", "Wang Fang"]


def test_somebody_on_leave_is_passed_over_and_the_substitute_suggested(desk, make):
    leave = make.shift_template("V", name="Leave", kind=ShiftKind.ABSENCE, duration_minute=0)
    ma = make.agent(name="Ma Li", teams=(desk.network,))
    make.assignment(ma, FRIDAY, leave)
    terms_commands.set_terms(desk.ctx, WorkTerms(substitute_id=desk.li.id), person_id=ma.id)

    (found,) = suggested_for(desk.ctx, TeamId(desk.network.id)).candidates

    assert (found.name, found.stands_in_for) == ("Li Na", "Ma Li")


def test_with_nobody_on_duty_it_stays_in_the_queue_and_the_supervisor_is_told(desk, ticket):
    assign_by_roster(desk.as_li(), TicketId(ticket.id), version=1, team_id=TeamId(desk.make.team().id))

    assert assignee(desk, ticket) is None
    assert told(desk, desk.wang) == ["team_absent"]


def test_handing_to_a_rostered_team_without_anybody_tells_the_supervisor_too(desk, make, ticket):
    absent = make.team(name="Field")
    make.assignment(make.agent(teams=(absent,)), FRIDAY, desk.night)

    commands.assign_to(desk.as_li(), TicketId(ticket.id), version=1, team_id=TeamId(absent.id))

    assert told(desk, desk.wang) == ["team_absent"]


def test_a_team_that_is_never_on_the_roster_is_told_to_nobody(desk, make, ticket):
    commands.assign_to(desk.as_li(), TicketId(ticket.id), version=1, team_id=TeamId(make.team().id))

    assert told(desk, desk.wang) == []


def test_a_team_with_somebody_on_duty_is_told_to_nobody(desk, make, category):
    waiting = make.ticket(category_id=category.id)

    commands.assign_to(desk.as_li(), TicketId(waiting.id), version=1, team_id=TeamId(desk.first.id))

    assert told(desk, desk.wang) == []


def test_of_a_team_with_nobody_at_work_it_says_when_somebody_is_next(desk, make):
    make.assignment(desk.zhou, SATURDAY, desk.day)

    found = suggested_for(desk.ctx, TeamId(desk.network.id))

    assert (found.best, found.is_rostered) == (None, True)
    assert found.next_at == datetime(2026, 11, 21, 0, tzinfo=UTC)


def test_a_team_without_a_roster_is_suggested_by_load_alone(desk, make):
    field = make.team(name="Field")
    busy, free = make.agent(name="Busy", teams=(field,)), make.agent(name="Free", teams=(field,))
    make.ticket(assignee_id=busy.id, team_id=field.id)

    found = suggested_for(desk.ctx, TeamId(field.id))

    assert [one.person_id for one in found.candidates] == [free.id, busy.id]
    assert not found.is_rostered


def test_whoever_left_the_shift_already_is_not_suggested(desk):
    check_in(desk, desk.li, out_at=desk.ctx.clock.now() - timedelta(minutes=5))

    assert names(desk) == ["Wang Fang"]


def test_whoever_did_not_come_though_others_did_comes_last(desk, make):
    check_in(desk, desk.wang)
    make.ticket(assignee_id=desk.wang.id, team_id=desk.first.id)

    assert names(desk) == ["Wang Fang", "Li Na"]


def test_skills_named_as_the_team_count_where_none_is_named_as_the_category(desk, category):
    skill = skill_commands.add_skill(desk.ctx, Names("first", "First line", "一线")).id
    skill_commands.set_person_skill(desk.ctx, desk.wang.id, skill, SkillLevel.SKILLED)

    assert names(desk, category=category) == ["Wang Fang", "Li Na"]


def test_a_notice_of_one_shift_grows_and_is_unread_again(desk, make):
    first, second = (make.ticket(category_id=make.category().id) for _number in range(2))
    commands.assign_to(desk.as_li(), TicketId(first.id), version=1, team_id=TeamId(desk.network.id))
    (notice,) = my_notices(desk.as_wang())
    mark_read(desk.as_wang(), [notice.id])

    commands.assign_to(desk.as_li(), TicketId(second.id), version=1, team_id=TeamId(desk.network.id))

    (grown,) = my_notices(desk.as_wang())
    assert (grown.body["tickets"], grown.is_read) == ([first.id, second.id], False)


def test_giving_by_the_roster_is_taken_back_as_any_assignment(desk, ticket):
    outcome = give(desk, ticket)

    outcome.undo.run()

    assert assignee(desk, ticket) is None
