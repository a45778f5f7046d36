"""Six programs on one desk, put to sleep and killed in mid-work: everything due is done exactly once."""

from __future__ import annotations

import os
import signal
import uuid
from collections import Counter
from datetime import timedelta

import pytest

from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.background import queries
from app.services.base.clock import SystemClock
from app.services.settings.current import load_config
from app.services.tickets.registering import register
from tests.support.watched_site import CALL, Desk, desk_with_people
from tests.support.worker_process import BATCH, workers

DUE = 300
SIGNALS = (signal.SIGSTOP, signal.SIGKILL, signal.SIGSTOP, signal.SIGKILL, signal.SIGSTOP)


@pytest.fixture
def desk(ctx, make, clock) -> Desk:
    """A desk on which half the time of 300 tickets is used just now: one warning each."""
    clock.set(SystemClock().now() - timedelta(hours=2, minutes=1))
    desk = desk_with_people(ctx, make)

    def fill(tx: Transaction) -> None:
        site = load_config(tx)
        for _ in range(DUE):
            register(desk.agent, tx, site, CALL)

    operation = Operation(uuid.uuid4().hex, clock.now(), desk.owner.id, "tests")
    ctx.store.write(operation, fill)
    ctx.store.release()
    return desk


def done(desk: Desk) -> int:
    return desk.rows("SELECT COUNT(*) FROM escalation")[0][0]


def test_each_of_three_hundred_is_done_exactly_once_whatever_happens_to_who_does_it(desk, database_url):
    asleep = None
    with workers(database_url, 6) as running:
        for number in SIGNALS:
            place = running.next_stall()
            if asleep is not None:
                _wake(running, asleep)  # its successor has written what it was about to write
            os.kill(running.processes[place].pid, number)
            asleep = place if number is signal.SIGSTOP else None
        last = running.next_stall()
        _wake(running, asleep)
        running.let_on(last)
        while done(desk) < DUE:
            running.let_on_whoever_stalls()

    steps = Counter(desk.rows("SELECT ticket_id, step, cycle, state FROM escalation"))
    tokens = Counter(row[0] for row in desk.rows("SELECT token FROM escalation"))
    assert len(steps) == sum(steps.values()) == DUE
    assert {row[1:] for row in steps} == {("warn:resolution:50", 1, "fired")}
    assert desk.kinds(desk.owner) == ["warned"] * DUE
    assert running.doubled == 0
    # Whoever was put to sleep or killed wrote one batch; the second, held back until it was overtaken, not.
    assert [tokens[token] for token in running.stalled[:-1]] == [BATCH] * len(SIGNALS)
    assert len(tokens) >= 6  # the work really changed hands


def test_without_the_token_check_second_attempts_are_seen(desk, database_url):
    with workers(database_url, 2, "unsafe") as running:
        asleep = running.next_stall()
        os.kill(running.processes[asleep].pid, signal.SIGSTOP)
        other = running.next_stall()
        _wake(running, asleep)
        running.report_of(asleep)
        running.let_on(other)
        running.report_of(other)

    # Which of the two comes second, and with how many, depends on how busy the machine is; one of them does.
    assert running.doubled > 0
    assert desk.kinds(desk.owner) == ["warned"] * done(desk)  # the unique key holds even so


def test_the_next_one_goes_on_after_a_kill(desk, database_url):
    with workers(database_url, 2) as running:
        first = running.next_stall()
        token = queries.lease_now(desk.ctx).token
        running.processes[first].kill()
        second = running.next_stall()

        assert second != first
        assert queries.lease_now(desk.ctx).token == token + 1


def _wake(running, place: int) -> None:
    running.let_on(place)
    os.kill(running.processes[place].pid, signal.SIGCONT)
