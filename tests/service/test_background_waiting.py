"""Background work while a ticket waits or is solved, and calls for the supervisor by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.tickets import Confirmation, EventKind, Resolution, TicketStatus
from app.services.tickets import (
    commands,
    escalating_commands,
    note_commands,
    undo_commands,
)
from tests.support.watched_site import Desk, desk_with_people

FRIDAY = date(2026, 11, 20)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


# -- waiting ---------------------------------------------------------------------------------------


def _waiting(desk: Desk, **columns: object):
    ticket = desk.opened()
    reason = desk.make.waiting_reason(follow_up_every="4 h", **columns)
    commands.set_waiting(desk.agent, ticket.id, version=ticket.version, reason_id=reason.id)
    return ticket


def test_a_waiting_ticket_is_followed_up(desk):
    _waiting(desk)
    desk.later(hours=4)
    desk.later(hours=4)

    assert desk.told(desk.owner) == [("follow_up", {"count": 1}), ("follow_up", {"count": 2})]


def test_enough_unanswered_follow_ups_resolve_the_ticket_in_the_sites_language(desk):
    ticket = _waiting(desk, auto_resolve_after=2)
    for _ in range(3):
        desk.later(hours=4)

    after = desk.read(ticket.id)
    assert after.status is TicketStatus.RESOLVED
    assert after.solution == "跟进 2 次均无答复，系统自动解决。"
    assert desk.kinds(desk.owner)[-1] == "auto_resolved"


def test_a_ticket_that_resolved_itself_is_taken_back_like_any_other(desk):
    ticket = _waiting(desk, auto_resolve_after=1)
    desk.later(hours=4)
    desk.later(hours=4)
    after = desk.read(ticket.id)
    batch = desk.events(ticket.id)[-1].batch

    undo_commands.take_back(
        desk.agent, ticket.id, version=after.version, batch=batch, code="tickets.undo.resolved"
    )

    back = desk.read(ticket.id)
    assert (after.status, back.status, back.solution) == (TicketStatus.RESOLVED, TicketStatus.WAITING, "")


def test_what_a_category_demands_of_people_stops_no_program(desk):
    demands = json.dumps({"resolve": ["location"], "assign": ["location"]})
    category = desk.make.category(form_fields=demands)
    ticket = desk.opened(category_id=category.id)
    reason = desk.make.waiting_reason(follow_up_every="4 h", auto_resolve_after=1)
    waiting = commands.set_waiting(desk.agent, ticket.id, version=ticket.version, reason_id=reason.id)
    with pytest.raises(RuleViolation):
        commands.resolve(desk.agent, ticket.id, SOLVED, version=waiting.version)
    desk.later(hours=4)
    desk.later(hours=4)

    assert desk.read(ticket.id).status is TicketStatus.RESOLVED


def test_a_longest_wait_that_is_over_is_told_and_the_clocks_run_again(desk):
    ticket = _waiting(desk, longest="2 h")

    desk.later(hours=2)

    assert desk.kinds(desk.owner) == ["waited_too_long"]
    assert not desk.read(ticket.id).is_paused


# -- after the solution ----------------------------------------------------------------------------


def test_an_unconfirmed_solution_is_reminded_of_and_closed_after_working_days(desk):
    ticket = desk.opened()
    commands.resolve(desk.agent, ticket.id, SOLVED, version=ticket.version)
    desk.later(days=3)  # Monday
    reminded = desk.kinds(desk.owner)
    desk.later(days=2)  # Wednesday

    after = desk.read(ticket.id)
    assert reminded == ["confirm_reminder"]
    assert (after.status, after.confirmation) == (TicketStatus.CLOSED, Confirmation.NO_REPLY)
    assert desk.kinds(desk.owner)[-1] == "auto_closed"
    assert desk.column(ticket.id, "wake_at") is None


# -- by hand ---------------------------------------------------------------------------------------


def test_calling_the_supervisor_is_logged_and_told_with_the_reason(desk):
    ticket = desk.opened()

    escalating_commands.escalate(desk.agent, ticket.id, version=ticket.version, reason=" CEO waits ")

    (line,) = [event for event in desk.events(ticket.id) if event.kind is EventKind.ESCALATED]
    assert (line.field, line.new) == ("people", "CEO waits")
    assert desk.told(desk.supervisor) == [("escalated", {"reason": "CEO waits", "by": desk.owner.id})]


def test_calling_twice_tells_twice(desk):
    ticket = desk.opened()
    first = escalating_commands.escalate(desk.agent, ticket.id, version=ticket.version, reason="once")
    escalating_commands.escalate(desk.agent, ticket.id, version=first.version, reason="again")

    assert [body["reason"] for _, body in desk.told(desk.supervisor)] == ["once", "again"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_calling_without_a_reason_is_refused(desk, reason):
    ticket = desk.opened()

    with pytest.raises(RuleViolation, match=r"tickets\.reason_missing"):
        escalating_commands.escalate(desk.agent, ticket.id, version=ticket.version, reason=reason)


def test_calling_for_a_ticket_that_is_over_is_refused(desk):
    ticket = desk.opened()
    closed = commands.cancel(desk.agent, ticket.id, version=ticket.version, reason="withdrawn")

    with pytest.raises(RuleViolation, match=r"escalation\.not_open"):
        escalating_commands.escalate(desk.agent, ticket.id, version=closed.version, reason="late")


def test_calling_where_nobody_leads_is_refused_not_lost(desk):
    ticket = desk.opened()
    desk.write(lambda tx: tx.execute("DELETE FROM person_role"))

    with pytest.raises(RuleViolation, match=r"escalation\.nobody"):
        escalating_commands.escalate(desk.agent, ticket.id, version=ticket.version, reason="help")


def test_calling_needs_the_right_and_the_version_one_looked_at(desk):
    ticket = desk.opened()
    reader = desk.agent.acting_as(replace(desk.agent.actor, permissions=frozenset({"tickets.read"})))
    with pytest.raises(NotAllowed):
        escalating_commands.escalate(reader, ticket.id, version=ticket.version, reason="x")
    note_commands.add_note(desk.agent, ticket.id, "meanwhile")

    with pytest.raises(StaleRecord):
        escalating_commands.escalate(desk.agent, ticket.id, version=ticket.version, reason="x")
