"""Who is absent today, who stands in for them, and who of those on a shift is not there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from app.models.entities.ids import PersonId
from app.models.entities.roster import OnDuty, ShiftKind
from app.models.transactions import Reader
from app.services.roster.planned import load_leaves, load_terms
from app.services.roster.queries import site_zone
from app.services.roster.superiors import terms_of


def absent_at(read: Reader, instant: datetime) -> frozenset[PersonId]:
    """Return who is away on the date of an instant, by the roster or by an approved request."""
    today = instant.astimezone(site_zone(read)).date()
    rows = read.rows(
        "SELECT person_id FROM assignment JOIN shift_template ON shift_template.id = template_id"
        " WHERE on_date = ? AND shift_template.kind = ?",
        (today.isoformat(), ShiftKind.ABSENCE.value),
    )
    on_leave = {leave.person_id for leave in load_leaves(read, today, today)}
    return frozenset(PersonId(row[0]) for row in rows) | on_leave


def substitutes_of(read: Reader, people: Collection[PersonId]) -> dict[PersonId, PersonId]:
    """Return the substitute of each person who has an active one, by their own or the department's terms."""
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(f"SELECT id, department_id FROM person WHERE id IN ({marks})", sorted(people))
    terms = terms_of([(PersonId(row[0]), row[1]) for row in rows], load_terms(read))
    wanted = {
        one: each.substitute_id
        for one, each in terms.items()
        if each.substitute_id is not None and each.substitute_id != one
    }
    if not wanted:
        return {}
    others = sorted(set(wanted.values()))
    marks = ", ".join("?" * len(others))
    rows = read.rows(f"SELECT id FROM person WHERE is_active = true AND id IN ({marks})", others)
    active = {row[0] for row in rows}
    return {one: PersonId(other) for one, other in wanted.items() if other in active}


def whereabouts(read: Reader, people: Sequence[OnDuty]) -> tuple[frozenset[PersonId], frozenset[PersonId]]:
    """Return who has left their shift already, and who did not come to it yet though others did.

    Where nobody of a shift was checked in, the desk does not keep attendance: nobody is late then.
    """
    if not people:
        return frozenset(), frozenset()
    zone = site_zone(read)
    dates = {one.person_id: one.starts_at.astimezone(zone).date().isoformat() for one in people}
    wanted = sorted(set(dates.values()))
    marks = ", ".join("?" * len(wanted))
    rows = read.rows(f"SELECT person_id, on_date, out_at FROM attendance WHERE on_date IN ({marks})", wanted)
    came = {(row[0], row[1]): row[2] for row in rows}
    kept = {on for _person, on in came}
    left = (one for one, on in dates.items() if came.get((one, on)) is not None)
    late = (one for one, on in dates.items() if on in kept and (one, on) not in came)
    return frozenset(left), frozenset(late)
