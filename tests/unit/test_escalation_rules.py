"""What falls due for one ticket, and when it is looked at next: every rule, and the traps known of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.escalation import (
    EscalationRules,
    EscalationStep,
    FiringState,
    Recipient,
)
from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind, ReopenPolicy, WaitingRule
from app.models.entities.tickets import EventKind, Move, TicketStatus, TicketType, WaitingKind
from app.models.entities.time import Allowance
from app.services.escalation.rules import effective_now, look
from app.services.escalation.steps import DueKind, DueStep, Look, Watched, WatchRules
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from tests.support.sla_site import (
    CALENDARS,
    FOR_SUPPLIER,
    FOR_USER,
    HOUR,
    LIMITED,
    MINUTE,
    MONDAY_MORNING,
    P1,
    P3,
    log,
    may,
)
from tests.support.ticket_log import TicketLog

SUPERVISOR = frozenset({Recipient.DUTY_SUPERVISOR})
STEPS = (
    EscalationStep(75, recipients=frozenset({Recipient.OWNER})),
    EscalationStep(90, recipients=SUPERVISOR),
    EscalationStep(100, recipients=SUPERVISOR),
    EscalationStep(150, recipients=frozenset({Recipient.DESK_MANAGER})),
)
ASKED, ASKED_TWICE = ReasonId(4), ReasonId(5)
PAUSED = frozenset({ClockKind.RESOLUTION, ClockKind.RESPONSE})
WAITING = {
    FOR_USER: WaitingRule(WaitingKind.USER, PAUSED),
    FOR_SUPPLIER: WaitingRule(WaitingKind.SUPPLIER),
    LIMITED: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION}), Allowance(working_days=1)),
    ASKED: WaitingRule(WaitingKind.USER, PAUSED, None, Allowance(4 * 3600)),
    ASKED_TWICE: WaitingRule(WaitingKind.USER, PAUSED, None, Allowance(4 * 3600), 2),
}
SETTINGS = FoldSettings(waiting_rules=WAITING)
RULES = WatchRules(
    escalation=EscalationRules(STEPS),
    rises=((75, 1), (90, 2)),
    waiting=WAITING,
    calendars=CALENDARS,
    default_calendar=CALENDARS["office"],
    close_after=Allowance(working_days=3),
    remind_after=Allowance(working_days=1),
)
# Answered at once, so that only the resolution clock is left to watch. 9 to 12 and 13 to 18 are open.
QUICK = replace(P3, allowed={ClockKind.RESOLUTION: 8 * HOUR})


def opened(at: datetime = MONDAY_MORNING, promise=QUICK) -> TicketLog:
    return log(at, promise)


def watched(of: TicketLog, now: datetime, done: Iterable[DueStep] = (), **fields) -> Watched:
    known = {(step.code, step.cycle): step.state for step in done}
    clocks = fold(of.events, RULES.calendars, now, SETTINGS)
    start = {"type": TicketType.INCIDENT, "status": of.status, "priority": 3, "done": known}
    return Watched(**{**start, **fields}, log=of.events, clocks=clocks)


def at(
    of: TicketLog, now: datetime, done: Iterable[DueStep] = (), rules: WatchRules = RULES, **fields
) -> Look:
    return look(watched(of, now, done, **fields), rules, now)


def fired(found: Look, *kinds: DueKind) -> list[str]:
    return [step.code for step in found.due if step.is_fired and (not kinds or step.kind in kinds)]


def skipped(found: Look) -> set[str]:
    return {step.code for step in found.due if not step.is_fired}


def through(
    of: TicketLog, until: datetime, rules: WatchRules = RULES, **fields
) -> list[tuple[datetime, DueStep]]:
    """All that falls due from the first instant to `until`, looked at only when the ticket wants it."""
    now, seen = of.events[0].at, []
    done: list[DueStep] = []
    while now <= until:
        found = at(of, now, done, rules, **fields)
        done += found.due
        seen += [(now, step) for step in found.due]
        if found.wake_at is None:
            break
        assert found.wake_at > now
        now = found.wake_at
    return seen


# -- shares of a target ----------------------------------------------------------------------------


def test_each_share_falls_due_at_its_own_second_and_once():
    ticket = opened()

    happened = [(when, step.code) for when, step in through(ticket, may(6, 18)) if step.is_fired]

    assert happened == [
        (may(4, 14), "warn:resolution:50"),  # 4 of 8 hours, lunch not counted
        (may(4, 16), "warn:resolution:75"),
        (may(4, 16), "resolution:75"),
        (may(4, 16), "rise:75"),
        (may(4, 17, 12), "warn:resolution:90"),
        (may(4, 17, 12), "resolution:90"),
        (may(4, 17, 12), "rise:90"),
        (may(4, 18, 0, 1), "breach:resolution"),
        (may(4, 18, 0, 1), "resolution:100"),
        (may(5, 14), "resolution:150"),  # 12 hours: 4 more on Tuesday
    ]


def test_nothing_falls_due_a_second_too_early():
    assert at(opened(), may(4, 13, 59, 59)).due == ()
    assert fired(at(opened(), may(4, 14))) == ["warn:resolution:50"]


def test_done_in_the_due_second_itself_is_no_breach():
    assert "breach:resolution" not in fired(at(opened(), may(4, 18)))
    assert "breach:resolution" in fired(at(opened(), may(4, 18, 0, 1)))


def test_every_promised_clock_is_watched():
    found = at(log(), may(4, 10, 0, 1))

    assert "breach:response" in fired(found)
    assert "warn:first_line:50" in fired(found)


def test_a_clock_that_is_met_is_watched_no_more():
    ticket = log().add(may(4, 9, 10), EventKind.REPLY)

    assert not [step for step in at(ticket, may(4, 12)).due if step.clock is ClockKind.RESPONSE]


def test_without_a_promise_nothing_is_watched():
    found = at(TicketLog().created(may(4, 9)), may(8, 9))

    assert found == Look((), None)


def test_a_look_before_anything_is_due_says_when_to_look_again():
    assert at(opened(), may(4, 9)) == Look((), may(4, 14))


def test_u8_a_ticket_made_outside_hours_escalates_at_a_share_of_its_target_and_never_at_once():
    night = opened(at=may(3, 2))  # Sunday, two in the morning

    assert at(night, may(3, 2)) == Look((), may(4, 14))
    assert at(night, may(4, 9)).due == ()


def test_u5_a_paused_ticket_does_not_breach():
    ticket = opened().waits(may(4, 17), FOR_USER)

    found = at(ticket, may(29, 9))

    assert "breach:resolution" not in fired(found)
    assert found.wake_at is None


def test_a_ticket_that_goes_on_is_due_as_much_later_as_it_stood():
    ticket = opened().waits(may(4, 10), FOR_USER).resumes(may(5, 10))

    assert at(ticket, may(5, 10)).wake_at == may(5, 14)


def test_a_pause_that_ends_by_itself_is_looked_at_when_it_does():
    ticket = opened().waits(may(4, 9), LIMITED)

    assert at(ticket, may(4, 9)).wake_at == may(4, 18)
    assert fired(at(ticket, may(4, 18))) == ["waited"]


def test_a_manual_due_time_breaches_when_it_says():
    ticket = opened().changed(may(4, 9), "resolution_due_at", may(4, 11).isoformat())

    assert "breach:resolution" in fired(at(ticket, may(4, 11, 0, 1)))


def test_a_zero_target_is_broken_once_it_is_late_and_nothing_more():
    ticket = opened(promise=replace(QUICK, allowed={ClockKind.RESOLUTION: timedelta()}))

    assert fired(at(ticket, may(4, 9, 1)), DueKind.BREACH, DueKind.STEP) == [
        "breach:resolution",
        "resolution:100",
    ]


def test_a_calendar_that_never_opens_ends_the_watch_instead_of_going_round_for_ever():
    closed = BusinessCalendar("UTC")
    rules = replace(RULES, calendars={"office": closed}, default_calendar=closed)
    ticket = opened()
    subject = Watched(
        TicketType.INCIDENT, ticket.status, 3, ticket.events, fold(ticket.events, rules.calendars, may(4, 9))
    )

    assert look(subject, rules, may(4, 9)) == Look((), None)


def test_a_step_holds_for_its_types_and_for_the_priority_that_counts_now():
    picky = EscalationStep(50, types=frozenset({TicketType.INCIDENT}), mildest=2, recipients=SUPERVISOR)
    rules = replace(RULES, escalation=EscalationRules((picky,)))

    assert "resolution:50" not in fired(at(opened(), may(4, 14), rules=rules))
    assert "resolution:50" in fired(at(opened(), may(4, 16), rules=rules))  # risen to P2
    assert "resolution:50" not in fired(at(opened(), may(4, 16), rules=rules, type=TicketType.REQUEST))


# -- catching up -----------------------------------------------------------------------------------


def test_after_a_night_with_everything_off_only_the_highest_of_each_ladder_is_told():
    found = at(opened(), may(5, 15))

    assert fired(found) == ["breach:resolution", "resolution:150", "rise:90"]
    assert skipped(found) == {
        "warn:resolution:50",
        "warn:resolution:75",
        "warn:resolution:90",
        "resolution:75",
        "resolution:90",
        "resolution:100",
        "rise:75",
    }


def test_what_was_caught_up_tells_when_it_had_fallen_due():
    due = {step.code: step.due_at for step in at(opened(), may(5, 15)).due}

    assert due["warn:resolution:50"] == may(4, 14)
    assert due["breach:resolution"] == may(4, 18)
    assert due["resolution:150"] == may(5, 14)


def test_an_instant_is_found_again_across_a_pause():
    ticket = opened().waits(may(4, 10), FOR_USER).resumes(may(5, 10))

    (half,) = [step for step in at(ticket, may(5, 16)).due if step.code == "warn:resolution:50"]

    assert half.due_at == may(5, 14)


def test_a_step_added_below_what_was_told_already_is_not_told():
    before = at(opened(), may(4, 18, 30)).due
    more = replace(RULES, escalation=EscalationRules((*STEPS, EscalationStep(60, recipients=SUPERVISOR))))

    found = at(opened(), may(4, 18, 30), before, more)

    assert (fired(found), skipped(found)) == ([], {"resolution:60"})


def test_one_look_after_another_finds_nothing_new():
    first = at(opened(), may(5, 15))

    assert at(opened(), may(5, 15), first.due).due == ()


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


# -- rising ----------------------------------------------------------------------------------------


def test_a_rise_tells_the_priority_before_and_after():
    (rise,) = [step for step in at(opened(), may(4, 16)).due if step.kind is DueKind.RISE]

    assert rise.priorities == (3, 2)


def test_the_next_rise_begins_where_the_last_one_ended():
    before = at(opened(), may(4, 16)).due
    (rise,) = [step for step in at(opened(), may(4, 17, 12), before).due if step.kind is DueKind.RISE]

    assert rise.priorities == (2, 1)


def test_nothing_rises_above_the_highest_priority():
    found = at(opened(promise=P1), may(4, 10, 55), priority=1)

    assert not fired(found, DueKind.RISE)
    assert effective_now(watched(opened(promise=P1), may(4, 10, 55), priority=1), RULES.rises) == 1


def test_without_rises_the_priority_stays():
    assert not fired(at(opened(), may(4, 17, 30), rules=replace(RULES, rises=())), DueKind.RISE)


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
