"""What people do to shifts: add, change with their coverage, retire. Each is one transaction."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.models.entities.events import RosterChanged
from app.models.entities.ids import TemplateId
from app.models.entities.roster import ShiftTemplate
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.roster.queries import site_zone
from app.services.roster.template_dates import NOWHERE, Bounds
from app.services.roster.template_details import ShiftDetails, check_shift
from app.services.roster.template_writing import columns_of, details_of, end_of, load_shift, write_needs


@command(permission="settings.edit", serializable=True)
def add_shift(ctx: Context, tx: Transaction, details: ShiftDetails) -> Outcome:
    """Add a shift behind the others. It holds from today on: what was stays as it was.

    Raises:
        BadInput: what `check_shift` raises, `settings.code_taken`.
    """
    check_shift(details)
    position = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM shift_template")) + 1
    bounds = Bounds(is_active=True, first=tx.now.astimezone(site_zone(tx)).date())
    row = {**columns_of(tx, details, 0), **bounds.columns, "position": position}
    shift_id = TemplateId(tx.insert("shift_template", row))
    write_needs(tx, shift_id, details)
    tx.announce(RosterChanged())
    back = partial(set_shift_bounds, ctx, shift_id, NOWHERE, version=1)
    return Outcome(shift_id, 1, Undo("settings.entry_added", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def edit_shift(
    ctx: Context, tx: Transaction, shift_id: TemplateId, details: ShiftDetails, *, version: int
) -> Outcome:
    """Change a shift and the people it needs; every roster shows it so from now on, past ones too.

    Raises:
        BadInput: what `check_shift` raises, `settings.code_taken`.
        NotFound: `roster.shift_not_found`.
        StaleRecord: as every edit.
    """
    check_shift(details)
    before = details_of(tx, load_shift(tx, shift_id))
    new = tx.update_versioned("shift_template", shift_id, version, columns_of(tx, details, shift_id))
    write_needs(tx, shift_id, details)
    tx.announce(RosterChanged())
    back = partial(edit_shift, ctx, shift_id, before, version=new)
    return Outcome(shift_id, new, Undo("settings.entry_changed", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def set_shift_active(
    ctx: Context, tx: Transaction, shift_id: TemplateId, *, version: int, is_active: bool
) -> Outcome:
    """Let a shift end, or go on without end; rosters keep it. NotFound, StaleRecord as every edit.

    One that is retired ends with the last date on which anybody is planned for it, else with the shift that
    runs now, else it ended yesterday (`template_dates.ended`). What was asked of it before stays asked.
    """
    template = load_shift(tx, shift_id)
    if is_active:
        return _bound(ctx, tx, template, replace(Bounds.of(template), is_active=True, last=None), version)
    return _bound(ctx, tx, template, end_of(tx, template, tx.now), version)


@command(permission="settings.edit", serializable=True)
def set_shift_bounds(
    ctx: Context, tx: Transaction, shift_id: TemplateId, bounds: Bounds, *, version: int
) -> Outcome:
    """Let a shift hold between dates: what taking back its adding or its end does. As every edit."""
    return _bound(ctx, tx, load_shift(tx, shift_id), bounds, version)


def _bound(ctx: Context, tx: Transaction, template: ShiftTemplate, bounds: Bounds, version: int) -> Outcome:
    new = tx.update_versioned("shift_template", template.id, version, bounds.columns)
    tx.announce(RosterChanged())
    back = partial(set_shift_bounds, ctx, template.id, Bounds.of(template), version=new)
    code = "settings.entry_restored" if bounds.is_active else "settings.entry_retired"
    return Outcome(template.id, new, Undo(code, back))


@command(permission="settings.edit", serializable=True)
def move_shift(
    ctx: Context, tx: Transaction, shift_id: TemplateId, *, version: int, before_id: int | None
) -> Outcome:
    """Let a shift stand before another; None: last. NotFound, StaleRecord as every edit."""
    before = load_shift(tx, shift_id)
    new, old_next = move_before(tx, "shift_template", shift_id, version, before_id)
    tx.announce(RosterChanged())
    back = partial(move_shift, ctx, shift_id, version=new, before_id=old_next)
    return Outcome(shift_id, new, Undo("settings.entry_moved", back, {"name": before.name}))
