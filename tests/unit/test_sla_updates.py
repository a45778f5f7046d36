"""A promise of updates: how long the user may be left without a word (S2-6, U19)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import EventKind, Move, TicketStatus
from tests.support.sla_site import FOR_USER, HOUR, MINUTE, P3, SETTINGS, clocks, log, may
from tests.support.ticket_log import TicketLog

WITH_UPDATES = replace(P3, allowed={**P3.allowed, ClockKind.UPDATE_DUE: 2 * HOUR})


def ticket() -> TicketLog:
    return log(promise=WITH_UPDATES)


def update(of: TicketLog, now) -> ClockState:
    return clocks(of, now)[ClockKind.UPDATE_DUE]


def test_without_a_promise_of_updates_there_is_no_such_clock():
    assert ClockKind.UPDATE_DUE not in clocks(log(), may(4, 10))


def test_the_first_update_is_due_from_the_report_on():
    assert update(ticket(), may(4, 10)).due_at == may(4, 11)


@pytest.mark.parametrize(
    ("kind", "detail"), [(EventKind.REPLY, {}), (EventKind.CALL, {}), (EventKind.NOTE, {"public": True})]
)
def test_each_word_to_the_user_gives_the_whole_time_again(kind, detail):
    told = ticket().add(may(4, 10, 30), kind, new="Still looking", detail=detail)

    clock = update(told, may(4, 11))

    assert (clock.due_at, clock.elapsed) == (may(4, 13, 30), 30 * MINUTE)


@pytest.mark.parametrize("detail", [{}, {"public": True, "by": "user"}])
def test_notes_among_ourselves_and_the_users_own_words_do_not(detail):
    told = ticket().add(may(4, 10, 30), EventKind.NOTE, new="?", detail=detail)

    assert update(told, may(4, 10, 45)).due_at == may(4, 11)


def test_a_late_update_is_broken_until_the_word_is_said():
    late = ticket()

    assert update(late, may(4, 11, 30)).breached_at == may(4, 11)
    assert not update(late.add(may(4, 11, 40), EventKind.CALL, new="ok"), may(4, 11, 50)).is_breached


def test_what_pauses_it_is_the_waiting_reasons_business():
    rules = {
        **SETTINGS.waiting_rules,
        FOR_USER: replace(
            SETTINGS.waiting_rules[FOR_USER], pauses=frozenset({ClockKind.RESOLUTION, ClockKind.UPDATE_DUE})
        ),
    }
    waiting = ticket().waits(may(4, 10), FOR_USER)

    runs_on = update(waiting, may(4, 17))
    stands = clocks(waiting, may(4, 17), replace(SETTINGS, waiting_rules=rules))[ClockKind.UPDATE_DUE]

    assert runs_on.is_breached
    assert (stands.is_paused, stands.due_at, stands.elapsed) == (True, None, HOUR)


def test_a_solved_ticket_owes_no_update_and_a_refused_one_does_again():
    solved = ticket().resolved(may(4, 10, 30))

    assert update(solved, may(4, 17)).ended_at == may(4, 10, 30)

    solved.moved(may(4, 14), Move.REFUSE, TicketStatus.IN_PROGRESS)
    assert update(solved, may(4, 14, 10)).is_running
