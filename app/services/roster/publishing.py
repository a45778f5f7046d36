"""Publishing a month inside a transaction: what it takes, and what it leaves behind."""

from __future__ import annotations

from datetime import date

from app.models.entities.errors import RuleViolation
from app.models.entities.events import RosterChanged
from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import MonthState
from app.models.transactions import Reader, Transaction
from app.services.roster.lacking import load_lacks
from app.services.roster.months import body_of
from app.services.roster.planned import month_dates
from app.services.roster.queries import load_cells, site_zone
from app.services.roster.telling import tell_months_changes, tell_published


def add_version(
    tx: Transaction, month: str, state: MonthState, note: str, *, anyway: bool = False
) -> tuple[int, int]:
    """Publish a month as it stands; return the version's id and number.

    What it lacks keeps it back unless somebody says `anyway`; the version then keeps the figures.

    Raises:
        RuleViolation: `roster.publish_empty`, `roster.publish_refused` (month, count, violations).
    """
    first, last = month_dates(month)
    lacks = load_lacks(tx, month, tx.now.astimezone(site_zone(tx)).date())
    if lacks and not anyway:
        found, count = lacks.findings, len(lacks.findings)
        if lacks.is_empty:
            raise RuleViolation("roster.publish_empty", month=month, count=count, violations=found)
        raise RuleViolation("roster.publish_refused", month=month, count=count, violations=found)
    number = 1 if state.version is None else state.version.number + 1
    cells = load_cells(tx, first, last)
    values = {
        "month": month,
        "number": number,
        "at": tx.now_micros,
        "actor_id": tx.actor_id,
        "note": note,
        "body": body_of(cells, lacks.counts),
    }
    version_id = tx.insert("roster_version", values)
    mark_month(tx, month, is_published=True)
    if state.version is None:
        tell_published(tx, month, number, {person for person, _on in cells})
    else:
        tell_months_changes(tx, month, state.changes)
    return version_id, number


def people_told(
    read: Reader, month: str, state: MonthState, today: date, actor: int | None
) -> list[PersonId]:
    """Return who gets a notice if a month is published now; whoever publishes knows."""
    if state.version is None:
        first, last = month_dates(month)
        people = {person for person, _on in load_cells(read, first, last)}
    else:
        active = {
            row[0] for row in read.rows("SELECT id FROM person WHERE is_active = true AND is_staff = true")
        }
        people = {one.person_id for one in state.changes if one.on_date >= today and one.person_id in active}
    return sorted(person for person in people if person != actor)


def mark_month(tx: Transaction, month: str, *, is_published: bool) -> None:
    """Note that a month is published, by whom and when, or that it is a draft."""
    values = {
        "is_published": is_published,
        "published_at": tx.now_micros if is_published else None,
        "published_by_id": tx.actor_id if is_published else None,
    }
    row = tx.one("SELECT id, version FROM roster_month WHERE month = ?", (month,))
    if row is None:
        tx.insert("roster_month", {"month": month, **values})
    else:
        tx.update_versioned("roster_month", row[0], row[1], values)
    tx.announce(RosterChanged())


def open_requests(read: Reader, first: str, last: str) -> tuple[int, int]:
    """Return how many requests for leave and for swaps that touch these dates nobody has answered."""
    leaves = read.value(
        "SELECT COUNT(*) FROM leave_request WHERE state = 'asked' AND first_date <= ? AND last_date >= ?",
        (last, first),
    )
    swaps = read.value(
        "SELECT COUNT(*) FROM shift_swap WHERE state IN ('asked', 'accepted')"
        " AND ((on_date >= ? AND on_date <= ?) OR (other_date >= ? AND other_date <= ?))",
        (first, last, first, last),
    )
    return int(leaves), int(swaps)
