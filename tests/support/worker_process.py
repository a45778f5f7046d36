"""A program that does background work until it is killed: one of many in tests of stalls and kills.

Run as `python -m tests.support.worker_process URL NAME MODE`. MODE "safe" is the product; "unsafe" leaves out
the token check: the control, in which second attempts must be seen. It says, one JSON line each:

* {"stalls": token} each time it holds the lease anew, has written one batch, and read what is due for the
  second. There it waits for a line: a PC that goes to sleep between reading and writing;
* {"fired": n, "doubled": n, "holds": bool} after each round.

The lease is short here, so that a test need not wait a minute for each change of hands.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue

from app.models.entities.background import TickReport
from app.models.store import Store
from app.services.background import batches, doing_commands, holding, lease_commands, rules, runner
from app.services.background.runner import BackgroundWork
from app.services.base.clock import SystemClock
from app.services.base.context import Context, console_actor

ROOT = Path(__file__).parents[2]
BATCH = 10


class Workers:
    """Drives several of these programs; what they say comes in one queue, as (place, facts)."""

    def __init__(self, url: str, count: int, mode: str) -> None:
        self.said: Queue[tuple[int, dict[str, int]]] = Queue()
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.worker_process", url, f"PC-{place}#1", mode],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for place in range(count)
        ]
        self.doubled = 0
        self.stalled: list[int] = []  # tokens, in order
        self._listeners = [
            threading.Thread(target=self._listen, args=(place, process), daemon=True)
            for place, process in enumerate(self.processes)
        ]
        for listener in self._listeners:
            listener.start()

    def _listen(self, place: int, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):  # one killed in mid-word said nothing
                self.said.put((place, json.loads(line)))

    def heard(self, timeout: float = 60) -> tuple[int, dict[str, int]]:
        """Return what the next one says; second attempts are added up on the way."""
        place, facts = self.said.get(timeout=timeout)
        self.doubled += facts.get("doubled", 0)
        return place, facts

    def next_stall(self) -> int:
        """Return who is about to write next and waits."""
        place, facts = self.heard()
        while "stalls" not in facts:
            place, facts = self.heard()
        self.stalled.append(facts["stalls"])
        return place

    def let_on_whoever_stalls(self) -> None:
        """Hear one program out; one that took over on a busy machine and waits need not wait."""
        place, facts = self.heard()
        if "stalls" in facts:
            self.let_on(place)

    def report_of(self, place: int) -> dict[str, int]:
        """Return the next report of one program."""
        speaker, facts = self.heard()
        while speaker != place or "doubled" not in facts:
            speaker, facts = self.heard()
        return facts

    def end(self) -> None:
        """Kill all of them; each is heard to the end before its pipe is closed."""
        for process in self.processes:
            process.kill()
        for listener in self._listeners:
            listener.join()
        for process in self.processes:
            with process:
                pass

    def let_on(self, place: int) -> None:
        """Let a waiting program write."""
        sender = self.processes[place].stdin
        assert sender is not None
        sender.write("\n")
        sender.flush()


@contextmanager
def workers(url: str, count: int, mode: str = "safe") -> Iterator[Workers]:
    """Start programs on a database; leaving kills them."""
    running = Workers(url, count, mode)
    try:
        yield running
    finally:
        running.end()


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _shorten_the_lease() -> None:
    lease_commands.LEASE_TIME = timedelta(seconds=1.5)
    rules.TRY_EVERY = 0.3
    rules.LOOK_EVERY = 0.3
    holding.RENEW_AFTER = timedelta(seconds=0.5)
    runner.BATCH = BATCH
    runner.MOST = 3 * BATCH


def _stall_before_the_second_batch() -> None:
    write = batches.do_due
    written: Counter[int] = Counter()

    def stalling(ctx, plans, *, token):
        written[token] += 1
        if written[token] == 2:
            _say(stalls=token)
            sys.stdin.readline()
        return write(ctx, plans, token=token)

    batches.do_due = stalling


def main() -> None:
    """Work until killed."""
    url, name, mode = sys.argv[1:]
    _shorten_the_lease()
    _stall_before_the_second_batch()
    if mode == "unsafe":
        doing_commands.holds_token = lambda tx, token: True
        # Two measures of the shared clock differ by milliseconds on a busy machine: one that comes second
        # at once may look as if time went back, and that guard would stand in for the one left out.
        doing_commands.move_mark = lambda tx, now: None
    work = BackgroundWork(Context(Store(url), SystemClock(), console_actor()), holder=name)

    def told(report: TickReport) -> None:
        _say(fired=report.fired, doubled=report.doubled, holds=report.holds_lease)

    work.run(threading.Event(), told)


if __name__ == "__main__":
    main()
