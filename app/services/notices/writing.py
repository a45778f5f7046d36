"""Writing notices, inside the transaction of the deed that causes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from app.models.entities.events import NoticesChanged
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice
from app.models.transactions import Transaction

_COLUMNS = "person_id, kind, key, ticket_id, body, at, show_at"
_MARKS = "(?, ?, ?, ?, ?, ?, ?)"
# Both databases limit the parameters of one statement; SQLite's older builds to 999.
_AT_ONCE = 100


def put_notices(tx: Transaction, notices: Sequence[NewNotice]) -> int:
    """Write notices of this moment; one whose key was written before, at any time, is dropped.

    Returns how many were new; `NoticesChanged` with the ids of their people is announced where there are any.
    A notice that shows later is announced at once: whoever shows notices looks at the clock himself.
    """
    told: list[int] = []
    # In one order always, so that two transactions with the same keys never wait for each other.
    ordered = sorted(notices, key=lambda notice: notice.key)
    for start in range(0, len(ordered), _AT_ONCE):
        told += _put(tx, ordered[start : start + _AT_ONCE])
    if told:
        tx.announce(NoticesChanged(frozenset(told)))
    return len(told)


def _put(tx: Transaction, notices: Sequence[NewNotice]) -> list[int]:
    marks = ", ".join([_MARKS] * len(notices))
    rows = tx.rows(
        f"INSERT INTO notice ({_COLUMNS}) VALUES {marks} ON CONFLICT (key) DO NOTHING RETURNING person_id",
        [value for notice in notices for value in _stored(tx.now, notice)],
    )
    return [row[0] for row in rows]


def _stored(now: datetime, notice: NewNotice) -> tuple[object, ...]:
    at, shown = to_micros(now), to_micros(now if notice.show_at is None else notice.show_at)
    body = json.dumps(dict(notice.body), ensure_ascii=False, sort_keys=True)
    return (notice.person_id, notice.kind.value, notice.key, notice.ticket_id, body, at, shown)
