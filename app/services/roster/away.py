"""Who of the people on duty has left the desk for a while: marked wherever they are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.roster import OnDuty
from app.models.transactions import Reader


def with_away(read: Reader, people: Sequence[OnDuty], instant: datetime) -> list[OnDuty]:
    """Return the people with those marked who are away at an instant.

    A time away that began before the shift does not count: it was forgotten, and its shift is over.
    """
    if not people:
        return []
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        "SELECT person_id, from_at, planned_until, reason FROM away_time"
        f" WHERE person_id IN ({marks}) AND from_at <= ? AND (back_at IS NULL OR back_at > ?) ORDER BY id",
        (*(one.person_id for one in people), to_micros(instant), to_micros(instant)),
    )
    away = {row[0]: row for row in rows}
    marked = []
    for one in people:
        row = away.get(one.person_id)
        if row is not None and from_micros(row[1]) >= one.starts_at:
            marked.append(replace(one, away=row[3], away_until=from_micros_or_none(row[2])))
        else:
            marked.append(one)
    return marked
