"""The order of lists that people arrange, inside a transaction; each list is numbered from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from app.models.transactions import Reader, Transaction

OrderedTable = Literal[
    "waiting_reason",
    "code_item",
    "script",
    "service",
    "team",
    "shift_template",
    "shift_check",
    "crew",
    "shift_pattern",
    "skill",
]


def move_before(
    tx: Transaction, table: OrderedTable, entry_id: int, version: int, before_id: int | None
) -> tuple[int, int | None]:
    """Let an entry stand before another, last where that is None or not in its list.

    The others only make room, so their versions stay. Return the new version, and which entry stood behind
    this one until now, None where it was the last: handed back as `before_id`, that undoes the move.

    Raises:
        NotFound, StaleRecord: as every edit.
    """
    before = _list_of(tx, table, entry_id)
    new = tx.update_versioned(table, entry_id, version, {})
    at = before.index(entry_id)
    old_next = before[at + 1] if at + 1 < len(before) else None
    others = [one for one in before if one != entry_id]
    to = others.index(before_id) if before_id in others else len(others)
    order = [*others[:to], entry_id, *others[to:]]
    tx.execute_many(
        f'UPDATE "{table}" SET position = ? WHERE id = ?',
        [(position, one) for position, one in enumerate(order, 1)],
    )
    return new, old_next


def _list_of(read: Reader, table: OrderedTable, entry_id: int) -> Sequence[int]:
    """Return the ids of an entry's list in their order; causes and resolutions are two lists."""
    if table == "code_item":
        rows = read.rows(
            "SELECT id FROM code_item WHERE kind = (SELECT kind FROM code_item WHERE id = ?)"
            " ORDER BY position, id",
            (entry_id,),
        )
    else:
        rows = read.rows(f'SELECT id FROM "{table}" ORDER BY position, id')
    return [row[0] for row in rows]
