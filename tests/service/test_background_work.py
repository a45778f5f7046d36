"""What the background work does to tickets: told of, risen, sent on, asked after, closed; each once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.events import NoticesChanged, TicketsChanged
from app.models.entities.instants import to_micros
from app.models.entities.tickets import Confirmation, EventKind, Resolution, TicketStatus
from app.services.background import doing_commands, queries, runner
from app.services.background.runner import BackgroundWork
from app.services.tickets import (
    commands,
    edit_commands,
    escalating_commands,
    note_commands,
    undo_commands,
)
from tests.support.watched_site import DEFAULT_STEPS, Desk, desk_with_people

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


# -- quiet hours and storms ------------------------------------------------------------------------


def _at_night(desk: Desk) -> datetime:
    """23:00 in Shanghai on Friday."""
    desk.ctx.clock.set(datetime(2026, 11, 20, 13, 0, tzinfo=UTC))
    return datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # 7:00 on Saturday


def test_u22_nobody_is_disturbed_at_night_unless_the_priority_asks_for_it(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=0, storm_count=0)
    morning = _at_night(desk)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(morning)]


def test_u22_a_priority_that_is_spared_is_told_at_once(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=2, storm_count=0)
    _at_night(desk)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(desk.ctx.clock.now())]


def test_u22_whoever_is_on_duty_is_told_at_once(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=0, storm_count=0)
    _at_night(desk)
    desk.on_shift(desk.owner, FRIDAY, hour=20, hours=12, leads=False)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(desk.ctx.clock.now())]


def test_many_steps_at_once_are_told_as_one(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(12):
        desk.opened()

    desk.later(hours=2)

    assert desk.told(desk.owner) == [("storm", {"count": 12})]


def test_a_storm_that_goes_on_grows_instead_of_repeating_itself(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(6):
        desk.opened()
    desk.ctx.clock.advance(timedelta(minutes=1))
    for _ in range(6):
        desk.opened()

    desk.later(hours=1, minutes=59)
    desk.later(minutes=1)

    assert desk.told(desk.owner) == [("storm", {"count": 12})]


def test_fewer_than_a_storm_are_told_one_by_one(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(4):
        desk.opened()

    desk.later(hours=2)

    assert desk.kinds(desk.owner) == ["warned"] * 4


# -- what cannot be looked at ----------------------------------------------------------------------


def test_one_ticket_that_cannot_be_looked_at_harms_no_other(desk, expect_log):
    expect_log("could not be looked at")
    expect_log("stored times of 1 tickets were wrong")
    good, bad = desk.opened(), desk.opened()
    promise = {"policy": "x", "priority": 2, "calendar": "gone", "allowed": {"resolution": 60}}
    desk.write(
        lambda tx: tx.execute(
            "UPDATE ticket_event SET detail = ? WHERE ticket_id = ? AND kind = 'promised'",
            (json.dumps(promise), bad.id),
        )
    )

    report = desk.later(hours=2)

    assert (report.put_off, desk.kinds(desk.owner)) == (1, ["warned"])
    assert desk.column(bad.id, "wake_at") == to_micros(desk.ctx.clock.now() + timedelta(hours=1))
    assert desk.column(good.id, "wake_at") is not None


def test_one_ticket_that_cannot_be_written_harms_no_other(desk, expect_log, monkeypatch):
    expect_log("could not be looked at")
    tickets = [desk.opened() for _ in range(3)]
    bad = tickets[1].id
    carry_out = doing_commands._carry_out

    def refused(tx, site, plan, fired):
        if plan.ticket.id == bad:
            raise RuleViolation("tickets.gate")
        return carry_out(tx, site, plan, fired)

    monkeypatch.setattr(doing_commands, "_carry_out", refused)

    report = desk.later(hours=2)

    assert (report.put_off, report.fired, report.doubled) == (1, 2, 0)
    assert [row[0] for row in desk.rows("SELECT ticket_id FROM escalation ORDER BY ticket_id")] == [
        tickets[0].id,
        tickets[2].id,
    ]


def test_a_ticket_saved_meanwhile_is_left_to_the_next_look(desk, monkeypatch):
    ticket = desk.opened()
    desk.ctx.clock.advance(timedelta(hours=2))
    read = queries.plans_for

    def read_then_saved(ctx, ids):
        plans = read(ctx, ids)
        note_commands.add_note(desk.agent, ticket.id, "meanwhile")
        return plans

    monkeypatch.setattr(queries, "plans_for", read_then_saved)
    desk.work.tick()
    assert desk.told() == []
    monkeypatch.undo()

    desk.work.tick()

    assert desk.kinds(desk.owner) == ["warned"]


def test_thousands_of_due_tickets_are_done_in_rounds(desk, monkeypatch):
    monkeypatch.setattr(runner, "MOST", 4)
    desk.work.tick()
    for _ in range(6):
        desk.opened()

    first, second = desk.work.tick(), desk.work.tick()

    assert (first.looked_at, first.is_more, second.looked_at, second.is_more) == (4, True, 2, False)


def test_the_program_acts_not_who_is_signed_in(desk):
    ticket = desk.opened()
    viewer = desk.ctx.acting_as(replace(desk.agent.actor, permissions=frozenset({"tickets.read"})))
    desk.ctx.clock.advance(timedelta(hours=3))

    BackgroundWork(viewer, holder="PC-09#x").tick()

    (line,) = [event for event in desk.events(ticket.id) if event.kind is EventKind.ESCALATED]
    assert line.actor_id is None
