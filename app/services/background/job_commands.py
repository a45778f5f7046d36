"""Jobs of each night: what the verifier found is told, what nobody needs any more is thrown away.

A job's operation id is made of its name and its night, so that it is done once however many programs try.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.models.entities.background import ClockDifference
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.background.holiday_watch import MissingYear
from app.services.background.lease_commands import require_token
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices

_ADMINISTRATOR = "administrator"
_MOST_NAMED = 20


@command(permission="store.migrate")
def report_differences(
    _ctx: Context, tx: Transaction, found: Sequence[ClockDifference], *, token: int, night: str
) -> Outcome:
    """Tell administrators of tickets whose stored times were wrong, and have them looked at again.

    That look writes the right times; without differences nothing but the operation itself is recorded.
    """
    require_token(tx, token)
    if not found:
        return Outcome()
    for one in sorted(found, key=lambda each: each.ticket_id):
        tx.execute("UPDATE ticket SET wake_at = 0 WHERE id = ? AND wake_at IS NOT NULL", (one.ticket_id,))
    body = {"count": len(found), "numbers": [one.number for one in found[:_MOST_NAMED]]}
    people = Directory(tx, tx.now).holders(_ADMINISTRATOR)
    put_notices(
        tx,
        [
            NewNotice(person, NoticeKind.CLOCKS_DIFFER, f"clocks_differ:{night}:p{person}", None, body)
            for person in people
        ],
    )
    return Outcome()


@command(permission="store.migrate")
def drop_old_notices(_ctx: Context, tx: Transaction, *, token: int, before: datetime) -> Outcome:
    """Delete notices that were read before an instant. What nobody read stays.

    Those of missing holidays stay too: their keys keep them from being told again before the year is over.
    """
    require_token(tx, token)
    tx.execute(
        "DELETE FROM notice WHERE read_at IS NOT NULL AND read_at < ? AND kind <> ?",
        (to_micros(before), NoticeKind.HOLIDAYS_MISSING.value),
    )
    return Outcome()


@command(permission="store.migrate")
def tell_missing_holidays(
    _ctx: Context, tx: Transaction, missing: Sequence[MissingYear], *, token: int
) -> Outcome:
    """Tell everybody who may edit settings of calendars without next year's holidays, once each and year."""
    require_token(tx, token)
    people = Directory(tx, tx.now).who_may("settings.edit") if missing else ()
    put_notices(
        tx,
        [
            NewNotice(
                person,
                NoticeKind.HOLIDAYS_MISSING,
                f"holidays_missing:{one.year}:{one.code}:p{person}",
                None,
                {"calendar": one.name, "year": one.year, "is_published": one.is_published},
            )
            for person in people
            for one in missing
        ],
    )
    return Outcome()
