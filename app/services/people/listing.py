"""People as they stand in lists: read in one statement, compared whole, given away masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.models.entities.ids import PersonId
from app.models.entities.people import NumberKind, PersonRow
from app.models.transactions import Reader
from app.services.people import masking

# The number shown first comes with its kind before it, which decides whether it is masked.
ROW = (
    "SELECT p.id, p.name, p.name_alt, COALESCE(p.login, ''), p.email, COALESCE(c.name, ''),"
    " COALESCE(d.name, ''), p.location,"
    " COALESCE((SELECT n.kind || ':' || n.number FROM phone_number n WHERE n.person_id = p.id"
    " ORDER BY CASE n.kind WHEN 'work' THEN 0 WHEN 'mobile' THEN 1 WHEN 'extension' THEN 2 ELSE 3 END, n.id"
    " LIMIT 1), ''), p.is_vip, p.is_staff, p.is_active, p.version"
    " FROM person p LEFT JOIN company c ON c.id = p.company_id"
    " LEFT JOIN department d ON d.id = p.department_id"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as listed, nothing masked yet; `kind` is that of the number shown."""

    row: PersonRow
    kind: NumberKind | None


def listed(row: Sequence[Any]) -> Listed:
    """Return a row of `ROW`."""
    kind, _, number = row[8].partition(":")
    whole = PersonRow(PersonId(row[0]), *[*row[1:8], number, *map(bool, row[9:12]), row[12]])
    return Listed(whole, NumberKind(kind) if kind else None)


def listed_of(read: Reader, ids: Sequence[int]) -> list[Listed]:
    """Return these people, in no order; those that do not exist are missing."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    return [listed(row) for row in read.rows(f"{ROW} WHERE p.id IN ({marks})", ids)]


def shown_rows(read: Reader, people: Sequence[Listed]) -> list[PersonRow]:
    """Return people as they may be given away: masked."""
    facts = masking.masked_facts(read) if people else frozenset()
    return [masking.masked_row(one.row, one.kind, facts) for one in people]
