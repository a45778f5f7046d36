"""Presence and times away as they are stored, inside a read or a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.models.entities.duty import Attendance, Away, AwayPermission
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.roster import OnDuty
from app.models.transactions import Reader, Row, Transaction
from app.services.duty.rules import Planned, planned_work
from app.services.roster.queries import load_cells, load_templates, people_on_duty, site_zone

_ATTENDANCE = (
    "SELECT person_id, on_date, template_id, in_at, out_at, note, is_corrected, corrected_by_id,"
    " corrector.name, corrector.name_alt FROM attendance"
    " LEFT JOIN person corrector ON corrector.id = corrected_by_id"
)
_AWAY = (
    "SELECT away_time.id, person_id, from_at, planned_until, reason, back_at, permission, decided_by_id,"
    " decider.name, decider.name_alt FROM away_time LEFT JOIN person decider ON decider.id = decided_by_id"
)


def load_attendance(read: Reader, first: date, last: date) -> dict[tuple[PersonId, date], Attendance]:
    """Return who came to the shifts that began from `first` to `last`, both included."""
    rows = read.rows(
        f"{_ATTENDANCE} WHERE on_date >= ? AND on_date <= ?",
        (first.isoformat(), last.isoformat()),
    )
    found = (_attendance(row) for row in rows)
    return {(one.person_id, one.on_date): one for one in found}


def attendance_on(read: Reader, person_id: PersonId, on: date) -> Attendance | None:
    """Return one person's presence on the shift that began on a date."""
    row = read.one(
        f"{_ATTENDANCE} WHERE on_date = ? AND person_id = ?",
        (on.isoformat(), person_id),
    )
    return None if row is None else _attendance(row)


def put_attendance(tx: Transaction, person_id: PersonId, on: date, value: Attendance | None) -> None:
    """Write one person's presence on a date as it shall be; None: none."""
    tx.execute("DELETE FROM attendance WHERE on_date = ? AND person_id = ?", (on.isoformat(), person_id))
    if value is None:
        return
    tx.insert(
        "attendance",
        {
            "person_id": person_id,
            "on_date": on.isoformat(),
            "template_id": value.template_id,
            "in_at": to_micros(value.in_at),
            "out_at": None if value.out_at is None else to_micros(value.out_at),
            "note": value.note,
            "is_corrected": value.is_corrected,
            "corrected_by_id": value.corrected_by,
        },
    )


def shifts_of(read: Reader, person_id: PersonId, first: date, last: date) -> list[Planned]:
    """Return the shifts of work one person is rostered for, by their start."""
    templates = {each.id: each for each in load_templates(read, include_retired=True)}
    cells = [cell for cell in load_cells(read, first, last).values() if cell.person_id == person_id]
    return planned_work(cells, templates, site_zone(read))


def load_away(read: Reader, away_id: int) -> Away | None:
    """Return one time away."""
    row = read.one(f"{_AWAY} WHERE away_time.id = ?", (away_id,))
    return None if row is None else _away(row)


def open_away(read: Reader, people: Sequence[PersonId]) -> dict[PersonId, Away]:
    """Return who of these is away and has not come back."""
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        f"{_AWAY} WHERE person_id IN ({marks}) AND back_at IS NULL ORDER BY away_time.id", people
    )
    return {one.person_id: one for one in map(_away, rows)}


def away_between(read: Reader, begin: datetime, end: datetime) -> list[Away]:
    """Return the times away that touch a span, by person and start."""
    rows = read.rows(
        f"{_AWAY} WHERE from_at < ? AND (back_at IS NULL OR back_at > ?) ORDER BY person_id, from_at",
        (to_micros(end), to_micros(begin)),
    )
    return [_away(row) for row in rows]


def away_now(read: Reader, people: Sequence[OnDuty]) -> dict[PersonId, Away]:
    """Return who of the people on duty is away.

    Whoever forgot to come back is back with the next shift: a time away from before this one counts no more.
    """
    found = open_away(read, [one.person_id for one in people])
    begun = {one.person_id: one.starts_at for one in people}
    return {person: away for person, away in found.items() if away.from_at >= begun[person]}


def on_duty_with_away(
    read: Reader, instant: datetime, language: str = "en"
) -> list[tuple[OnDuty, Away | None]]:
    """Return who is on duty at an instant as the roster says, each with the time away that is not over."""
    people = people_on_duty(read, instant, language)
    away = away_now(read, people)
    return [(one, away.get(one.person_id)) for one in people]


def come_back_now(tx: Transaction, away: Away, at: datetime | None) -> Away:
    """Write when somebody came back, None for not yet; return how it stands then."""
    tx.execute(
        "UPDATE away_time SET back_at = ? WHERE id = ?", (None if at is None else to_micros(at), away.id)
    )
    return replace(away, back_at=at)


def _attendance(row: Row) -> Attendance:
    return Attendance(
        row[0],
        date.fromisoformat(row[1]),
        row[2],
        from_micros(row[3]),
        from_micros_or_none(row[4]),
        row[5] or "",
        bool(row[6]),
        row[7],
        row[8] or "",
        row[9] or "",
    )


def _away(row: Row) -> Away:
    return Away(
        row[0],
        row[1],
        from_micros(row[2]),
        from_micros_or_none(row[3]),
        row[4],
        from_micros_or_none(row[5]),
        AwayPermission(row[6]),
        row[7],
        row[8] or "",
        row[9] or "",
    )
