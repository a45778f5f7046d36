"""Changing a matrix as an administrator does. Pure: every function returns a new matrix, holes allowed.

Whether the result can be used is judged by `rules.check_matrix`; nothing is refused here but what cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from app.models.entities.priority import Cells, Level, MatrixDefinition

ALL_TYPES = ""
"""Stands for the cells that all types of ticket without a matrix of their own share."""


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


def set_cell(
    matrix: MatrixDefinition, impact: int, urgency: int, priority: int | None, ticket_type: str = ALL_TYPES
) -> MatrixDefinition:
    """Fill a cell, or empty it with None; of a type's own matrix, or of the one that all types share.

    A type that follows the others has no cells to fill: it stays as it is.
    """
    if ticket_type != ALL_TYPES and ticket_type not in matrix.by_type:
        return matrix
    held = matrix.cells_for(ticket_type)
    cells = {cell: before for cell, before in held.items() if cell != (impact, urgency)}
    if priority is not None:
        cells[impact, urgency] = priority
    if ticket_type == ALL_TYPES:
        return replace(matrix, cells=cells)
    return replace(matrix, by_type={**matrix.by_type, ticket_type: cells})


def give_own(matrix: MatrixDefinition, ticket_type: str) -> MatrixDefinition:
    """Give a type of ticket a matrix of its own, filled as that of all types; one it has already stays."""
    return replace(matrix, by_type={ticket_type: dict(matrix.cells), **matrix.by_type})


def follow_all(matrix: MatrixDefinition, ticket_type: str) -> MatrixDefinition:
    """Take a type's own matrix away: its tickets follow the one of all types again."""
    return replace(
        matrix, by_type={kind: cells for kind, cells in matrix.by_type.items() if kind != ticket_type}
    )


def only_changed(before: MatrixDefinition, after: MatrixDefinition) -> str | None:
    """Return the one type whose own cells differ, ALL_TYPES for those all share; else None."""
    kinds = {kind for kind in {**before.by_type, **after.by_type} if _own(before, kind) != _own(after, kind)}
    if before.cells != after.cells:
        kinds.add(ALL_TYPES)
    return kinds.pop() if len(kinds) == 1 else None


def _own(matrix: MatrixDefinition, kind: str) -> Cells | None:
    return matrix.by_type.get(kind)


def change_level(matrix: MatrixDefinition, side: Side, level: Level) -> MatrixDefinition:
    """Replace the words of the level with that number."""
    words = [level if one.number == level.number else one for one in levels_of(matrix, side)]
    return _with_levels(matrix, side, words)


def add_level(matrix: MatrixDefinition, side: Side, name: str, name_alt: str = "") -> MatrixDefinition:
    """Add the mildest level of impact or urgency; its cells are empty until somebody fills them.

    Types with a matrix of their own have the same levels, so they have cells to fill too.
    """
    levels = levels_of(matrix, side)
    return _with_levels(matrix, side, [*levels, Level(len(levels) + 1, name, name_alt)])


def remove_level(matrix: MatrixDefinition, side: Side, number: int) -> MatrixDefinition:
    """Remove a level of impact or urgency with its cells in every type's matrix; the milder ones move up."""
    order = [level.number for level in levels_of(matrix, side) if level.number != number]
    return _reordered(matrix, side, order)


def move_level(matrix: MatrixDefinition, side: Side, number: int, by: int) -> MatrixDefinition:
    """Move a level of impact or urgency `by` places (below zero: graver), as far as there are places.

    Its cells go with it, in every type's matrix.
    """
    order = [level.number for level in levels_of(matrix, side)]
    place = min(max(0, order.index(number) + by), len(order) - 1)
    order.remove(number)
    order.insert(place, number)
    return _reordered(matrix, side, order)


def _reordered(matrix: MatrixDefinition, side: Side, order: Sequence[int]) -> MatrixDefinition:
    """Keep the levels in `order` (numbers of before) and number them anew from 1, all cells included."""
    known = {level.number: level for level in levels_of(matrix, side)}
    new = {old: place for place, old in enumerate(order, start=1)}
    levels = [replace(known[old], number=place) for old, place in new.items()]

    def moved(cells: Cells) -> Cells:
        found = {}
        for (impact, urgency), priority in cells.items():
            number = impact if side is Side.IMPACT else urgency
            if number in new:
                cell = (new[impact], urgency) if side is Side.IMPACT else (impact, new[urgency])
                found[cell] = priority
        return found

    return _with_levels(_with_cells(matrix, moved), side, levels)


def _with_cells(matrix: MatrixDefinition, change: Callable[[Cells], Cells]) -> MatrixDefinition:
    """Change the cells of all types and each type's own alike."""
    own = {kind: change(cells) for kind, cells in matrix.by_type.items()}
    return replace(matrix, cells=change(matrix.cells), by_type=own)


def _with_levels(matrix: MatrixDefinition, side: Side, levels: Sequence[Level]) -> MatrixDefinition:
    if side is Side.IMPACT:
        return replace(matrix, impacts=tuple(levels))
    if side is Side.URGENCY:
        return replace(matrix, urgencies=tuple(levels))
    return replace(matrix, priorities=tuple(levels))
