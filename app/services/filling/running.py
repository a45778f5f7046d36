"""Fills a roster: finds a first one at once, betters it until it is proved best, stopped, or out of time.

The solver works on threads of its own, outside Python's lock; the caller's thread reports and listens for
a stop ten times a second, so callbacks never come from a foreign thread. The same problem gives the same
first roster: one worker with a fixed seed looks for it. Then two workers race, and where several rosters
are equally good it is chance which one comes out; what it costs is not, once it is proved. With one worker
all is the same.
"""

from __future__ import annotations

from dataclasses import replace

from app.models.entities.filled import Explanation, FillResult, FillStatus, Trouble
from app.models.entities.filling import (
    Cells,
    FillMeasure,
    FillMode,
    FillProblem,
    Instance,
    RuleSetting,
    Strength,
)
from app.services.filling.checks import checks
from app.services.filling.explaining import explain, explain_counted
from app.services.filling.lines import Board, chosen_in
from app.services.filling.scoring import changes, score, standing
from app.services.filling.searching import IsCancelled, OnProgress, Search
from app.services.filling.solving import fill_model, solver_library

LIMIT_SECONDS = 20.0
WORKERS = 2
# Of what is left of the time, the first roster gets at most this part; it usually needs a hundredth.
_FIRST_PART = 0.5
_RULES_PART = 0.4
_FIRST_OF_ALL = frozenset({FillMeasure.RULES, FillMeasure.CHANGES})
# Without the linear relaxation the first roster comes several times sooner; it is worse, but soon bettered.
_FIRST = {"stop_after_first_solution": True, "linearization_level": 0}
# With all of it the proof comes twice as soon: fair parts are what a relaxation is good at.
_BEST = {"linearization_level": 2}


def fill(
    problem: FillProblem,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    *,
    limit_seconds: float = LIMIT_SECONDS,
    workers: int = WORKERS,
) -> FillResult:
    """Fill a roster and return it with what it costs; without one, why none fits.

    `on_progress` is called about ten times a second on the caller's thread; what it raises stops the search
    and passes through. When `is_cancelled` says yes, the best roster so far is returned within half a
    second.
    """
    run = _Run(problem, on_progress, is_cancelled, limit_seconds, workers)
    if not problem.days or not problem.people:
        return run.result(FillStatus.OPTIMAL if not problem.needs else FillStatus.INFEASIBLE)
    found = checks(run.board)
    if found:
        return run.counted_out(found)
    return run.solved()


