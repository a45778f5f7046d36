"""Jobs of each night: what the verifier found is told, what nobody needs any more is thrown away.

A job's operation id is made of its name and its night, so that it is done once however many programs try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.background import ClockDifference
from app.models.entities.events import NoticesChanged
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.audit.recording import drop_outdated
from app.services.background.holiday_watch import MissingYear
from app.services.background.lease_commands import require_token
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices

_ADMINISTRATOR = "administrator"
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Dropped(Outcome):
    """How many old rows one batch deleted."""

    count: int = 0


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
def drop_old_notices(
    _ctx: Context,
    tx: Transaction,
    *,
    token: int,
    read_before: datetime,
    shown_before: datetime,
    limit: int,
) -> Dropped:
    """Delete at most `limit` notices, the oldest first: read, or shown and never read, before an instant.

    Those of missing holidays stay: their keys keep them from being told again before the year is over.
    Whoever had an unread one among them hears of it, as the bell counts them.
    """
    require_token(tx, token)
    rows = tx.rows(
        "DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE kind <> ? AND"
        " (read_at < ? OR (read_at IS NULL AND show_at < ?)) ORDER BY id LIMIT ?)"
        " RETURNING person_id, read_at",
        (NoticeKind.HOLIDAYS_MISSING.value, to_micros(read_before), to_micros(shown_before), limit),
    )
    unread = frozenset(int(person) for person, read_at in rows if read_at is None)
    if unread:
        tx.announce(NoticesChanged(unread))
    return Dropped(count=len(rows))


@command(permission="store.migrate")
def drop_old_records(_ctx: Context, tx: Transaction, *, token: int, limit: int) -> Dropped:
    """Delete at most `limit` lines of the record of reading and taking out that the site keeps no longer."""
    require_token(tx, token)
    return Dropped(count=drop_outdated(tx, limit))


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
