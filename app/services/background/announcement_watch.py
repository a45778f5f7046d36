"""Announcements that begin, and new systems that go live untrained: told by the bell, once each."""

from __future__ import annotations

from collections.abc import Callable

from app.models.entities.instants import from_micros
from app.models.transactions import Transaction
from app.services.announcements.queries import next_beginning, untold
from app.services.announcements.telling import load_untold
from app.services.background.lease_commands import require_token
from app.services.background.pace import Pace
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.notices.writing import put_notices

JOB = "announcements"


class AnnouncementWatch:
    """Knows when to look next, so that most rounds ask nothing."""

    def __init__(self) -> None:
        self._pace = Pace()

    def look(self, ctx: Context, token: int) -> list[str]:
        """Tell what has to be told by now; name the job if there was anything.

        Raises:
            LeaseLost: somebody else does it.
        """
        now = ctx.clock.now()
        if self._pace.is_resting(now):
            return []
        begins = next_beginning(ctx)
        self._pace.asked(now, *([] if begins is None else [from_micros(begins)]))
        if not untold(ctx):
            return []
        tell: Callable[..., Outcome] = tell_announced
        tell(ctx, token=token)
        return [JOB]


@command(permission="store.migrate")
def tell_announced(_ctx: Context, tx: Transaction, *, token: int) -> Outcome:
    """Write the notices that are missing; a notice's key makes each happen once."""
    require_token(tx, token)
    put_notices(tx, load_untold(tx, tx.now))
    return Outcome()
