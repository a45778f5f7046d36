"""How announcements are read from their rows, inside a read or a transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from app.models.entities.announcements import (
    Announcement,
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    LinkedArticle,
    LinkedTicket,
)
from app.models.entities.errors import NotFound
from app.models.entities.ids import AnnouncementId, PersonId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.transactions import Reader, Row
from app.services.announcements.rules import state_of
from app.services.base.names import person_column

IN_FORCE = (
    "announcement.withdrawn_at IS NULL AND announcement.shown_from <= ?"
    " AND (announcement.shown_until IS NULL OR announcement.shown_until > ?)"
)
"""The condition of what holds at an instant; it takes the instant twice."""


def load_announcement(
    read: Reader,
    announcement_id: AnnouncementId,
    now: datetime,
    person_id: PersonId | None = None,
    language: str = "en",
) -> Announcement:
    """Return one announcement as `person_id` sees it. NotFound `announcements.not_found`."""
    found = load_announcements(read, "announcement.id = ?", (announcement_id,), now, person_id, language)
    if not found:
        raise NotFound("announcements.not_found", id=announcement_id)
    return found[0]


def load_in_force(
    read: Reader, now: datetime, person_id: PersonId | None = None, language: str = "en"
) -> list[Announcement]:
    """Return what holds at `now`, the newest first."""
    at = to_micros(now)
    return load_announcements(read, IN_FORCE, (at, at), now, person_id, language)


def load_announcements(
    read: Reader,
    condition: str,
    parameters: Sequence[object],
    now: datetime,
    person_id: PersonId | None,
    language: str,
    limit: int = 500,
) -> list[Announcement]:
    """Return the announcements of a condition written in code, the newest beginning first."""
    writer, withdrawer = (person_column(table, language) for table in ("writer", "withdrawer"))
    rows = read.rows(
        "SELECT announcement.id, announcement.kind, announcement.title, announcement.text,"
        " announcement.service_id, announcement.live_on, announcement.training_minutes,"
        " announcement.must_read, announcement.channels, announcement.shown_from, announcement.shown_until,"
        f" service.name, service.name_alt, {writer}, announcement.written_at, {withdrawer},"
        " announcement.withdrawn_at, mine.at,"
        " (SELECT COUNT(*) FROM announcement_seen WHERE announcement_id = announcement.id),"
        " announcement.version, announcement.article_id, article.number, article.title,"
        " announcement.ticket_id, ticket.number, ticket.subject, ticket.category_id FROM announcement"
        " LEFT JOIN service ON service.id = announcement.service_id"
        " LEFT JOIN article ON article.id = announcement.article_id"
        " LEFT JOIN ticket ON ticket.id = announcement.ticket_id"
        " LEFT JOIN person writer ON writer.id = announcement.written_by_id"
        " LEFT JOIN person withdrawer ON withdrawer.id = announcement.withdrawn_by_id"
        " LEFT JOIN announcement_seen mine ON mine.announcement_id = announcement.id AND mine.person_id = ?"
        f" WHERE {condition} ORDER BY announcement.shown_from DESC, announcement.id DESC LIMIT ?",
        (person_id or 0, *parameters, limit),
    )
    return [_announcement(row, now) for row in rows]


def _announcement(row: Row, now: datetime) -> Announcement:
    begin, end = from_micros(row[9]), from_micros_or_none(row[10])
    withdrawn_at = from_micros_or_none(row[16])
    details = AnnouncementDetails(
        AnnouncementKind(row[1]),
        row[2],
        row[3],
        service_id=row[4],
        article_id=row[20],
        ticket_id=row[23],
        live_on=date.fromisoformat(row[5]) if row[5] else None,
        training_minutes=row[6],
        must_read=bool(row[7]),
        channels=_channels(row[8]),
        shown_from=begin,
        shown_until=end,
    )
    return Announcement(
        id=row[0],
        details=details,
        shown_from=begin,
        state=state_of(begin, end, withdrawn_at, now),
        service_name=row[11] or "",
        service_name_alt=row[12] or "",
        # What was linked may be gone: an import can throw tickets away.
        article=None if row[21] is None else LinkedArticle(row[20], row[21], row[22]),
        ticket=None if row[24] is None else LinkedTicket(row[23], row[24], row[25], row[26]),
        written_by=row[13] or "",
        written_at=from_micros(row[14]),
        withdrawn_by=row[15] or "",
        withdrawn_at=withdrawn_at,
        read_at=from_micros_or_none(row[17]),
        read_count=int(row[18]),
        version=row[19],
    )


def _channels(text: str) -> tuple[AnnouncementChannel, ...]:
    """Read the ticked ways; what a newer program knows besides is passed over."""
    kept = json.loads(text or "[]")
    return tuple(each for each in AnnouncementChannel if each.value in kept)
