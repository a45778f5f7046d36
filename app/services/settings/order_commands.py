"""What people do to the order of settings lists: waiting reasons, codes, telephone scripts."""

from __future__ import annotations

from functools import partial

from app.models.entities.events import SettingsChanged
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.settings import entries
from app.services.settings.entries import EntryTable


@command(permission="settings.edit", serializable=True)
def move_entry(
    ctx: Context, tx: Transaction, table: EntryTable, entry_id: int, *, version: int, before_id: int | None
) -> Outcome:
    """Let an entry of a list stand before another of the same list; None: last.

    Raises:
        NotFound, StaleRecord: as every edit.
    """
    (name,) = entries.columns(tx, table, entry_id, ("name",))
    new, old_next = move_before(tx, table, entry_id, version, before_id)
    tx.announce(SettingsChanged(frozenset({entry_id})))
    back = partial(move_entry, ctx, table, entry_id, version=new, before_id=old_next)
    return Outcome(entry_id, new, Undo("settings.entry_moved", back, {"name": name}))
