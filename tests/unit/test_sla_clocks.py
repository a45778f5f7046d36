"""The fold from a ticket's log to its clocks, at the places where service desks got it wrong (U1-U19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.errors import NotFound
from app.models.entities.ids import ReasonId, TeamId
from app.models.entities.sla import (
    ClockKind,
    ClockState,
    ContactKind,
    Promise,
    ReopenPolicy,
    WaitingRule,
)
from app.models.entities.tickets import Channel, EventKind, Move, TicketStatus, WaitingKind
from app.models.entities.time import Allowance
from app.services.calendars.rules import is_open
from app.services.sla.explain import time_by_holder
from app.services.sla.rules import (
    TICKET_CLOCKS,
    due_times,
    fold,
    follow_up_at,
    nearest_clock,
)
from app.services.sla.stretches import ClockRule, FoldSettings
from tests.support.ticket_log import TicketLog

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE = BusinessCalendar.from_dict(
    {"timezone": "UTC", "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]}}
)
CALENDARS = {"office": OFFICE, "24x7": BusinessCalendar("UTC", always_open=True)}
P3 = Promise(
    "incident",
    3,
    "office",
    {ClockKind.RESPONSE: HOUR, ClockKind.RESOLUTION: 8 * HOUR, ClockKind.FIRST_LINE: 2 * HOUR},
)
P1 = replace(
    P3, priority=1, calendar="24x7", allowed={ClockKind.RESPONSE: 10 * MINUTE, ClockKind.RESOLUTION: 2 * HOUR}
)
FOR_USER, FOR_SUPPLIER, LIMITED = ReasonId(1), ReasonId(2), ReasonId(3)
SETTINGS = FoldSettings(
    waiting_rules={
        FOR_USER: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION, ClockKind.RESPONSE})),
        FOR_SUPPLIER: WaitingRule(WaitingKind.SUPPLIER),
        LIMITED: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION}), Allowance(working_days=1)),
    },
    team_lines={TeamId(1): 1, TeamId(2): 2},
)


def may(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """May 2026: the 4th is a Monday, the 8th a Friday."""
    return datetime(2026, 5, day, hour, minute, second, tzinfo=UTC)


MONDAY_MORNING = may(4, 9)


def log(at: datetime = MONDAY_MORNING, promise: Promise = P3, **detail: object) -> TicketLog:
    return TicketLog().created(at, promise, channel=Channel.EMAIL, **detail)


def clocks(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> dict[ClockKind, ClockState]:
    return fold(of.events, CALENDARS, now, settings)


def resolution(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> ClockState:
    return clocks(of, now, settings)[ClockKind.RESOLUTION]


def response(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> ClockState:
    return clocks(of, now, settings)[ClockKind.RESPONSE]


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


def test_the_first_line_box_ends_when_another_line_gets_the_ticket():
    kept = log().changed(may(4, 10), "team_id", "1")
    sent_on = log().changed(may(4, 10), "team_id", "2")
    born_there = log(team_id=2)

    assert clocks(kept, may(4, 10, 30))[ClockKind.FIRST_LINE].is_running
    assert clocks(sent_on, may(4, 12))[ClockKind.FIRST_LINE].met_at == may(4, 10)
    assert clocks(born_there, may(4, 12))[ClockKind.FIRST_LINE].met_at == may(4, 9)


def test_done_at_the_due_second_is_in_time_and_a_second_later_is_not():
    in_time = log().resolved(may(4, 18))
    late = log().resolved(may(5, 9, 0, 1))

    assert not resolution(in_time, may(5, 9)).is_breached
    assert resolution(late, may(5, 10)).breached_at == may(4, 18)


def test_an_open_ticket_breaches_after_its_due_second():
    assert not resolution(log(), may(4, 18)).is_breached
    assert resolution(log(), may(4, 18, 0, 1)).breached_at == may(4, 18)
    assert resolution(log(), may(5, 10)).remaining == -HOUR


def test_a_resolved_ticket_still_shows_when_it_would_have_been_due():
    clock = resolution(log().resolved(may(4, 11)), may(20, 9))

    assert (clock.met_at, clock.due_at, clock.elapsed) == (may(4, 11), may(4, 18), 2 * HOUR)


def test_a_ticket_resolved_while_waiting_was_not_late():
    clock = resolution(log().waits(may(4, 10), FOR_USER).resolved(may(20, 10)), may(21, 9))

    assert (clock.due_at, clock.is_breached, clock.met_at) == (None, False, may(20, 10))


def test_a_cancelled_ticket_stops_without_being_met():
    clock = resolution(log().moved(may(4, 10), Move.CANCEL, TicketStatus.CANCELLED), may(20, 9))

    assert (clock.met_at, clock.ended_at, clock.is_running, clock.is_breached) == (
        None,
        may(4, 10),
        False,
        False,
    )


def test_a_reason_that_pauses_nothing_lets_the_clock_run():
    clock = resolution(log().waits(may(4, 10), FOR_SUPPLIER), may(4, 12))

    assert (clock.elapsed, clock.is_paused, clock.due_at) == (3 * HOUR, False, may(4, 18))
    assert not resolution(log().waits(may(4, 10), 99), may(4, 12)).is_paused


def test_changing_the_reason_of_a_waiting_ticket_changes_the_pause():
    ticket = log().waits(may(4, 10), FOR_SUPPLIER).changed(may(4, 11), "waiting_reason_id", str(FOR_USER))
    given_up = log().waits(may(4, 10), FOR_USER).changed(may(4, 11), "waiting_reason_id", "")

    assert resolution(ticket, may(4, 15)).elapsed == 2 * HOUR
    assert resolution(given_up, may(4, 12)).elapsed == 2 * HOUR


def test_a_pause_with_a_limit_ends_by_itself():
    ticket = log().waits(may(4, 10), LIMITED)

    assert resolution(ticket, may(4, 12)).is_paused
    assert resolution(ticket, may(4, 12)).due_at == may(5, 18)
    assert resolution(ticket, may(5, 11)).is_running
    assert resolution(ticket, may(5, 11)).elapsed == 2 * HOUR
    assert resolution(ticket.resumes(may(5, 15)), may(5, 16)).elapsed == 6 * HOUR


def test_a_new_promise_during_a_limited_pause_does_not_begin_it_again():
    ticket = log().waits(may(4, 10), LIMITED).promised(may(4, 17), P3).promised(may(5, 12), P3)

    assert resolution(ticket, may(5, 11)).elapsed == 2 * HOUR
    assert resolution(ticket, may(5, 14)).elapsed == 4 * HOUR


def test_a_limit_on_a_calendar_that_never_opens_is_no_limit():
    closed = {"office": BusinessCalendar("UTC")}
    ticket = log().waits(may(4, 10), LIMITED)

    clock = fold(ticket.events, closed, may(4, 12), SETTINGS)[ClockKind.RESOLUTION]

    assert (clock.is_paused, clock.due_at) == (True, None)
    assert fold(log().events, closed, may(4, 12))[ClockKind.RESOLUTION].due_at is None


@given(st.integers(0, 9 * 60))
def test_waiting_for_no_time_at_all_changes_nothing(minutes):
    at = may(4, 9) + minutes * MINUTE

    plain = resolution(log(), may(6, 9))
    waited = resolution(log().waits(at, FOR_USER).resumes(at), may(6, 9))

    assert (waited.elapsed, waited.due_at, waited.paused) == (plain.elapsed, plain.due_at, timedelta())


def test_imported_moves_count_and_instants_that_go_back_are_held():
    ticket = TicketLog()
    ticket.add(may(4, 9), EventKind.IMPORTED, new="new").promised(may(4, 9), P3)
    ticket.add(may(4, 12), EventKind.IMPORTED, new="in_progress")
    ticket.add(may(4, 10), EventKind.IMPORTED, new="resolved")
    ticket.add(may(4, 14), EventKind.IMPORTED, new="of another program")

    assert resolution(ticket, may(5, 9)).met_at == may(4, 12)


def test_closed_straight_from_work_counts_as_done():
    ticket = log().add(may(4, 11), EventKind.IMPORTED, new="closed")

    assert resolution(ticket, may(5, 9)).met_at == may(4, 11)


def test_a_promise_of_another_calendar_version_is_counted_with_that_version():
    early = BusinessCalendar.from_dict({"timezone": "UTC", "hours": {"mon": [["06:00", "14:00"]]}})
    ticket = log(promise=replace(P3, calendar_version=7))

    clock = fold(ticket.events, {**CALENDARS, "office@7": early}, may(4, 10))[ClockKind.RESOLUTION]

    assert clock.due_at == may(11, 9)


def test_a_missing_calendar_is_named():
    with pytest.raises(NotFound) as caught:
        fold(log().events, {}, may(4, 10))

    assert caught.value.params == {"calendar": "office"}


def test_a_promise_of_no_time_is_used_up_at_once():
    ticket = log(promise=replace(P3, allowed={ClockKind.RESPONSE: timedelta()}))

    clock = response(ticket, may(4, 9))

    assert (clock.used_percent, clock.due_at, clock.is_breached) == (100, may(4, 9), False)


def test_a_promise_survives_the_log_and_ignores_clocks_of_a_newer_program():
    data = P3.to_dict()
    assert Promise.from_dict(data) == P3

    newer = {**data, "allowed": {"response": 3600, "handshake": 5}}

    assert Promise.from_dict(newer).allowed == {ClockKind.RESPONSE: HOUR}
