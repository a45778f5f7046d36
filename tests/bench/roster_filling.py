"""Filling four weeks of twelve people: the first roster, the proof of the best, a stop, and what others feel.

`python -m tests.bench.roster_filling` measures this alone.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

from app.models.entities.filled import FillResult
from app.models.entities.filling import FillMode, FillProblem
from app.services.filling.running import fill
from tests.bench.measuring import HEAD, Line
from tests.support.filling import month

CELLS = 28 * 12
_IMPORT = (
    "import time; begin = time.perf_counter();"
    "import ortools.sat.python.cp_model; print(time.perf_counter() - begin)"
)


def roster_lines() -> Iterator[Line]:
    """Measure each once: the solver's times differ less between runs than between machines."""
    said = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True).stdout
    yield Line("roster: import the solver", 0, float(said) * 1000, None)
    asked = month()
    best, longest_ms = _with_a_neighbour(asked)
    yield Line("roster: first one", CELLS, _ms(best.seconds_to_first), None, goal_ms=500.0)
    name = f"roster: {best.status.value}, gap {best.gap or 0:.0%}"
    yield Line(name, CELLS, _ms(best.seconds), None, goal_ms=20_500.0)
    yield Line("roster: another thread's longest wait", CELLS, longest_ms, None, goal_ms=50.0)
    yield Line("roster: from Cancel to the answer", CELLS, _cancelled_ms(asked), None, goal_ms=500.0)
    away = frozenset(day.on for day in asked.days[7:])
    staff = tuple(replace(each, away=away) if each.id == 3 else each for each in asked.people)
    sick = replace(asked, people=staff, present=best.cells, mode=FillMode.REPAIR)
    mended = fill(sick)
    name = f"roster: repair, {len(mended.changes)} changes, gap {mended.gap or 0:.0%}"
    yield Line(name, CELLS, _ms(mended.seconds), None, goal_ms=20_500.0)


def _with_a_neighbour(asked: FillProblem) -> tuple[FillResult, float]:
    """Fill while another thread wants to run every 5 ms; return the result and its longest wait in ms."""
    waits: list[float] = []
    is_over = threading.Event()

    def tick() -> None:
        before = time.perf_counter()
        while not is_over.wait(0.005):
            now = time.perf_counter()
            waits.append((now - before) * 1000)
            before = now

    fill(asked, limit_seconds=0.01)  # what is imported first holds everybody up, and only once
    thread = threading.Thread(target=tick)
    thread.start()
    found = fill(asked)
    is_over.set()
    thread.join()
    return found, max(waits)


def _cancelled_ms(asked: FillProblem) -> float:
    asked_at: list[float] = []

    def is_enough() -> bool:
        if time.perf_counter() - begin > 1.0 and not asked_at:
            asked_at.append(time.perf_counter())
        return bool(asked_at)

    begin = time.perf_counter()
    fill(asked, is_cancelled=is_enough)
    return (time.perf_counter() - asked_at[0]) * 1000 if asked_at else 0.0


def _ms(seconds: float | None) -> float:
    return (seconds or 0.0) * 1000


if __name__ == "__main__":
    print(HEAD)
    for line in roster_lines():
        print(line.text(), flush=True)
