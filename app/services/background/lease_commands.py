"""The lease: taken, renewed, given back. Its token, checked in every transaction, is what makes it safe."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.background import Lease
from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.background.high_water import move_mark
from app.services.background.rules import LEASE_TIME
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome

LEASE = "background"


class LeaseLost(Exception):
    """Somebody else does the background work meanwhile."""


@command(permission="store.migrate")
def take_lease(_ctx: Context, tx: Transaction, *, holder: str, seen: Lease | None, now: datetime) -> Outcome:
    """Take a free or expired lease, or renew one's own, provided it still is as it was `seen`.

    `now` is the server's time, asked before; the mark of `high_water` moves to it, unless it is in doubt. The
    outcome's `id` is the token held; None: somebody was faster.
    """
    at, until = to_micros(now), to_micros(now + LEASE_TIME)
    if seen is None:
        taken = tx.execute(
            "INSERT INTO lease (name, holder, token, renewed_at, until) VALUES (?, ?, 1, ?, ?)"
            " ON CONFLICT (name) DO NOTHING",
            (LEASE, holder, at, until),
        )
        return _taken(tx, taken, 1, now)
    grows = 0 if seen.holder == holder else 1
    taken = tx.execute(
        "UPDATE lease SET holder = ?, token = token + ?, renewed_at = ?, until = ?"
        " WHERE name = ? AND token = ? AND (holder = ? OR until <= ? OR renewed_at > ?)",
        (holder, grows, at, until, LEASE, seen.token, holder, at, until),
    )
    return _taken(tx, taken, seen.token + grows, now)


def _taken(tx: Transaction, taken: int, token: int, now: datetime) -> Outcome:
    if taken:
        move_mark(tx, now)
    return Outcome(token if taken else None)


@command(permission="store.migrate")
def give_back_lease(_ctx: Context, tx: Transaction, *, token: int, now: datetime) -> Outcome:
    """End one's own lease now, so that another program need not wait until it expires."""
    tx.execute(
        "UPDATE lease SET until = ? WHERE name = ? AND token = ? AND until > ?",
        (to_micros(now), LEASE, token, to_micros(now)),
    )
    return Outcome()


def require_token(tx: Transaction, token: int) -> None:
    """As `holds_token`; for what is known by its operation, which must not count as done.

    Raises:
        LeaseLost: the token is not the lease's any more.
    """
    if not holds_token(tx, token):
        raise LeaseLost


def holds_token(tx: Transaction, token: int) -> bool:
    """Tell whether `token` still is the lease's, and keep it so until the transaction ends.

    The row is written, not only read: who takes the lease over waits for this transaction, or this one for
    them. A holder that stood still past its time finds a higher token here and does nothing.
    """
    return tx.execute("UPDATE lease SET token = token WHERE name = ? AND token = ?", (LEASE, token)) == 1
