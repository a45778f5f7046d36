"""Before a shift begins everybody who works it is reminded, some minutes ahead and once each (U62)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.roster import ShiftKind
from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.background.pace import FIVE_MINUTES, Pace
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.coming import ComingShift, coming_shifts, load_coming
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.settings.escalation_edits import quiet_end
from app.services.settings.queries import site_settings

JOB = "shift_soon"


class ShiftWatch:
    """Knows when to look next, so that most rounds ask nothing."""

    def __init__(self) -> None:
        self._pace = Pace()

    def look(self, ctx: Context, token: int) -> list[str]:
        """Remind whose shift begins within the site's minutes; name the job if anybody was.

        Raises:
            LeaseLost: somebody else does it.
        """
        now = ctx.clock.now()
        if self._pace.is_resting(now):
            return []
        lead = timedelta(minutes=site_settings(ctx)[declared.SHIFT_REMINDER_MINUTES])
        found = coming_shifts(ctx, lead + FIVE_MINUTES) if lead else []
        soon = [one for one in found if one.starts_at - lead <= now]
        self._pace.asked(now, *(one.starts_at - lead for one in found if one.starts_at - lead > now))
        if not soon or ctx.store.was_done(_operation(soon)):
            return []
        remind: Callable[..., Outcome] = remind_of_shifts
        remind(ctx, token=token, op_id=_operation(soon))
        return [JOB]


@command(permission="store.migrate")
def remind_of_shifts(_ctx: Context, tx: Transaction, *, token: int) -> Outcome:
    """Write a notice for everybody whose shift begins soon; its key makes it happen once a shift and person.

    In quiet hours it is shown when they end, and at the latest when the shift begins: from then on the
    person is at work, and nothing is kept from those.
    """
    require_token(tx, token)
    site = load_config(tx)
    lead = timedelta(minutes=site.settings[declared.SHIFT_REMINDER_MINUTES])
    zone = ZoneInfo(site.settings[declared.TIMEZONE])
    ends = quiet_end(site.escalation, tx.now.astimezone(zone))
    working = Directory(tx, tx.now).working if ends is not None else frozenset()
    put_notices(
        tx,
        [
            NewNotice(
                one.person_id,
                NoticeKind.SHIFT_SOON,
                f"{JOB}:{one.on_date.isoformat()}:{one.template.id}:p{one.person_id}",
                None,
                {
                    "shift": one.template.name,
                    "shift_alt": one.template.name_alt,
                    "on_date": one.on_date.isoformat(),
                    "time": one.starts_at.astimezone(zone).strftime("%H:%M"),
                    "leads": one.is_supervisor,
                    "is_standby": one.template.kind is ShiftKind.STANDBY,
                },
                None if ends is None or one.person_id in working else min(ends, one.starts_at),
            )
            for one in load_coming(tx, tx.now, lead)
        ],
    )
    return Outcome()


def _operation(soon: Sequence[ComingShift]) -> str:
    """Return the operation of reminding just these: a start that is painted later is another one."""
    named = ",".join(f"{one.on_date}:{one.template.id}:{one.person_id}" for one in soon)
    return hashlib.sha256(f"{JOB}:{named}".encode()).hexdigest()[:32]
