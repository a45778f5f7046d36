"""What somebody absent has in hand goes to the substitute or back to the queue, and can be taken back."""

from __future__ import annotations

import pytest

from app.models.entities.errors import NotAllowed
from app.models.entities.ids import TeamId, TicketId
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.tickets import TicketStatus
from app.services.notices.queries import my_notices
from app.services.roster import terms_commands
from app.services.settings.commands import change_settings
from app.services.tickets.handing_commands import hand_over, in_hand
from app.services.tickets.queries import ticket_detail
from tests.support.duty import duty_desk


@pytest.fixture
def desk(ctx, make):
    """Wang leads the day of the first line, Li works it; of the network nobody is at work."""
    return duty_desk(ctx, make)


@pytest.fixture
def held(make, desk):
    """Three open tickets of Sun, one of them waiting for the user, and a closed one."""
    facts = {"team_id": desk.first.id, "assignee_id": desk.sun.id, "category_id": make.category().id}
    waiting = make.ticket(status=TicketStatus.WAITING, **facts)
    make.ticket(status=TicketStatus.CLOSED, is_open=False, **facts)
    return [*(make.ticket(status=TicketStatus.IN_PROGRESS, **facts) for _number in range(2)), waiting]


def tickets(desk, held):
    return [ticket_detail(desk.ctx, TicketId(one.id)).ticket for one in held]


def all_of(desk):
    return in_hand(desk.ctx, desk.sun.id).tickets


def test_only_open_tickets_are_in_hand(desk, held):
    found = in_hand(desk.ctx, desk.sun.id)

    assert {ticket for ticket, _version in found.tickets} == {one.id for one in held}
    assert (found.name, found.substitute_id) == ("Sun Lei", None)


def test_the_substitute_of_the_terms_is_offered(desk, held):
    terms_commands.set_terms(desk.ctx, WorkTerms(substitute_id=desk.li.id), person_id=desk.sun.id)

    found = in_hand(desk.ctx, desk.sun.id)

    assert (found.substitute_id, found.substitute_name) == (desk.li.id, "Li Na")


def test_a_substitute_chosen_for_this_leave_comes_before_the_terms(desk, held):
    terms_commands.set_terms(desk.ctx, WorkTerms(substitute_id=desk.li.id), person_id=desk.sun.id)

    assert in_hand(desk.ctx, desk.sun.id, substitute_id=desk.wang.id).substitute_name == "Wang Fang"


def test_all_go_to_the_substitute_and_what_waits_waits_on(desk, held):
    hand_over(desk.ctx, all_of(desk), to=desk.li.id)

    assert {one.assignee_id for one in tickets(desk, held)} == {desk.li.id}
    assert [one.status for one in tickets(desk, held)] == [
        TicketStatus.ASSIGNED, TicketStatus.ASSIGNED, TicketStatus.WAITING
    ]  # fmt: skip


def test_back_to_the_queue_they_keep_their_team(desk, held):
    hand_over(desk.ctx, all_of(desk), to=None)

    assert {(one.team_id, one.assignee_id) for one in tickets(desk, held)} == {(desk.first.id, None)}


def test_back_to_a_queue_the_roster_gives_out_they_are_shared(desk, held):
    change_settings(desk.ctx, {"tickets.by_roster_teams": "first"}, versions={"tickets.by_roster_teams": 0})

    hand_over(desk.ctx, all_of(desk), to=None)

    assert {one.assignee_id for one in tickets(desk, held)} == {desk.li.id, desk.wang.id}


def test_back_to_a_queue_nobody_serves_the_supervisor_is_told_once(desk, make):
    facts = {"team_id": TeamId(desk.network.id), "assignee_id": desk.sun.id}
    held = [make.ticket(**facts) for _number in range(2)]

    hand_over(desk.ctx, all_of(desk), to=None)

    (notice,) = my_notices(desk.as_wang())
    assert notice.body["tickets"] == [one.id for one in held]


def test_it_is_taken_back_as_one_step(desk, held):
    outcome = hand_over(desk.ctx, all_of(desk), to=desk.li.id)

    outcome.undo.run()

    assert {one.assignee_id for one in tickets(desk, held)} == {desk.sun.id}


def test_one_that_somebody_saved_meanwhile_is_left_alone(desk, held):
    stale = tuple((ticket, version + 1) for ticket, version in all_of(desk)[:1])

    outcome = hand_over(desk.ctx, (*stale, *all_of(desk)[1:]), to=desk.li.id)

    assert outcome.skipped == {stale[0][0]: "store.stale"}


def test_it_needs_the_right_to_change_many(desk, held):
    with pytest.raises(NotAllowed):
        hand_over(desk.as_li(), ((TicketId(held[0].id), 1),), to=desk.wang.id)
