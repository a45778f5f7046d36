"""What a priority matrix is: impact x urgency -> priority, and the words that explain its levels."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.forms import WrongKind, list_in, mapping_in, number_in, text_in
from app.models.entities.tickets import TicketType

HIGHEST_PRIORITY = 1
LOWEST_PRIORITY = 5

ImpactT = TypeVar("ImpactT", bound=Hashable)
UrgencyT = TypeVar("UrgencyT", bound=Hashable)
PriorityT = TypeVar("PriorityT")

Cells = Mapping[tuple[int, int], int]
"""(impact, urgency) -> priority, by level numbers; an empty cell is simply absent."""


@dataclass(frozen=True)
class PriorityMatrix(Generic[ImpactT, UrgencyT, PriorityT]):
    """A plain lookup. Levels may be anything hashable; no direction and no order is assumed."""

    cells: Mapping[tuple[ImpactT, UrgencyT], PriorityT]

    @classmethod
    def from_cells(
        cls, cells: Mapping[tuple[ImpactT, UrgencyT], PriorityT]
    ) -> PriorityMatrix[ImpactT, UrgencyT, PriorityT]:
        """Build the matrix from its filled cells; the mapping is copied."""
        return cls(dict(cells))

    def priority_of(self, impact: ImpactT, urgency: UrgencyT) -> PriorityT:
        """Return the priority of a cell.

        Raises:
            NotFound: `priority.cell_missing`; nothing is filled in for this pair.
        """
        try:
            return self.cells[impact, urgency]
        except KeyError:
            raise NotFound("priority.cell_missing", impact=impact, urgency=urgency) from None


@dataclass(frozen=True, slots=True)
class Level:
    """One step of impact, urgency or priority; 1 is the gravest. `_alt` is the second language's."""

    number: int
    name: str
    name_alt: str = ""
    guidance: str = ""
    guidance_alt: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; empty texts are left out."""
        texts = {
            "name_alt": self.name_alt,
            "guidance": self.guidance,
            "guidance_alt": self.guidance_alt,
        }
        return {"level": self.number, "name": self.name, **{key: text for key, text in texts.items() if text}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Level:
        """Read the JSON form. BadInput `priority.level_bad` when the number or the name is missing."""
        try:
            number, name = number_in(mapping_in(data).get("level")), text_in(data.get("name"))
        except WrongKind as wrong:
            raise BadInput("priority.level_bad", value=str(data)[:60]) from wrong
        texts = (str(data.get(key, "")) for key in ("name_alt", "guidance", "guidance_alt"))
        return cls(number, name, *texts)


@dataclass(frozen=True)
class MatrixDefinition:
    """A matrix as an administrator edits it: one set of levels, and what their cells give.

    `by_type` are the cells of those types of ticket (by `TicketType`'s value) that have a matrix of their
    own, each of them whole; all other types share `cells`. Whether every cell is filled and the values make
    sense is judged by `services/priority/rules.py`.
    """

    impacts: tuple[Level, ...]
    urgencies: tuple[Level, ...]
    cells: Cells
    priorities: tuple[Level, ...] = ()
    name: str = ""
    by_type: Mapping[str, Cells] = field(default_factory=dict)

    def cells_for(self, ticket_type: str) -> Cells:
        """Return the cells that hold for a type of ticket: its own, or those of all types."""
        return self.by_type.get(ticket_type, self.cells)

    def matrix_for(self, ticket_type: str) -> PriorityMatrix[int, int, int]:
        """Return the lookup alone for a type of ticket, by level numbers."""
        return PriorityMatrix.from_cells(self.cells_for(ticket_type))

    def for_type(self, ticket_type: str) -> MatrixDefinition:
        """Return the matrix as tickets of one type see it, without those of others; "" is what all share."""
        return replace(self, cells=self.cells_for(ticket_type), by_type={})

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: cells are one row per impact, one value per urgency, null where empty."""
        data: dict[str, Any] = {
            "impacts": [level.to_dict() for level in self.impacts],
            "urgencies": [level.to_dict() for level in self.urgencies],
            "cells": self._rows(self.cells),
        }
        if self.by_type:
            data["by_type"] = {str(kind): self._rows(self.by_type[kind]) for kind in sorted(self.by_type)}
        if self.priorities:
            data["priorities"] = [level.to_dict() for level in self.priorities]
        if self.name:
            data["name"] = self.name
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MatrixDefinition:
        """Read the form of `to_dict`. Types that nothing knows are kept: a newer program may know them.

        Raises:
            BadInput: `priority.form_bad` (rows and levels do not fit each other), `priority.type_form_bad`
                (the same of one type's own cells), `priority.level_bad`.
        """
        try:
            return cls._read(mapping_in(data))
        except WrongKind as wrong:
            raise BadInput("priority.form_bad", value=str(wrong)) from wrong

    @classmethod
    def _read(cls, data: Mapping[str, Any]) -> MatrixDefinition:
        impacts, urgencies, priorities = (
            tuple(Level.from_dict(level) for level in list_in(data.get(name, ())))
            for name in ("impacts", "urgencies", "priorities")
        )
        cells = _cells_in(data.get("cells", ()), impacts, urgencies)
        if cells is None:
            raise BadInput("priority.form_bad", impacts=len(impacts), urgencies=len(urgencies))
        by_type: dict[str, Cells] = {}
        for kind, rows in mapping_in(data.get("by_type", {})).items():
            own = _own_cells_in(rows, impacts, urgencies)
            if own is None:
                raise BadInput("priority.type_form_bad", type=known_type(kind))
            by_type[known_type(kind)] = own
        return cls(impacts, urgencies, cells, priorities, str(data.get("name", "")), by_type)

    def _rows(self, cells: Cells) -> list[list[int | None]]:
        return [
            [cells.get((impact.number, urgency.number)) for urgency in self.urgencies]
            for impact in self.impacts
        ]


def known_type(kind: str) -> str:
    """Return the type of ticket with this value; one that nothing knows stays a plain text."""
    return TicketType(kind) if kind in set(TicketType) else str(kind)


def _cells_in(rows: object, impacts: Sequence[Level], urgencies: Sequence[Level]) -> Cells | None:
    """Return the cells of rows, or None where these do not fit the levels. WrongKind for what is no grid."""
    grid = [list_in(row) for row in list_in(rows)]
    if len(grid) != len(impacts) or any(len(row) != len(urgencies) for row in grid):
        return None
    return {
        (impact.number, urgency.number): number_in(priority)
        for impact, row in zip(impacts, grid, strict=True)
        for urgency, priority in zip(urgencies, row, strict=True)
        if priority is not None
    }


def _own_cells_in(rows: object, impacts: Sequence[Level], urgencies: Sequence[Level]) -> Cells | None:
    """Return one type's own cells, or None for anything that is no grid of these levels."""
    try:
        return _cells_in(rows, impacts, urgencies)
    except WrongKind:
        return None
