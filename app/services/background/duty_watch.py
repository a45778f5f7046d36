"""Shifts without a duty supervisor: looked for every ten minutes, told to those who plan, once each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from app.models.entities.duty import UnledShift
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.queries import unled_shifts
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices

JOB = "duty"
_PLANS = "roster.edit"


def watch_shifts(ctx: Context, token: int) -> list[str]:
    """Tell of a shift without supervisor when it is the next one, and again when it runs; name the job.

    Nobody is put in the supervisor's place: that is decided by people (U43).

    Raises:
        LeaseLost: somebody else does it.
    """
    found = [one for one in unled_shifts(ctx) if not ctx.store.was_done(_operation(one))]
    tell: Callable[..., Outcome] = tell_unled_shifts
    for one in found:
        tell(ctx, [one], token=token, op_id=_operation(one))
    return [JOB] if found else []


@command(permission="store.migrate")
def tell_unled_shifts(_ctx: Context, tx: Transaction, found: Sequence[UnledShift], *, token: int) -> Outcome:
    """Write one notice a shift for everybody who may plan the roster."""
    require_token(tx, token)
    people = sorted(Directory(tx, tx.now).who_may(_PLANS))
    put_notices(
        tx,
        [
            NewNotice(
                person,
                NoticeKind.SHIFT_UNLED,
                f"shift_unled:{_key(one)}:p{person}",
                None,
                {
                    "shift": one.shift.template.name,
                    "shift_alt": one.shift.template.name_alt,
                    "on_date": one.shift.on_date.isoformat(),
                    "starts_at": to_micros(one.shift.starts_at),
                    "is_empty": one.is_empty,
                    "has_begun": one.has_begun,
                },
            )
            for person in people
            for one in found
        ],
    )
    return Outcome()


def _key(one: UnledShift) -> str:
    phase = "now" if one.has_begun else "next"
    return f"{one.shift.on_date.isoformat()}:{one.shift.template.id}:{phase}"


def _operation(one: UnledShift) -> str:
    return hashlib.sha256(f"{JOB}:{_key(one)}".encode()).hexdigest()[:32]
