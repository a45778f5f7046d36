"""What a shift itself hands over: notes, missed calls, people, checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.models.entities.duty import Attendance, CheckMoment
from app.models.entities.handover import Fact, Section
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.roster import ShiftAt
from app.models.transactions import Reader, Row
from app.services.duty.presence import load_attendance
from app.services.duty.queries import checks_of_shift
from app.services.duty.rules import punctuality

_MOST_NOTES = 40
_CHECKED = {CheckMoment.END, CheckMoment.EQUIPMENT}


def note_facts(read: Reader) -> list[Fact]:
    """Return the notes for the next shift that nobody has done yet, the oldest first."""
    rows = read.rows(
        "SELECT shift_note.id, text, at, person.name, person.name_alt FROM shift_note"
        " LEFT JOIN person ON person.id = shift_note.author_id"
        " WHERE done_at IS NULL ORDER BY shift_note.id LIMIT ?",
        (_MOST_NOTES,),
    )
    return [
        Fact(
            Section.NOTE,
            f"n{row[0]}",
            {"text": row[1], "at": int(row[2]), "by": row[3] or "", "by_alt": row[4] or ""},
        )
        for row in rows
    ]


def announcement_facts(read: Reader, now: datetime, until: datetime) -> list[Fact]:
    """Return what is announced now or begins before `until`, the oldest beginning first."""
    condition = (
        "announcement.withdrawn_at IS NULL AND announcement.shown_from < ?"
        " AND (announcement.shown_until IS NULL OR announcement.shown_until > ?)"
    )
    rows = read.rows(
        "SELECT announcement.id, announcement.kind, announcement.title, shown_from, shown_until, live_on,"
        " written_at, person.name, person.name_alt FROM announcement"
        " LEFT JOIN person ON person.id = announcement.written_by_id"
        f" WHERE {condition} ORDER BY shown_from, announcement.id LIMIT ?",
        (to_micros(until), to_micros(now), _MOST_NOTES),
    )
    return [
        Fact(
            Section.NOTE,
            f"a{row[0]}",
            {
                "announced": row[1],
                "text": row[2],
                "from_at": int(row[3]),
                "until_at": row[4],
                "live_on": row[5],
                "at": int(row[6]),
                "by": row[7] or "",
                "by_alt": row[8] or "",
            },
        )
        for row in rows
    ]


def call_facts(read: Reader, shift: ShiftAt) -> list[Fact]:
    """Return one line on the calls nobody took, with the worst hour; none where none was missed."""
    rows = read.rows(
        "SELECT starts_at, offered, answered, abandoned FROM call_hour"
        " WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at",
        (to_micros(shift.starts_at), to_micros(shift.ends_at)),
    )
    missed = sum(row[3] for row in rows)
    if not missed:
        return []
    worst = max(rows, key=lambda row: row[3])
    body = {
        "offered": sum(row[1] for row in rows),
        "taken": sum(row[2] for row in rows),
        "missed": missed,
        "worst_at": int(worst[0]),
        "worst": worst[3],
    }
    return [Fact(Section.CALLS, "calls", body)]


def people_facts(read: Reader, shift: ShiftAt, now: datetime) -> list[Fact]:
    """Return who was on the shift, and a line for each who was late, left early or did not come.

    Where nobody checked in at all the desk does not use presence, and nobody is called missing. A shift
    whose roster names no duty supervisor says so.
    """
    rows = crew_of(read, shift)
    came = {
        key[0]: one
        for key, one in load_attendance(read, shift.on_date, shift.on_date).items()
        if one.template_id == shift.template.id
    }
    found = [_crew_line(rows, came)]
    if not any(row[3] for row in rows):
        found.append(Fact(Section.PEOPLE, "unled", {"unled": True}))
    for row in rows if came else ():
        how = punctuality(shift.starts_at, shift.ends_at, came.get(row[0]), now)
        early = how.early if now >= shift.ends_at or _has_left(came.get(row[0])) else 0
        if how.is_missing or how.late or early:
            body = {
                "name": row[1],
                "name_alt": row[2] or "",
                "missing": how.is_missing,
                "late": 0 if how.is_missing else how.late,
                "early": early,
            }
            found.append(Fact(Section.PEOPLE, f"p{row[0]}", body))
    return found


def check_facts(read: Reader, shift: ShiftAt) -> list[Fact]:
    """Return equipment and the points of the shift's end, each with what was found; None: nobody looked."""
    return [
        Fact(
            Section.CHECK,
            f"c{line.check.id}",
            {
                "name": line.check.name,
                "name_alt": line.check.name_alt,
                "moment": line.check.moment.value,
                "is_good": None if line.tick is None else line.tick.is_good,
                "found": "" if line.tick is None else line.tick.note,
                "by": "" if line.tick is None else line.tick.person_name,
            },
        )
        for line in checks_of_shift(read, shift.on_date, shift.template.id)
        if line.check.moment in _CHECKED
    ]


def crew_of(read: Reader, shift: ShiftAt) -> list[Row]:
    """Return id, both names and whether they lead, of everybody rostered for a shift; who leads first."""
    return read.rows(
        "SELECT person.id, person.name, person.name_alt, assignment.is_supervisor FROM assignment"
        " JOIN person ON person.id = assignment.person_id"
        " WHERE assignment.on_date = ? AND assignment.template_id = ?"
        " ORDER BY assignment.is_supervisor DESC, person.id",
        (shift.on_date.isoformat(), shift.template.id),
    )


def _crew_line(rows: list[Row], came: Mapping[PersonId, Attendance]) -> Fact:
    body = {
        "rostered": len(rows),
        "present": len([row for row in rows if row[0] in came]) if came else None,
        "crew": [{"name": row[1], "name_alt": row[2] or "", "leads": bool(row[3])} for row in rows],
    }
    return Fact(Section.PEOPLE, "crew", body)


def _has_left(attendance: Attendance | None) -> bool:
    return attendance is not None and attendance.out_at is not None
