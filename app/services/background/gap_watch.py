"""Gaps of the roster weeks ahead: looked for each night, told to those who publish, each gap once (U62).

What was told is one notice as long as it is unread: it grows, and what was filled meanwhile leaves it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from app.models.entities.events import NoticesChanged
from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices
from app.services.roster.gaps_ahead import ShiftGap, shift_gaps

JOB = "gaps"
_PUBLISHES = "roster.publish"
_Told = tuple[str, str]


def watch_gaps(ctx: Context, token: int, op_id: str, _is_enough: Callable[[], bool]) -> bool:
    """Look for gaps and tell of the new ones. A job of the night.

    Raises:
        LeaseLost: somebody else does it.
    """
    tell: Callable[..., Outcome] = tell_gaps
    tell(ctx, shift_gaps(ctx), token=token, op_id=op_id)
    return True


@command(permission="store.migrate")
def tell_gaps(_ctx: Context, tx: Transaction, found: Sequence[ShiftGap], *, token: int) -> Outcome:
    """Tell everybody who may publish the roster of the gaps they have not been told of yet."""
    require_token(tx, token)
    gaps = [(gap.on_date.isoformat(), gap.code) for gap in found]
    for person in sorted(Directory(tx, tx.now).who_may(_PUBLISHES)):
        _tell(tx, person, gaps)
    return Outcome()


def _tell(tx: Transaction, person: PersonId, gaps: Sequence[_Told]) -> None:
    rows = tx.rows(
        "SELECT id, body, read_at FROM notice WHERE person_id = ? AND kind = ? ORDER BY id",
        (person, NoticeKind.ROSTER_GAPS.value),
    )
    told = {row[0]: _gaps_in(row[1]) for row in rows}
    known = {gap for each in told.values() for gap in each}
    new = [gap for gap in gaps if gap not in known]
    unread = next((row[0] for row in reversed(rows) if row[2] is None), None)
    if unread is not None:
        _renew(tx, person, unread, told[unread], [gap for gap in gaps if gap in {*told[unread], *new}])
    elif new:
        key = f"roster_gaps:{tx.op_id}:p{person}"
        put_notices(tx, [NewNotice(person, NoticeKind.ROSTER_GAPS, key, body=_body(new))])


def _renew(
    tx: Transaction, person: PersonId, notice_id: int, before: Sequence[_Told], after: Sequence[_Told]
) -> None:
    if list(before) == list(after):
        return
    if after:
        body = json.dumps(_body(after), ensure_ascii=False, sort_keys=True)
        tx.execute(
            "UPDATE notice SET body = ?, at = ?, show_at = ? WHERE id = ?",
            (body, tx.now_micros, tx.now_micros, notice_id),
        )
    else:
        tx.execute("DELETE FROM notice WHERE id = ?", (notice_id,))
    tx.announce(NoticesChanged(frozenset({int(person)})))


def _body(gaps: Sequence[_Told]) -> dict[str, object]:
    return {"count": len(gaps), "on_date": gaps[0][0], "gaps": [list(gap) for gap in gaps]}


def _gaps_in(text: str) -> list[_Told]:
    return [(gap[0], gap[1]) for gap in json.loads(text).get("gaps", [])]
