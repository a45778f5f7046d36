"""Who is asked whether somebody may be away from the desk for long, and what is written of it (S4-22)."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.duty import Away, AwayPermission
from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Reader, Transaction
from app.services.base.context import Context
from app.services.duty import rules
from app.services.leave.queries import holders_of
from app.services.notices.settling import settle, unsettle
from app.services.notices.writing import put_notices
from app.services.roster.queries import people_on_duty
from app.services.settings import declared
from app.services.settings.current import load_config

PERMITS = "roster.edit"


def columns(ctx: Context, read: Reader, who: PersonId, planned_until: datetime | None) -> dict[str, object]:
    """Return what is kept of the permission of a time away that begins now.

    Who plans and says it for somebody else grants it with that. The duty supervisor asks nobody: there is
    nobody above them on duty.
    """
    minutes = load_config(read).settings[declared.AWAY_PERMISSION_MINUTES]
    if not rules.needs_permission(planned_until, ctx.clock.now(), minutes) or who in supervisors(read, ctx):
        return {"permission": AwayPermission.NONE.value}
    if who != ctx.actor.person_id and ctx.actor.may(PERMITS):
        return {"permission": AwayPermission.GRANTED.value, "decided_by_id": ctx.actor.person_id}
    return {"permission": AwayPermission.ASKED.value}


def supervisors(read: Reader, ctx: Context) -> frozenset[PersonId]:
    """Return who leads a shift now."""
    on_duty = people_on_duty(read, ctx.clock.now())
    return frozenset(one.person_id for one in on_duty if one.is_supervisor and not one.is_standby)


def ask(tx: Transaction, away: Away, by: PersonId | None) -> None:
    """Tell the duty supervisors of a time away that needs their word; without one, who decides on leave."""
    if away.permission is not AwayPermission.ASKED:
        return
    leading = [
        one.person_id for one in people_on_duty(tx, tx.now) if one.is_supervisor and not one.is_standby
    ]
    asked = leading or holders_of(tx, "roster.approve")
    body = {
        "by": by,
        "person": away.person_id,
        "reason": away.reason,
        "until": "" if away.planned_until is None else away.planned_until.isoformat(),
        "away": away.id,
    }
    told = sorted(set(asked) - {away.person_id, by})
    put_notices(
        tx, [NewNotice(one, NoticeKind.AWAY_ASKED, f"{_stem(away.id)}{one}", body=body) for one in told]
    )


def settle_asked(tx: Transaction, away_id: int) -> None:
    """Let nobody wait any more to answer: it was answered, or the person is back."""
    settle(tx, [_stem(away_id)])


def ask_again(tx: Transaction, away_id: int) -> None:
    """Let those wait again who had not read it when it was answered."""
    unsettle(tx, [_stem(away_id)])


def _stem(away_id: int) -> str:
    return f"{NoticeKind.AWAY_ASKED.value}:{away_id}:"
