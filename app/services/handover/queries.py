"""What is asked about handovers: one sheet, how they stand, the book, and who may sign."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from app.models.entities.errors import NotFound
from app.models.entities.handover import BookEntry, BookPage, Handover, HandoverState, Leader, Standing
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.instants import from_micros_or_none
from app.models.entities.roster import ShiftAt
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.handover import rules
from app.services.handover.loading import (
    MOMENT,
    find_handover,
    leaders_of,
    load_handover,
    load_standing,
    shift_after,
    shift_now,
    shift_of,
)
from app.services.handover.recording import record_of
from app.services.roster.queries import load_templates

_MOST_READ = 2_000
"""Records one search looks at; whoever wants older ones reads on."""
_AT_ONCE = 100


@query(permission="roster.read")
def handover(ctx: Context, read: Reader, handover_id: int) -> Handover:
    """Return one handover. NotFound `handover.not_found`."""
    return load_handover(read, handover_id, ctx.language)


@query(permission="roster.read")
def handover_of(ctx: Context, read: Reader, on_date: date, template_id: TemplateId) -> Handover | None:
    """Return the handover of a shift; None where nobody has opened it."""
    found = find_handover(read, on_date, template_id)
    return None if found is None else load_handover(read, found, ctx.language)


@query(permission="roster.read")
def standing(ctx: Context, read: Reader) -> Standing:
    """Return how handovers stand now: what is not signed and since when, and who leads."""
    return load_standing(read, ctx.clock.now())


@query(permission="roster.read")
def shift_named(_ctx: Context, read: Reader, on_date: date, template_id: TemplateId) -> ShiftAt:
    """Return a shift by its date and template. NotFound `roster.shift_not_found`."""
    return shift_of(read, on_date, template_id)


@query(permission="roster.read")
def shift_beside(
    _ctx: Context, read: Reader, on_date: date, template_id: TemplateId, *, is_later: bool
) -> ShiftAt | None:
    """Return the shift after or before one, as handovers follow each other; None where there is none."""
    shift = shift_of(read, on_date, template_id)
    return shift_after(read, shift) if is_later else shift_now(read, shift.starts_at - MOMENT)


@query(permission="roster.read")
def leaders(_ctx: Context, read: Reader, shift: ShiftAt) -> tuple[Leader, ...]:
    """Return the duty supervisors the roster names for a shift."""
    return leaders_of(read, shift)


@query(permission="roster.read")
def signers(ctx: Context, read: Reader) -> list[Leader]:
    """Return who could sign in a supervisor's place: staff who may write handovers and can sign in."""
    name = person_column("person", ctx.language)
    rows = read.rows(
        f"SELECT DISTINCT person.id, person.name, person.name_alt, {name} FROM person"
        " JOIN credential ON credential.person_id = person.id"
        " JOIN person_role ON person_role.person_id = person.id"
        " JOIN role ON role.id = person_role.role_id AND role.is_active = true"
        " JOIN role_permission ON role_permission.role_id = role.id"
        " WHERE role_permission.permission = ? AND person.is_active = true AND person.is_staff = true"
        " ORDER BY 4, 1",
        ("handover.write",),
    )
    return [Leader(PersonId(row[0]), row[1], row[2] or "") for row in rows]


@query(permission="roster.read")
def book(
    ctx: Context, read: Reader, text: str = "", *, after: int | None = None, limit: int = 50
) -> BookPage:
    """Return handovers of the book, the newest first, that hold every word of `text`.

    Words are looked for in everything the record says, whatever their case, width or script. `after` is
    what an earlier page answered.
    """
    found: list[BookEntry] = []
    looked_at, last = 0, after
    while looked_at < _MOST_READ:
        rows = _book_rows(read, last, ctx.language)
        for row in rows:
            last = int(row[0])
            looked_at += 1
            if _fits(row, text):
                found.append(_entry(row))
            if len(found) == limit:
                return BookPage(tuple(found), last)
        if len(rows) < _AT_ONCE:
            return BookPage(tuple(found), None)
    return BookPage(tuple(found), last)


@query(permission="roster.read")
def frozen_paper(_ctx: Context, read: Reader, handover_id: int) -> bytes | None:
    """Return the paper that was signed; None while the handover is not closed."""
    body = read.value(
        "SELECT attachment_body.body FROM handover"
        " JOIN attachment_body ON attachment_body.sha256 = handover.paper_sha256 WHERE handover.id = ?",
        (handover_id,),
    )
    return None if body is None else bytes(body)


@query(permission="roster.read")
def draft_record(_ctx: Context, read: Reader, handover_id: int) -> dict[str, Any]:
    """Return what the record would say now, without number and incoming signature, to draw a draft from."""
    return record_of(read, load_handover(read, handover_id), number=0, previous_sha256="", taken=None)


@query(permission="roster.read")
def frozen_record(_ctx: Context, read: Reader, handover_id: int) -> dict[str, Any]:
    """Return the record of a closed handover. NotFound `handover.not_closed`."""
    text = read.value("SELECT record FROM handover WHERE id = ?", (handover_id,))
    if text is None:
        raise NotFound("handover.not_closed", id=handover_id)
    found: dict[str, Any] = json.loads(text)
    return found


@query(permission="roster.read")
def shift_by_code(_ctx: Context, read: Reader, code: str) -> TemplateId:
    """Return the template of a shift's code, retired or not. NotFound `reports.shift_unknown`."""
    for template in load_templates(read, include_retired=True):
        if template.code == code:
            return template.id
    raise NotFound("reports.shift_unknown", shift=code)


def _book_rows(read: Reader, before: int | None, language: str) -> Sequence[Row]:
    outgoing, incoming = (person_column(table, language) for table in ("outgoing", "incoming"))
    condition = "" if before is None else " WHERE handover.id < ?"
    parameters = () if before is None else (before,)
    return read.rows(
        "SELECT handover.id, number, on_date, shift_template.code, shift_template.name,"
        f" shift_template.name_alt, handover.state, {outgoing}, {incoming}, in_at, record, remarks,"
        " (SELECT COUNT(*) FROM handover_line WHERE handover_id = handover.id)"
        " FROM handover JOIN shift_template ON shift_template.id = handover.template_id"
        " LEFT JOIN person outgoing ON outgoing.id = handover.out_by_id"
        " LEFT JOIN person incoming ON incoming.id = handover.in_by_id"
        f"{condition} ORDER BY handover.id DESC LIMIT ?",
        (*parameters, _AT_ONCE),
    )


def _fits(row: Row, text: str) -> bool:
    if not text.strip():
        return True
    said = [str(part) for part in (row[1], *row[2:6], row[7], row[8], row[11]) if part]
    with suppress(ValueError):  # one tampered with is found by its other words, and named by the verifier
        said += rules.words_in(json.loads(row[10])) if row[10] else ()
    return rules.has_words(said, text)


def _entry(row: Row) -> BookEntry:
    return BookEntry(
        id=row[0],
        number=row[1],
        on_date=date.fromisoformat(row[2]),
        shift_code=row[3],
        shift_name=row[4],
        shift_name_alt=row[5] or "",
        state=HandoverState(row[6]),
        out_by=row[7] or "",
        in_by=row[8] or "",
        closed_at=from_micros_or_none(row[9]),
        lines=row[12],
    )
