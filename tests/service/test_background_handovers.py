"""Sheets write themselves before a shift ends, once each; a book that differs is told each night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.background.runner import BackgroundWork
from app.services.base.clock import FixedClock
from app.services.handover import commands, queries
from tests.support.handovers import BEFORE_CHANGE, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    """19:35 at the desk: five minutes before the sheet is due."""
    return FixedClock(BEFORE_CHANGE - timedelta(minutes=15))


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


@pytest.fixture
def work(desk) -> BackgroundWork:
    return BackgroundWork(desk.ctx)


def test_the_sheet_is_written_twenty_minutes_before_the_end(desk, work, clock):
    work.tick()
    before = len(queries.book(desk.ctx).entries)
    clock.advance(timedelta(minutes=5))

    report = work.tick()

    assert (before, len(queries.book(desk.ctx).entries)) == (0, 1)
    assert "sheet" in report.jobs


def test_the_outgoing_leader_is_told_once(desk, work, clock):
    clock.advance(timedelta(minutes=5))
    work.tick()
    clock.advance(timedelta(minutes=6))
    work.tick()

    assert [kind for kind, _body in desk.told(desk.wang)].count("handover_ready") == 1


def test_another_program_finds_the_sheet_written(desk, work, other_ctx, clock):
    clock.advance(timedelta(minutes=5))
    work.tick()
    work.lease.give_back()

    assert "sheet" not in BackgroundWork(other_ctx, holder="PC-9#1").tick().jobs


def test_a_sheet_somebody_opened_is_kept_and_brought_up_to_date(desk, work, clock, make):
    commands.open_handover(desk.outgoing)
    make.ticket(priority=1)
    clock.advance(timedelta(minutes=5))

    work.tick()

    handover = queries.handover(desk.ctx, queries.book(desk.ctx).entries[0].id)
    assert handover.lines[0].body["priority"] == 1


def test_a_changed_record_is_told_to_administrators_in_the_night(desk, work, clock, make, expect_log):
    expect_log("handovers are not what was signed")
    administrator = make.agent(roles=(make.role(code="administrator"),))
    clock.advance(timedelta(minutes=15))
    closed = desk.closed()
    desk.write(lambda tx: tx.execute("UPDATE handover SET remarks = 'forged' WHERE id = ?", (closed.id,)))
    clock.advance(timedelta(hours=10))

    work.tick()

    assert ("book_differs", {"count": 1, "numbers": [1]}) in desk.told(administrator)


def test_a_whole_book_is_told_to_nobody(desk, work, clock, make):
    administrator = make.agent(roles=(make.role(code="administrator"),))
    clock.advance(timedelta(minutes=15))
    desk.closed()
    clock.advance(timedelta(hours=10))

    work.tick()

    assert "book_differs" not in [kind for kind, _body in desk.told(administrator)]
