"""Notices that ask for something, once it is settled: they stop waiting, and wait again if that is undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from app.models.entities.events import NoticesChanged
from app.models.entities.ids import PersonId
from app.models.transactions import Reader, Row, Transaction

SETTLED = "is_settled"
"""In the body of a notice that nobody had read when what it asks for was settled."""
_AT_ONCE = 400


def settle(tx: Transaction, stems: Iterable[str]) -> frozenset[PersonId]:
    """Mark the unread notices with these keys as read, and as settled; return whose they were.

    A stem is a key without the id of its person at the end: "leave_asked:12:1:".
    """
    return _turn(tx, stems, is_settled=True)


def unsettle(tx: Transaction, stems: Iterable[str]) -> frozenset[PersonId]:
    """Let notices wait again that `settle` settled; what its person had read before stays read."""
    return _turn(tx, stems, is_settled=False)


def _turn(tx: Transaction, stems: Iterable[str], *, is_settled: bool) -> frozenset[PersonId]:
    people = set()
    for notice_id, person_id, text, read_at in _found(tx, stems):
        body = json.loads(text)
        if (read_at is None) is not is_settled or bool(body.get(SETTLED)) is is_settled:
            continue
        if is_settled:
            body[SETTLED] = True
        else:
            del body[SETTLED]
        tx.execute(
            "UPDATE notice SET body = ?, read_at = ? WHERE id = ?",
            (
                json.dumps(body, ensure_ascii=False, sort_keys=True),
                tx.now_micros if is_settled else None,
                notice_id,
            ),
        )
        people.add(PersonId(person_id))
    if people:
        tx.announce(NoticesChanged(frozenset(int(person) for person in people)))
    return frozenset(people)


def _found(read: Reader, stems: Iterable[str]) -> list[Row]:
    """Return the notices of anybody with these keys: looked up by key, however many notices there are."""
    staff = [row[0] for row in read.rows("SELECT id FROM person WHERE is_staff = true ORDER BY id")]
    keys = [f"{stem}{person}" for stem in dict.fromkeys(stems) for person in staff]
    rows: list[Row] = []
    for start in range(0, len(keys), _AT_ONCE):
        rows += _some(read, keys[start : start + _AT_ONCE])
    return sorted(rows, key=lambda row: row[0])


def _some(read: Reader, keys: Sequence[str]) -> Sequence[Row]:
    marks = ", ".join("?" * len(keys))
    return read.rows(f"SELECT id, person_id, body, read_at FROM notice WHERE key IN ({marks})", keys)
