"""Handovers as they are stored, inside a read or a transaction."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from app.models.entities.errors import NotFound
from app.models.entities.handover import (
    Handover,
    HandoverState,
    Leader,
    Line,
    LineState,
    Section,
    Signature,
    Standing,
)
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.roster import ShiftAt
from app.models.transactions import Reader, Row
from app.services.base.names import person_column
from app.services.handover.rules import is_draft_due
from app.services.roster import rules as roster_rules
from app.services.roster.queries import load_templates, site_zone

MOMENT = timedelta(microseconds=1)
_COLUMNS = (
    "SELECT handover.id, handover.on_date, handover.template_id, handover.state, handover.opened_at,"
    " handover.remarks, handover.out_by_id, outgoing.name, outgoing.name_alt, handover.out_at,"
    " handover.out_reason, handover.in_by_id, incoming.name, incoming.name_alt, handover.in_at,"
    " handover.in_reason, handover.number, handover.sha256, handover.previous_sha256, handover.paper_sha256,"
    " handover.version FROM handover"
    " LEFT JOIN person outgoing ON outgoing.id = handover.out_by_id"
    " LEFT JOIN person incoming ON incoming.id = handover.in_by_id"
)


def find_handover(read: Reader, on_date: date, template_id: TemplateId) -> int | None:
    """Return the id of a shift's handover; None where nobody has opened one."""
    found = read.value(
        "SELECT id FROM handover WHERE on_date = ? AND template_id = ?", (on_date.isoformat(), template_id)
    )
    return None if found is None else int(found)


def load_handover(read: Reader, handover_id: int, language: str = "en") -> Handover:
    """Return a handover with its lines and both shifts' leaders.

    Raises:
        NotFound: `handover.not_found`.
    """
    row = read.one(f"{_COLUMNS} WHERE handover.id = ?", (handover_id,))
    if row is None:
        raise NotFound("handover.not_found", id=handover_id)
    shift = shift_of(read, date.fromisoformat(row[1]), row[2])
    after = shift_after(read, shift)
    return Handover(
        id=row[0],
        shift=shift,
        next_shift=after,
        state=HandoverState(row[3]),
        opened_at=from_micros(row[4]),
        remarks=row[5],
        out=_signature(row, 6),
        taken=_signature(row, 11),
        number=row[16],
        sha256=row[17],
        previous_sha256=row[18],
        paper_sha256=row[19] or "",
        version=row[20],
        lines=load_lines(read, handover_id, language),
        leaders=leaders_of(read, shift),
        next_leaders=leaders_of(read, after) if after is not None else (),
    )


def load_lines(read: Reader, handover_id: int, language: str = "en") -> tuple[Line, ...]:
    """Return a handover's lines, section by section in the order of the sheet."""
    select = _LINES.format(name=person_column("person", language))
    rows = read.rows(f"{select} WHERE handover_id = ? ORDER BY position, handover_line.id", (handover_id,))
    places = {section: place for place, section in enumerate(Section)}
    return tuple(sorted((_line(row) for row in rows), key=lambda line: places[line.section]))


def load_line(read: Reader, line_id: int) -> tuple[Line, int]:
    """Return one line and its handover's id.

    Raises:
        NotFound: `handover.line_not_found`.
    """
    row = read.one(f"{_LINES.format(name='person.name')} WHERE handover_line.id = ?", (line_id,))
    if row is None:
        raise NotFound("handover.line_not_found", id=line_id)
    return _line(row), int(row[12])


_LINES = (
    "SELECT handover_line.id, section, reference, position, body, note, state, question, answer, {name},"
    " ticked_at, handover_line.version, handover_id FROM handover_line"
    " LEFT JOIN person ON person.id = handover_line.ticked_by_id"
)


def leaders_of(read: Reader, shift: ShiftAt) -> tuple[Leader, ...]:
    """Return the duty supervisors the roster names for a shift; active people only."""
    rows = read.rows(
        "SELECT person.id, person.name, person.name_alt FROM assignment"
        " JOIN person ON person.id = assignment.person_id"
        " WHERE assignment.on_date = ? AND assignment.template_id = ? AND assignment.is_supervisor = true"
        " AND person.is_active = true ORDER BY person.id",
        (shift.on_date.isoformat(), shift.template.id),
    )
    return tuple(Leader(PersonId(row[0]), row[1], row[2] or "") for row in rows)


def shift_of(read: Reader, on_date: date, template_id: TemplateId) -> ShiftAt:
    """Return a shift by its date and template, retired or not, with its real span.

    Raises:
        NotFound: `roster.shift_not_found`.
    """
    for template in load_templates(read, include_retired=True):
        if template.id == template_id:
            begin, end = roster_rules.shift_span(template, on_date, site_zone(read))
            return ShiftAt(template, on_date, begin, end)
    raise NotFound("roster.shift_not_found", id=template_id)


def shift_now(read: Reader, now: datetime) -> ShiftAt | None:
    """Return the shift whose rhythm the desk lives by at `now`."""
    return roster_rules.shift_at(load_templates(read), now, site_zone(read))


def shift_after(read: Reader, shift: ShiftAt) -> ShiftAt | None:
    """Return the shift that takes over, None where nobody does."""
    return roster_rules.next_shift(load_templates(read), shift, site_zone(read))


def load_standing(read: Reader, now: datetime) -> Standing:
    """Return how handovers stand at `now`; a shift nobody was rostered for need not be signed."""
    running = shift_now(read, now)
    if running is None:
        return Standing(now, None, is_unled=False)
    is_unled = _is_staffed(read, running) and not leaders_of(read, running)
    before = shift_now(read, running.starts_at - MOMENT)
    state: HandoverState | None = None
    if before is not None:
        state = _state_of(read, before)
        if state is HandoverState.CLOSED or (state is None and not _is_missed(read, before)):
            before = None
    is_due = is_draft_due(running, now) and _state_of(read, running) is not HandoverState.CLOSED
    return Standing(now, running, is_unled, before, state, is_due)


def _state_of(read: Reader, shift: ShiftAt) -> HandoverState | None:
    found = read.value(
        "SELECT state FROM handover WHERE on_date = ? AND template_id = ?",
        (shift.on_date.isoformat(), shift.template.id),
    )
    return None if found is None else HandoverState(found)


def _is_missed(read: Reader, shift: ShiftAt) -> bool:
    """Tell whether a shift without a sheet should have had one: staffed, at a desk that kept a book then."""
    begun = "SELECT 1 FROM handover WHERE opened_at < ? LIMIT 1"
    return _is_staffed(read, shift) and bool(read.value(begun, (to_micros(shift.ends_at),)))


def _is_staffed(read: Reader, shift: ShiftAt) -> bool:
    return bool(
        read.value(
            "SELECT 1 FROM assignment WHERE on_date = ? AND template_id = ? LIMIT 1",
            (shift.on_date.isoformat(), shift.template.id),
        )
    )


def _signature(row: Row, at: int) -> Signature | None:
    signed_at = from_micros_or_none(row[at + 3])
    if row[at] is None or signed_at is None:
        return None
    return Signature(
        PersonId(row[at]), row[at + 1], row[at + 2] or "", signed_at.astimezone(UTC), row[at + 4]
    )


def _line(row: Row) -> Line:
    return Line(
        id=row[0],
        section=Section(row[1]),
        reference=row[2],
        position=row[3],
        body=json.loads(row[4]),
        note=row[5],
        state=LineState(row[6]),
        question=row[7],
        answer=row[8],
        ticked_by=row[9] or "",
        ticked_at=from_micros_or_none(row[10]),
        version=row[11],
    )
