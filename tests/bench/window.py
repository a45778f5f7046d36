"""Start to the first list painted, memory with the list open, and repaint: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.measuring import Line

_TIMES = 3


def window_lines(url: str, size: int) -> Iterator[Line]:
    """Start the program off-screen on the database a few times; it reports its own figures and leaves."""
    found = [_started(url) for _ in range(_TIMES)]
    best = min(found, key=lambda one: one["first_list_ms"])
    yield Line("start to first list painted", size, best["first_list_ms"], None, goal_ms=800)
    yield Line("memory with the list open, MB", size, best["rss_mb"], None, goal_ms=120)
    yield Line("repaint of the list", size, best["repaint_ms"], None, goal_ms=16)
    yield Line("key to painted page", size, best["page_ms"], None, goal_ms=25)


def _started(url: str) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.window_process", url],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.strip().splitlines()[-1])  # type: ignore[no-any-return]
