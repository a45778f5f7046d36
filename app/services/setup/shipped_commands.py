"""Entries that came with a newer program: a site set up earlier can take those it lacks, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial

from app.models.entities.events import SettingsChanged
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.setup.samples import Rows, picked, read_sample


class ShippedList(StrEnum):
    """A list that set-up fills; the value is its table."""

    SCRIPTS = "script"
    SHIFT_CHECKS = "shift_check"


_FILES: Mapping[ShippedList, str] = {
    ShippedList.SCRIPTS: "scripts",
    ShippedList.SHIFT_CHECKS: "shift_checks",
}
_COLUMNS: Mapping[ShippedList, tuple[str, ...]] = {
    ShippedList.SCRIPTS: ("code", "situation", "name", "name_alt", "body", "body_alt"),
    ShippedList.SHIFT_CHECKS: ("code", "moment", "name", "name_alt"),
}
# What was used or changed meanwhile is the site's own.
_UNTOUCHED: Mapping[ShippedList, str] = {
    ShippedList.SCRIPTS: "DELETE FROM script WHERE id = ? AND version = 1",
    ShippedList.SHIFT_CHECKS: (
        "DELETE FROM shift_check WHERE id = ? AND version = 1"
        " AND NOT EXISTS (SELECT 1 FROM shift_check_tick WHERE shift_check_id = shift_check.id)"
    ),
}


@query(permission="settings.read")
def count_missing(_ctx: Context, read: Reader, shipped: ShippedList) -> int:
    """Return how many shipped entries the site has never had; one that was retired is not missing."""
    return len(_missing(read, shipped))


@command(permission="settings.edit")
def add_missing(ctx: Context, tx: Transaction, shipped: ShippedList) -> Outcome:
    """Add the shipped entries whose code the site does not know, behind the others; a second time: nothing.

    Undo takes away those of them that nobody has changed or used since. The outcome's id is how many were
    added.
    """
    end = int(tx.value(f"SELECT COALESCE(MAX(position), 0) FROM {shipped.value}"))
    added = [
        tx.insert(shipped.value, {**picked(row, _COLUMNS[shipped]), "position": end + place})
        for place, row in enumerate(_missing(tx, shipped), 1)
    ]
    if not added:
        return Outcome(0)
    tx.announce(SettingsChanged(frozenset(added)))
    back = partial(remove_added, ctx, shipped, added)
    return Outcome(len(added), undo=Undo("settings.shipped_added", back, {"count": len(added)}))


@command(permission="settings.edit")
def remove_added(ctx: Context, tx: Transaction, shipped: ShippedList, ids: Sequence[int]) -> Outcome:
    """Take away added entries that nobody has changed or used; the outcome's id is how many that were."""
    removed = [entry_id for entry_id in ids if tx.execute(_UNTOUCHED[shipped], (entry_id,))]
    if not removed:
        return Outcome(0)
    tx.announce(SettingsChanged(frozenset(removed)))
    back = partial(add_missing, ctx, shipped)
    return Outcome(len(removed), undo=Undo("settings.shipped_removed", back, {"count": len(removed)}))


def _missing(read: Reader, shipped: ShippedList) -> Rows:
    known = {row[0] for row in read.rows(f"SELECT code FROM {shipped.value}")}
    rows: Rows = read_sample(_FILES[shipped])[_FILES[shipped]]
    return [row for row in rows if row["code"] not in known]
