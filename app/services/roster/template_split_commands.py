"""Other hours for a shift from a date on: a new shift for what is to come, the old one for what was."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from app.models.entities.errors import BadInput, RuleViolation
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
from app.services.roster.template_dates import NOWHERE, Bounds
from app.services.roster.template_details import LONGEST_CODE, ShiftDetails, check_shift
from app.services.roster.template_writing import columns_of, load_shift, write_needs
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT, load_roster_rules

_PatternCells = tuple[int, int, tuple[str, ...]]
_DAY = timedelta(days=1)
# What stands for a shift on dates and follows it, each by the new one, the old one and the first date.
_NOTED = (
    "UPDATE shift_wish SET template_id = ?, version = version + 1 WHERE template_id = ? AND on_date >= ?",
    "UPDATE shift_swap SET template_id = ? WHERE template_id = ? AND on_date >= ?"
    " AND state IN ('asked', 'accepted')",
    "UPDATE shift_swap SET other_template_id = ? WHERE other_template_id = ? AND other_date >= ?"
    " AND state IN ('asked', 'accepted')",
    "UPDATE handover SET template_id = ? WHERE template_id = ? AND on_date >= ? AND state <> 'closed'",
    "UPDATE shift_check_tick SET template_id = ? WHERE template_id = ? AND on_date >= ?",
    "UPDATE shift_note SET template_id = ? WHERE template_id = ? AND on_date >= ?",
    "UPDATE attendance SET template_id = ? WHERE template_id = ? AND on_date >= ?",
)


@dataclass(frozen=True, slots=True)
class ChangeOver:
    """One shift takes another's place from a date on.

    `given` and `taken` name both with the version each was seen in, `bounds` are the dates between which
    they hold then; `cells` are painted, and `patterns` are written: id, version, cells. `leads`: the one that
    takes over is led as the other is (True), the other is led no longer (False), or nothing changes (None).
    """

    given: tuple[TemplateId, int]
    taken: tuple[TemplateId, int]
    since: date
    bounds: tuple[Bounds, Bounds]
    cells: tuple[PaintedCell, ...]
    patterns: tuple[_PatternCells, ...]
    leads: bool | None = None


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

    The old shift holds to the day before and keeps what lies there; until then the desk lives by it.
    Patterns, wishes, the shifts that are led, and what has been noted from `since` on follow. The new one has
    the code of `details` where that is free, else the next free one after it.

    Raises:
        BadInput: what `check_shift` raises, `roster.split_past` (since, today).
        RuleViolation: `roster.shift_not_then`: it does not hold on `since` as it is.
        NotFound: `roster.shift_not_found`.
        StaleRecord: as every edit.
    """
    check_shift(details)
    today = tx.now.astimezone(site_zone(tx)).date()
    if since < today:
        raise BadInput("roster.split_past", since=since, today=today)
    old = load_shift(tx, shift_id)
    if not old.holds_on(since):
        raise RuleViolation("roster.shift_not_then", shift=old.code, date=since)
    used = {template.code for template in load_templates(tx, include_retired=True)}
    code = details.code.strip()
    named = replace(details, code=code if code not in used else free_code(code, used))
    place = {"position": old.position, "previous_id": shift_id}
    new_id = TemplateId(tx.insert("shift_template", {**columns_of(tx, named, 0), **NOWHERE.columns, **place}))
    write_needs(tx, new_id, named)
    new_version, _next = move_before(tx, "shift_template", new_id, 1, shift_id)
    until = Bounds(is_active=False, first=old.first_date, last=since - _DAY)
    moved = ChangeOver(
        (shift_id, version),
        (new_id, new_version),
        since,
        (until, replace(Bounds.of(old), first=since)),
        _repainted(tx, shift_id, new_id, since),
        _renamed(tx, old.code, named.code),
        leads=True if old.code in load_roster_rules(tx)[0].led_shifts else None,
    )
    back = _change(tx, moved)
    params = {"name": details.name, "count": len(moved.cells), "code": named.code}
    return Outcome(new_id, back.given[1], Undo("roster.undo.split", partial(change_over, ctx, back), params))


@command(permission="settings.edit", serializable=True)
def change_over(ctx: Context, tx: Transaction, change: ChangeOver) -> Outcome:
    """Take a split back as a whole, or make it again.

    Raises:
        StaleRecord: somebody changed one of the two shifts, a pattern or a cell meanwhile.
    """
    back = _change(tx, change)
    name = load_shift(tx, change.taken[0]).name
    undo = Undo("roster.undo.change_over", partial(change_over, ctx, back), {"name": name})
    return Outcome(change.taken[0], back.given[1], undo)


def _change(tx: Transaction, change: ChangeOver) -> ChangeOver:
    """Write a change over and return the one that takes it back.

    Cells and patterns that came to hold the given shift since `change` was made follow as well.
    """
    old, new = change.given, change.taken
    before = load_shift(tx, old[0]), load_shift(tx, new[0])
    keys = {(cell.person_id, cell.on_date) for cell in change.cells}
    held = _repainted(tx, old[0], new[0], change.since)
    cells = (*change.cells, *(cell for cell in held if (cell.person_id, cell.on_date) not in keys))
    known = {pattern_id for pattern_id, _version, _cells in change.patterns}
    renamed = _renamed(tx, before[0].code, before[1].code)
    given = tx.update_versioned("shift_template", old[0], old[1], change.bounds[0].columns)
    taken = tx.update_versioned("shift_template", new[0], new[1], change.bounds[1].columns)
    patterns: list[_PatternCells] = []
    for pattern_id, version, codes in (*change.patterns, *(each for each in renamed if each[0] not in known)):
        stood = tx.value("SELECT cells FROM shift_pattern WHERE id = ?", (pattern_id,))
        text = json.dumps(codes, ensure_ascii=False)
        now = tx.update_versioned("shift_pattern", pattern_id, version, {"cells": text})
        patterns.append((pattern_id, now, tuple(json.loads(stood))))
    _move_noted(tx, old[0], new[0], change.since)
    _lead(tx, before[0].code, before[1].code, leads=change.leads)
    undone = write_cells(tx, cells)
    tx.announce(RosterChanged())
    return ChangeOver(
        (new[0], taken),
        (old[0], given),
        change.since,
        (Bounds.of(before[1]), Bounds.of(before[0])),
        undone,
        tuple(patterns),
        None if change.leads is None else not change.leads,
    )


def _move_noted(tx: Transaction, old: TemplateId, new: TemplateId, since: date) -> None:
    """Let what was noted for a shift from a date on follow; a closed handover stays as it was signed."""
    for text in _NOTED:
        tx.execute(text, (new, old, since.isoformat()))


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


def _lead(tx: Transaction, given: str, taken: str, *, leads: bool | None) -> None:
    """Let the shift that takes over be led by one supervisor as the other is, or the other no longer."""
    if leads is None:
        return
    rules, _version = load_roster_rules(tx)
    led = tuple(code for code in rules.led_shifts if code != (taken if leads else given))
    if leads:
        at = led.index(given) + 1 if given in led else len(led)
        led = (*led[:at], taken, *led[at:])
    if led == rules.led_shifts:
        return
    number = tx.value(
        "SELECT COALESCE(MAX(number), 0) FROM config_version WHERE kind = ? AND code = ?",
        (ConfigKind.ROSTER.value, SITE_DOCUMENT),
    )
    body = replace(rules, led_shifts=led).to_dict()
    put_config(tx, ConfigKind.ROSTER, SITE_DOCUMENT, body, expected_number=int(number))
