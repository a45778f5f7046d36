"""What a priority matrix is: impact x urgency -> priority, and the words that explain its levels."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.forms import WrongKind, list_in, mapping_in, number_in, text_in

HIGHEST_PRIORITY = 1
LOWEST_PRIORITY = 5

ImpactT = TypeVar("ImpactT", bound=Hashable)
UrgencyT = TypeVar("UrgencyT", bound=Hashable)
PriorityT = TypeVar("PriorityT")


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
    """A matrix as an administrator edits it. An empty cell is simply absent from `cells`.

    Whether every cell is filled and the values make sense is judged by `services/priority/rules.py`.
    """

    impacts: tuple[Level, ...]
    urgencies: tuple[Level, ...]
    cells: Mapping[tuple[int, int], int]
    priorities: tuple[Level, ...] = ()
    name: str = ""

    @property
    def matrix(self) -> PriorityMatrix[int, int, int]:
        """The lookup alone, by level numbers."""
        return PriorityMatrix.from_cells(self.cells)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: `cells` is one row per impact, one value per urgency, null where empty."""
        data: dict[str, Any] = {
            "impacts": [level.to_dict() for level in self.impacts],
            "urgencies": [level.to_dict() for level in self.urgencies],
            "cells": [
                [self.cells.get((impact.number, urgency.number)) for urgency in self.urgencies]
                for impact in self.impacts
            ],
        }
        if self.priorities:
            data["priorities"] = [level.to_dict() for level in self.priorities]
        if self.name:
            data["name"] = self.name
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MatrixDefinition:
        """Read the form of `to_dict`.

        Raises:
            BadInput: `priority.form_bad` (rows and levels do not fit each other), `priority.level_bad`.
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
        rows = [list_in(row) for row in list_in(data.get("cells", ()))]
        if len(rows) != len(impacts) or any(len(row) != len(urgencies) for row in rows):
            raise BadInput("priority.form_bad", impacts=len(impacts), urgencies=len(urgencies))
        cells: dict[tuple[int, int], int] = {}
        for impact, row in zip(impacts, rows, strict=True):
            for urgency, priority in zip(urgencies, row, strict=True):
                if priority is not None:
                    cells[impact.number, urgency.number] = number_in(priority)
        return cls(
            impacts,
            urgencies,
            cells,
            priorities,
            str(data.get("name", "")),
        )
