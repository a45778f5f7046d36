"""Why nothing fits: the least that must give way, and the rules that cannot all hold.

Both are found by the solver. The least to relax: every hard rule may be broken where it stands, at a price.
The conflict: every rule gets a switch, the solver names switches that cannot all be on, and those that are
not needed for the trouble are dropped one group after another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from app.models.entities.filled import Explanation, Trouble
from app.models.entities.filling import FillProblem, FillRule, Instance
from app.services.filling.lines import Board, Line
from app.services.filling.rules import rule_lines
from app.services.filling.scoring import trouble_of
from app.services.filling.solving import Model, solver_library

# Solves a model within seconds; returns how it ended and what reads values.
Search = Callable[..., tuple[int, Any]]

# What is relaxed first where the count is the same: the higher, the later.
_PRICES: Mapping[FillRule, int] = {
    FillRule.DAYS_OFF: 20,
    FillRule.NIGHTS_IN_A_ROW: 21,
    FillRule.SHIFTS_IN_A_ROW: 21,
    FillRule.MONTH_NIGHTS: 21,
    FillRule.WEEK_HOURS: 22,
    FillRule.MONTH_HOURS: 22,
    FillRule.SKILL: 22,
    FillRule.COVERAGE: 23,
    FillRule.SUPERVISOR: 23,
    FillRule.ELIGIBILITY: 24,
    FillRule.DAY_AFTER_NIGHT: 25,
    FillRule.REST: 25,
}
# The conflict is a help to read, not an answer to wait for.
_CONFLICT_SECONDS = 6.0


def explain(problem: FillProblem, seconds: float, search: Search) -> Explanation:
    """Return why the problem has no solution; what the time did not allow is left empty."""
    began = time.perf_counter()
    relax, is_smallest = _least_to_relax(problem, max(2.0, seconds / 2), search)
    left = max(1.0, min(_CONFLICT_SECONDS, seconds - (time.perf_counter() - began)))
    conflict, is_minimal = _conflict(problem, left, search)
    return Explanation((), conflict, relax, is_minimal, is_smallest)


def explain_counted(problem: FillProblem, seconds: float, search: Search) -> Explanation:
    """Return the least that must give way where counting has told already what cannot be."""
    relax, is_smallest = _least_to_relax(problem, max(2.0, seconds / 2), search)
    return Explanation(relax=relax, is_smallest=is_smallest)


def _least_to_relax(problem: FillProblem, seconds: float, search: Search) -> tuple[tuple[Trouble, ...], bool]:
    cp = solver_library()
    board = Board(problem, with_barred=True)
    model = Model(board)
    charged = []
    for line in _hard(board):
        excess = model.charge(line, _PRICES[_instance(line).rule])
        if excess is not None:
            charged.append((line, excess))
    model.minimise()
    status, solver = search(model, seconds)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return (), False
    chosen = model.reader(solver.value)
    broken = [trouble_of(line, line.above(chosen)) for line, excess in charged if solver.value(excess)]
    return _by_date(broken), status == cp.OPTIMAL


def _conflict(problem: FillProblem, seconds: float, search: Search) -> tuple[tuple[Trouble, ...], bool]:
    until = time.perf_counter() + seconds
    board = Board(problem, with_barred=True)
    lines: dict[Instance, list[Line]] = {}
    for line in _hard(board):
        lines.setdefault(_instance(line), []).append(line)
    core = _first_cut(board, lines, seconds, search)
    if core is None:
        return (), False
    is_minimal = True
    for group in _groups(core):
        part = group
        # A whole group first: most kinds of rules have nothing to do with the trouble.
        for size in (len(group), 8, 1):
            for begin in range(0, len(part), size):
                dropped = {*part[begin : begin + size]} & {*core}
                if not dropped:
                    continue
                if time.perf_counter() > until:
                    is_minimal = False
                    break
                rest = [each for each in core if each not in dropped]
                if _is_impossible(board, lines, rest, until - time.perf_counter(), search):
                    core = rest
            part = [each for each in group if each in core]
            if not part or size == 1:
                break
    troubles = [trouble_of(lines[each][0], 0) for each in core]
    return _by_date(troubles), is_minimal


def _first_cut(
    board: Board, lines: Mapping[Instance, Sequence[Line]], seconds: float, search: Search
) -> list[Instance] | None:
    """Return instances that cannot all hold, as the solver names them; None where it did not get that far."""
    model = Model(board)
    switches: dict[int, Instance] = {}
    for instance, each in lines.items():
        switch = model.model.new_bool_var("")
        switches[switch.index] = instance
        model.model.add_assumptions([switch])
        for line in each:
            model.hold(line, only_if=switch)
    # Only one worker, and no shortening of the model, keeps track of which switches were needed.
    status, solver = search(model, seconds, num_workers=1)
    if status != solver_library().INFEASIBLE:
        return None
    named = [switches[index] for index in solver.sufficient_assumptions_for_infeasibility()]
    return sorted(named, key=list(lines).index) or list(lines)


def _is_impossible(
    board: Board,
    lines: Mapping[Instance, Sequence[Line]],
    held: Sequence[Instance],
    seconds: float,
    search: Search,
) -> bool:
    model = Model(board)
    for instance in held:
        for line in lines[instance]:
            model.hold(line)
    status, _ = search(model, max(0.05, seconds))
    return bool(status == solver_library().INFEASIBLE)


def _groups(core: Sequence[Instance]) -> list[list[Instance]]:
    """The instances of each rule, the largest group first: it has the least to do with one day's trouble."""
    ordered = sorted(core, key=lambda each: each.rule)
    groups = [list(group) for _, group in groupby(ordered, key=lambda each: each.rule)]
    return sorted(groups, key=len, reverse=True)


def _hard(board: Board) -> list[Line]:
    return [line for line in rule_lines(board) if line.is_hard]


def _instance(line: Line) -> Instance:
    if line.instance is None:
        raise ValueError("a cost is no rule")
    return line.instance


def _by_date(troubles: Sequence[Trouble]) -> tuple[Trouble, ...]:
    return tuple(sorted(troubles, key=lambda each: (each.on, each.instance.rule if each.instance else "")))
