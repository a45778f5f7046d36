"""The time told to the user as the watch sees it: near, over, told anew; at its edges."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.escalation import DEFAULT_RULES, FiringState
from app.models.entities.tickets import TicketStatus, TicketType
from app.models.entities.time import Allowance
from app.services.escalation.steps import DueKind, Watched, WatchRules
from app.services.escalation.told import told_look
from tests.support.sla_site import CALENDARS, OFFICE, may

UNTIL = may(4, 12)
RULES = WatchRules(DEFAULT_RULES, (), {}, CALENDARS, OFFICE, Allowance(working_days=3))


def look(hour, minute=0, second=0, done=None, until=UNTIL):
    watched = Watched(
        TicketType.INCIDENT, TicketStatus.IN_PROGRESS, 2, (), {}, told_until=until, done=done or {}
    )
    return told_look(watched, RULES, may(4, hour, minute, second))


def found(seen):
    return [(step.kind, step.state) for step in seen.due]


def test_without_a_time_told_there_is_nothing_to_watch():
    seen = look(11, until=None)

    assert (seen.due, seen.wake_at) == ((), None)


def test_before_the_warning_it_is_looked_at_again_for_it():
    seen = look(11, 44, 59)

    assert (seen.due, seen.wake_at) == ((), may(4, 11, 45))


def test_a_quarter_of_an_hour_before_it_is_near():
    seen = look(11, 45)

    assert found(seen) == [(DueKind.TOLD_NEAR, FiringState.FIRED)]
    assert seen.wake_at == UNTIL + timedelta(seconds=1)


@pytest.mark.parametrize(("second", "kinds"), [(0, [DueKind.TOLD_NEAR]), (1, [DueKind.TOLD_OVER])])
def test_in_the_very_second_it_is_still_kept(second, kinds):
    fired = [step.kind for step in look(12, 0, second).due if step.is_fired]

    assert fired == kinds


def test_after_a_night_off_only_that_it_is_over_is_told():
    assert found(look(15)) == [
        (DueKind.TOLD_NEAR, FiringState.SKIPPED),
        (DueKind.TOLD_OVER, FiringState.FIRED),
    ]


def test_what_was_told_once_is_not_told_again():
    done = {(step.code, step.cycle): FiringState.FIRED for step in look(11, 50).due}

    assert look(11, 55, done=done).due == ()


def test_another_time_told_is_another_promise():
    done = {(step.code, step.cycle): FiringState.FIRED for step in look(11, 50).due}

    assert found(look(12, 50, done=done, until=may(4, 13))) == [(DueKind.TOLD_NEAR, FiringState.FIRED)]
