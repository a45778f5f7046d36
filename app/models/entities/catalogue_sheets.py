"""Categories and services as rows of a sheet, and what an import of such a sheet would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.models.entities.errors import FirstlineError


class SheetKind(StrEnum):
    """What a sheet lists."""

    CATEGORIES = "categories"
    SERVICES = "services"


class SheetForm(StrEnum):
    """How a sheet is stored; the value is the ending of its file."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One entry as it stands in a file: `line` as the file counts, cells by the name of their column.

    A column the file does not have is not in `cells`: what it would say stays as it is.
    """

    line: int
    cells: Mapping[str, str]

    @property
    def code(self) -> str:
        """The code the entry is known by, "" where the row has none."""
        return self.cells.get("code", "")


class RowState(StrEnum):
    """What an import would do with a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a preview. `changes` are (column, before, after); `refusal` is why it cannot be taken."""

    line: int
    code: str
    name: str
    state: RowState
    changes: tuple[tuple[str, str, str], ...] = ()
    refusal: FirstlineError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, row by row, in the order of the file. Entries not in the file stay."""

    kind: SheetKind
    rows: tuple[PlannedRow, ...]

    def count(self, state: RowState) -> int:
        """Return how many rows are of a state."""
        return sum(row.state is state for row in self.rows)

    @property
    def refused(self) -> tuple[PlannedRow, ...]:
        """The rows that cannot be taken; while there are any, nothing is imported."""
        return tuple(row for row in self.rows if row.state is RowState.REFUSED)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to import: every row is as the site has it."""
        return all(row.state is RowState.UNCHANGED for row in self.rows)
