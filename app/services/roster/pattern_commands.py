"""What planners do to patterns, rows of shifts that repeat: add, change, retire, arrange."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial

from app.models.entities.errors import BadInput
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import lists
from app.services.roster.lists import Names
from app.services.roster.queries import load_templates

LONGEST_PATTERN = 84
"""Twelve weeks: longer ones are two."""


@dataclass(frozen=True, slots=True)
class PatternDetails:
    """Everything about a pattern that somebody types; `cells` are codes of shifts, "" is a day off."""

    names: Names
    cells: tuple[str, ...]


@command(permission="roster.edit", serializable=True)
def add_pattern(ctx: Context, tx: Transaction, details: PatternDetails) -> Outcome:
    """Add a pattern behind the others.

    Raises:
        BadInput: what `lists.edit` raises, `roster.pattern_empty`, `roster.pattern_long` (longest),
            `roster.pattern_shift` (entry: a code that no shift has).
    """
    pattern_id = lists.add(tx, "shift_pattern", details.names, {"cells": _cells(tx, details.cells)})
    back = partial(set_pattern_active, ctx, pattern_id, version=1, is_active=False)
    return Outcome(pattern_id, 1, Undo("settings.entry_added", back, {"name": details.names.name}))


@command(permission="roster.edit", serializable=True)
def edit_pattern(
    ctx: Context, tx: Transaction, pattern_id: int, details: PatternDetails, *, version: int
) -> Outcome:
    """Change a pattern; what was laid by it stays. BadInput as for adding; NotFound, StaleRecord as ever."""
    text = tx.value("SELECT cells FROM shift_pattern WHERE id = ?", (pattern_id,))
    cells = _cells(tx, details.cells)
    names, new = lists.edit(tx, "shift_pattern", pattern_id, version, details.names, {"cells": cells})
    before = PatternDetails(names, tuple(json.loads(text)))
    back = partial(edit_pattern, ctx, pattern_id, before, version=new)
    return Outcome(pattern_id, new, Undo("settings.entry_changed", back, {"name": details.names.name}))


@command(permission="roster.edit")
def set_pattern_active(
    ctx: Context, tx: Transaction, pattern_id: int, *, version: int, is_active: bool
) -> Outcome:
    """Offer a pattern no longer, or again. NotFound, StaleRecord as every edit."""
    name, new = lists.set_active(tx, "shift_pattern", pattern_id, version, is_active=is_active)
    back = partial(set_pattern_active, ctx, pattern_id, version=new, is_active=not is_active)
    code = "settings.entry_restored" if is_active else "settings.entry_retired"
    return Outcome(pattern_id, new, Undo(code, back, {"name": name}))


@command(permission="roster.edit", serializable=True)
def move_pattern(
    ctx: Context, tx: Transaction, pattern_id: int, *, version: int, before_id: int | None
) -> Outcome:
    """Let a pattern stand before another; None: last. NotFound, StaleRecord as every edit."""
    name, new, old_next = lists.move(tx, "shift_pattern", pattern_id, version, before_id)
    back = partial(move_pattern, ctx, pattern_id, version=new, before_id=old_next)
    return Outcome(pattern_id, new, Undo("settings.entry_moved", back, {"name": name}))


def _cells(tx: Transaction, given: tuple[str, ...]) -> str:
    cells = [code.strip() for code in given]
    if not any(cells):
        raise BadInput("roster.pattern_empty")
    if len(cells) > LONGEST_PATTERN:
        raise BadInput("roster.pattern_long", longest=LONGEST_PATTERN)
    known = {template.code for template in load_templates(tx, include_retired=True)}
    if unknown := next((code for code in cells if code and code not in known), ""):
        raise BadInput("roster.pattern_shift", entry=unknown[:40])
    return json.dumps(cells, ensure_ascii=False)
