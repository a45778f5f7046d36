"""The incoming leader is told that the sheet was signed, and no longer once it is taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.ids import PersonId
from app.services.base.clock import FixedClock
from app.services.handover import queries, signing
from app.services.notices.queries import my_notices
from app.services.shell.queries import duty_now
from tests.support.handovers import BEFORE_CHANGE, PASSWORD, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def unread(desk: HandoverDesk) -> list[str]:
    """The kinds of what the incoming leader has not read."""
    return [notice.kind.value for notice in my_notices(desk.incoming) if not notice.is_read]


def test_the_incoming_leader_is_told_once_the_outgoing_has_signed(desk):
    handover = desk.opened()

    desk.sign_out(handover.id)

    ((kind, body),) = desk.told(desk.li)
    assert (kind, body["by"], body["shift"], body["day"]) == (
        "handover_signed",
        desk.wang.id,
        "D",
        "2026-11-20",
    )
    assert "handover_signed" not in [kind for kind, _body in desk.told(desk.wang)]


def test_what_was_told_is_read_once_the_shift_is_taken_over(desk):
    desk.closed()

    assert len(desk.told(desk.li)) == 1
    assert unread(desk) == []


def test_a_signature_taken_back_is_told_no_more_and_the_next_one_is(desk, clock):
    handover = desk.opened()
    desk.sign_out(handover.id)
    signing.take_back_signature(desk.outgoing, handover.id, version=desk.sheet(handover.id).version)
    before = unread(desk)
    clock.advance(timedelta(minutes=1))

    desk.sign_out(handover.id)

    assert (before, unread(desk)) == ([], ["handover_signed"])


def test_the_incoming_leader_who_signs_for_a_missing_colleague_is_not_told_by_themselves(desk):
    handover = desk.opened()

    signing.sign_out(
        desk.incoming, handover.id, PersonId(desk.li.id), PASSWORD, version=handover.version, reason="ill"
    )

    assert desk.told(desk.li) == []


def test_a_handover_is_due_until_both_have_signed(desk, clock):
    handover = desk.opened()
    due = duty_now(desk.incoming)
    desk.tick_all(handover.id)
    desk.sign_out(handover.id)

    half = duty_now(desk.incoming)
    desk.sign_in(handover.id)
    done = duty_now(desk.incoming)

    assert [found.is_handover_due for found in (due, half, done)] == [True, True, False]
    assert not queries.standing(desk.ctx).draft_due


def test_a_handover_not_signed_in_time_says_since_when(desk, clock):
    desk.opened()
    clock.advance(timedelta(minutes=40))

    found = duty_now(desk.incoming)

    assert found.unsigned_since == BEFORE_CHANGE + timedelta(minutes=10)


def test_long_before_the_change_nothing_is_due(desk, clock):
    clock.advance(timedelta(hours=-2))

    found = duty_now(desk.incoming)

    assert (found.is_handover_due, found.unsigned_since) == (False, None)
