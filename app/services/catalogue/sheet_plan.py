"""What an import of a sheet would do: each row against what the site has, then the tree they make. Pure.

Categories and services follow the same rules, so both are handed over in the same shape: cells by code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.models.entities.catalogue import CategoryDetails, ServiceDetails
from app.models.entities.catalogue_sheets import ImportPlan, PlannedRow, RowState, SheetKind, SheetRow
from app.models.entities.errors import BadInput, FirstlineError, RuleViolation
from app.services.catalogue.rules import DEEPEST
from app.services.catalogue.sheet_cells import Wanted

D = TypeVar("D", CategoryDetails, ServiceDetails)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry the site has, as a row: its cells."""

    cells: Mapping[str, str]

    @property
    def parent(self) -> str:
        """The code of what it hangs below, "" at the top."""
        return self.cells["parent"]

    @property
    def is_active(self) -> bool:
        """Whether it is used."""
        return self.cells["active"] == "yes"


@dataclass(frozen=True, slots=True)
class Planned(Generic[D]):
    """The preview, and what each row that changes something wants, parents before what hangs below them."""

    plan: ImportPlan
    wanted: tuple[tuple[str, Wanted[D]], ...]


def plan_import(
    kind: SheetKind,
    rows: Sequence[SheetRow],
    known: Mapping[str, Known],
    read: Callable[[SheetRow], Wanted[D]],
    cells_of: Callable[[Wanted[D]], Mapping[str, str]],
) -> Planned[D]:
    """Return what importing `rows` would do to the entries `known`, by code.

    `read` turns a row into what it wants, or raises what is wrong with it; `cells_of` is its reverse.
    """
    wanted, refused = _read_all(rows, read)
    tree = {code: _Place(each.parent, each.is_active) for code, each in known.items()}
    tree |= {code: _Place(each.parent, each.is_active) for code, each in wanted.items()}
    for code in wanted:
        trouble = _trouble_in_tree(tree, code, {row.code for row in rows if row.line in refused})
        if trouble is not None:
            refused[_line_of(rows, code)] = trouble
    planned = [
        _refused(row, known.get(row.code), refused[row.line])
        if row.line in refused
        else _planned(row, known.get(row.code), cells_of(wanted[row.code]))
        for row in rows
    ]
    states = {row.code: row.state for row in planned if row.state is not RowState.REFUSED}
    changing = [code for code in wanted if states.get(code) in {RowState.ADDED, RowState.CHANGED}]
    changing.sort(key=lambda code: len(_line(tree, code)))
    plan = ImportPlan(kind, tuple(planned))
    return Planned(plan, tuple((code, wanted[code]) for code in changing))


@dataclass(frozen=True, slots=True)
class _Place:
    parent: str
    is_active: bool


def _read_all(
    rows: Sequence[SheetRow], read: Callable[[SheetRow], Wanted[D]]
) -> tuple[dict[str, Wanted[D]], dict[int, FirstlineError]]:
    wanted: dict[str, Wanted[D]] = {}
    refused: dict[int, FirstlineError] = {}
    first: dict[str, int] = {}
    for row in rows:
        try:
            if not row.code:
                raise BadInput("catalogue.row_no_code")
            if row.code in first:
                raise BadInput("catalogue.row_twice", entry=row.code, line=first[row.code])
            first[row.code] = row.line
            wanted[row.code] = read(row)
        except FirstlineError as error:
            refused[row.line] = error
    return wanted, refused


def _trouble_in_tree(tree: Mapping[str, _Place], code: str, lost: set[str]) -> FirstlineError | None:
    """Return why an entry cannot stand where its row wants it; `lost` are codes of refused rows."""
    place = tree[code]
    if place.parent and place.parent not in tree:
        is_refused = place.parent in lost
        return RuleViolation(
            "catalogue.row_parent_refused" if is_refused else "catalogue.row_parent", entry=place.parent
        )
    line = _line(tree, code)
    if tree[line[-1]].parent:
        return RuleViolation("catalogue.row_circle", entry=code, way=[*line, code])
    if len(line) > DEEPEST:
        return RuleViolation("catalogue.too_deep", deepest=DEEPEST)
    above = tree.get(place.parent)
    if place.is_active and above is not None and not above.is_active:
        return RuleViolation("catalogue.parent_retired", name=place.parent)
    is_left = any(each.parent == code and each.is_active for each in tree.values())
    if not place.is_active and is_left:
        return RuleViolation("catalogue.has_children", name=code)
    return None


def _line(tree: Mapping[str, _Place], code: str) -> list[str]:
    """Return an entry and all above it; in a circle, each of it once."""
    found: list[str] = []
    while code and code in tree and code not in found:
        found.append(code)
        code = tree[code].parent
    return found


def _line_of(rows: Sequence[SheetRow], code: str) -> int:
    return next(row.line for row in rows if row.code == code)


def _planned(row: SheetRow, before: Known | None, after: Mapping[str, str]) -> PlannedRow:
    name = after["name"]
    if before is None:
        return PlannedRow(row.line, row.code, name, RowState.ADDED)
    changes = tuple(
        (column, before.cells[column], value)
        for column, value in after.items()
        if value != before.cells[column]
    )
    state = RowState.CHANGED if changes else RowState.UNCHANGED
    return PlannedRow(row.line, row.code, name, state, changes)


def _refused(row: SheetRow, before: Known | None, refusal: FirstlineError) -> PlannedRow:
    name = row.cells.get("name") or (before.cells["name"] if before is not None else "")
    return PlannedRow(row.line, row.code, name, RowState.REFUSED, refusal=refusal)
