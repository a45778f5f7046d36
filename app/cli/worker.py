"""`worker`: the background work without a window, for a PC that is always on."""

from __future__ import annotations

import argparse
import signal
import threading
from datetime import datetime
from types import FrameType
from typing import Any

from app.cli.env import Env, table
from app.models.entities.background import BackgroundState, ClockDoubt, TickReport, Verified
from app.services.background.high_water import accept_clock
from app.services.background.holders import holder_of_this_process
from app.services.background.queries import background_state
from app.services.background.runner import BackgroundWork
from app.services.background.server_time import server_time_of
from app.services.background.verifying import verify


def register(commands: Any) -> None:
    """Add `worker`."""
    parser = commands.add_parser(
        "worker", help="do the background work: warnings, escalation, follow-ups, closing by itself"
    )
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    parser.add_argument(
        "--verify", action="store_true", help="only recompute all open tickets and tell those that differ"
    )
    parser.add_argument(
        "--accept-clock",
        action="store_true",
        help="only say that the clock is right, though it jumped",
    )


def run(args: argparse.Namespace, env: Env) -> int:
    """Work until told to end; with --once or --verify, 1 where not all could be done or something differs."""
    if args.accept_clock:
        return _accept(env)
    if args.verify:
        return _verify(env)
    env.ctx  # noqa: B018 - refuses a database of another program's schema before anything begins
    return _once(env) if args.once else _until_stopped(env)


def _accept(env: Env) -> int:
    now = server_time_of(env.ctx, f"{holder_of_this_process().rpartition('#')[2]}-accept").now(env.ctx)
    accept_clock(env.ctx, now=now)
    text = env.texts.pgettext("cli", "{time} is taken for right: the background work goes on.")
    env.answer({"accepted": now}, lambda: text.format(time=_local(now)))
    return 0


def _local(instant: datetime) -> str:
    """Return an instant as this PC's people read it."""
    return f"{instant.astimezone():%Y-%m-%d %H:%M:%S %z}"


def _verify(env: Env) -> int:
    found = verify(env.ctx)
    env.answer(found, lambda: _verified(found, env))
    return 1 if found.differing else 0


def _verified(found: Verified, env: Env) -> str:
    pgettext = env.texts.pgettext
    first = pgettext("cli", "{checked} tickets recomputed, {count} differ").format(
        checked=found.checked, count=len(found.differing)
    )
    rows = [(f"#{one.number}", ", ".join(one.columns)) for one in found.differing]
    return "\n".join([first, *([table(rows)] if rows else [])])


def _once(env: Env) -> int:
    work = BackgroundWork(env.ctx)
    rounds: list[TickReport] = []
    try:
        while not rounds or rounds[-1].is_more:
            rounds.append(work.tick())
    finally:
        work.close()
    holds = rounds[-1].holds_lease
    total = {
        "holds_lease": holds,
        "looked_at": sum(each.looked_at for each in rounds),
        "fired": sum(each.fired for each in rounds),
        "skipped": sum(each.skipped for each in rounds),
        "put_off": sum(each.put_off for each in rounds),
        "doubt": rounds[-1].doubt,
        "jobs": [job for each in rounds for job in each.jobs],
    }
    env.answer(total, lambda: _said(total, env, rounds[-1]))
    return 0 if holds and not total["put_off"] and rounds[-1].doubt is None else 1


def _said(total: dict[str, Any], env: Env, last: TickReport) -> str:
    if last.doubt is not None and (state := background_state(env.ctx)) is not None:
        return _doubtful(state, last.doubt, env)
    return _told(total, env) if last.holds_lease else _elsewhere(env, last)


def _doubtful(state: BackgroundState, doubt: ClockDoubt, env: Env) -> str:
    pgettext = env.texts.pgettext
    if doubt is ClockDoubt.AHEAD:
        text = pgettext(
            "cli",
            "Nothing is done: the clock shows {now}, the last time anything was done is {acted_at}. It goes"
            " on when a program on another PC sees this time too, or after “worker --accept-clock”.",
        )
    else:
        text = pgettext(
            "cli",
            "Nothing is done: the clock shows {now}, but something was done at {acted_at} already. It goes on"
            " after that, or after “worker --accept-clock”.",
        )
    return text.format(now=_local(state.now), acted_at=_local(state.acted_at or state.now))


def _told(total: dict[str, Any], env: Env) -> str:
    text = env.texts.pgettext("cli", "{looked_at} tickets looked at, {fired} steps done, {skipped} skipped")
    return text.format(**total)


def _elsewhere(env: Env, report: TickReport) -> str:
    pgettext = env.texts.pgettext
    state = background_state(env.ctx)
    if state is None or not state.is_running:
        off = report.clock_offset_seconds
        wrong = pgettext("cli", "This PC's clock is off by {seconds} s; set it right first.")
        return wrong.format(seconds=off)
    return pgettext("cli", "{holder} does the background work, last heard of {seconds} s ago").format(
        holder=state.holder, seconds=state.seconds_ago
    )


def _until_stopped(env: Env) -> int:
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    env.say(env.texts.pgettext("cli", "The background work runs; end it with Ctrl+C."))
    BackgroundWork(env.ctx).run(stop, _Rounds(env).tell)
    return 0


class _Rounds:
    """Prints rounds in which something happened; quiet ones would fill the log of a service."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._doubt: ClockDoubt | None = None

    def tell(self, report: TickReport) -> None:
        """Print a round, or once that the clock is in doubt."""
        before, self._doubt = self._doubt, report.doubt
        if report.fired or report.skipped or report.put_off:
            self._env.answer(report, lambda: _told(_figures(report), self._env))
        elif report.doubt is not None and report.doubt is not before:
            self._env.answer(report, lambda: _said(_figures(report), self._env, report))


def _figures(report: TickReport) -> dict[str, Any]:
    return {"looked_at": report.looked_at, "fired": report.fired, "skipped": report.skipped}
