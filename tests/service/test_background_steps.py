"""What falls due is done: warnings, steps, rises, the next line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.events import NoticesChanged, TicketsChanged
from app.models.entities.instants import to_micros
from app.models.entities.tickets import EventKind, Resolution, TicketStatus
from app.services.tickets import (
    commands,
    edit_commands,
)
from tests.support.watched_site import Desk, desk_with_people

FRIDAY = date(2026, 11, 20)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


# -- warnings and steps ----------------------------------------------------------------------------


def test_a_fresh_ticket_is_looked_at_once_and_then_sleeps_until_its_first_share(desk):
    ticket = desk.opened()

    report = desk.rounds()

    assert (report.looked_at, report.fired) == (1, 0)
    assert desk.column(ticket.id, "wake_at") == to_micros(ticket.received_at + timedelta(hours=2))
    assert desk.work.tick().looked_at == 0


def test_the_owner_is_warned_at_each_share_of_the_promise(desk):
    desk.opened()
    desk.later(hours=2)
    desk.later(hours=1)

    assert desk.told(desk.owner) == [
        ("warned", {"clock": "resolution", "percent": 50}),
        ("warned", {"clock": "resolution", "percent": 75}),
    ]


def test_a_step_tells_the_supervisor_of_that_moment_and_managers_by_their_role(desk):
    leader = desk.make.agent(teams=(desk.make.team(),))
    desk.on_shift(leader, FRIDAY, hour=18)  # 10:00 UTC is 18:00 in Shanghai
    desk.opened()

    desk.later(hours=4, seconds=1)

    assert desk.kinds(leader) == ["escalated"]
    assert desk.kinds(desk.process_manager) == ["escalated"]
    assert desk.kinds(desk.supervisor) == []
    assert desk.kinds(desk.owner) == ["breached"]


def test_where_the_roster_names_nobody_whoever_may_lead_is_told(desk):
    desk.opened()

    desk.later(hours=3, minutes=36)

    assert desk.told(desk.supervisor) == [("escalated", {"clock": "resolution", "percent": 90})]


def test_a_ticket_in_nobodys_hands_is_told_to_the_supervisor(desk):
    ticket = desk.opened()
    desk.write(lambda tx: tx.execute("UPDATE ticket SET owner_id = NULL, assignee_id = NULL"))
    desk.later(hours=2)

    assert desk.kinds(desk.supervisor) == ["warned"]
    assert desk.read(ticket.id).owner_id is None


def test_whoever_left_is_not_told(desk):
    desk.opened()
    desk.write(lambda tx: tx.execute("UPDATE person SET is_active = false WHERE id = ?", (desk.owner.id,)))

    desk.later(hours=2)

    assert desk.kinds(desk.owner) == []
    assert desk.kinds(desk.supervisor) == ["warned"]


def test_one_person_hears_of_one_clock_once_in_a_look(desk):
    desk.opened()

    desk.later(hours=3)  # 75 %: the policy's warning and a step both name the owner

    assert [kind for kind, _ in desk.told(desk.owner)] == ["warned"]


def test_after_a_night_with_everything_off_the_rest_is_marked_as_skipped(desk):
    ticket = desk.opened()

    desk.later(hours=7)

    states = dict(desk.rows("SELECT step, state FROM escalation WHERE ticket_id = ?", ticket.id))
    fired = {step for step, state in states.items() if state == "fired"}
    assert fired == {"breach:resolution", "resolution:150", "rise:90"}
    assert desk.kinds(desk.desk_manager) == ["escalated"]
    assert desk.kinds(desk.supervisor) == []


def test_a_second_round_does_nothing_twice(desk):
    desk.opened()
    desk.later(hours=7)
    before = desk.told()

    again = desk.rounds()

    assert (again.fired, again.doubled) == (0, 0)
    assert desk.told() == before


def test_what_fell_due_is_announced(desk, announced):
    ticket = desk.opened()
    announced.clear()

    desk.later(hours=3)

    assert TicketsChanged(frozenset({ticket.id})) in announced
    assert NoticesChanged(frozenset({desk.owner.id})) in announced


def test_u5_a_waiting_ticket_is_not_told_as_broken(desk):
    ticket = desk.opened()
    reason = desk.make.waiting_reason()
    commands.set_waiting(desk.agent, ticket.id, version=ticket.version, reason_id=reason.id)

    desk.later(days=3)

    assert desk.told() == []
    assert desk.read(ticket.id).is_paused


def test_u20_a_new_promise_leaves_no_old_escalation_behind(desk):
    ticket = desk.opened()
    desk.later(hours=1)
    milder = {"impact": 4, "urgency": 3}
    edit_commands.edit_ticket(
        desk.agent, ticket.id, version=ticket.version, changes=milder, base={"impact": 2, "urgency": 2}
    )

    desk.later(hours=3, seconds=1)  # when the old promise would have been broken

    assert desk.read(ticket.id).priority == 4
    assert desk.told() == []


def test_u20_rules_that_change_are_applied_to_open_tickets_at_the_next_round(desk):
    desk.opened()
    desk.rounds()
    desk.escalation({"percent": 40, "recipients": ["desk_manager"]}, storm_count=0)

    desk.later(hours=1, minutes=40)

    assert desk.told() == [("escalated", {"clock": "resolution", "percent": 40})]


# -- rising ----------------------------------------------------------------------------------------


def test_the_effective_priority_rises_and_the_base_priority_stays(desk):
    ticket = desk.opened()

    desk.later(hours=3)

    (line,) = [event for event in desk.events(ticket.id) if event.kind is EventKind.ESCALATED]
    assert (line.field, line.old, line.new) == ("rise", "2", "1")
    assert desk.column(ticket.id, "effective_priority") == 1
    assert desk.read(ticket.id).priority == 2


def test_u21_a_rise_and_technical_columns_leave_updated_at_alone(desk):
    ticket = desk.opened()

    desk.later(hours=3)

    after = desk.read(ticket.id)
    assert after.updated_at == ticket.updated_at
    assert after.version == ticket.version + 1


def test_u21_a_warning_changes_nothing_about_the_ticket(desk):
    ticket = desk.opened()

    desk.later(hours=2)

    assert desk.read(ticket.id) == ticket


# -- to the next line ------------------------------------------------------------------------------


def _second_line(desk: Desk):
    first, second = desk.make.team(line=1), desk.make.team(line=2)
    member = desk.make.agent(teams=(second,))
    category = desk.make.category(default_team_id=first.id)
    desk.make._link("category_team", {"category_id": category, "line": 2, "team_id": second})
    return category, first, second, member


def test_a_step_sends_the_ticket_to_the_next_line_of_its_category(desk):
    category, first, second, member = _second_line(desk)
    desk.escalation({"percent": 60, "to_next_line": True, "recipients": ["team"]}, storm_count=0)
    ticket = desk.opened(category_id=category.id, team_id=first.id)

    desk.later(hours=2, minutes=24)

    after = desk.read(ticket.id)
    lines = [e for e in desk.events(ticket.id) if e.kind is EventKind.ESCALATED]
    assert (after.team_id, after.assignee_id, after.status) == (second.id, None, TicketStatus.ASSIGNED)
    assert [(line.field, line.old, line.new) for line in lines] == [("line", str(first.id), str(second.id))]
    assert desk.kinds(member) == ["escalated"]


def test_a_waiting_ticket_changes_hands_and_goes_on_waiting(desk):
    category, first, second, _ = _second_line(desk)
    desk.escalation({"percent": 60, "to_next_line": True}, storm_count=0)
    reason = desk.make.waiting_reason(pauses_resolution=False)
    ticket = desk.opened(category_id=category.id, team_id=first.id)
    commands.set_waiting(desk.agent, ticket.id, version=ticket.version, reason_id=reason.id)

    desk.later(hours=2, minutes=24)

    after = desk.read(ticket.id)
    assert (after.team_id, after.status) == (second.id, TicketStatus.WAITING)


def test_without_a_next_line_people_are_only_told(desk):
    desk.escalation({"percent": 60, "to_next_line": True, "recipients": ["desk_manager"]}, storm_count=0)
    ticket = desk.opened()

    desk.later(hours=2, minutes=24)

    assert desk.kinds(desk.desk_manager) == ["escalated"]
    assert desk.read(ticket.id).version == ticket.version
