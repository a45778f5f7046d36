"""What is asked about crews and patterns."""

from __future__ import annotations

import json

from app.models.entities.roster_plan import Crew, ShiftPattern
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context


@query(permission="roster.read")
def crews(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[Crew]:
    """Return the crews in their order. Who is in one is in the people's terms."""
    rows = read.rows(
        "SELECT id, code, name, name_alt, position, is_active, version FROM crew"
        " WHERE is_active = true OR ? = 1 ORDER BY position, id",
        (int(include_retired),),
    )
    return [Crew(*[*row[:5], bool(row[5]), row[6]]) for row in rows]


@query(permission="roster.read")
def patterns(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[ShiftPattern]:
    """Return the patterns in their order."""
    rows = read.rows(
        "SELECT id, code, name, name_alt, cells, position, is_active, version FROM shift_pattern"
        " WHERE is_active = true OR ? = 1 ORDER BY position, id",
        (int(include_retired),),
    )
    return [
        ShiftPattern(*[*row[:4], tuple(json.loads(row[4])), row[5], bool(row[6]), row[7]]) for row in rows
    ]
