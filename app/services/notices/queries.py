"""What the bell shows: my notices, how many of them I have not read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.notices import Notice, NoticeKind
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.notices.rules import Nameable, may_mention, mentioned

MOST_COUNTED = 1_000
"""Counting unread notices stops here: what is above is "many"."""

# Both halves are read straight off the index (person, read_at, show_at).
_SELECT = (
    "SELECT n.id, n.kind, n.show_at, n.ticket_id, t.number, t.subject, n.body, n.read_at"
    " FROM notice n LEFT JOIN ticket t ON t.id = n.ticket_id WHERE n.person_id = ?"
)
_UNREAD = f"{_SELECT} AND n.read_at IS NULL AND n.show_at <= ? ORDER BY n.show_at DESC, n.id DESC LIMIT ?"
_READ = f"{_SELECT} AND n.read_at IS NOT NULL ORDER BY n.read_at DESC, n.show_at DESC, n.id DESC LIMIT ?"
_COUNT = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM notice"
    " WHERE person_id = ? AND read_at IS NULL AND show_at <= ? LIMIT ?) counted"
)


@dataclass(frozen=True, slots=True)
class Bell:
    """All the bell shows, of one moment: how many are unread (at most MOST_COUNTED), and the notices."""

    unread: int
    notices: tuple[Notice, ...]


@query(permission="tickets.read")
def bell(ctx: Context, read: Reader, *, limit: int = 50) -> Bell:
    """Return what the bell shows to the actor now. An actor who is no person (the console) has none."""
    return Bell(_unread_count(ctx, read), tuple(_notices(ctx, read, limit)))


@query(permission="tickets.read")
def my_notices(ctx: Context, read: Reader, *, limit: int = 50) -> list[Notice]:
    """Return at most `limit` notices of the actor, newest first; those put off are not among them yet.

    Unread ones come before what was read long ago: as many as fit, then those that were read last.
    """
    return _notices(ctx, read, limit)


@query(permission="tickets.read")
def unread_count(ctx: Context, read: Reader) -> int:
    """Return how many notices the actor has not read, without those put off; at most MOST_COUNTED."""
    return _unread_count(ctx, read)


def called_in(read: Reader, text: str) -> list[PersonId]:
    """Return which members of staff a text calls by "@name"; see `rules.mentioned`."""
    if not may_mention(text):
        return []
    rows = read.rows(
        "SELECT id, COALESCE(login, ''), name, name_alt FROM person"
        " WHERE is_staff = true AND is_active = true ORDER BY id"
    )
    return mentioned(text, [Nameable(PersonId(row[0]), tuple(row[1:])) for row in rows])


def _unread_count(ctx: Context, read: Reader) -> int:
    now = to_micros(ctx.clock.now())
    return int(read.value(_COUNT, (ctx.actor.person_id, now, MOST_COUNTED)))


def _notices(ctx: Context, read: Reader, limit: int) -> list[Notice]:
    me, now = ctx.actor.person_id, to_micros(ctx.clock.now())
    rows = read.rows(_UNREAD, (me, now, limit))
    if len(rows) < limit:
        rows += read.rows(_READ, (me, limit - len(rows)))
    bodies = [json.loads(row[6]) for row in rows]
    names = _names(read, {by for body in bodies if isinstance(by := body.get("by"), int)}, ctx.language)
    found = [_notice(row, body, names) for row, body in zip(rows, bodies, strict=True)]
    return sorted(found, key=lambda each: (each.at, each.id), reverse=True)


def _names(read: Reader, people: set[int], language: str) -> dict[int, str]:
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    text = f"SELECT id, {person_column('person', language)} FROM person WHERE id IN ({marks})"
    return dict(read.rows(text, sorted(people)))


def _notice(row: Row, body: dict[str, Any], names: Mapping[int, str]) -> Notice:
    by = body.get("by")
    return Notice(
        id=row[0],
        kind=NoticeKind(row[1]),
        at=from_micros(row[2]),
        ticket_id=row[3],
        number=row[4],
        subject=row[5] or "",
        body=body,
        is_read=row[7] is not None,
        by=names.get(by, "") if isinstance(by, int) else str(by or ""),
    )
