"""Who is away from the desk for longer than planned: they and the duty supervisor hear of it, once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from app.models.entities.notices import NewNotice
from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.background.pace import Pace
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.overdue import load_overdue, overdue_absences
from app.services.notices.writing import put_notices

JOB = "away_overdue"
_ASKED_EVERY = timedelta(minutes=1)


class AwayWatch:
    """Looks once a minute; most rounds ask nothing."""

    def __init__(self) -> None:
        self._pace = Pace(_ASKED_EVERY)

    def look(self, ctx: Context, token: int) -> list[str]:
        """Tell of times away that go on longer than planned; name the job if there was anything to tell.

        Raises:
            LeaseLost: somebody else does it.
        """
        now = ctx.clock.now()
        if self._pace.is_resting(now):
            return []
        self._pace.asked(now)
        if not overdue_absences(ctx):
            return []
        tell: Callable[..., Outcome] = tell_overdue
        tell(ctx, token=token)
        return [JOB]


@command(permission="store.migrate")
def tell_overdue(_ctx: Context, tx: Transaction, *, token: int) -> Outcome:
    """Write a notice for everybody concerned; its key makes it happen once for a time away and a person."""
    require_token(tx, token)
    found: list[NewNotice] = load_overdue(tx, tx.now)
    put_notices(tx, found)
    return Outcome()
