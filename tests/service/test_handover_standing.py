"""Which shifts are not handed over yet, and the book of those that are, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.handover import HandoverState
from app.services.base.clock import FixedClock
from app.services.handover import commands, queries
from tests.support.handovers import (
    BEFORE_CHANGE,
    FRIDAY,
    HandoverDesk,
    handover_desk,
)
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def test_a_shift_without_both_signatures_is_told_since_its_end(desk, clock, make):
    desk.opened()
    clock.advance(timedelta(minutes=40))

    found = queries.standing(desk.ctx)

    assert found.unsigned.template.code == "D"
    assert found.unsigned_state is HandoverState.DRAFT
    assert found.since == BEFORE_CHANGE + timedelta(minutes=10)


def test_a_desk_that_never_opened_a_sheet_is_not_told_of_one(desk, clock):
    clock.advance(timedelta(minutes=40))

    assert queries.standing(desk.ctx).unsigned is None


def test_a_staffed_shift_whose_sheet_nobody_opened_is_told(desk, clock, make):
    make.assignment(desk.wang, FRIDAY - timedelta(days=1), desk.night)
    clock.advance(timedelta(days=-1))
    commands.open_handover(desk.outgoing)
    clock.advance(timedelta(hours=13))

    assert queries.standing(desk.ctx).unsigned.template.code == "N"


def test_the_shift_before_the_first_sheet_is_not_told(desk, clock, make):
    make.assignment(desk.wang, FRIDAY - timedelta(days=1), desk.night)
    commands.open_handover(desk.outgoing)

    assert queries.standing(desk.ctx).unsigned is None


def test_once_both_have_signed_nothing_is_told(desk, clock):
    desk.closed()
    clock.advance(timedelta(minutes=40))

    found = queries.standing(desk.ctx)

    assert (found.unsigned, found.since) == (None, None)


def test_a_shift_without_a_leader_is_told(desk):
    desk.write(lambda tx: tx.execute("UPDATE assignment SET is_supervisor = false"))

    assert queries.standing(desk.ctx).is_unled


def test_the_book_is_searched_by_people_and_by_words_in_either_script(desk, clock, make):
    make.ticket(priority=1, subject="核心交换机故障")
    desk.closed()
    clock.advance(timedelta(hours=1))
    make.assignment(desk.zhao, FRIDAY + timedelta(days=1), desk.day, is_supervisor=True)
    commands.open_handover(desk.as_(desk.li))

    assert [one.number for one in queries.book(desk.ctx).entries] == [None, 1]
    assert [one.number for one in queries.book(desk.ctx, "交換機").entries] == [1]
    assert [one.number for one in queries.book(desk.ctx, "li na").entries] == [1]
    assert queries.book(desk.ctx, "no such thing").entries == ()


def test_a_long_book_is_read_in_pages(desk, clock):
    desk.closed()
    clock.advance(timedelta(hours=1))
    commands.open_handover(desk.as_(desk.li))

    first = queries.book(desk.ctx, limit=1)
    second = queries.book(desk.ctx, limit=1, after=first.after)

    assert [one.number for one in first.entries + second.entries] == [None, 1]
