"""The fold at its edges: the due second, ends, limits of pauses, imports, versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NotFound
from app.models.entities.sla import ClockKind, Promise
from app.models.entities.tickets import EventKind, Move, TicketStatus
from app.services.sla.rules import fold
from tests.support.sla_site import (
    CALENDARS,
    FOR_SUPPLIER,
    FOR_USER,
    HOUR,
    LIMITED,
    MINUTE,
    P3,
    SETTINGS,
    clocks,
    log,
    may,
    resolution,
    response,
)
from tests.support.ticket_log import TicketLog


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


def test_work_begun_answers_a_machine_that_reported_itself_but_no_caller():
    machine = (
        TicketLog()
        .created(may(4, 9), P3, channel="monitoring")
        .moved(may(4, 9, 5), Move.START, TicketStatus.IN_PROGRESS)
    )
    caller = (
        TicketLog()
        .created(may(4, 9), P3, channel="web")
        .moved(may(4, 9, 5), Move.START, TicketStatus.IN_PROGRESS)
    )

    assert response(machine, may(4, 10)).met_at == may(4, 9, 5)
    assert response(caller, may(4, 10)).met_at is None
