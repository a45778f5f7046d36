"""Somebody who is planned is retired: their shifts to come are given up in the same step."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId
from app.models.entities.roster import PaintedCell
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.queries import load_person
from app.services.roster.painting import Stroke, write_cells
from app.services.roster.queries import load_cells, site_zone


@command(permission="people.edit", serializable=True)
def retire_and_clear(ctx: Context, tx: Transaction, person_id: PersonId, *, version: int) -> Outcome:
    """Retire somebody and take them off every shift from today on; the past stays as it was.

    Raises:
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    name = load_person(tx, person_id).details.name
    today = tx.now.astimezone(site_zone(tx)).date()
    cells = [cell for cell in load_cells(tx, today, date.max).values() if cell.person_id == person_id]
    stroke = tuple(
        PaintedCell(person_id, cell.on_date, None, cell.template_id)
        for cell in sorted(cells, key=lambda cell: cell.on_date)
    )
    undone, new = _switch(tx, person_id, version, stroke, is_active=False)
    back = partial(restore_and_plan, ctx, person_id, undone, version=new)
    params = {"name": name, "count": len(stroke)}
    return Outcome(person_id, new, Undo("roster.undo.left", back, params))


@command(permission="people.edit", serializable=True)
def restore_and_plan(
    ctx: Context, tx: Transaction, person_id: PersonId, cells: Stroke, *, version: int
) -> Outcome:
    """Bring somebody back with the shifts they had. NotFound, StaleRecord as every edit."""
    name = load_person(tx, person_id).details.name
    _undone, new = _switch(tx, person_id, version, cells, is_active=True)
    back = partial(retire_and_clear, ctx, person_id, version=new)
    return Outcome(person_id, new, Undo("roster.undo.came_back", back, {"name": name}))


def _switch(
    tx: Transaction, person_id: PersonId, version: int, cells: Stroke, *, is_active: bool
) -> tuple[Stroke, int]:
    administrators = administrator_count(tx)
    new = tx.update_versioned("person", person_id, version, {"is_active": is_active})
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged(frozenset({person_id})))
    return write_cells(tx, cells), new
