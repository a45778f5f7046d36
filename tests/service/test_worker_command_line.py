"""`python main.py worker`: what is due is done without a window, and what cannot be is told."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.cli.env import Env
from app.cli.parser import parse, run
from app.models.store import Store
from app.services.background.runner import BackgroundWork
from app.services.base.context import Context, console_actor
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from tests.support.watched_site import Desk, desk_with_people

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


@pytest.fixture
def run_worker(database_url, clock) -> Run:
    def run_line(*line: str, language: str = "en") -> tuple[int, str]:
        options = parse(["worker", *line])
        out = io.StringIO()
        bus = EventBus()
        env = Env(
            url=database_url,
            texts=Texts(language),
            clock=clock,
            bus=bus,
            open=lambda wanted: Context(Store(wanted, bus.publish), clock, console_actor()),
            explain=lambda error: error.code,
            show=lambda _args: 0,
            is_json=options.json,
            out=out,
            err=out,
        )
        code = run(options, env)
        env.close()
        return code, out.getvalue()

    return run_line


def test_once_does_what_is_due_and_gives_the_lease_back(desk, run_worker, other_ctx):
    desk.opened()
    desk.ctx.clock.advance(timedelta(hours=2))

    code, said = run_worker("--once")

    assert (code, said) == (0, "1 tickets looked at, 1 steps done, 0 skipped\n")
    assert desk.kinds(desk.owner) == ["warned"]
    assert BackgroundWork(other_ctx, holder="PC-02#b").tick().holds_lease


def test_once_speaks_chinese_and_json(desk, run_worker):
    assert run_worker("--once", language="zh_CN")[1] == "已检查 0 张工单，执行 0 步，跳过 0 步\n"
    assert json.loads(run_worker("--once", "--json")[1])["holds_lease"] is True


def test_once_tells_who_does_the_work_already(desk, run_worker):
    BackgroundWork(desk.ctx, holder="PC-03#1.ab").tick()

    code, said = run_worker("--once")

    assert (code, said) == (1, "PC-03 does the background work, last heard of 0 s ago\n")


def test_a_clock_that_jumped_is_told_and_accepted(desk, run_worker, expect_log):
    expect_log("nothing is done at")
    desk.opened()
    run_worker("--once")
    desk.ctx.clock.advance(timedelta(days=40))

    refused, said = run_worker("--once")
    accepted, _ = run_worker("--accept-clock")
    after, _ = run_worker("--once")

    assert (refused, accepted, after) == (1, 0, 0)
    assert "worker --accept-clock" in said
    assert desk.kinds(desk.owner) == ["breached"]


def test_a_clock_that_went_back_is_told(desk, run_worker, expect_log):
    expect_log("nothing is done at")
    run_worker("--once")
    desk.ctx.clock.advance(timedelta(hours=-2))

    code, said = run_worker("--once", language="zh_CN")

    assert code == 1
    assert "后台任务暂停" in said


def test_verify_finds_nothing_on_a_sound_desk(desk, run_worker):
    desk.opened()

    assert run_worker("--verify") == (0, "1 tickets recomputed, 0 differ\n")


def test_verify_names_what_differs(desk, run_worker):
    ticket = desk.opened()
    desk.rounds()
    desk.write(lambda tx: tx.execute("UPDATE ticket SET resolution_due_at = 1"))

    code, said = run_worker("--verify")

    assert code == 1
    assert said.splitlines()[1] == f"#{ticket.number}  resolution_due_at"


def test_a_database_that_is_not_there_is_refused(empty_database_url, clock):
    env = Env(
        url=empty_database_url,
        texts=Texts("en"),
        clock=clock,
        bus=EventBus(),
        open=lambda wanted: Context(Store(wanted), clock, console_actor()),
        explain=lambda error: error.code,
        show=lambda _args: 0,
        err=io.StringIO(),
    )

    code = run(parse(["worker", "--once"]), env)
    env.close()

    assert code == 1
    assert env.err.getvalue() == "store.empty\n"


def test_a_worker_runs_until_it_is_told_to_end_and_gives_the_lease_back(desk, database_url, other_ctx):
    desk.ctx.store.release()
    process = subprocess.Popen(
        [sys.executable, "main.py", "worker", "--database", database_url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        started = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=60)

    assert started.strip()
    assert (process.returncode, complaints) == (0, "")
