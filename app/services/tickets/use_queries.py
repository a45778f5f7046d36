"""How many tickets use each entry of a list that is set up: asked before one is renamed or retired."""

from __future__ import annotations

from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context


@query(permission="tickets.read")
def category_uses(_ctx: Context, read: Reader) -> dict[int, int]:
    """Return the number of tickets by category; entries without any are left out."""
    return _counts(
        read, "SELECT category_id, COUNT(*) FROM ticket WHERE category_id IS NOT NULL GROUP BY category_id"
    )


@query(permission="tickets.read")
def service_uses(_ctx: Context, read: Reader) -> dict[int, int]:
    """Return the number of tickets by service; entries without any are left out."""
    return _counts(
        read, "SELECT service_id, COUNT(*) FROM ticket WHERE service_id IS NOT NULL GROUP BY service_id"
    )


@query(permission="tickets.read")
def category_refusals(_ctx: Context, read: Reader) -> dict[int, int]:
    """Return how many tickets ended as out of scope, by category; entries without any are left out."""
    return _counts(
        read,
        "SELECT category_id, COUNT(*) FROM ticket WHERE status = 'out_of_scope'"
        " AND category_id IS NOT NULL GROUP BY category_id",
    )


@query(permission="tickets.read")
def service_refusals(_ctx: Context, read: Reader) -> dict[int, int]:
    """Return how many tickets ended as out of scope, by service; entries without any are left out."""
    return _counts(
        read,
        "SELECT service_id, COUNT(*) FROM ticket WHERE status = 'out_of_scope'"
        " AND service_id IS NOT NULL GROUP BY service_id",
    )


@query(permission="tickets.read")
def waiting_uses(_ctx: Context, read: Reader) -> dict[int, int]:
    """Return how many tickets wait now by waiting reason; reasons without any are left out."""
    return _counts(
        read,
        "SELECT waiting_reason_id, COUNT(*) FROM ticket WHERE status = 'waiting'"
        " AND waiting_reason_id IS NOT NULL GROUP BY waiting_reason_id",
    )


def _counts(read: Reader, text: str) -> dict[int, int]:
    return {row[0]: row[1] for row in read.rows(text)}
