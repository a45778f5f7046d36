"""The demo's crews with their people, and its months as they were published, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.demo.content import StaffMember
from app.services.roster.months import body_of
from app.services.roster.planned import month_dates
from app.services.roster.queries import load_cells

_BEFORE = timedelta(days=4)


def put_crews(tx: Transaction, staff: Sequence[StaffMember], ids: Mapping[str, int]) -> None:
    """Note in which of the site's crews people are; a rhythm of the demo that is no crew is left out."""
    crews: dict[str, int] = dict(tx.rows("SELECT code, id FROM crew"))
    tx.execute_many(
        "INSERT INTO work_terms (person_id, crew_id, version) VALUES (?, ?, 1)",
        [(ids[member.login], crews[member.crew]) for member in staff if member.crew in crews],
    )


def put_months(tx: Transaction, months: Iterable[str]) -> None:
    """Publish months as they stand, some days before they begin, though never in the future."""
    for month in months:
        first, last = month_dates(month)
        at = min(to_micros(datetime.combine(first - _BEFORE, time(9), UTC)), tx.now_micros)
        published = {"is_published": True, "published_at": at, "published_by_id": tx.actor_id}
        tx.insert("roster_month", {"month": month, **published})
        body = body_of(load_cells(tx, first, last))
        version = {"month": month, "number": 1, "at": at, "actor_id": tx.actor_id, "body": body}
        tx.insert("roster_version", version)
