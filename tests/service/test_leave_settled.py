"""Who hears of swaps and leave, once each, and which notices stop waiting when it is settled (U61)."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from app.models.entities.leave import SwapState
from app.models.store import Operation
from app.services.leave import commands, swap_commands, swap_queries, taking_commands
from app.services.notices import commands as notice_commands
from app.services.notices import queries as notices
from tests.support.changing_places import MONDAY, places

TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def asked(desk):
    """Wang gives Monday to Li for Li's Thursday."""
    return swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li, THURSDAY))


@pytest.fixture
def accepted(desk, asked):
    return swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)


def told(desk, person, start):
    """Return what a person was told of that begins so: kind, whether it waits unread, whether settled."""
    found = notices.my_notices(desk.as_(person), limit=50)
    return [
        (one.kind.value, not one.is_read, bool(one.body.get("is_settled")))
        for one in reversed(found)
        if one.kind.value.startswith(start)
    ]


def lapse(desk, clock):
    clock.advance(timedelta(days=2, hours=20))
    operation = Operation(uuid.uuid4().hex, desk.ctx.clock.now(), None, "tests")
    desk.ctx.store.write(operation, taking_commands.expire_swaps)


# -- an offer to anybody ----------------------------------------------------------------------------------


def test_of_an_offer_to_anybody_those_hear_who_could_take_it(desk, make):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))

    assert told(desk, desk.li, "swap_asked") == [("swap_asked", True, False)]
    assert told(desk, desk.wang, "swap_asked") == []


def test_who_works_or_would_break_a_rule_or_asked_to_be_off_is_left_in_peace(desk):
    desk.paint(desk.li, MONDAY, desk.night)
    commands.ask_leave(desk.as_(desk.chen), desk.leave_of(desk.chen, MONDAY, MONDAY))

    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))

    assert (told(desk, desk.li, "swap"), told(desk, desk.chen, "swap")) == ([], [])


def test_after_a_night_nobody_is_asked_for_the_day(desk):
    desk.paint(desk.li, MONDAY, desk.night)

    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(TUESDAY, None))

    assert told(desk, desk.li, "swap") == []


def test_at_most_ten_are_told(desk, make, ctx):
    asks = make.role("roster.read", "roster.ask")
    team = make.team(name="Second line")
    colleagues = [make.agent(teams=(team,), roles=(asks,)) for _number in range(14)]
    desk.paint(desk.li, MONDAY, desk.night)
    desk.paint(desk.chen, MONDAY, desk.night)

    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))

    with ctx.store.read() as read:
        bodies = [
            json.loads(row[0]) for row in read.rows("SELECT body FROM notice WHERE kind = 'swap_asked'")
        ]
    assert (len(colleagues), [body["is_open"] for body in bodies]) == (14, [True] * 10)


def test_once_somebody_accepted_the_others_need_not_look(desk):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))

    done = swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)
    settled = told(desk, desk.chen, "swap_asked")
    done.undo.run()

    assert settled == [("swap_asked", False, True)]
    assert told(desk, desk.chen, "swap_asked") == [("swap_asked", True, False)]
    assert told(desk, desk.chen, "swap_to_decide") == [("swap_to_decide", False, True)]


# -- withdrawing ------------------------------------------------------------------------------------------


def test_withdrawing_an_offer_nobody_read_settles_it_and_says_no_more(desk, asked):
    swap_commands.withdraw_swap(desk.as_(desk.wang), asked.id, version=1)

    assert told(desk, desk.li, "swap") == [("swap_asked", False, True)]


def test_withdrawing_an_offer_that_was_read_is_told(desk, asked):
    notice_commands.mark_all_read(desk.as_(desk.li))

    swap_commands.withdraw_swap(desk.as_(desk.wang), asked.id, version=1)

    assert told(desk, desk.li, "swap") == [("swap_asked", False, False), ("swap_decided", True, False)]


def test_withdrawing_what_was_accepted_tells_the_other_side_and_settles_the_deciders(desk, accepted):
    swap_commands.withdraw_swap(desk.as_(desk.wang), accepted.id, version=accepted.version)

    assert told(desk, desk.li, "swap_decided") == [("swap_decided", True, False)]
    assert told(desk, desk.chen, "swap") == [("swap_to_decide", False, True)]
    assert told(desk, desk.wang, "swap_decided") == []


def test_a_withdrawal_that_is_taken_back_lets_the_offer_wait_again(desk, asked):
    done = swap_commands.withdraw_swap(desk.as_(desk.wang), asked.id, version=1)

    done.undo.run()

    assert told(desk, desk.li, "swap") == [("swap_asked", True, False)]


# -- lapsing and deciding ---------------------------------------------------------------------------------


def test_of_an_accepted_swap_that_lapses_both_hear_once(desk, accepted, clock):
    lapse(desk, clock)
    lapse(desk, clock)

    (found,) = swap_queries.swaps(desk.as_(desk.chen))
    assert found.state is SwapState.EXPIRED
    assert told(desk, desk.wang, "swap_decided") == [("swap_decided", True, False)]
    assert told(desk, desk.li, "swap_decided") == [("swap_decided", True, False)]
    assert told(desk, desk.chen, "swap") == [("swap_to_decide", False, True)]


def test_of_an_offer_that_lapses_only_who_asked_hears(desk, asked, clock):
    lapse(desk, clock)

    assert told(desk, desk.wang, "swap_decided") == [("swap_decided", True, False)]
    assert told(desk, desk.li, "swap") == [("swap_asked", False, True)]


def test_once_decided_no_other_decider_is_asked_any_more(desk, accepted, make):
    swap_commands.decide_swap(desk.as_(desk.chen), accepted.id, version=accepted.version, is_approved=True)

    assert told(desk, desk.chen, "swap_to_decide") == [("swap_to_decide", False, True)]


# -- leave ------------------------------------------------------------------------------------------------


def test_leave_that_is_withdrawn_waits_with_no_decider_and_waits_again_when_that_is_undone(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    done = commands.withdraw_leave(desk.as_(desk.wang), asked.id, version=1)
    settled = told(desk, desk.chen, "leave")
    done.undo.run()

    assert settled == [("leave_asked", False, True)]
    assert told(desk, desk.chen, "leave") == [("leave_asked", True, False)]


def test_leave_that_is_decided_waits_with_nobody(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert told(desk, desk.chen, "leave") == [("leave_asked", False, True)]
    assert told(desk, desk.wang, "leave") == [("leave_decided", True, False)]


def test_a_notice_that_was_read_before_stays_as_it_was(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))
    notice_commands.mark_all_read(desk.as_(desk.chen))

    done = commands.withdraw_leave(desk.as_(desk.wang), asked.id, version=1)
    done.undo.run()

    assert told(desk, desk.chen, "leave") == [("leave_asked", False, False)]
