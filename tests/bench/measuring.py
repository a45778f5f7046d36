"""Medians of warm runs, and a line of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One measured operation: milliseconds of ours and of the raw database, and what was aimed at."""

    name: str
    size: int
    ours: float
    raw: float | None
    goal_ms: float | None = None
    goal_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over raw; what the machine does to both cancels out."""
        return None if not self.raw else self.ours / self.raw

    @property
    def is_met(self) -> bool:
        """Whether one of the goals given is reached; milliseconds depend on the machine, ratios do not."""
        if self.goal_ratio is not None and self.ratio is not None and self.ratio <= self.goal_ratio:
            return True
        if self.goal_ms is not None:
            return self.ours <= self.goal_ms
        return self.goal_ratio is None

    def text(self) -> str:
        """Return the line as the table prints it."""
        raw = "-" if self.raw is None else f"{self.raw:.3f}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.1f}x"
        goals = [f"{self.goal_ms:g} ms"] if self.goal_ms is not None else []
        goals += [f"{self.goal_ratio:g}x raw"] if self.goal_ratio is not None else []
        mark = "" if self.is_met else "  <-- missed"
        return (
            f"{self.name:<44}{self.size:>9,}{self.ours:>11.3f}{raw:>11}{ratio:>8}"
            f"   {' or '.join(goals)}{mark}"
        )


HEAD = f"{'operation':<44}{'tickets':>9}{'ours ms':>11}{'raw ms':>11}{'ratio':>8}   goal"


def median_ms(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median of `runs` warm runs in milliseconds."""
    run()
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def side_by_side(
    ours: Callable[[], object], raw: Callable[[], object], runs: int = RUNS
) -> tuple[float, float]:
    """Return the medians of both, taken in turns, so that a busy moment of the machine hits both."""
    ours()
    raw()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for times, run in zip(taken, (ours, raw), strict=True):
            begin = time.perf_counter()
            run()
            times.append(time.perf_counter() - begin)
    return statistics.median(taken[0]) * 1000, statistics.median(taken[1]) * 1000
