"""Lets the solver look for rosters on threads of its own; the caller's thread reports and hears of a stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from app.models.entities.filled import FillProgress
from app.models.entities.filling import CellKey, FillCell, FillProblem
from app.services.filling.lines import Board, Line, cells_of
from app.services.filling.scoring import all_lines, score
from app.services.filling.solving import Model, solver_library, solver_with

OnProgress = Callable[[FillProgress], None]
IsCancelled = Callable[[], bool]
_TICK = 0.1


class Search:
    """What a fill knows so far: the best roster, the bound, the time; and the way to know more.

    With `is_bounded` off, what the solver proves says nothing about all rosters and is not kept.
    """

    def __init__(
        self,
        problem: FillProblem,
        on_progress: OnProgress | None,
        is_cancelled: IsCancelled | None,
        limit_seconds: float,
        workers: int,
    ) -> None:
        self.problem = problem
        self.board = Board(problem)
        self.lines: list[Line] = all_lines(self.board)
        self.best: dict[CellKey, FillCell] | None = None
        self.best_cost: int | None = None
        self.bound: int | None = None
        self.solutions = 0
        self.seconds_to_first: float | None = None
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled or (lambda: False)
        self._limit = limit_seconds
        self.workers = workers
        self._began = time.perf_counter()
        self.is_stopped = False
        self.is_bounded = True

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return max(0.0, self._limit - self.elapsed)

    def search(self, model: Model, limit_seconds: float, **parameters: Any) -> tuple[int, Any]:
        """Solve a model of the explanation; return how it ended and the solver, to read from."""
        solver = solver_with(limit_seconds, self.workers, **parameters)
        return self._watched(solver, model, None), solver

    def better(self, model: Model, limit_seconds: float, workers: int, **parameters: Any) -> int:
        """Look for a roster that costs less than the best so far; return how that ended."""
        solver = solver_with(limit_seconds, workers, **parameters)
        solver.best_bound_callback = self._on_bound
        return self._watched(solver, model, _collector(self, model))

    def _watched(self, solver: Any, model: Model, collector: Any) -> int:
        """Solve on another thread; report and listen on this one."""
        ended = threading.Event()
        outcome: list[Any] = []

        def work() -> None:
            try:
                outcome.append(solver.solve(model.model, collector))
            except Exception as error:  # noqa: BLE001 - raised again below, on the caller's thread
                outcome.append(error)
            finally:
                ended.set()

        thread = threading.Thread(target=work, name="filling", daemon=True)
        thread.start()
        try:
            while not ended.wait(_TICK):
                self._tell(solver)
            self._tell(solver)
        finally:
            # Whatever a callback raised: nothing of the search is left running behind the caller's back.
            if not ended.is_set():
                _stop(solver, ended)
            thread.join()
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return int(outcome[0])

    def _tell(self, solver: Any) -> None:
        if self._on_progress is not None:
            self._on_progress(FillProgress(self.elapsed, self.solutions, self.best_cost, self.bound))
        if not self.is_stopped and self._is_cancelled():
            self.is_stopped = True
        if self.is_stopped:
            solver.stop_search()

    def found(self, model: Model, value: Callable[[Any], int], bound: int) -> None:
        """Take over a solution; called by the solver. Counted anew: early ones cost less than it says."""
        cells = cells_of(self.board, model.reader(value))
        cost = sum(line.cost for line in score(self.lines, cells))
        if self.best_cost is not None and cost >= self.best_cost:
            return
        self.best, self.best_cost = cells, cost
        self.solutions += 1
        if self.seconds_to_first is None:
            self.seconds_to_first = self.elapsed
        self._on_bound(bound)

    def _on_bound(self, bound: float) -> None:
        if not self.is_bounded:
            return
        whole = int(bound)
        self.bound = whole if self.bound is None else max(self.bound, whole)


def _collector(run: Search, model: Model) -> Any:
    class Collector(solver_library().CpSolverSolutionCallback):  # type: ignore[misc]
        """Hears of every better solution, on a thread of the solver."""

        def on_solution_callback(self) -> None:
            run.found(model, self.value, round(self.best_objective_bound))

    return Collector()


def _stop(solver: Any, ended: threading.Event) -> None:
    # A stop that comes before the search has begun is lost: repeat it until it was heard.
    while not ended.wait(_TICK):
        solver.stop_search()
