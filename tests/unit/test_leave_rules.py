"""Which way requests and swaps can go, whatever was done to them before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.errors import RuleViolation
from app.models.entities.leave import LeaveState, SwapState
from app.services.leave.rules import LeaveMove, SwapMove, expiry, leave_after, swap_after

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.mark.parametrize("move", [LeaveMove.APPROVE, LeaveMove.REFUSE])
@pytest.mark.parametrize("state", [LeaveState.APPROVED, LeaveState.REFUSED, LeaveState.WITHDRAWN])
def test_what_is_decided_is_not_decided_again(state, move):
    with pytest.raises(RuleViolation, match=r"leave\.not_now"):
        leave_after(state, move)


@pytest.mark.parametrize("move", list(SwapMove))
def test_nothing_more_happens_to_a_lapsed_swap(move):
    with pytest.raises(RuleViolation, match=r"swap\.not_now"):
        swap_after(SwapState.EXPIRED, move)


@pytest.mark.parametrize("state", [SwapState.ASKED, SwapState.ACCEPTED])
def test_a_swap_can_be_withdrawn_until_it_is_decided(state):
    assert swap_after(state, SwapMove.WITHDRAW) is SwapState.WITHDRAWN


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 720))
def test_a_swap_lapses_when_its_time_is_over_or_its_first_shift_begins(first, second, hours):
    starts = [NOW + timedelta(hours=first), NOW + timedelta(hours=second)]

    assert expiry(NOW, starts, hours) == NOW + timedelta(hours=min(first, second, hours))


def test_a_shift_that_has_begun_cannot_be_offered():
    with pytest.raises(RuleViolation, match=r"swap\.too_late"):
        expiry(NOW, [NOW, NOW + timedelta(days=1)], 72)
