"""Which readings are recorded, what a line of the record is found by, how long it is kept. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.audit import AccessEntry, ReadsRecorded
from app.models.entities.tickets import TicketType
from app.services.search.tokens import norm

LONGEST_REFERENCE = 64
LONGEST_TEXT = 200
"""Texts in `about`: names of files and such, which anybody may have chosen."""


def is_recorded(reads: ReadsRecorded, ticket_type: TicketType, *, is_major: bool) -> bool:
    """Tell whether it is recorded that somebody opened such a ticket."""
    if reads is ReadsRecorded.SENSITIVE:
        return is_major or ticket_type is TicketType.COMPLAINT
    return reads is ReadsRecorded.ALL


def day_of(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the site's present day begins and ends: opening a ticket again on it adds no line."""
    today = now.astimezone(zone).date()
    first = datetime.combine(today, time(), zone)
    return first, datetime.combine(today + timedelta(days=1), time(), zone)


def kept_since(now: datetime, months: int) -> datetime:
    """Return the instant before which lines are thrown away; the 31st becomes a shorter month's last day."""
    count = now.year * 12 + now.month - 1 - months
    year, month = divmod(count, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words a search is made of, folded: all must be found."""
    return tuple(norm(text).split())


def is_found(entry: AccessEntry, words: Iterable[str]) -> bool:
    """Tell whether every word is part of what a line says: its names, PC, reference or `about`."""
    parts = (entry.person, entry.pc, entry.reference, entry.named, *map(str, entry.about.values()))
    said = norm("\n".join(parts))
    return all(word in said for word in words)
