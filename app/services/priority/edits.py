"""Changing a matrix as an administrator does. Pure: every function returns a new matrix, holes allowed.

Whether the result can be used is judged by `rules.check_matrix`; nothing is refused here but what cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from app.models.entities.priority import Level, MatrixDefinition


class Side(StrEnum):
    """Which levels are meant. Priorities can be renamed, but there are always the same five."""

    IMPACT = "impact"
    URGENCY = "urgency"
    PRIORITY = "priority"


def levels_of(matrix: MatrixDefinition, side: Side) -> tuple[Level, ...]:
    """Return the levels of one side, the gravest first."""
    if side is Side.PRIORITY:
        return matrix.priorities
    return matrix.impacts if side is Side.IMPACT else matrix.urgencies


def set_cell(matrix: MatrixDefinition, impact: int, urgency: int, priority: int | None) -> MatrixDefinition:
    """Fill a cell, or empty it with None."""
    cells = {cell: held for cell, held in matrix.cells.items() if cell != (impact, urgency)}
    if priority is not None:
        cells[impact, urgency] = priority
    return replace(matrix, cells=cells)


def change_level(matrix: MatrixDefinition, side: Side, level: Level) -> MatrixDefinition:
    """Replace the words of the level with that number."""
    words = [level if one.number == level.number else one for one in levels_of(matrix, side)]
    return _with_levels(matrix, side, words, matrix.cells)


def add_level(matrix: MatrixDefinition, side: Side, name: str, name_alt: str = "") -> MatrixDefinition:
    """Add the mildest level of impact or urgency; its cells are empty until somebody fills them."""
    levels = levels_of(matrix, side)
    return _with_levels(matrix, side, [*levels, Level(len(levels) + 1, name, name_alt)], matrix.cells)


def remove_level(matrix: MatrixDefinition, side: Side, number: int) -> MatrixDefinition:
    """Remove a level of impact or urgency with its cells; the milder ones move up."""
    order = [level.number for level in levels_of(matrix, side) if level.number != number]
    return _reordered(matrix, side, order)


def move_level(matrix: MatrixDefinition, side: Side, number: int, by: int) -> MatrixDefinition:
    """Move a level of impact or urgency `by` places (below zero: graver), as far as there are places.

    Its cells go with it.
    """
    order = [level.number for level in levels_of(matrix, side)]
    place = min(max(0, order.index(number) + by), len(order) - 1)
    order.remove(number)
    order.insert(place, number)
    return _reordered(matrix, side, order)


def _reordered(matrix: MatrixDefinition, side: Side, order: Sequence[int]) -> MatrixDefinition:
    """Keep the levels in `order` (numbers of before) and number them anew from 1, cells included."""
    known = {level.number: level for level in levels_of(matrix, side)}
    new = {old: place for place, old in enumerate(order, start=1)}
    levels = [replace(known[old], number=place) for old, place in new.items()]
    cells = {}
    for (impact, urgency), priority in matrix.cells.items():
        moved = impact if side is Side.IMPACT else urgency
        if moved in new:
            cell = (new[impact], urgency) if side is Side.IMPACT else (impact, new[urgency])
            cells[cell] = priority
    return _with_levels(matrix, side, levels, cells)


def _with_levels(
    matrix: MatrixDefinition, side: Side, levels: Sequence[Level], cells: Mapping[tuple[int, int], int]
) -> MatrixDefinition:
    if side is Side.IMPACT:
        return replace(matrix, impacts=tuple(levels), cells=cells)
    if side is Side.URGENCY:
        return replace(matrix, urgencies=tuple(levels), cells=cells)
    return replace(matrix, priorities=tuple(levels), cells=cells)
