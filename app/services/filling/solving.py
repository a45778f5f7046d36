"""Hands lines to CP-SAT, whose library takes a quarter of a second to import: only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.models.entities.filling import Cells, FillMeasure, Instance
from app.services.filling.lines import Board, Line, Slot, chosen_in

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20_260_401


def solver_library() -> Any:
    """Return OR-Tools' `cp_model`, imported at the first call."""
    return import_module("ortools.sat.python.cp_model")


class Model:
    """The variables of a board's slots, and the lines over them."""

    def __init__(self, board: Board) -> None:
        self.cp = solver_library()
        self.board = board
        self.model = self.cp.CpModel()
        self.vars: dict[Slot, Any] = {}
        self._costs: list[tuple[int, Any, FillMeasure]] = []
        for slots in board.slots.values():
            for slot in slots:
                self.vars[slot] = self.model.new_bool_var("")
                lead = board.leads.get(slot)
                if lead is not None:
                    self.vars[lead] = self.model.new_bool_var("")
                    self.model.add_implication(self.vars[lead], self.vars[slot])
            self.model.add_at_most_one(self.vars[slot] for slot in slots)

    def hold(self, line: Line, only_if: Any = None) -> None:
        """Make a line binding, or binding where a literal is true."""
        constraint = self.model.add(self._sum(line) <= line.most - line.constant)
        if only_if is not None:
            constraint.only_enforce_if(only_if)

    def charge(self, line: Line, cost: int) -> Any:
        """Let a line be exceeded at a cost, by the unit or once; return the variable of the excess."""
        worst = line.constant + sum(max(0, factor) for factor in line.terms.values()) - line.most
        if worst <= 0:
            return None
        if line.counts_once:
            excess = self.model.new_bool_var("")
            self.model.add(self._sum(line) - worst * excess <= line.most - line.constant)
        else:
            excess = self.model.new_bool_var("") if worst == 1 else self.model.new_int_var(0, worst, "")
            self.model.add(self._sum(line) - excess <= line.most - line.constant)
        self._costs.append((cost, excess, line.measure))
        return excess

    def minimise(self) -> None:
        """Ask for the least cost of everything charged."""
        self.model.minimize(self._cost_of(frozenset(FillMeasure)))

    def cap(self, measures: frozenset[FillMeasure], most: int) -> None:
        """Let some measures together cost no more than `most`."""
        self.model.add(self._cost_of(measures) <= most)

    def hint(self, cells: Cells) -> None:
        """Let the solver begin at a roster."""
        chosen = chosen_in(cells)
        self.model.clear_hints()
        for slot, variable in self.vars.items():
            self.model.add_hint(variable, chosen(slot))

    def reader(self, value: Callable[[Any], int]) -> Callable[[Slot], int]:
        """Return what reads slots out of a solution."""
        return lambda slot: value(self.vars[slot])

    def _cost_of(self, measures: frozenset[FillMeasure]) -> Any:
        counted = [each for each in self._costs if each[2] in measures]
        return self.cp.LinearExpr.weighted_sum([each[1] for each in counted], [each[0] for each in counted])

    def _sum(self, line: Line) -> Any:
        terms: Sequence[tuple[Slot, int]] = [item for item in line.terms.items() if item[1]]
        factors = [factor for _, factor in terms]
        return self.cp.LinearExpr.weighted_sum([self.vars[slot] for slot, _ in terms], factors)


def fill_model(board: Board, lines: Iterable[Line], held: frozenset[Instance] = frozenset()) -> Model:
    """Return the model of a fill: hard lines hold and so do `held` soft ones, all others cost."""
    model = Model(board)
    for line in lines:
        if line.is_hard or line.instance in held:
            model.hold(line)
        else:
            model.charge(line, line.cost)
    model.minimise()
    return model


def solver_with(limit_seconds: float, workers: int, **parameters: Any) -> Any:
    """Return a solver with a fixed seed; it says nothing on its own."""
    solver = solver_library().CpSolver()
    chosen: Mapping[str, Any] = {
        "max_time_in_seconds": max(0.01, limit_seconds),
        "num_workers": workers,
        "random_seed": SEED,
        **parameters,
    }
    for name, value in chosen.items():
        setattr(solver.parameters, name, value)
    return solver
