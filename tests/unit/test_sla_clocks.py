"""The fold from a ticket's log to its clocks, where service desks got it wrong (U1-U19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.sla import ClockKind, ContactKind, ReopenPolicy, WaitingRule
from app.models.entities.tickets import Channel, EventKind, Move, TicketStatus, WaitingKind
from app.models.entities.time import Allowance
from app.services.calendars.rules import is_open
from app.services.sla.explain import time_by_holder
from app.services.sla.rules import TICKET_CLOCKS, due_times, fold, follow_up_at, nearest_clock
from app.services.sla.stretches import ClockRule
from tests.support.sla_site import (
    CALENDARS,
    FOR_SUPPLIER,
    FOR_USER,
    HOUR,
    MINUTE,
    OFFICE,
    P1,
    P3,
    SETTINGS,
    clocks,
    log,
    may,
    resolution,
    response,
)
from tests.support.ticket_log import TicketLog


def test_a_new_ticket_runs_against_all_its_promises():
    found = clocks(log(), may(4, 10, 30))

    assert {kind: clock.due_at for kind, clock in found.items()} == due_times(P3, may(4, 9), CALENDARS)
    assert found[ClockKind.RESOLUTION].remaining == 6.5 * HOUR
    assert all(clock.is_running for clock in found.values())


def test_a_ticket_without_a_promise_has_no_clocks():
    assert clocks(TicketLog().created(may(4, 9)), may(4, 10)) == {}


def test_u1_time_used_while_waiting_is_not_lost_when_the_priority_changes():
    ticket = log().waits(may(4, 10), FOR_USER).resumes(may(4, 15))
    before = resolution(ticket, may(4, 16))
    ticket.changed(may(4, 16), "priority", "1", "3").promised(may(4, 16), P1)

    after = resolution(ticket, may(4, 16))

    assert before.elapsed == after.elapsed == 2 * HOUR
    assert after.target == 2 * HOUR
    assert after.due_at == may(4, 16)


def test_u1_a_milder_promise_gives_the_rest_of_the_longer_time():
    ticket = log(promise=P1).promised(may(4, 10), P3)

    assert resolution(ticket, may(4, 10)).due_at == may(4, 18)


def test_a_stricter_promise_is_broken_from_when_it_was_made():
    ticket = log().promised(may(4, 15), P1)

    clock = resolution(ticket, may(4, 16))

    assert clock.due_at == may(4, 11)
    assert clock.breached_at == may(4, 15)


def test_u20_what_was_done_in_time_stays_so_when_a_stricter_promise_follows():
    ticket = log().add(may(4, 9, 40), EventKind.REPLY, new="We are on it").promised(may(4, 10), P1)

    answered = response(ticket, may(4, 16))

    assert (answered.target, answered.due_at) == (HOUR, may(4, 10))
    assert (answered.met_at, answered.is_breached) == (may(4, 9, 40), False)


def test_u20_a_late_solution_does_not_come_in_time_by_a_milder_promise_afterwards():
    ticket = log(promise=P1).resolved(may(4, 12)).promised(may(4, 13), P3)

    clock = resolution(ticket, may(4, 16))

    assert (clock.due_at, clock.breached_at) == (may(4, 11), may(4, 11))


def test_u20_a_reopened_ticket_is_judged_by_the_promise_made_meanwhile():
    ticket = log(promise=P1).resolved(may(4, 10)).promised(may(4, 11), P3)
    ticket.moved(may(4, 12), Move.REFUSE, TicketStatus.IN_PROGRESS)

    assert resolution(ticket, may(4, 14)).target == 8 * HOUR


def test_u2_waiting_over_the_weekend_adds_only_open_hours():
    ticket = log(may(8, 16)).waits(may(8, 17), FOR_USER).resumes(may(11, 10))

    clock = resolution(ticket, may(11, 10))

    assert clock.paused == 2 * HOUR
    assert clock.due_at == may(11, 18)


@given(st.integers(0, 7 * 24 * 60), st.integers(1, 7 * 24 * 60))
def test_u3_a_due_time_lies_inside_opening_hours_or_at_their_end(wait, length):
    ticket = log().waits(may(4, 9) + wait * MINUTE, FOR_USER).resumes(may(4, 9) + (wait + length) * MINUTE)

    due_at = resolution(ticket, may(25, 9)).due_at

    assert due_at is not None
    assert is_open(OFFICE, due_at - timedelta(seconds=1))


def test_u4_gross_paused_and_net_time_are_told_apart():
    ticket = log().waits(may(4, 10), FOR_USER).resumes(may(4, 15)).resolved(may(4, 17))

    clock = resolution(ticket, may(20, 9))

    assert (clock.gross, clock.paused, clock.elapsed) == (8 * HOUR, 4 * HOUR, 3 * HOUR)


@given(st.integers(0, 100_000))
def test_u5_a_paused_ticket_never_breaches_and_keeps_its_remaining_time(minutes):
    ticket = log().waits(may(4, 10), FOR_USER)

    clock = resolution(ticket, may(4, 10) + minutes * MINUTE)

    assert (clock.is_paused, clock.is_running, clock.is_breached) == (True, False, False)
    assert (clock.remaining, clock.due_at) == (7 * HOUR, None)


def test_u6_a_due_time_set_by_hand_does_not_move_while_waiting():
    ticket = log().changed(may(4, 10), "resolution_due_at", may(5, 12).isoformat())
    ticket.waits(may(4, 11), FOR_USER).resumes(may(4, 17))

    clock = resolution(ticket, may(5, 11))

    assert (clock.is_locked, clock.due_at, clock.remaining) == (True, may(5, 12), HOUR)
    assert resolution(ticket, may(5, 14)).breached_at == may(5, 12)
    assert resolution(ticket, may(5, 14)).remaining == -HOUR
    assert not response(ticket, may(5, 11)).is_locked


def test_u6_a_due_time_set_by_hand_can_be_given_up():
    ticket = log().changed(may(4, 10), "resolution_due_at", may(5, 12).isoformat())
    ticket.changed(may(4, 11), "resolution_due_at", None)

    assert resolution(ticket, may(4, 12)).due_at == may(4, 18)


def test_u7_follow_ups_fall_on_open_time():
    rule = WaitingRule(WaitingKind.USER, follow_up_every=Allowance(working_days=1))

    assert follow_up_at(rule, OFFICE, may(8, 15)) == may(11, 15)
    assert follow_up_at(rule, OFFICE, may(8, 15), count=2) == may(12, 15)
    assert follow_up_at(WaitingRule(WaitingKind.USER), OFFICE, may(8, 15)) is None


def test_u8_warnings_are_percentages_of_the_target_and_none_is_reached_at_creation():
    ticket = log(may(9, 12))

    assert resolution(ticket, may(9, 12)).warnings == ()
    assert resolution(ticket, may(11, 12)).warnings == ()
    assert resolution(ticket, may(11, 14)).warnings == (50,)
    assert resolution(ticket, may(11, 18)).warnings == (50, 75, 90)
    assert resolution(ticket, may(11, 14)).used_percent == 50


def test_u9_a_ticket_from_outside_hours_counts_from_the_opening():
    clock = response(log(may(9, 12)), may(10, 12))

    assert (clock.elapsed, clock.due_at, clock.is_running) == (timedelta(), may(11, 10), True)


def test_u9_a_clock_of_another_kind_may_start_at_assignment():
    accept = ClockRule(
        ClockKind.TASK_ACCEPT,
        starts=lambda step: step.event.field == Move.ASSIGN,
        is_met=lambda step: step.event.field == Move.START,
    )
    promise = replace(P3, allowed={**P3.allowed, ClockKind.TASK_ACCEPT: HOUR})
    ticket = log(promise=promise).moved(may(4, 11), Move.ASSIGN, TicketStatus.ASSIGNED)
    rules = (*TICKET_CLOCKS, accept)

    assert ClockKind.TASK_ACCEPT not in fold(ticket.events[:2], CALENDARS, may(4, 11), SETTINGS, rules)
    assert fold(ticket.events, CALENDARS, may(4, 11), SETTINGS, rules)[ClockKind.TASK_ACCEPT].due_at == may(
        4, 12
    )


def test_u10_a_reopened_ticket_goes_on_without_the_resolved_interval():
    ticket = log().resolved(may(4, 11)).moved(may(6, 9), Move.REFUSE, TicketStatus.IN_PROGRESS)

    clock = resolution(ticket, may(6, 10))

    assert (clock.elapsed, clock.met_at, clock.is_running) == (3 * HOUR, None, True)
    assert clock.due_at == may(6, 16)
    assert response(ticket, may(6, 10)).met_at == may(4, 11)


def test_u10_a_table_may_restart_the_clock_instead():
    ticket = log().resolved(may(4, 11)).moved(may(6, 9), Move.REFUSE, TicketStatus.IN_PROGRESS)

    clock = resolution(ticket, may(6, 10), replace(SETTINGS, reopen=ReopenPolicy.RESTART))

    assert (clock.elapsed, clock.due_at) == (HOUR, may(6, 18))


def test_u11_time_is_split_by_who_had_the_ticket():
    ticket = log().changed(may(4, 10), "team_id", "2").waits(may(4, 11), FOR_SUPPLIER).resumes(may(4, 15))
    ticket.waits(may(4, 16), 99).changed(may(4, 17), "waiting_reason_id", str(FOR_USER)).resolved(may(4, 18))

    shares = time_by_holder(ticket.events, CALENDARS, may(9, 9), SETTINGS)

    assert shares == {"line_1": HOUR, "line_2": 3 * HOUR, "supplier": 3 * HOUR, "user": HOUR}
    assert time_by_holder([], CALENDARS, may(9, 9)) == {}


def test_u12_to_u16_the_fold_counts_with_the_calendar_and_nothing_else():
    ticket = log(may(8, 17, 30))

    assert resolution(ticket, may(11, 13, 30)).elapsed == 4 * HOUR
    assert resolution(ticket, may(11, 13, 30)).due_at == may(11, 17, 30)


def test_u17_the_zone_and_a_fast_clock_of_the_pc_do_not_break_a_promise():
    shanghai = timezone(8 * HOUR)
    ticket = log(may(4, 9).astimezone(shanghai))

    clock = response(ticket, may(4, 8, 59).astimezone(timezone(-5 * HOUR)))

    assert (clock.elapsed, clock.gross, clock.is_breached) == (timedelta(), timedelta(), False)
    assert clock.due_at == may(4, 10)


@pytest.mark.parametrize(
    ("channel", "met"),
    [(Channel.PHONE, True), (Channel.VISIT, True), (Channel.EMAIL, False), (Channel.WEB, False)],
)
def test_u18_a_call_registered_by_the_desk_has_been_responded_to(channel, met):
    ticket = TicketLog().created(may(4, 9, 3), P3, channel=channel, received_at=may(4, 9).isoformat())

    clock = response(ticket, may(4, 9, 30))

    assert clock.started_at == may(4, 9)
    assert clock.met_at == (may(4, 9, 3) if met else None)
    assert clock.elapsed == (3 if met else 30) * MINUTE


@pytest.mark.parametrize(
    ("kind", "detail", "met"),
    [
        (EventKind.REPLY, {}, True),
        (EventKind.CALL, {}, True),
        (EventKind.CONFIRMATION, {}, True),
        (EventKind.NOTE, {"public": True}, True),
        (EventKind.NOTE, {}, False),
        (EventKind.REPLY, {"by": "user"}, False),
        (EventKind.REPLY, {"by": "system"}, False),
        (EventKind.ATTACHED, {}, False),
    ],
)
def test_u18_which_words_answer_the_caller_is_one_explicit_rule(kind, detail, met):
    ticket = log().add(may(4, 9, 20), kind, new="text", detail=detail)

    assert (response(ticket, may(4, 9, 30)).met_at is not None) is met


def test_u18_the_rule_can_be_changed_in_the_table():
    started = log().moved(may(4, 9, 5), Move.START, TicketStatus.IN_PROGRESS)
    only_start = replace(SETTINGS, contacts=frozenset({ContactKind.START}))

    assert response(started, may(4, 9, 30)).met_at is None
    assert response(started, may(4, 9, 30), only_start).met_at == may(4, 9, 5)
    assert response(log().add(may(4, 9, 5), EventKind.REPLY), may(4, 9, 30), only_start).met_at is None


def test_u19_the_clock_shown_is_the_one_that_breaks_next():
    ticket = log()
    answered = log().add(may(4, 9, 20), EventKind.REPLY).waits(may(4, 9, 30), FOR_USER)

    assert nearest_clock(clocks(ticket, may(4, 9, 5))).kind is ClockKind.RESPONSE
    assert nearest_clock(clocks(answered, may(4, 9, 40))).kind is ClockKind.FIRST_LINE
    assert nearest_clock(clocks(log().resolved(may(4, 10)), may(4, 11))) is None
