"""Times away from the desk that go on longer than planned, as the notices to be written (S4-22)."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.duty import presence


@query(permission="store.migrate")
def overdue_absences(ctx: Context, read: Reader) -> list[NewNotice]:
    """Return the notices nobody got yet."""
    return load_overdue(read, ctx.clock.now())


def load_overdue(read: Reader, now: datetime) -> list[NewNotice]:
    """As `overdue_absences`, inside a read or a transaction."""
    found = presence.on_duty_with_away(read, now)
    leading = [one.person_id for one, _away in found if one.is_supervisor and not one.is_standby]
    notices = []
    for one, away in found:
        if away is None or away.planned_until is None or away.planned_until > now:
            continue
        body = {
            "person": one.person_id,
            "by": one.person_id,
            "until": away.planned_until.isoformat(),
            "reason": away.reason,
            "away": away.id,
        }
        for told in dict.fromkeys([one.person_id, *leading]):
            key = f"{NoticeKind.AWAY_OVERDUE.value}:{away.id}:{away.planned_until.isoformat()}:p{told}"
            notices.append(NewNotice(told, NoticeKind.AWAY_OVERDUE, key, body=body))
    return [one for one in notices if read.one("SELECT 1 FROM notice WHERE key = ?", (one.key,)) is None]
