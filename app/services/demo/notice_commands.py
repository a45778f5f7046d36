"""What the demo's people find at the bell: the warnings of its last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from app.models.entities.ids import PersonId, TicketId
from app.models.entities.instants import FAR_FUTURE_MICROS, from_micros, to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketStatus
from app.models.transactions import Row, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.notices.writing import put_notices

_DAY = timedelta(days=1)
_READ_AFTER = timedelta(hours=1)
_SHARES = (75, 90)
_OPEN = (
    "SELECT id, status, owner_id, assignee_id, due_sort, clock_started_at, updated_at"
    " FROM ticket WHERE status IN ('assigned', 'in_progress', 'waiting', 'resolved') ORDER BY id"
)


@command(permission="access.manage")
def write_notices(_ctx: Context, tx: Transaction) -> Outcome:
    """Write the notices of the demo's last day; those older than an hour have been read.

    Shares of a target are taken by the wall clock here: close enough for something to look at.
    """
    told = [pair for row in tx.rows(_OPEN) for pair in _of_ticket(row, tx.now)]
    for at, notice in sorted(told, key=lambda pair: (pair[0], pair[1].key)):
        put_notices(replace(tx, now=at), [notice])
    long_ago = to_micros(tx.now - _READ_AFTER)
    tx.execute("UPDATE notice SET read_at = show_at WHERE show_at < ?", (long_ago,))
    return Outcome(len(told))


def _of_ticket(row: Row, now: datetime) -> Iterator[tuple[datetime, NewNotice]]:
    ticket_id, status, owner, assignee, due_sort, started, updated = row
    people = {person for person in (owner, assignee) if person is not None}
    for person in sorted(people):
        for at, kind, body in _moments(status, due_sort, started, updated):
            if now - _DAY < at <= now:
                key = f"demo:{kind}:{ticket_id}:{body.get('percent', 0)}:{person}"
                yield at, NewNotice(PersonId(person), kind, key, TicketId(ticket_id), body)


def _moments(
    status: str, due_sort: int, started: int | None, updated: int
) -> Iterator[tuple[datetime, NoticeKind, dict[str, object]]]:
    if status == TicketStatus.WAITING:
        yield from_micros(updated) + _DAY / 2, NoticeKind.FOLLOW_UP, {"count": 1}
    elif status == TicketStatus.RESOLVED:
        yield from_micros(updated) + _DAY / 2, NoticeKind.CONFIRM_REMINDER, {}
    elif started is not None and due_sort < FAR_FUTURE_MICROS:
        begun, due = from_micros(started), from_micros(due_sort)
        clock = ClockKind.RESOLUTION.value
        for percent in _SHARES:
            at = begun + (due - begun) * percent / 100
            yield at, NoticeKind.WARNED, {"percent": percent, "clock": clock}
        yield due, NoticeKind.BREACHED, {"percent": 100, "clock": clock}
