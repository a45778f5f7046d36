"""Writing cells of the roster inside a transaction: what painting, swapping, restoring and leave share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.models.entities.errors import NotFound, StaleRecord
from app.models.entities.events import RosterChanged
from app.models.entities.roster import Assignment, PaintedCell
from app.models.entities.roster_plan import CellChange, CellKey
from app.models.transactions import Transaction
from app.services.roster.checks import assignment_of, painted_of
from app.services.roster.queries import load_cells, load_templates
from app.services.roster.telling import tell_changed

Stroke = tuple[PaintedCell, ...]


def write_cells(tx: Transaction, cells: Sequence[PaintedCell]) -> Stroke:
    """Set or clear cells, tell whose published shifts that changes, and return what puts them back.

    Raises:
        StaleRecord: a cell's shift is not what `before` says: somebody painted it meanwhile.
        NotFound: `roster.shift_not_found`, `people.team_not_found`, `people.not_found`.
    """
    if not cells:
        return ()
    _refuse_unknown(tx, cells)
    dates = [cell.on_date for cell in cells]
    there: dict[CellKey, Assignment] = load_cells(tx, min(dates), max(dates))
    first_seen: dict[CellKey, Assignment | None] = {}
    undone: list[PaintedCell] = []
    for cell in cells:
        key = (cell.person_id, cell.on_date)
        old = there.get(key)
        if (None if old is None else old.template_id) != cell.before:
            raise StaleRecord("assignment", 0, date=cell.on_date.isoformat())
        first_seen.setdefault(key, old)
        undone.append(painted_of(key, old, cell.template_id))
        new = _write(tx, old, cell)
        if new is None:
            there.pop(key, None)
        else:
            there[key] = new
    changes = [CellChange(*key, before, there.get(key)) for key, before in first_seen.items()]
    tell_changed(tx, [change for change in changes if is_other_work(change)])
    tx.announce(RosterChanged())
    return tuple(reversed(undone))


def is_other_work(change: CellChange) -> bool:
    """Tell whether a change matters to whom it concerns: that a cell is fixed or not does not."""
    return _told(change.before) != _told(change.after)


def _told(cell: Assignment | None) -> Assignment | None:
    return None if cell is None else replace(cell, version=0, is_fixed=False)


def _write(tx: Transaction, old: Assignment | None, cell: PaintedCell) -> Assignment | None:
    """Write one cell over what was read; a row somebody else changed in between is not touched."""
    new = assignment_of(cell)
    where = (cell.person_id, cell.on_date.isoformat())
    if new is None:
        if old is not None:
            text = "DELETE FROM assignment WHERE person_id = ? AND on_date = ? AND version = ?"
            _expect_one(tx.execute(text, (*where, old.version)), cell)
        return None
    values = (new.template_id, new.is_supervisor, new.team_id, new.is_fixed)
    if old is None:
        text = (
            "INSERT INTO assignment (template_id, is_supervisor, team_id, is_fixed, person_id, on_date,"
            " version) VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (on_date, person_id) DO NOTHING"
        )
        _expect_one(tx.execute(text, (*values, *where)), cell)
        return replace(new, version=1)
    text = (
        "UPDATE assignment SET template_id = ?, is_supervisor = ?, team_id = ?, is_fixed = ?,"
        " version = version + 1 WHERE person_id = ? AND on_date = ? AND version = ?"
    )
    _expect_one(tx.execute(text, (*values, *where, old.version)), cell)
    return replace(new, version=old.version + 1)


def _expect_one(count: int, cell: PaintedCell) -> None:
    if count != 1:
        raise StaleRecord("assignment", 0, date=cell.on_date.isoformat())


def _refuse_unknown(tx: Transaction, cells: Iterable[PaintedCell]) -> None:
    known = {template.id for template in load_templates(tx, include_retired=True)}
    teams = {row[0] for row in tx.rows("SELECT id FROM team")}
    people = {row[0] for row in tx.rows("SELECT id FROM person WHERE is_staff = true")}
    for cell in cells:
        if cell.template_id is not None and cell.template_id not in known:
            raise NotFound("roster.shift_not_found", id=cell.template_id)
        if cell.team_id is not None and cell.team_id not in teams:
            raise NotFound("people.team_not_found", id=cell.team_id)
        # Whoever is gone gets no shift any more, but can be taken off those they had.
        if cell.template_id is not None and cell.person_id not in people:
            raise NotFound("people.not_found", id=cell.person_id)
