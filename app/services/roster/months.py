"""Published versions of a month: how they are kept, and what differs from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models.entities.errors import NotFound
from app.models.entities.instants import from_micros
from app.models.entities.roster import Assignment, PaintedCell
from app.models.entities.roster_lacks import NO_LACKS, LackCounts
from app.models.entities.roster_plan import CellChange, CellKey, MonthState, RosterVersion
from app.models.transactions import Reader, Row
from app.services.base.names import person_column
from app.services.roster.checks import painted_of
from app.services.roster.painting import is_other_work
from app.services.roster.planned import month_dates
from app.services.roster.queries import load_cells


def load_versions(read: Reader, month: str, language: str) -> list[RosterVersion]:
    """Return the published versions of a month, the newest first."""
    rows = read.rows(f"{_version(language)} WHERE month = ? ORDER BY number DESC", (month,))
    return [_version_of(row) for row in rows]


def load_version(read: Reader, version_id: int, language: str) -> RosterVersion:
    """Return one version. NotFound `roster.version_missing`."""
    row = read.one(f"{_version(language)} WHERE roster_version.id = ?", (version_id,))
    if row is None:
        raise NotFound("roster.version_missing", id=version_id)
    return _version_of(row)


def cells_of_version(read: Reader, version_id: int) -> dict[CellKey, Assignment]:
    """Return the cells of a version. NotFound `roster.version_missing`."""
    text = read.value("SELECT body FROM roster_version WHERE id = ?", (version_id,))
    if text is None:
        raise NotFound("roster.version_missing", id=version_id)
    return _cells_in(json.loads(text))


def load_state(read: Reader, month: str, language: str) -> MonthState:
    """Return how far a month is, with what differs from its newest version.

    Raises:
        BadInput: `roster.month_bad`.
    """
    first, last = month_dates(month)
    flag = read.value("SELECT is_published FROM roster_month WHERE month = ?", (month,))
    row = read.one(f"{_version(language)} WHERE month = ? ORDER BY number DESC LIMIT 1", (month,))
    if row is None:
        return MonthState(month, bool(flag), None)
    changes = differences(_cells_in(json.loads(row[7])), load_cells(read, first, last))
    return MonthState(month, bool(flag), _version_of(row), changes)


def differences(
    before: Mapping[CellKey, Assignment], after: Mapping[CellKey, Assignment]
) -> tuple[CellChange, ...]:
    """Return what differs between two states of the same dates, by date and person.

    What only the planner sees (a cell is fixed) is no difference.
    """
    keys = sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0]))
    found = (CellChange(*key, before.get(key), after.get(key)) for key in keys)
    return tuple(change for change in found if is_other_work(change))


def restoring(
    before: Mapping[CellKey, Assignment], after: Mapping[CellKey, Assignment]
) -> tuple[PaintedCell, ...]:
    """Return what to paint so that cells that are `after` are `before` again, who fixed them included."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        wanted = painted_of(key, old, None if new is None else new.template_id)
        if wanted != painted_of(key, new, None if new is None else new.template_id):
            found.append(wanted)
    return tuple(found)


def body_of(cells: Mapping[CellKey, Assignment], lacks: LackCounts = NO_LACKS) -> str:
    """Return cells as a version keeps them, in an order that does not depend on how they were read.

    With what the month lacked when it went out all the same.
    """
    rows = [
        [cell.person_id, on.isoformat(), cell.template_id, cell.is_supervisor, cell.team_id, cell.is_fixed]
        for (_person, on), cell in sorted(cells.items())
    ]
    body: dict[str, Any] = {"cells": rows}
    if lacks:
        body["lacks"] = lacks.to_dict()
    return json.dumps(body, separators=(",", ":"))


def _cells_in(body: Mapping[str, Any]) -> dict[CellKey, Assignment]:
    found: dict[CellKey, Assignment] = {}
    for person_id, text, template_id, is_supervisor, team_id, is_fixed in body["cells"]:
        on = date.fromisoformat(text)
        found[person_id, on] = Assignment(person_id, on, template_id, is_supervisor, 0, team_id, is_fixed)
    return found


def _version(language: str) -> str:
    return (
        "SELECT roster_version.id, month, number, at, actor_id,"
        f" {person_column('person', language)}, note, body FROM roster_version"
        " LEFT JOIN person ON person.id = roster_version.actor_id"
    )


def _version_of(row: Row) -> RosterVersion:
    lacks = LackCounts.from_dict(json.loads(row[7]).get("lacks", {}))
    return RosterVersion(row[0], row[1], row[2], from_micros(row[3]), row[4], row[5] or "", row[6], lacks)
