"""The ids behind the names a demo plan uses: logins, codes and article numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.transactions import Reader

_SOURCE = "demo/"


@dataclass(frozen=True, slots=True)
class DemoNames:
    """Ids by the plan's own names."""

    staff: Mapping[str, int]
    staff_names: Mapping[str, str]
    requesters: Mapping[str, int]
    teams: Mapping[str, int]
    categories: Mapping[str, int]
    services: Mapping[str, int]
    reasons: Mapping[str, int]
    shifts: Mapping[str, int]
    articles: Mapping[int, int]


def source_key(key: str) -> str:
    """Return what a requester of the demo is found by in the database."""
    return _SOURCE + key


def load_names(read: Reader) -> DemoNames:
    """Read all of them; the demo is small."""
    staff = read.rows("SELECT login, id, name FROM person WHERE login IS NOT NULL")
    requesters = read.rows("SELECT source_key, id FROM person WHERE source_key IS NOT NULL")
    return DemoNames(
        staff={row[0]: row[1] for row in staff},
        staff_names={row[0]: row[2] for row in staff},
        requesters={str(key).removeprefix(_SOURCE): person_id for key, person_id in requesters},
        teams=dict(read.rows("SELECT code, id FROM team")),
        categories=dict(read.rows("SELECT code, id FROM category")),
        services=dict(read.rows("SELECT code, id FROM service")),
        reasons=dict(read.rows("SELECT code, id FROM waiting_reason")),
        shifts=dict(read.rows("SELECT code, id FROM shift_template")),
        articles=dict(read.rows("SELECT number, id FROM article")),
    )
