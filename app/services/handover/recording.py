"""The record of a handover: everything both leaders signed, as one canonical text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.entities.handover import Handover, Leader, Line, Signature
from app.models.entities.instants import to_micros
from app.models.entities.roster import ShiftAt
from app.models.transactions import Reader
from app.services.settings import declared
from app.services.settings.current import load_config

FORMAT = 1


def record_of(
    read: Reader, handover: Handover, *, number: int, previous_sha256: str, taken: Signature | None
) -> dict[str, Any]:
    """Return what is written down when `taken` closes a handover; None draws a draft."""
    settings = load_config(read).settings
    names = _who_ticked(read, handover.id)
    return {
        "format": FORMAT,
        "number": number,
        "previous": previous_sha256,
        "site": {
            "name": settings[declared.SITE_NAME],
            "name_alt": settings[declared.SITE_NAME_ALT],
            "timezone": settings[declared.TIMEZONE],
            "language": settings[declared.LANGUAGE],
        },
        "shift": _shift(handover.shift),
        "next_shift": None if handover.next_shift is None else _shift(handover.next_shift),
        "leaders": [_leader(one) for one in handover.leaders],
        "next_leaders": [_leader(one) for one in handover.next_leaders],
        "opened_at": to_micros(handover.opened_at),
        "remarks": handover.remarks,
        "lines": [_line(line, names) for line in handover.lines],
        "out": _signature(handover.out),
        "in": _signature(taken),
    }


def line_digest_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a stored line must still say after the record was closed."""
    return (row["section"], row["reference"], row["note"], row["state"], row["question"], row["answer"])


def _shift(shift: ShiftAt) -> dict[str, Any]:
    return {
        "date": shift.on_date.isoformat(),
        "template": int(shift.template.id),
        "code": shift.template.code,
        "name": shift.template.name,
        "name_alt": shift.template.name_alt,
        "starts_at": to_micros(shift.starts_at),
        "ends_at": to_micros(shift.ends_at),
    }


def _leader(leader: Leader) -> dict[str, Any]:
    return {"id": int(leader.person_id), "name": leader.name, "name_alt": leader.name_alt}


def _who_ticked(read: Reader, handover_id: int) -> dict[int, tuple[str, str]]:
    rows = read.rows(
        "SELECT handover_line.id, person.name, person.name_alt FROM handover_line"
        " JOIN person ON person.id = handover_line.ticked_by_id WHERE handover_id = ?",
        (handover_id,),
    )
    return {row[0]: (row[1], row[2] or "") for row in rows}


def _line(line: Line, names: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    ticked = None
    if line.ticked_at is not None:
        name, name_alt = names.get(line.id, ("", ""))
        ticked = {"by": name, "by_alt": name_alt, "at": to_micros(line.ticked_at)}
    return {
        "id": line.id,
        "section": line.section.value,
        "reference": line.reference,
        "body": dict(line.body),
        "note": line.note,
        "state": line.state.value,
        "question": line.question,
        "answer": line.answer,
        "ticked": ticked,
    }


def _signature(signature: Signature | None) -> dict[str, Any] | None:
    if signature is None:
        return None
    return {
        "id": int(signature.person_id),
        "name": signature.name,
        "name_alt": signature.name_alt,
        "at": to_micros(signature.at),
        "reason": signature.reason,
    }
