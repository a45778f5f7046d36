"""Absences and swaps that wait: offers lapse, and whoever has to answer is reminded, once each."""

from __future__ import annotations

from collections.abc import Callable

from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.leave.taking_commands import expire_swaps
from app.services.leave.waiting_queries import load_waiting, waiting
from app.services.notices.writing import put_notices

JOB = "requests"


def watch_requests(ctx: Context, token: int) -> list[str]:
    """Let offers lapse and remind of what waits; name the job if there was anything to do.

    Raises:
        LeaseLost: somebody else does it.
    """
    found = waiting(ctx)
    if not found.reminders and not found.is_lapsing:
        return []
    remind: Callable[..., Outcome] = remind_of_requests
    remind(ctx, token=token)
    return [JOB]


@command(permission="store.migrate")
def remind_of_requests(_ctx: Context, tx: Transaction, *, token: int) -> Outcome:
    """Let what is over lapse, then write the reminders; a notice's key makes each happen once."""
    require_token(tx, token)
    expire_swaps(tx)
    put_notices(tx, load_waiting(tx, tx.now).reminders)
    return Outcome()
