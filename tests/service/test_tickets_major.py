"""Major incidents on both databases: declared with a right of their own, told, withdrawn, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.ids import TicketId
from app.models.entities.tickets import EventKind, PrioritySource, TicketStatus, TicketType
from app.services.tickets import commands, edit_commands, queries
from app.services.tickets.escalating_queries import told_of_major_now
from app.services.tickets.major_commands import declare_major, withdraw_major
from tests.support.notices import acting
from tests.support.settings_site import only_with
from tests.support.watched_site import desk_with_people

WHY = "The whole plant stands still"
CHANGED = EventKind.CHANGED
MATRIX, BY_HAND = PrioritySource.MATRIX, PrioritySource.OVERRIDE


@pytest.fixture
def desk(ctx, make):
    return desk_with_people(ctx, make)


@pytest.fixture
def ticket(desk):
    """A P2 by the matrix."""
    return desk.opened()


def declared(desk, ticket, reason=WHY, ctx=None):
    outcome = declare_major(ctx or desk.agent, ticket.id, version=ticket.version, reason=reason)
    return desk.read(ticket.id), outcome


def withdrawn(desk, ticket, reason="Only one line"):
    outcome = withdraw_major(desk.agent, ticket.id, version=ticket.version, reason=reason)
    return desk.read(ticket.id), outcome


def levels(ticket):
    return ticket.is_major, ticket.priority, ticket.priority_source


# -- declaring -----------------------------------------------------------------------------------------


def test_a_major_incident_is_p1_outside_the_matrix_with_new_promised_times(desk, ticket):
    after, _ = declared(desk, ticket)

    assert levels(after) == (True, 1, BY_HAND)
    assert after.priority_now == 1
    assert after.resolution_due_at == ticket.received_at + timedelta(hours=2)


def test_the_log_says_why_and_what_the_priority_was(desk, ticket):
    declared(desk, ticket, reason=f"  {WHY} ")

    lines = [event for event in desk.events(ticket.id) if event.kind is CHANGED]
    assert [(line.field, line.old, line.new) for line in lines] == [
        ("is_major", "no", "yes"),
        ("priority", "2", "1"),
        ("priority_source", "matrix", "override"),
    ]
    assert lines[0].detail == {"reason": WHY}
    assert desk.events(ticket.id)[-1].kind is EventKind.PROMISED


def test_who_leads_and_who_works_on_it_are_told_at_once(desk, make, ticket):
    expert = make.agent()
    desk.write(lambda tx: tx.execute("UPDATE ticket SET assignee_id = ?", (expert.id,)))

    declared(desk, ticket)

    body = {"by": desk.owner.id, "reason": WHY}
    for person in (desk.supervisor, desk.process_manager, desk.desk_manager, expert):
        assert desk.told(person) == [("major", body)]
    assert desk.told(desk.owner) == []


def test_who_declares_it_is_not_told_of_it(desk, ticket):
    declared(desk, ticket, ctx=acting(desk.ctx, desk.supervisor))

    assert desk.kinds(desk.supervisor) == []
    assert desk.kinds(desk.process_manager) == ["major"]


def test_an_event_of_monitoring_may_be_one_but_no_request(desk):
    event, request = desk.opened(type=TicketType.MONITORING), desk.opened(type=TicketType.REQUEST)

    assert declared(desk, event)[0].is_major
    with pytest.raises(RuleViolation) as refused:
        declared(desk, request)
    assert refused.value.code == "tickets.major_type"


def test_a_reason_is_demanded_both_ways(desk, ticket):
    with pytest.raises(RuleViolation) as refused:
        declared(desk, ticket, reason="  ")
    assert refused.value.code == "tickets.reason_missing"

    after, _ = declared(desk, ticket)
    with pytest.raises(RuleViolation):
        withdrawn(desk, after, reason="")


@pytest.mark.parametrize("command", [declare_major, withdraw_major])
def test_without_the_right_nothing_happens(desk, ticket, command):
    others = only_with(desk.ctx, "tickets.read", "tickets.edit", "priority.override", "tickets.escalate")

    with pytest.raises(NotAllowed):
        command(others, ticket.id, version=ticket.version, reason=WHY)

    assert desk.read(ticket.id) == ticket


def test_a_ticket_that_is_not_open_is_refused(desk, ticket):
    commands.cancel(desk.agent, ticket.id, version=ticket.version, reason="Twice")

    with pytest.raises(RuleViolation) as refused:
        declared(desk, desk.read(ticket.id))

    assert refused.value.code == "tickets.major_not_open"
    assert refused.value.params["status"] is TicketStatus.CANCELLED
    assert desk.told() == []


def test_of_two_who_declare_it_at_once_one_is_told_to_look_again(desk, ticket):
    declared(desk, ticket)

    with pytest.raises(StaleRecord):
        declared(desk, ticket, ctx=acting(desk.ctx, desk.supervisor))

    assert desk.kinds(desk.process_manager) == ["major"]
    with pytest.raises(RuleViolation) as refused:
        declared(desk, desk.read(ticket.id))
    assert refused.value.code == "tickets.major_already"


# -- withdrawing ---------------------------------------------------------------------------------------


def test_withdrawn_the_matrix_decides_again_and_the_same_people_hear_of_it(desk, ticket):
    major, _ = declared(desk, ticket)

    after, _ = withdrawn(desk, major)

    assert levels(after) == (False, 2, MATRIX)
    assert after.resolution_due_at == ticket.resolution_due_at
    body = {"by": desk.owner.id, "reason": "Only one line", "is_withdrawn": True}
    assert desk.told(desk.desk_manager)[-1] == ("major", body)


def test_the_levels_of_now_decide_not_those_of_then(desk, ticket):
    major, _ = declared(desk, ticket)
    edit_commands.edit_ticket(
        desk.agent, ticket.id, version=major.version, changes={"impact": 4}, base={"impact": 2}
    )
    assert desk.read(ticket.id).priority == 1

    after, _ = withdrawn(desk, desk.read(ticket.id))

    assert levels(after) == (False, 3, MATRIX)


@pytest.mark.parametrize("by_hand", [1, 4])
def test_a_priority_set_by_hand_before_comes_back(desk, ticket, by_hand):
    edit_commands.override_priority(
        desk.agent, ticket.id, version=ticket.version, priority=by_hand, reason="agreed"
    )
    major, _ = declared(desk, desk.read(ticket.id))

    after, _ = withdrawn(desk, major)

    assert levels(after) == (False, by_hand, BY_HAND)


def test_one_that_was_p1_by_the_matrix_is_by_the_matrix_again(desk):
    ticket = desk.opened(impact=1, urgency=1)
    major, _ = declared(desk, ticket)
    assert levels(major) == (True, 1, BY_HAND)

    assert levels(withdrawn(desk, major)[0]) == (False, 1, MATRIX)


def test_a_mark_without_a_line_of_log_leaves_the_matrix_to_decide(desk, make):
    made = make.ticket(is_major=True, priority=1, priority_source=BY_HAND, impact=2, urgency=2)

    after, _ = withdrawn(desk, desk.read(made.id))

    assert levels(after) == (False, 2, MATRIX)


def test_what_is_none_cannot_be_withdrawn(desk, ticket):
    with pytest.raises(RuleViolation) as refused:
        withdrawn(desk, ticket)

    assert refused.value.code == "tickets.major_not"


# -- taking back ---------------------------------------------------------------------------------------


def test_taken_back_it_is_what_it_was_and_those_told_hear_of_it(desk, ticket):
    _, outcome = declared(desk, ticket)

    outcome.undo.run()

    after = desk.read(ticket.id)
    assert (levels(after), after.resolution_due_at) == ((False, 2, MATRIX), ticket.resolution_due_at)
    assert desk.told(desk.supervisor)[-1] == ("major", {"by": desk.owner.id, "is_withdrawn": True})


def test_a_withdrawal_taken_back_can_be_withdrawn_again(desk, ticket):
    major, _ = declared(desk, ticket)
    _, outcome = withdrawn(desk, major)

    outcome.undo.run()
    again = desk.read(ticket.id)
    assert levels(again) == (True, 1, BY_HAND)

    assert levels(withdrawn(desk, again)[0]) == (False, 2, MATRIX)


def test_nothing_is_taken_back_over_a_colleagues_change(desk, ticket):
    major, outcome = declared(desk, ticket)
    edit_commands.edit_ticket(
        desk.agent, ticket.id, version=major.version, changes={"location": "B3"}, base={"location": ""}
    )

    with pytest.raises(StaleRecord):
        outcome.undo.run()

    assert desk.read(ticket.id).is_major


# -- while it is one -----------------------------------------------------------------------------------


def test_its_priority_is_nobodys_to_set(desk, ticket):
    major, _ = declared(desk, ticket)
    seen = {"version": major.version}

    with pytest.raises(RuleViolation) as by_hand:
        edit_commands.override_priority(desk.agent, ticket.id, **seen, priority=3, reason="calm")
    with pytest.raises(RuleViolation) as by_matrix:
        edit_commands.follow_matrix(desk.agent, ticket.id, **seen)

    assert (by_hand.value.code, by_matrix.value.code) == ("tickets.major_priority",) * 2


def test_its_type_stays_one_that_can_be_major(desk, ticket):
    major, _ = declared(desk, ticket)

    def edited(value):
        edit_commands.edit_ticket(
            desk.agent,
            ticket.id,
            version=major.version,
            changes={"type": value},
            base={"type": TicketType.INCIDENT},
        )

    with pytest.raises(RuleViolation) as refused:
        edited(TicketType.REQUEST)
    assert refused.value.code == "tickets.major_type"
    edited(TicketType.MONITORING)
    assert desk.read(ticket.id).type is TicketType.MONITORING


def test_lists_know_it(desk, ticket):
    other = desk.opened()
    declared(desk, ticket)

    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, "status:open"))

    assert {row.id: row.is_major for row in rows} == {ticket.id: True, other.id: False}


# -- who would be told ---------------------------------------------------------------------------------


def test_those_who_would_be_told_are_named_without_the_asker(desk, ticket):
    boss = acting(desk.ctx, desk.desk_manager)

    names = told_of_major_now(boss, TicketId(ticket.id))

    assert names == [desk.supervisor.name, desk.process_manager.name]
