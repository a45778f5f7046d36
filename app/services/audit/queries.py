"""What is asked about the record: its lines page by page, and whether a reading belongs into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from app.models.entities.audit import (
    AccessEntry,
    AccessFilter,
    AccessKey,
    AccessKind,
    AccessPage,
    AccessSubject,
)
from app.models.entities.ids import TicketId
from app.models.entities.instants import from_micros, to_micros
from app.models.transactions import Reader, Row
from app.services.audit import rules
from app.services.audit.recording import reading_to_record
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.settings import declared
from app.services.settings.queries import load_settings

PAGE = 100
_READ_AT_ONCE = 500
MOST_LOOKED_THROUGH = 20_000
"""Lines a search looks through before it gives back what it has; the next page goes on from there."""


@query(permission="audit.read")
def access_page(
    ctx: Context, read: Reader, wanted: AccessFilter, *, after: AccessKey | None = None, limit: int = PAGE
) -> AccessPage:
    """Return at most `limit` lines that fit, the newest first, after the key of the page before.

    A page may be short, even empty, and still have an `after`: words are compared line by line, and a page
    looks through MOST_LOOKED_THROUGH of them at most.
    """
    words = rules.words_of(wanted.words)
    at_once = _READ_AT_ONCE if words else limit + 1
    found: list[AccessEntry] = []
    for _turn in range(max(1, MOST_LOOKED_THROUGH // at_once) if words else 1):
        read_now = _read(ctx, read, wanted, after, at_once)
        for entry in read_now:
            if len(found) == limit:
                return AccessPage(tuple(found), after)
            if rules.is_found(entry, words):
                found.append(entry)
            after = AccessKey(entry.at, entry.id)
        if len(read_now) < at_once:
            return AccessPage(tuple(found))
    return AccessPage(tuple(found), after)


@query(permission="audit.read")
def recorded_people(ctx: Context, read: Reader) -> list[tuple[int, str]]:
    """Return id and name of everybody the record names, by name: whom one can filter by."""
    name = person_column("person", ctx.language)
    rows = read.rows(
        f"SELECT person.id, {name} FROM person WHERE person.is_staff = true"
        " AND EXISTS (SELECT 1 FROM access_record WHERE access_record.person_id = person.id)"
        f" ORDER BY {name}, person.id"
    )
    return [(row[0], row[1]) for row in rows]


@query(permission="tickets.read")
def must_record_reading(ctx: Context, read: Reader, ticket_id: TicketId) -> bool:
    """Tell whether the actor's opening this ticket now belongs into the record and is not there yet."""
    return reading_to_record(ctx, read, ticket_id) is not None


# -- inside --------------------------------------------------------------------------------------------


def _read(
    ctx: Context, read: Reader, wanted: AccessFilter, after: AccessKey | None, limit: int
) -> list[AccessEntry]:
    conditions, parameters = _conditions(wanted, after)
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    rows = read.rows(
        f"SELECT record.id, record.at, COALESCE({person_column('person', ctx.language)}, ''), record.pc,"
        " record.kind, record.subject, record.reference, record.about, record.row_count"
        " FROM access_record record LEFT JOIN person ON person.id = record.person_id"
        f"{where} ORDER BY record.at DESC, record.id DESC LIMIT ?",
        (*parameters, limit),
    )
    names = _names(ctx, read, {int(row[6]) for row in rows if _is_about(row, AccessSubject.PERSON)})
    values = load_settings(read)
    prefix, width = values[declared.NUMBER_PREFIX], values[declared.NUMBER_WIDTH]

    def number_text(number: object) -> str:
        return f"{prefix}{number:0{width}d}" if isinstance(number, int) else str(number)

    return [_entry(row, names, number_text) for row in rows]


def _is_about(row: Row, subject: AccessSubject) -> bool:
    """Whether `reference` is the number of such a thing."""
    return bool(row[5] == subject.value and row[6].isascii() and row[6].isdecimal())


def _names(ctx: Context, read: Reader, ids: Collection[int]) -> dict[str, str]:
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    name = person_column("person", ctx.language)
    rows = read.rows(f"SELECT id, {name} FROM person WHERE id IN ({marks})", sorted(ids))
    return {str(row[0]): row[1] for row in rows}


def _conditions(wanted: AccessFilter, after: AccessKey | None) -> tuple[list[str], list[object]]:
    pairs: Iterable[tuple[str, Sequence[object] | None]] = (
        ("record.person_id = ?", None if wanted.person_id is None else [wanted.person_id]),
        ("record.kind = ?", None if wanted.kind is None else [wanted.kind.value]),
        ("record.subject = ?", None if wanted.subject is None else [wanted.subject.value]),
        ("record.at >= ?", None if wanted.since is None else [to_micros(wanted.since)]),
        ("record.at < ?", None if wanted.until is None else [to_micros(wanted.until)]),
        ("(record.at, record.id) < (?, ?)", None if after is None else [to_micros(after.at), after.id]),
    )
    given = [(text, values) for text, values in pairs if values is not None]
    return [text for text, _values in given], [value for _text, values in given for value in values]


def _entry(row: Row, names: Mapping[str, str], number_text: Callable[[object], str]) -> AccessEntry:
    stored: Any = json.loads(row[7])
    about = dict(stored) if isinstance(stored, dict) else {}
    if "ticket" in about:
        about["ticket"] = number_text(about["ticket"])
    named = names.get(row[6], "") if _is_about(row, AccessSubject.PERSON) else ""
    if _is_about(row, AccessSubject.TICKET):
        named = number_text(int(row[6]))
    return AccessEntry(
        id=row[0],
        at=from_micros(row[1]),
        person=row[2],
        pc=row[3],
        kind=AccessKind(row[4]),
        subject=AccessSubject(row[5]),
        reference=row[6],
        named=named,
        about=about,
        row_count=row[8],
    )
