"""What a clock would do if something happened now is what it does a moment after it happened."""

from __future__ import annotations

import pytest

from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind
from app.services.sla.supposing import Supposition, suppose
from tests.support.sla_site import CALENDARS, FOR_USER, HOUR, LIMITED, P1, SETTINGS, clocks, log, may
from tests.support.ticket_log import TicketLog

NOON = may(4, 11)


def supposed(ticket: TicketLog, supposition: Supposition, promise=None):
    return suppose(ticket.events, CALENDARS, NOON, SETTINGS, supposition, promise)


@pytest.mark.parametrize(
    ("supposition", "promise", "really"),
    [
        (Supposition(reason_id=ReasonId(FOR_USER)), None, lambda ticket: ticket.waits(NOON, FOR_USER)),
        (Supposition(reason_id=ReasonId(LIMITED)), None, lambda ticket: ticket.waits(NOON, LIMITED)),
        (Supposition(priority=1), P1, lambda ticket: ticket.promised(NOON, P1)),
    ],
)
def test_what_is_supposed_is_what_would_be_shown_after_doing_it(supposition, promise, really):
    answers = supposed(log(), supposition, promise)
    before, done = clocks(log(), NOON), clocks(really(log()), NOON)

    assert {kind: answer.then for kind, answer in answers.items()} == done
    assert {kind: answer.now for kind, answer in answers.items()} == {kind: before[kind] for kind in done}


def test_a_waiting_ticket_would_go_on():
    waiting = log().waits(may(4, 10), FOR_USER)

    answer = supposed(waiting, Supposition(goes_on=True))[ClockKind.RESOLUTION]

    assert answer.now.due_at is None
    assert answer.then.due_at == may(5, 10)
    assert answer.then.remaining == 7 * HOUR
    assert answer.changes


def test_a_reason_that_stops_no_clock_changes_nothing():
    answers = supposed(log(), Supposition(reason_id=ReasonId(2)))

    assert not any(answer.changes for answer in answers.values())


def test_without_a_promise_for_the_priority_everything_stays():
    assert not any(answer.changes for answer in supposed(log(), Supposition(priority=1)).values())


def test_clocks_that_are_over_are_not_asked():
    answered = log().resolved(may(4, 10))

    assert supposed(answered, Supposition(priority=1), P1) == {}
