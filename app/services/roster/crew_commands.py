"""What planners do to crews: add, change, retire, arrange."""

from __future__ import annotations

from functools import partial

from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import lists
from app.services.roster.lists import Names


@command(permission="roster.edit", serializable=True)
def add_crew(ctx: Context, tx: Transaction, names: Names) -> Outcome:
    """Add a crew behind the others. BadInput as `lists.edit` raises it."""
    crew_id = lists.add(tx, "crew", names, {})
    back = partial(set_crew_active, ctx, crew_id, version=1, is_active=False)
    return Outcome(crew_id, 1, Undo("settings.entry_added", back, {"name": names.name}))


@command(permission="roster.edit", serializable=True)
def edit_crew(ctx: Context, tx: Transaction, crew_id: int, names: Names, *, version: int) -> Outcome:
    """Change a crew's code and names. BadInput, NotFound, StaleRecord as `lists.edit` raises them."""
    before, new = lists.edit(tx, "crew", crew_id, version, names, {})
    back = partial(edit_crew, ctx, crew_id, before, version=new)
    return Outcome(crew_id, new, Undo("settings.entry_changed", back, {"name": names.name}))


@command(permission="roster.edit")
def set_crew_active(ctx: Context, tx: Transaction, crew_id: int, *, version: int, is_active: bool) -> Outcome:
    """Offer a crew no longer, or again; people stay in it. NotFound, StaleRecord as every edit."""
    name, new = lists.set_active(tx, "crew", crew_id, version, is_active=is_active)
    back = partial(set_crew_active, ctx, crew_id, version=new, is_active=not is_active)
    code = "settings.entry_restored" if is_active else "settings.entry_retired"
    return Outcome(crew_id, new, Undo(code, back, {"name": name}))


@command(permission="roster.edit", serializable=True)
def move_crew(ctx: Context, tx: Transaction, crew_id: int, *, version: int, before_id: int | None) -> Outcome:
    """Let a crew stand before another; None: last. NotFound, StaleRecord as every edit."""
    name, new, old_next = lists.move(tx, "crew", crew_id, version, before_id)
    back = partial(move_crew, ctx, crew_id, version=new, before_id=old_next)
    return Outcome(crew_id, new, Undo("settings.entry_moved", back, {"name": name}))
