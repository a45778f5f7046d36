"""What the background work costs: a round with nothing due, and one with a thousand tickets due."""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from app.models.entities.ids import PersonId
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.background.runner import WALKED, BackgroundWork
from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.settings.current import load_config
from app.services.tickets.registering import register
from tests.bench.measuring import Line
from tests.bench.operations import CALL, Bench

DUE = 1_000
OWNERS = 50
ROUNDS = 3


def background_lines(bench: Bench) -> Iterator[Line]:
    """Measure rounds of the background work beside all other tickets."""
    _write(bench, _fall_asleep)
    work = BackgroundWork(bench.ctx, holder="PC-01#bench")
    while work.tick().is_more:  # every open ticket is looked at once, and the night's jobs are done
        pass
    yield bench.line("background: a round, nothing due", work.tick, None, goal_ms=5.0)
    yield bench.line("background: the lease renewed too", lambda: _renewed(work), None)
    yield Line("background: a round, rules changed", bench.size, _round_of_walking(bench, work), None)
    taken = statistics.median([_round_of_due(bench, work) for _ in range(ROUNDS)])
    yield Line(f"background: a round, {DUE:,} tickets due", bench.size, taken, None, goal_ms=2_000.0)


def _renewed(work: BackgroundWork) -> None:
    work.lease.renew_next()
    work.tick()


def _round_of_walking(bench: Bench, work: BackgroundWork) -> float:
    """Change the rules; return the milliseconds of the first round, in which WALKED tickets are looked at."""
    _write(bench, lambda tx: tx.execute("UPDATE waiting_reason SET version = version + 1"))
    begin = time.perf_counter()
    report = work.tick()
    taken = (time.perf_counter() - begin) * 1000
    if report.looked_at != min(WALKED, _open_tickets(bench)):
        raise AssertionError("the round did not do what it measures")
    while report.is_more:
        report = work.tick()
    return taken


def _open_tickets(bench: Bench) -> int:
    with bench.ctx.store.read() as read:
        return int(read.value("SELECT COUNT(*) FROM ticket WHERE wake_at IS NOT NULL"))


def _round_of_due(bench: Bench, work: BackgroundWork) -> float:
    """Register tickets of which half the time is used by now; return the milliseconds of the round."""
    now = bench.ctx.clock.now()
    then = now - timedelta(hours=2)
    _write(bench, lambda tx: _register(bench, replace(tx, now=then)))
    begin = time.perf_counter()
    report = work.tick()
    taken = (time.perf_counter() - begin) * 1000
    if report.looked_at != DUE or report.fired < DUE:
        raise AssertionError("the round did not do what it measures")
    while report.is_more:
        report = work.tick()
    return taken


def _register(bench: Bench, tx: Transaction) -> None:
    site = load_config(tx)
    for number in range(DUE):
        owner = Actor(PersonId(1 + number % OWNERS), "bench", ALL_PERMISSIONS, "bench")
        register(bench.ctx.acting_as(owner), replace(tx, actor_id=owner.person_id), site, CALL)


def _fall_asleep(tx: Transaction) -> None:
    """Let what is over be as every command leaves it: never looked at again."""
    tx.execute("UPDATE ticket SET wake_at = NULL WHERE is_open = false")


def _write(bench: Bench, body: object) -> None:
    operation = Operation(uuid.uuid4().hex, bench.ctx.clock.now(), None, "bench")
    bench.ctx.store.write(operation, body)  # type: ignore[arg-type]
