"""What falls due for one ticket, and when it is looked at next: shares of a target, catching up, rising."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.escalation import (
    EscalationRules,
    EscalationStep,
)
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import EventKind, TicketType
from app.services.escalation.rules import effective_now, look
from app.services.escalation.steps import DueKind, Look, Watched
from app.services.sla.rules import fold
from tests.support.escalation_looks import (
    QUICK,
    RULES,
    STEPS,
    SUPERVISOR,
    at,
    fired,
    opened,
    skipped,
    through,
    watched,
)
from tests.support.sla_site import (
    FOR_USER,
    LIMITED,
    P1,
    log,
    may,
)
from tests.support.ticket_log import TicketLog

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
