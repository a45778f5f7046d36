"""Whether the cells of a priority matrix fill its levels: those of all types, and each type's own. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.errors import BadInput
from app.models.entities.priority import HIGHEST_PRIORITY, LOWEST_PRIORITY, Cells, MatrixDefinition
from app.models.entities.tickets import TicketType


@dataclass(frozen=True, slots=True)
class _Trouble:
    empty: list[tuple[int, int]]
    beyond: list[tuple[int, int]]
    wrong: list[tuple[tuple[int, int], int]]


def check_cells(definition: MatrixDefinition) -> None:
    """Refuse cells that do not fill the levels, those that all types share first, then each type's own.

    Raises:
        BadInput: `priority.cells_empty` (with the list of empty cells), `priority.cells_beyond` (cells
            outside the levels), `priority.out_of_range` (P1 to P5); of a type's own cells
            `priority.type_cells_empty`, `priority.type_cells_beyond` and `priority.type_out_of_range`, which
            name the type, and `priority.type_unknown`.
    """
    trouble = _trouble_in(definition, definition.cells)
    if trouble.empty:
        raise BadInput("priority.cells_empty", cells=trouble.empty)
    if trouble.beyond:
        raise BadInput("priority.cells_beyond", cells=trouble.beyond)
    for (impact, urgency), priority in trouble.wrong:
        raise BadInput("priority.out_of_range", impact=impact, urgency=urgency, priority=priority)
    for kind in sorted(definition.by_type):
        _check_own(definition, kind)


def _check_own(definition: MatrixDefinition, kind: str) -> None:
    if kind not in set(TicketType):
        raise BadInput("priority.type_unknown", type=str(kind), known=[each.value for each in TicketType])
    meant = TicketType(kind)
    trouble = _trouble_in(definition, definition.by_type[kind])
    if trouble.empty:
        raise BadInput("priority.type_cells_empty", type=meant, cells=trouble.empty)
    if trouble.beyond:
        raise BadInput("priority.type_cells_beyond", type=meant, cells=trouble.beyond)
    for (impact, urgency), priority in trouble.wrong:
        raise BadInput(
            "priority.type_out_of_range", type=meant, impact=impact, urgency=urgency, priority=priority
        )


def _trouble_in(definition: MatrixDefinition, cells: Cells) -> _Trouble:
    wanted = [
        (impact.number, urgency.number) for impact in definition.impacts for urgency in definition.urgencies
    ]
    return _Trouble(
        [cell for cell in wanted if cell not in cells],
        sorted(set(cells) - set(wanted)),
        [each for each in cells.items() if not HIGHEST_PRIORITY <= each[1] <= LOWEST_PRIORITY],
    )
