"""Who is told of announcements by the bell, each once: what must be read, which training is lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.models.entities.announcements import Announcement, AnnouncementKind
from app.models.entities.ids import AnnouncementId, PersonId
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Reader
from app.services.announcements.reading import load_announcements, load_in_force
from app.services.announcements.rules import is_trained, is_training_due
from app.services.escalation.recipients import Directory
from app.services.roster.queries import load_people, site_zone
from app.services.settings import declared
from app.services.settings.current import load_config

TOLD_FOR = timedelta(days=7)
"""So long after its beginning people are told that something must be read: who joins later reads the page."""
_SUPERVISOR, _WRITES = "duty_supervisor", "announcements.write"
_AT_ONCE = 100


def beginnings(read: Reader, found: Announcement, at: datetime) -> list[NewNotice]:
    """Return a notice for each of the desk who has not read an announcement; none where nobody has to."""
    if not found.details.must_read or not found.shown_from <= at < found.shown_from + TOLD_FOR:
        return []
    have = readers_of(read, found.id)
    return [
        NewNotice(
            person.id,
            NoticeKind.ANNOUNCED,
            f"announced:{found.id}:p{person.id}",
            None,
            {"announcement": found.id, "title": found.details.title, "what": found.details.kind.value},
        )
        for person in load_people(read)
        if person.id not in have
    ]


def load_untold(read: Reader, now: datetime) -> list[NewNotice]:
    """Return every notice that should be there by `now` and is not."""
    wanted: list[NewNotice] = []
    for one in load_in_force(read, now):
        wanted += beginnings(read, one, now)
    for one in _going_live(read, now):
        wanted += _untrained(read, one, now)
    there = _told_already(read, [one.key for one in wanted])
    return [one for one in wanted if one.key not in there]


def readers_of(read: Reader, announcement_id: AnnouncementId) -> Mapping[PersonId, int]:
    """Return who said to have read an announcement, with the instant in microseconds."""
    rows = read.rows(
        "SELECT person_id, at FROM announcement_seen WHERE announcement_id = ?", (announcement_id,)
    )
    return dict(rows)


def trained_minutes(read: Reader, announcement_id: AnnouncementId) -> Mapping[PersonId, tuple[int, date]]:
    """Return who was trained for a new system: minutes altogether, and the last day."""
    rows = read.rows(
        "SELECT person_id, SUM(minutes), MAX(held_on) FROM training WHERE announcement_id = ?"
        " GROUP BY person_id",
        (announcement_id,),
    )
    return {row[0]: (int(row[1]), date.fromisoformat(row[2])) for row in rows}


def next_beginning(read: Reader, now: datetime) -> int | None:
    """Return when the next announcement that must be read begins, in microseconds; None: none is planned."""
    found = read.value(
        "SELECT MIN(shown_from) FROM announcement"
        " WHERE shown_from > ? AND withdrawn_at IS NULL AND must_read = true",
        (to_micros(now),),
    )
    return None if found is None else int(found)


def _going_live(read: Reader, now: datetime) -> list[Announcement]:
    """Return the new systems whose day is near and that want training; those to come count too."""
    days = load_config(read).settings[declared.TRAINING_NOTICE_DAYS]
    today = now.astimezone(site_zone(read)).date()
    found = load_announcements(
        read,
        "announcement.kind = ? AND announcement.withdrawn_at IS NULL AND announcement.live_on >= ?"
        " AND announcement.training_minutes IS NOT NULL"
        " AND (announcement.shown_until IS NULL OR announcement.shown_until > ?)",
        (AnnouncementKind.NEW_SYSTEM.value, today.isoformat(), to_micros(now)),
        now,
        None,
        "en",
    )
    return [one for one in found if is_training_due(one.details.live_on, today, days)]


def _untrained(read: Reader, one: Announcement, now: datetime) -> list[NewNotice]:
    """Return the notices about those who lack the training; a day that is moved is told of anew."""
    live_on = one.details.live_on.isoformat() if one.details.live_on else ""
    held = trained_minutes(read, one.id)
    wanted = one.details.training_minutes
    people = load_people(read)
    lacking = [p for p in people if not is_trained(held[p.id][0] if p.id in held else 0, wanted)]
    if not lacking:
        return []
    directory = Directory(read, now)
    leaders = sorted(directory.holders(_SUPERVISOR) or directory.who_may(_WRITES))
    about = {"announcement": one.id, "title": one.details.title, "live_on": live_on}
    asked = [
        NewNotice(
            person.id,
            NoticeKind.TRAINING_WANTED,
            f"training_wanted:{one.id}:{live_on}:p{person.id}",
            None,
            {**about, "minutes": wanted},
        )
        for person in lacking
    ]
    told = [
        NewNotice(
            person,
            NoticeKind.TRAINING_LACKING,
            f"training_lacking:{one.id}:{live_on}:p{person}",
            None,
            {**about, "count": len(lacking)},
        )
        for person in leaders
    ]
    return asked + told


def _told_already(read: Reader, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found |= {row[0] for row in read.rows(f"SELECT key FROM notice WHERE key IN ({marks})", some)}
    return found
