"""A writer killed at a random moment loses nothing it acknowledged and leaves nothing half written (R1)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.support.site import set_up_site

KILLS = 10  # on each database; a release runs 200
ROOT = Path(__file__).parents[2]


def killed_writer(url: str, mode: str, seeded: random.Random) -> list[int]:
    """Run a writer, kill it without warning, return the numbers it had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.writer_process", url, mode],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    wanted = seeded.randint(1, 12)
    said = []
    for line in process.stdout:
        said.append(line)
        if len(said) >= wanted:
            break
    # Not always at the same point of the loop: a kill must be able to fall anywhere.
    threading.Event().wait(seeded.uniform(0, 0.02))
    process.kill()
    said += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    return [int(line) for line in said if line.endswith("\n")]


def sessions(ctx) -> int:
    """Count the server's sessions on this database; a file has none."""
    if ctx.store.url.startswith("sqlite"):
        return 0
    with ctx.store.read() as read:
        return int(
            read.value(
                "SELECT COUNT(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend'"
            )
        )


def kill_and_settle(ctx, mode: str, seeded: random.Random) -> list[int]:
    """Kill a writer and wait for the server to have done with what it had still sent.

    PostgreSQL may run, and commit, the last statement of a client that is already gone: a count taken at once
    can be another a moment later.
    """
    before = sessions(ctx)
    acknowledged = killed_writer(ctx.store.url, mode, seeded)
    until = time.monotonic() + 30
    while sessions(ctx) > before:
        assert time.monotonic() < until, "the killed writer's session never ended"
        threading.Event().wait(0.005)
    return acknowledged


def half_written(ctx) -> int:
    with ctx.store.read() as read:
        return int(
            read.value(
                "SELECT COUNT(*) FROM ticket WHERE NOT EXISTS"
                " (SELECT 1 FROM ticket_event WHERE ticket_event.ticket_id = ticket.id)"
            )
        )


@pytest.mark.timeout(240)
def test_kill_9_loses_nothing_acknowledged_and_leaves_no_half_ticket(ctx):
    set_up_site(ctx)
    seeded = random.Random(20261120)
    acknowledged: list[int] = []

    for _ in range(KILLS):
        acknowledged += kill_and_settle(ctx, "whole", seeded)

    with ctx.store.read() as read:
        kept = [row[0] for row in read.rows("SELECT number FROM ticket ORDER BY number")]
    assert set(acknowledged) <= set(kept)
    assert kept == list(range(1, len(kept) + 1))
    assert half_written(ctx) == 0


@pytest.mark.timeout(240)
def test_the_control_with_two_transactions_is_caught(ctx):
    """Two transactions instead of one: sooner or later a kill falls between, or the harness is blind."""
    set_up_site(ctx)
    seeded = random.Random(7)

    for _ in range(KILLS * 6):
        kill_and_settle(ctx, "halves", seeded)
        if half_written(ctx):
            break

    assert half_written(ctx) > 0
