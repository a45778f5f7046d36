"""Four programs writing to one database at once: how long each saves, and that nobody is ever refused."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from app.models.store import Store
from app.services.base.clock import SystemClock
from app.services.base.context import Context, console_actor
from app.services.tickets import commands
from tests.bench.measuring import Line
from tests.bench.operations import CALL

PROGRAMS = 4
SAVES = 60
_THINKING = 0.002


def writer_lines(url: str, size: int) -> Iterator[Line]:
    """Measure one program, then four started together; each creates tickets with a moment of thought between.

    The "raw" column of the median is the one program's own: four may take three times as long.
    """
    alone, _ = _run(url, 1)
    taken, failed = _run(url, PROGRAMS)
    median, late = statistics.median(taken), taken[int(len(taken) * 0.95)]
    single = statistics.median(alone)
    yield Line("4 programs writing: median of a save", size, median, single, goal_ms=3.0, goal_ratio=3.0)
    yield Line("4 programs writing: 95 of 100 saves", size, late, None, goal_ms=100.0)
    yield Line("4 programs writing: programs that failed", size, failed, None, goal_ms=0.0)


def _run(url: str, programs: int) -> tuple[list[float], int]:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.writers", url], stdout=subprocess.PIPE, text=True
        )
        for _ in range(programs)
    ]
    answers = [process.communicate(timeout=300)[0] for process in running]
    failed = sum(process.returncode != 0 for process in running)
    return sorted(taken for answer in answers for taken in json.loads(answer or "[]")), failed


def main() -> int:
    """Be one of the programs: save, think, save; print the milliseconds of each save."""
    ctx = Context(Store(sys.argv[1]), SystemClock(), console_actor())
    pause = threading.Event()
    taken = []
    for _ in range(SAVES):
        begin = time.perf_counter()
        commands.create_ticket(ctx, CALL)
        taken.append((time.perf_counter() - begin) * 1000)
        pause.wait(_THINKING)
    print(json.dumps(taken))
    return 0


if __name__ == "__main__":
    sys.exit(main())