class _Run(Search):
    """One fill on its way."""

    def counted_out(self, found: tuple[Trouble, ...]) -> FillResult:
        """Say why counting alone rules a roster out, and the least that could give way."""
        way_out = replace(explain_counted(self.problem, self.left, self.search), checks=found)
        return self.result(FillStatus.CANCELLED if self.is_stopped else FillStatus.INFEASIBLE, way_out)

    def solved(self) -> FillResult:
        """Look for the best roster; soft rules are held at first, for they outweigh all that only costs."""
        cp = solver_library()
        soft = {line.instance for line in self.lines if line.instance is not None and not line.is_hard}
        soft -= self.problem.excepted
        if self.problem.mode is FillMode.REPAIR and self.problem.present:
            return self._mended()
        if not soft:
            return self._ended(self._optimise(frozenset()))
        status = cp.INFEASIBLE
        if not checks(Board(_strict(self.problem))):
            status = self._optimise(frozenset(soft))
        is_dearer = self.best_cost is not None and self.best_cost > self.problem.weights[FillMeasure.RULES]
        if self.is_stopped or (self.best is not None and not (is_dearer and status == cp.OPTIMAL)):
            # Whoever breaks a rule pays more than this roster costs, so what was proved holds without it too.
            self._lower_bound_to(self.problem.weights[FillMeasure.RULES])
            return self._ended(status)
        self.bound = None
        return self._broken_least(frozenset(soft))

    def _mended(self) -> FillResult:
        """Change as little as possible, then better the rest without changing more."""
        cp = solver_library()
        model = fill_model(self.board, [line for line in self.lines if line.measure in _FIRST_OF_ALL])
        model.hint(standing(self.problem))
        status = self.better(model, self.left * _RULES_PART, self.workers, **_BEST)
        if self.best is None or self.is_stopped:
            return self._ended(status)
        paid = sum(line.cost for line in score(self.lines, self.best) if line.measure in _FIRST_OF_ALL)
        model = fill_model(self.board, self.lines)
        model.cap(_FIRST_OF_ALL, paid)
        model.hint(self.best)
        better = self.better(model, self.left, self.workers, **_BEST)
        if status != cp.OPTIMAL:
            # Fewer changes were not ruled out, so what was proved since holds for this number of them only.
            self._lower_bound_to(0)
            return self._ended(cp.FEASIBLE)
        # One change more costs more than this roster in all but hopeless cases; then nothing is proved.
        most = paid + self.problem.weights[FillMeasure.CHANGES]
        self._lower_bound_to(most)
        return self._ended(better if self.best_cost is not None and self.best_cost <= most else cp.FEASIBLE)

    def _broken_least(self, soft: frozenset[Instance]) -> FillResult:
        """Break as few soft rules as possible, then better the rest without breaking others."""
        rules = [line for line in self.lines if line.instance is not None]
        status = self.better(fill_model(self.board, rules), self.left * _RULES_PART, self.workers)
        cp = solver_library()
        if self.best is None or self.is_stopped:
            return self._ended(status)
        chosen = chosen_in(self.best)
        broken = {line.instance for line in rules if line.excess(chosen)}
        # What follows is bettered within this choice of rules: its bound says nothing about all rosters.
        self.is_bounded = False
        self._optimise(soft - broken)
        return self._ended(cp.OPTIMAL if self.best_cost == self.bound else cp.FEASIBLE)

    def _optimise(self, held: frozenset[Instance]) -> int:
        """Find a first roster, then the best, with these soft rules held; return how it ended."""
        model = fill_model(self.board, self.lines, held)
        cp = solver_library()
        start = self.best or (standing(self.problem) if self.problem.present else None)
        if start is not None:
            model.hint(start)
        status = int(cp.FEASIBLE)
        if self.best is None:
            status = self.better(model, self.left * _FIRST_PART, 1, **_FIRST)
            if self.best is None or self.is_stopped or status == cp.OPTIMAL:
                return status
            model.hint(self.best)
        return self.better(model, self.left, self.workers, **_BEST)

    def _ended(self, status: int) -> FillResult:
        cp = solver_library()
        if self.is_stopped:
            return self.result(FillStatus.CANCELLED)
        if self.best is not None and status == cp.OPTIMAL:
            self.bound = self.best_cost
            return self.result(FillStatus.OPTIMAL)
        if self.best is not None:
            return self.result(FillStatus.FEASIBLE)
        if status == cp.INFEASIBLE:
            explanation = explain(self.problem, self.left, self.search)
            ended = FillStatus.CANCELLED if self.is_stopped else FillStatus.INFEASIBLE
            return self.result(ended, explanation)
        return self.result(FillStatus.UNKNOWN)

    def _lower_bound_to(self, most: int) -> None:
        self.bound = None if self.bound is None else min(self.bound, most)

    def result(self, status: FillStatus, explanation: Explanation | None = None) -> FillResult:
        """Gather what is known."""
        cells: Cells = self.best or {}
        before = score(self.lines, standing(self.problem))
        has = self.best is not None or status is FillStatus.OPTIMAL
        after = score(self.lines, cells) if has else ()
        cost = sum(line.cost for line in after) if has else None
        return FillResult(
            status=status,
            cells=cells,
            changes=changes(self.problem, cells) if has else (),
            before=before,
            after=after,
            cost=cost,
            bound=self.bound,
            gap=_gap(cost, self.bound),
            solutions=self.solutions,
            seconds=self.elapsed,
            seconds_to_first=self.seconds_to_first,
            explanation=explanation,
        )


def _strict(problem: FillProblem) -> FillProblem:
    """The same problem where soft rules must hold as well."""
    hard = {
        rule: RuleSetting(Strength.HARD, setting.limit) if setting.strength is Strength.SOFT else setting
        for rule, setting in problem.rules.items()
    }
    return replace(problem, rules=hard)


def _gap(cost: int | None, bound: int | None) -> float | None:
    if cost is None or bound is None:
        return None
    return 0.0 if cost <= 0 else max(0.0, (cost - bound) / cost)
