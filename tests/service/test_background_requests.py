"""Absences and swaps that wait: offers lapse and reminders are written, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.background.lease_commands import take_lease
from app.services.background.request_watch import watch_requests
from app.services.base.context import system_actor
from app.services.leave import commands, swap_commands, swap_queries
from tests.support.changing_places import MONDAY, places

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def watch(ctx):
    program = ctx.acting_as(system_actor())
    token = take_lease(program, holder="test", seen=None, now=ctx.clock.now()).id
    return lambda: watch_requests(program, token)


def test_whoever_decides_is_reminded_once_of_an_unanswered_request(desk, watch, clock):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, WEDNESDAY, WEDNESDAY))
    before = watch()
    clock.advance(timedelta(hours=49))

    rounds = [watch(), watch()]

    assert (before, rounds) == ([], [["requests"], []])
    assert desk.told(desk.chen).count("leave_asked") == 2


def test_both_sides_are_reminded_a_day_before_an_offer_lapses(desk, watch, clock):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))
    clock.advance(timedelta(hours=49))

    rounds = [watch(), watch()]

    assert rounds == [["requests"], []]
    assert desk.told(desk.wang).count("swap_asked") == 1
    assert desk.told(desk.li).count("swap_asked") == 2


def test_an_accepted_swap_nobody_decided_on_reminds_who_decides(desk, watch, clock):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))
    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)
    clock.advance(timedelta(hours=49))

    watch()

    assert desk.told(desk.chen).count("swap_to_decide") == 2


def test_an_offer_whose_time_is_over_lapses(desk, watch, clock):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))
    clock.advance(timedelta(hours=73))

    watch()

    (swap,) = swap_queries.swaps(desk.as_(desk.chen))
    assert swap.state.value == "expired"
    assert watch() == []
