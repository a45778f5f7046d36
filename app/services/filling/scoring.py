"""Counts what cells are worth, in plain arithmetic: the same lines that the solver was given. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.models.entities.filled import FillChange, FillCode, ScoreLine, Trouble
from app.models.entities.filling import Cells, FillMeasure, FillProblem
from app.services.filling.costs import cost_lines
from app.services.filling.lines import Board, Line, chosen_in
from app.services.filling.rules import rule_lines


def all_lines(board: Board) -> list[Line]:
    """Return every line of a problem: what must hold, and what costs."""
    return [*rule_lines(board), *cost_lines(board)]


def score(lines: Iterable[Line], cells: Cells) -> tuple[ScoreLine, ...]:
    """Return amount and cost of each measure the problem knows; broken hard rules cost as soft ones do."""
    chosen = chosen_in(cells)
    amounts: dict[FillMeasure, int] = {}
    costs: dict[FillMeasure, int] = {}
    for line in lines:
        excess = line.excess(chosen)
        amounts[line.measure] = amounts.get(line.measure, 0) + excess
        costs[line.measure] = costs.get(line.measure, 0) + excess * line.cost
    return tuple(
        ScoreLine(measure, amounts[measure], costs[measure]) for measure in FillMeasure if measure in amounts
    )


def broken(lines: Iterable[Line], cells: Cells) -> list[Trouble]:
    """Return the rules that cells break, hard and soft, in the order of the lines."""
    chosen = chosen_in(cells)
    return [trouble_of(line, line.above(chosen)) for line in lines if line.instance and line.above(chosen)]


def trouble_of(line: Line, above: int) -> Trouble:
    """Return a rule's line as a reason, with the figures of being exceeded by `above`."""
    instance = line.instance
    if instance is None:
        raise ValueError("a cost is no rule")
    found = line.found if line.found is not None else line.allowed + line.sign * above
    return Trouble(
        FillCode.RULE,
        instance.on,
        instance.on,
        found,
        line.allowed,
        instance,
        instance.template_id,
        instance.team_id,
        instance.skill_id,
    )


def standing(problem: FillProblem) -> Cells:
    """Return the cells of the days as they stand before filling; those of people who are away are gone."""
    shown = {day.on for day in problem.days}
    away = {(person.id, on) for person in problem.people for on in person.away}
    both = {**problem.present, **problem.kept}
    return {
        key: cell
        for key, cell in both.items()
        if key[1] in shown and (key in problem.kept or key not in away)
    }


def changes(problem: FillProblem, cells: Cells) -> tuple[FillChange, ...]:
    """Return every cell of the days that is not as it was, by date and person."""
    shown = {day.on for day in problem.days}
    before = {key: cell for key, cell in {**problem.present, **problem.kept}.items() if key[1] in shown}
    keys = sorted({*before, *cells}, key=lambda key: (key[1], key[0]))
    return tuple(
        FillChange(key[0], key[1], before.get(key), cells.get(key))
        for key in keys
        if before.get(key) != cells.get(key)
    )
