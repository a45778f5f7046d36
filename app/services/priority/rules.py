"""Impact x urgency -> priority, what is wrong with a matrix, and how a priority rises with waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.models.entities.errors import BadInput
from app.models.entities.priority import HIGHEST_PRIORITY, Level, MatrixDefinition
from app.services.settings.matrix_cells import check_cells

FEWEST_LEVELS, MOST_LEVELS = 3, 5


@dataclass(frozen=True, slots=True, order=True)
class OddCell:
    """A cell that gives a lower priority than a neighbour of less impact or less urgency."""

    impact: int
    urgency: int
    priority: int
    neighbour_impact: int
    neighbour_urgency: int
    neighbour_priority: int


def priority_of(definition: MatrixDefinition, ticket_type: str, impact: int, urgency: int) -> int:
    """Return the priority of a ticket of this type, 1 the most urgent.

    Raises:
        NotFound: `priority.cell_missing`.
    """
    return definition.matrix_for(ticket_type).priority_of(impact, urgency)


def agreed_by(definition: MatrixDefinition, ticket_types: Iterable[str]) -> MatrixDefinition:
    """Return the matrix as tickets of several types see it: cells on which they differ are empty.

    For no type at all it is what all types share.
    """
    grids = [definition.cells_for(kind) for kind in ticket_types] or [definition.cells]
    cells = {
        cell: priority
        for cell, priority in grids[0].items()
        if all(grid.get(cell) == priority for grid in grids)
    }
    return replace(definition, cells=cells, by_type={})


def odd_cells(definition: MatrixDefinition, ticket_type: str = "") -> tuple[OddCell, ...]:
    """Return a type's cells that are not monotonic: graver, yet lower than the next milder cell.

    "" asks for the cells that types share. Odd cells are legal (a desk may want them) but usually slips;
    empty cells are passed over.
    """
    odd = []
    cells = definition.cells_for(ticket_type)
    for impact, milder_impact, urgency, milder_urgency in _neighbours(definition):
        graver = cells.get((impact, urgency))
        milder = cells.get((milder_impact, milder_urgency))
        if graver is not None and milder is not None and graver > milder:
            odd.append(OddCell(impact, urgency, graver, milder_impact, milder_urgency, milder))
    return tuple(sorted(odd))


def check_matrix(definition: MatrixDefinition) -> None:
    """Refuse a matrix that cannot be used.

    Raises:
        BadInput: `priority.level_count` (3 to 5 a side), `priority.level_order` (numbers are 1, 2, 3...),
            `priority.level_unnamed`, and those of `check_cells`.
    """
    _check_levels("impact", definition.impacts)
    _check_levels("urgency", definition.urgencies)
    check_cells(definition)


def effective_priority(priority: int, used_percent: int, rises: Sequence[tuple[int, int]]) -> int:
    """Return the priority as it counts now that `used_percent` of the resolution allowance is used.

    `rises` are pairs (from this percent on, so many steps up); the largest reached step holds, they do not
    add up. Nothing rises above P1.
    """
    steps = max((by for at, by in rises if used_percent >= at), default=0)
    return max(HIGHEST_PRIORITY, priority - steps)


def _neighbours(definition: MatrixDefinition) -> list[tuple[int, int, int, int]]:
    """Return (impact, next milder impact, urgency, next milder urgency), one of the two unchanged."""
    impacts = [level.number for level in definition.impacts]
    urgencies = [level.number for level in definition.urgencies]
    down = [
        (impact, milder, urgency, urgency) for impact, milder in pairwise(impacts) for urgency in urgencies
    ]
    right = [
        (impact, impact, urgency, milder) for impact in impacts for urgency, milder in pairwise(urgencies)
    ]
    return down + right


def _check_levels(side: str, levels: Sequence[Level]) -> None:
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        raise BadInput("priority.level_count", side=side, count=len(levels))
    if [level.number for level in levels] != list(range(1, len(levels) + 1)):
        raise BadInput("priority.level_order", side=side)
    for level in levels:
        if not level.name.strip():
            raise BadInput("priority.level_unnamed", side=side, level=level.number)
