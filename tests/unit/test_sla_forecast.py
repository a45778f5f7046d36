"""Whether the rest of the work will be done in time: open hours walked, promises over or standing still."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.tickets import Move, TicketStatus
from app.services.sla.forecast import Basis, Needed, active_time, forecast, needed_for
from tests.support.sla_site import CALENDARS, FOR_USER, HOUR, MINUTE, OFFICE, log, may, resolution

USUAL = Needed(2 * HOUR, Basis.USUAL)


def at(hour, minute=0, *, needed=USUAL, day=4, of=None):
    now = may(day, hour, minute)
    return forecast(resolution(of or log(), now), needed, CALENDARS, now)


def test_work_that_ends_before_the_promise_is_in_time():
    seen = at(10)

    assert (seen.ready_at, seen.due_at, seen.is_late) == (may(4, 12), may(4, 18), False)


def test_the_break_and_the_night_are_no_time_to_work_in():
    seen = at(17)

    assert (seen.ready_at, seen.is_late) == (may(5, 10), True)


def test_done_at_the_due_second_itself_is_in_time():
    assert not at(16).is_late


def test_one_minute_more_than_is_left_is_late():
    assert at(16, 1).is_late


def test_a_promise_already_broken_is_late_whatever_is_left_to_do():
    assert at(9, day=5).is_late


@pytest.mark.parametrize("needed", [None])
def test_nothing_is_said_where_nobody_knows_how_long_it_takes(needed):
    assert at(10, needed=needed) is None


def test_nothing_is_said_while_the_clock_stands_still():
    assert at(11, of=log().waits(may(4, 10), FOR_USER)) is None


def test_nothing_is_said_of_a_solved_ticket():
    assert at(11, of=log().resolved(may(4, 10))) is None


def test_nothing_is_said_where_nothing_is_promised():
    assert forecast(None, USUAL, CALENDARS, may(4, 10)) is None


def test_an_estimate_of_the_ticket_goes_before_what_is_usual():
    assert needed_for(45, 30, [HOUR] * 5) == Needed(45 * MINUTE, Basis.ESTIMATE)


def test_what_is_usual_goes_before_the_past():
    assert needed_for(None, 30, [HOUR] * 5) == Needed(30 * MINUTE, Basis.USUAL)


def test_without_either_the_median_of_the_last_tickets_tells():
    assert needed_for(None, None, [HOUR, 3 * HOUR, 2 * HOUR]) == Needed(2 * HOUR, Basis.HISTORY)


def test_tickets_nobody_worked_on_tell_nothing():
    assert needed_for(None, None, [timedelta(), timedelta(), HOUR, HOUR]) is None


def test_active_time_counts_only_progress_within_open_hours():
    of = log().moved(may(4, 11), Move.START, TicketStatus.IN_PROGRESS).waits(may(4, 14), FOR_USER)
    of.resumes(may(4, 17)).resolved(may(5, 10))

    assert active_time(of.events, OFFICE) == 4 * HOUR
