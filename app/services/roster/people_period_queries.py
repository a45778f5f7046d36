"""Who came, who left and who was trained in a period (S2-61, S2-75)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.entities.ids import PersonId
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.planned import load_terms


@dataclass(frozen=True, slots=True)
class PersonPeriod:
    """One of the desk in a period: the trainings held in it, and whether they came or left within it."""

    id: PersonId
    name: str
    name_alt: str
    department: str
    department_alt: str
    joined_on: date | None
    left_on: date | None
    has_joined: bool
    has_left: bool
    trainings: int
    minutes: int


@query(permission="people.read")
def people_in_period(_ctx: Context, read: Reader, first: date, last: date) -> list[PersonPeriod]:
    """Return everybody who works or worked at the desk, by name; `first` and `last` are both included.

    Whoever was retired is told of only where something of theirs lies in the period.
    """
    terms = {each.person_id: each.terms for each in load_terms(read) if each.person_id is not None}
    held = {
        row[0]: (int(row[1]), int(row[2]))
        for row in read.rows(
            "SELECT person_id, COUNT(*), SUM(minutes) FROM training WHERE held_on >= ? AND held_on <= ?"
            " GROUP BY person_id",
            (first.isoformat(), last.isoformat()),
        )
    }
    rows = read.rows(
        "SELECT person.id, person.name, person.name_alt, COALESCE(department.name, ''),"
        " COALESCE(department.name_alt, ''), person.is_active"
        " FROM person LEFT JOIN department ON department.id = person.department_id"
        " WHERE person.is_staff = true ORDER BY person.name, person.id"
    )
    found: list[PersonPeriod] = []
    for person_id, name, name_alt, department, department_alt, is_active in rows:
        agreed = terms.get(person_id)
        joined = agreed.joined_on if agreed is not None else None
        left = agreed.left_on if agreed is not None else None
        has_joined = joined is not None and first <= joined <= last
        has_left = left is not None and first <= left <= last
        count, minutes = held.get(person_id, (0, 0))
        if is_active or has_joined or has_left or count:
            whole = (person_id, name, name_alt or "", department, department_alt, joined, left)
            found.append(PersonPeriod(*whole, has_joined, has_left, count, minutes))
    return found
