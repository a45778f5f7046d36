"""Other hours for a shift from a date on: a new shift for what is to come, the old one for what was."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.models.entities.errors import BadInput
from app.models.entities.events import RosterChanged
from app.models.entities.ids import TemplateId
from app.models.entities.roster import PaintedCell
from app.models.entities.settings import ConfigKind
from app.models.transactions import Reader, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.roster.painting import write_cells
from app.services.roster.queries import load_cells, load_templates, site_zone
from app.services.roster.template_details import LONGEST_CODE, ShiftDetails, check_shift
from app.services.roster.template_writing import columns_of, load_shift, write_needs
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT, load_roster_rules

_PatternCells = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ChangeOver:
    """One shift takes another's place from a date on.

    `given` is retired and `taken` offered, each with the version it was seen in; `cells` are painted, and
    `patterns` are written: id, version, cells.
    """

    given: tuple[TemplateId, int]
    taken: tuple[TemplateId, int]
    since: date
    cells: tuple[PaintedCell, ...]
    patterns: tuple[_PatternCells, ...]


def free_code(code: str, used: Collection[str]) -> str:
    """Return the next free code after `code`: "D" gives "D2", then "D3"; the code is cut where need be."""
    number = 2
    while True:
        tail = str(number)
        tried = code[: LONGEST_CODE - len(tail)] + tail
        if tried not in used:
            return tried
        number += 1


@command(permission="settings.edit", serializable=True)
def split_shift(
    ctx: Context, tx: Transaction, shift_id: TemplateId, details: ShiftDetails, *, version: int, since: date
) -> Outcome:
    """Let `details` hold from `since` on: as a new shift, painted wherever this one was planned from then.

    The old shift is retired and keeps what lies before. Patterns, wishes and the shifts that are led follow.
    The new one has the code of `details` where that is free, else the next free one after it.

    Raises:
        BadInput: what `check_shift` raises, `roster.split_past` (since, today).
        NotFound: `roster.shift_not_found`.
        StaleRecord: as every edit.
    """
    check_shift(details)
    today = tx.now.astimezone(site_zone(tx)).date()
    if since < today:
        raise BadInput("roster.split_past", since=since, today=today)
    old = load_shift(tx, shift_id)
    used = {template.code for template in load_templates(tx, include_retired=True)}
    code = details.code.strip()
    named = replace(details, code=code if code not in used else free_code(code, used))
    position = {"position": old.position}
    new_id = TemplateId(tx.insert("shift_template", {**columns_of(tx, named, 0), **position}))
    write_needs(tx, new_id, named)
    new_version, _next = move_before(tx, "shift_template", new_id, 1, shift_id)
    _let_lead(tx, old.code, named.code)
    moved = ChangeOver(
        (shift_id, version),
        (new_id, new_version),
        since,
        _repainted(tx, shift_id, new_id, since),
        _renamed(tx, old.code, named.code),
    )
    back = _change(tx, moved)
    params = {"name": details.name, "count": len(moved.cells), "code": named.code}
    return Outcome(new_id, back.given[1], Undo("roster.undo.split", partial(change_over, ctx, back), params))


@command(permission="settings.edit", serializable=True)
def change_over(ctx: Context, tx: Transaction, change: ChangeOver) -> Outcome:
    """Take a split back, or make it again. That a shift is led stays noted for both.

    Raises:
        StaleRecord: somebody changed one of the two shifts, a pattern or a cell meanwhile.
    """
    back = _change(tx, change)
    name = load_shift(tx, change.taken[0]).name
    undo = Undo("roster.undo.change_over", partial(change_over, ctx, back), {"name": name})
    return Outcome(change.taken[0], back.given[1], undo)


def _change(tx: Transaction, change: ChangeOver) -> ChangeOver:
    """Write a change over and return the one that takes it back."""
    old, new = change.given, change.taken
    given = tx.update_versioned("shift_template", old[0], old[1], {"is_active": False})
    taken = tx.update_versioned("shift_template", new[0], new[1], {"is_active": True})
    patterns: list[_PatternCells] = []
    for pattern_id, version, cells in change.patterns:
        held = tx.value("SELECT cells FROM shift_pattern WHERE id = ?", (pattern_id,))
        text = json.dumps(cells, ensure_ascii=False)
        now = tx.update_versioned("shift_pattern", pattern_id, version, {"cells": text})
        patterns.append((pattern_id, now, tuple(json.loads(held))))
    tx.execute(
        "UPDATE shift_wish SET template_id = ?, version = version + 1 WHERE template_id = ? AND on_date >= ?",
        (new[0], old[0], change.since.isoformat()),
    )
    undone = write_cells(tx, change.cells)
    tx.announce(RosterChanged())
    return ChangeOver((new[0], taken), (old[0], given), change.since, undone, tuple(patterns))


def _repainted(read: Reader, old: TemplateId, new: TemplateId, since: date) -> tuple[PaintedCell, ...]:
    """Return the cells from a date on that hold a shift, with the new one; of the desk's people only."""
    staff = {row[0] for row in read.rows("SELECT id FROM person WHERE is_staff = true")}
    cells = load_cells(read, since, date.max).values()
    held = [cell for cell in cells if cell.template_id == old and cell.person_id in staff]
    return tuple(
        PaintedCell(cell.person_id, cell.on_date, new, old, cell.is_supervisor, cell.team_id, cell.is_fixed)
        for cell in sorted(held, key=lambda cell: (cell.on_date, cell.person_id))
    )


def _renamed(read: Reader, old: str, new: str) -> tuple[_PatternCells, ...]:
    found: list[_PatternCells] = []
    for pattern_id, version, text in read.rows("SELECT id, version, cells FROM shift_pattern ORDER BY id"):
        cells = tuple(json.loads(text))
        if old in cells:
            found.append((pattern_id, version, tuple(new if cell == old else cell for cell in cells)))
    return tuple(found)


def _let_lead(tx: Transaction, old: str, new: str) -> None:
    """Let the new shift be led by one supervisor where the old one is."""
    rules, _version = load_roster_rules(tx)
    if old not in rules.led_shifts:
        return
    at = rules.led_shifts.index(old) + 1
    led = (*rules.led_shifts[:at], new, *rules.led_shifts[at:])
    number = tx.value(
        "SELECT COALESCE(MAX(number), 0) FROM config_version WHERE kind = ? AND code = ?",
        (ConfigKind.ROSTER.value, SITE_DOCUMENT),
    )
    body = replace(rules, led_shifts=led).to_dict()
    put_config(tx, ConfigKind.ROSTER, SITE_DOCUMENT, body, expected_number=int(number))
