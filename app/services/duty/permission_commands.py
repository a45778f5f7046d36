"""The duty supervisor's word on a longer time away: granted, or please stay (S4-22)."""

from __future__ import annotations

from functools import partial

from app.models.entities.duty import Away, AwayPermission
from app.models.entities.errors import NotFound, RuleViolation, StaleRecord
from app.models.entities.events import DutyChanged
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.base.undo import Outcome, Undo
from app.services.duty import permitting, presence
from app.services.notices.writing import put_notices

_ANSWERS = {True: AwayPermission.GRANTED, False: AwayPermission.REFUSED}


@command(permission=permitting.PERMITS)
def answer_away(ctx: Context, tx: Transaction, away_id: int, *, is_granted: bool) -> Outcome:
    """Grant a time away that was asked for, or ask the person to stay; they are told.

    Raises:
        RuleViolation: `duty.own_away` (somebody else answers), `duty.away_not_asked` (it waits for no answer,
            or the person is back).
        NotFound: `duty.away_gone`.
    """
    away = _away(tx, away_id)
    if away.person_id == ctx.actor.person_id:
        raise RuleViolation("duty.own_away")
    if away.permission is not AwayPermission.ASKED or away.back_at is not None:
        raise RuleViolation("duty.away_not_asked")
    state = _ANSWERS[is_granted]
    _write(tx, away_id, state, ctx.actor.person_id)
    permitting.settle_asked(tx, away_id)
    body = {"by": ctx.actor.person_id, "is_granted": is_granted, "reason": away.reason, "away": away_id}
    key = f"{NoticeKind.AWAY_ANSWERED.value}:{away_id}:{tx.op_id}:p{away.person_id}"
    put_notices(tx, [NewNotice(away.person_id, NoticeKind.AWAY_ANSWERED, key, body=body)])
    tx.announce(DutyChanged())
    back = partial(reopen_away, ctx, away_id, seen=state)
    code = "duty.undo.away_granted" if is_granted else "duty.undo.away_refused"
    return Outcome(away_id, None, Undo(code, back, {"name": _name(ctx, tx, away)}))


@command(permission=permitting.PERMITS)
def reopen_away(ctx: Context, tx: Transaction, away_id: int, *, seen: AwayPermission) -> Outcome:
    """Take an answer back: the time away waits for one again.

    Raises:
        NotFound: `duty.away_gone`.
        StaleRecord: somebody answered otherwise meanwhile, or the person is back.
    """
    away = _away(tx, away_id)
    if away.permission is not seen or away.back_at is not None:
        raise StaleRecord("away_time", away_id)
    _write(tx, away_id, AwayPermission.ASKED, None)
    permitting.ask_again(tx, away_id)
    tx.announce(DutyChanged())
    again = partial(answer_away, ctx, away_id, is_granted=seen is AwayPermission.GRANTED)
    return Outcome(away_id, None, Undo("duty.undo.away_asked", again, {"name": _name(ctx, tx, away)}))


def _away(tx: Transaction, away_id: int) -> Away:
    away = presence.load_away(tx, away_id)
    if away is None:
        raise NotFound("duty.away_gone", id=away_id)
    return away


def _write(tx: Transaction, away_id: int, state: AwayPermission, by: object) -> None:
    tx.execute(
        "UPDATE away_time SET permission = ?, decided_by_id = ? WHERE id = ?", (state.value, by, away_id)
    )


def _name(ctx: Context, tx: Transaction, away: Away) -> str:
    column = person_column("person", ctx.language)
    return str(tx.value(f"SELECT {column} FROM person WHERE id = ?", (away.person_id,)) or "")
