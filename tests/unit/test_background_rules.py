"""Who may do the background work, and when it is looked at next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.background import LONGEST_JUMP, BackgroundState, ClockDoubt, Lease
from app.services.background.rules import Attempt, attempt, doubt_of, next_look, next_try, night_of

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NONE = timedelta()


def lease(holder="PC-01#a", *, until=NOW + timedelta(seconds=30)) -> Lease:
    return Lease(holder, 7, NOW - timedelta(seconds=30), until)


@pytest.mark.parametrize(
    ("held", "offset", "wanted"),
    [
        (None, NONE, Attempt.TAKE),
        (lease(), NONE, Attempt.RENEW),
        (lease("PC-02#b"), NONE, Attempt.LEAVE),
        (lease("PC-02#b", until=NOW), NONE, Attempt.TAKE),
        (lease(until=NOW - timedelta(days=1)), NONE, Attempt.RENEW),
        (None, timedelta(seconds=300), Attempt.TAKE),
        (None, timedelta(seconds=301), Attempt.LEAVE),
        (None, timedelta(seconds=-301), Attempt.LEAVE),
        (lease(), timedelta(seconds=301), Attempt.GIVE_BACK),
        (lease("PC-02#b", until=NOW), timedelta(hours=1), Attempt.LEAVE),
    ],
)
def test_who_may_hold_the_lease(held, offset, wanted):
    assert attempt(held, "PC-01#a", NOW, offset) is wanted


@pytest.mark.parametrize(
    ("renewed_at", "wanted"),
    [(NOW + timedelta(seconds=60), Attempt.LEAVE), (NOW + timedelta(seconds=61), Attempt.TAKE)],
)
def test_a_lease_renewed_at_a_time_that_is_not_yet_is_free(renewed_at, wanted):
    held = Lease("PC-02#b", 7, renewed_at, renewed_at + timedelta(seconds=60))

    assert attempt(held, "PC-01#a", NOW, NONE) is wanted


@pytest.mark.parametrize(
    ("acted_at", "doubt"),
    [
        (None, None),
        (NOW, None),
        (NOW + timedelta(microseconds=1), ClockDoubt.BEHIND),
        (NOW - LONGEST_JUMP, None),
        (NOW - LONGEST_JUMP - timedelta(microseconds=1), ClockDoubt.AHEAD),
    ],
)
def test_at_which_times_nothing_may_be_done(acted_at, doubt):
    assert doubt_of(acted_at, NOW) is doubt


def test_programs_do_not_all_try_in_the_same_second():
    assert (next_try(lambda: 0.0), next_try(lambda: 1.0)) == (12.0, 15.0)


def test_the_next_look_comes_when_something_falls_due_and_never_late():
    assert next_look(NOW, None) == 5.0
    assert next_look(NOW, NOW + timedelta(seconds=2)) == 2.0
    assert next_look(NOW, NOW + timedelta(hours=2)) == 5.0
    assert next_look(NOW, NOW - timedelta(hours=2)) == 0.2


def test_a_night_begins_at_two_in_the_morning():
    zone = ZoneInfo("Asia/Shanghai")
    assert night_of(datetime(2026, 11, 19, 17, 59, tzinfo=UTC), zone).day == 19
    assert night_of(datetime(2026, 11, 19, 18, 0, tzinfo=UTC), zone).day == 20


def test_a_state_says_how_long_ago_its_holder_was_heard_of():
    state = BackgroundState(
        "PC-03", NOW - timedelta(seconds=12), NOW, NOW, is_mine=False, clock_offset_seconds=0
    )

    assert (state.seconds_ago, state.is_running, state.is_clock_off) == (12, False, False)
