"""What one does to one's own notices: mark them read, and take that back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.models.entities.events import NoticesChanged
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo

_AT_ONCE = 500


@command(permission="tickets.read")
def mark_read(ctx: Context, tx: Transaction, ids: Sequence[int]) -> Outcome:
    """Mark notices of the actor as read. Those of others, and those read before, are left as they are."""
    return _mark(ctx, tx, "SET read_at = ?", "read_at IS NULL", [tx.now_micros], ids)


@command(permission="tickets.read")
def mark_unread(ctx: Context, tx: Transaction, ids: Sequence[int]) -> Outcome:
    """Make notices of the actor unread again; those of others are left as they are."""
    return _mark(ctx, tx, "SET read_at = NULL", "read_at IS NOT NULL", [], ids)


@command(permission="tickets.read")
def mark_all_read(ctx: Context, tx: Transaction, *, up_to: int | None = None) -> Outcome:
    """Mark all the actor's notices as read that are shown by now; those put off stay unread.

    `up_to` is the highest id the actor has seen: what was written after that stays unread too.
    """
    rows = tx.rows(
        "UPDATE notice SET read_at = ? WHERE person_id = ? AND read_at IS NULL AND show_at <= ?"
        " AND (id <= ? OR ? = 1) RETURNING id",
        (tx.now_micros, ctx.actor.person_id, tx.now_micros, up_to or 0, int(up_to is None)),
    )
    return _marked(ctx, tx, [row[0] for row in rows], is_read=True)


def _mark(
    ctx: Context, tx: Transaction, change: str, where: str, values: list[object], ids: Sequence[int]
) -> Outcome:
    changed: list[int] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        text = f"UPDATE notice {change} WHERE person_id = ? AND {where} AND id IN ({marks}) RETURNING id"
        changed += [row[0] for row in tx.rows(text, (*values, ctx.actor.person_id, *some))]
    return _marked(ctx, tx, changed, is_read=bool(values))


def _marked(ctx: Context, tx: Transaction, changed: list[int], *, is_read: bool) -> Outcome:
    if not changed or ctx.actor.person_id is None:
        return Outcome()
    tx.announce(NoticesChanged(frozenset({int(ctx.actor.person_id)})))
    back = partial(mark_unread if is_read else mark_read, ctx, changed)
    return Outcome(undo=Undo("notices.read" if is_read else "notices.unread", back, {"count": len(changed)}))
