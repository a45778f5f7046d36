"""What falls due for a ticket again: new promises, waiting and its follow-ups, what follows a solution."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.models.entities.escalation import (
    FiringState,
)
from app.models.entities.sla import ClockKind, ReopenPolicy
from app.models.entities.tickets import EventKind, Move, TicketStatus, TicketType
from app.models.entities.time import Allowance
from app.services.escalation.rules import look
from app.services.escalation.steps import DueKind, DueStep, Look, Watched
from app.services.sla.rules import fold
from tests.support.escalation_looks import (
    ASKED,
    ASKED_TWICE,
    QUICK,
    RULES,
    SETTINGS,
    WAITING,
    at,
    fired,
    opened,
    skipped,
    through,
)
from tests.support.sla_site import (
    HOUR,
    LIMITED,
    MINUTE,
    P3,
    may,
)
from tests.support.ticket_log import TicketLog

# -- cycles ----------------------------------------------------------------------------------------


def test_u20_a_changed_promise_leaves_no_old_escalation_and_begins_a_new_cycle():
    told = at(opened(), may(4, 16)).due
    ticket = opened().promised(may(4, 16, 30), replace(QUICK, allowed={ClockKind.RESOLUTION: 80 * HOUR}))

    found = at(ticket, may(4, 18, 30), told)

    assert found.due == ()
    assert found.wake_at is not None
    assert found.wake_at > may(5, 18)


def test_u20_the_new_promise_is_watched_from_its_first_share_on():
    told = at(opened(), may(4, 16)).due
    ticket = opened().promised(may(4, 16, 30), replace(QUICK, allowed={ClockKind.RESOLUTION: 16 * HOUR}))

    found = at(ticket, may(5, 10), told)

    assert [(step.code, step.cycle) for step in found.due if step.is_fired] == [("warn:resolution:50", 2)]


def test_a_reopened_ticket_is_warned_of_again():
    ticket = opened().resolved(may(4, 16, 30)).moved(may(5, 9), Move.REFUSE, TicketStatus.IN_PROGRESS)
    told = at(opened(), may(4, 16)).due

    assert "warn:resolution:75" in fired(at(ticket, may(5, 9), told))


def test_a_solution_taken_back_is_no_reopening():
    ticket = (
        opened()
        .resolved(may(4, 16, 30))
        .add(may(4, 16, 31), EventKind.STATUS, "undo", "resolved", "in_progress")
    )
    ticket.status = TicketStatus.IN_PROGRESS

    assert at(ticket, may(4, 16, 31), at(opened(), may(4, 16)).due).due == ()


def test_a_restarted_clock_finds_its_instants_after_the_restart():
    ticket = opened().resolved(may(4, 10)).moved(may(5, 9), Move.REFUSE, TicketStatus.IN_PROGRESS)
    settings = replace(SETTINGS, reopen=ReopenPolicy.RESTART)
    clocks = fold(ticket.events, RULES.calendars, may(5, 14), settings)
    subject = Watched(TicketType.INCIDENT, ticket.status, 3, ticket.events, clocks)

    (half,) = [step for step in look(subject, RULES, may(5, 14)).due if step.percent == 50]

    assert half.due_at == may(5, 14)


def test_each_word_to_the_user_gives_the_promise_of_updates_a_cycle_of_its_own():
    updates = replace(P3, allowed={ClockKind.UPDATE_DUE: 2 * HOUR})
    ticket = opened(promise=updates).add(may(4, 10, 30), EventKind.REPLY).add(may(4, 16), EventKind.REPLY)

    broken = [(when, step.cycle) for when, step in through(ticket, may(5, 12)) if step.kind is DueKind.BREACH]

    assert broken == [(may(4, 18, 0, 1), 3)]


def test_a_note_for_the_desk_is_no_word():
    updates = replace(P3, allowed={ClockKind.UPDATE_DUE: 2 * HOUR})
    ticket = opened(promise=updates)
    told = at(ticket, may(4, 11, 0, 1)).due
    ticket.add(may(4, 11, 30), EventKind.NOTE)

    assert at(ticket, may(4, 11, 30), told).due == ()


# -- waiting ---------------------------------------------------------------------------------------


def test_u7_follow_ups_fall_in_open_hours_never_on_a_closed_day():
    friday = opened().waits(may(8, 16), ASKED)

    happened = [when for when, step in through(friday, may(13, 18)) if step.kind is DueKind.FOLLOW_UP]

    assert happened == [may(11, 11), may(11, 16), may(12, 11), may(12, 16), may(13, 11), may(13, 16)]


def test_a_night_of_follow_ups_is_asked_once():
    found = at(opened().waits(may(4, 9), ASKED), may(6, 9))

    assert (fired(found), skipped(found)) == (["follow_up:4"], {"follow_up:1", "follow_up:2", "follow_up:3"})


def test_an_answer_begins_the_asking_anew():
    ticket = opened().waits(may(4, 9), ASKED)
    told = at(ticket, may(4, 14)).due
    ticket.add(may(4, 15), EventKind.CALL, detail={"by": "user"})

    assert fired(at(ticket, may(4, 18), told)) == []
    assert fired(at(ticket, may(5, 10), told)) == ["follow_up:1"]


def test_the_desks_own_question_does_not():
    ticket = opened().waits(may(4, 9), ASKED)
    told = at(ticket, may(4, 14)).due
    ticket.add(may(4, 14, 5), EventKind.REPLY)

    assert fired(at(ticket, may(4, 18), told)) == ["follow_up:2"]


def test_waiting_for_something_else_begins_the_asking_anew():
    ticket = opened().waits(may(4, 9), ASKED).waits(may(4, 12), ASKED_TWICE)

    assert fired(at(ticket, may(4, 14))) == []
    assert fired(at(ticket, may(4, 17))) == ["follow_up:1"]


def test_enough_unanswered_follow_ups_resolve_the_ticket_one_interval_after_the_last():
    ticket = opened().waits(may(4, 9), ASKED_TWICE)

    happened = [(when, step.code) for when, step in through(ticket, may(8, 18))]

    assert happened == [
        (may(4, 14), "follow_up:1"),
        (may(4, 18), "follow_up:2"),
        (may(5, 14), "auto_resolve"),
    ]


def test_follow_ups_nobody_sent_do_not_resolve_a_ticket():
    ticket = opened().waits(may(4, 9), ASKED_TWICE)

    found = at(ticket, may(8, 9))

    assert "auto_resolve" not in fired(found)
    assert [step.count for step in found.due if step.is_fired] == [1]


def test_a_ticket_that_resolves_itself_is_not_warned_of_in_the_same_breath():
    unpaused = replace(WAITING[ASKED_TWICE], pauses=frozenset())
    rules = replace(RULES, waiting={**WAITING, ASKED_TWICE: unpaused})
    ticket = opened().waits(may(4, 9), ASKED_TWICE)
    asked = [step for _, step in through(ticket, may(4, 18)) if step.kind is DueKind.FOLLOW_UP]

    assert [step.code for step in at(ticket, may(6, 18), asked, rules).due] == ["auto_resolve"]


def test_a_wait_whose_longest_time_is_over_is_told_once_for_each_wait():
    ticket = opened().waits(may(4, 9), LIMITED)
    told = at(ticket, may(5, 9)).due
    assert fired(at(ticket, may(6, 9), told), DueKind.WAITED_TOO_LONG) == []

    ticket.resumes(may(6, 9)).waits(may(6, 10), LIMITED)

    assert fired(at(ticket, may(7, 12), told), DueKind.WAITED_TOO_LONG) == ["waited"]


def test_a_reason_that_was_deleted_from_the_rules_asks_for_nothing():
    ticket = opened().waits(may(4, 9), 99)

    assert fired(at(ticket, may(4, 10)), DueKind.FOLLOW_UP, DueKind.WAITED_TOO_LONG) == []


# -- after the solution ----------------------------------------------------------------------------


def test_a_solution_nobody_confirms_is_reminded_of_and_then_closed():
    ticket = opened().resolved(may(4, 10))

    happened = [(when, step.code) for when, step in through_solution(ticket, may(29, 9))]

    assert happened == [(may(5, 10), "confirm_reminder"), (may(7, 10), "auto_close")]


def through_solution(ticket: TicketLog, until: datetime) -> list[tuple[datetime, DueStep]]:
    start = TicketLog(ticket.events[-1:], ticket.status)
    return through(start, until)


def test_closing_counts_working_days_over_a_weekend():
    ticket = opened().resolved(may(7, 10))  # Thursday

    assert at(ticket, may(11, 10), at(ticket, may(8, 10)).due).due == ()
    assert fired(at(ticket, may(12, 10), at(ticket, may(8, 10)).due)) == ["auto_close"]


def test_without_a_reminder_only_the_closing_is_left():
    ticket = opened().resolved(may(4, 10))

    assert at(ticket, may(4, 10), rules=replace(RULES, remind_after=None)).wake_at == may(7, 10)


def test_a_reminder_after_the_closing_would_remind_nobody():
    late = replace(RULES, remind_after=Allowance(working_days=4))

    assert at(opened().resolved(may(4, 10)), may(4, 10), rules=late).wake_at == may(7, 10)


def test_a_ticket_solved_again_is_reminded_of_again():
    ticket = opened().resolved(may(4, 10))
    told = at(ticket, may(5, 10)).due
    ticket.moved(may(5, 11), Move.REFUSE, TicketStatus.IN_PROGRESS).resolved(may(5, 12))

    assert fired(at(ticket, may(6, 12), told)) == ["confirm_reminder"]


def test_a_closed_ticket_is_looked_at_no_more():
    ticket = opened().resolved(may(4, 10)).moved(may(4, 11), Move.CLOSE, TicketStatus.CLOSED)

    assert at(ticket, may(29, 9)) == Look((), None)


def test_the_state_of_what_is_passed_over_says_so():
    states = {step.code: step.state for step in at(opened(), may(4, 18, 30)).due}

    assert states["resolution:75"] is FiringState.SKIPPED
    assert states["resolution:100"] is FiringState.FIRED


def test_the_watch_never_wants_to_look_at_the_instant_it_stands_at():
    ticket = opened()
    minutes = [may(4, 9) + count * 7 * MINUTE for count in range(400)]

    assert all((at(ticket, now).wake_at or may(31, 0)) > now for now in minutes)
