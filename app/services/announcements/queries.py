"""What is asked about announcements: the list, what holds now, who has read it, who is trained."""

from __future__ import annotations

from app.models.entities.announcements import (
    Announcement,
    AnnouncementState,
    Link,
    Preparation,
    Reading,
)
from app.models.entities.ids import AnnouncementId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.notices import NewNotice
from app.models.transactions import Reader
from app.services.announcements import rules, telling
from app.services.announcements.reading import (
    IN_FORCE,
    load_announcement,
    load_announcements,
    load_in_force,
)
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named
from app.services.roster.queries import load_people

_CONDITIONS = {
    AnnouncementState.SHOWN: (IN_FORCE, 2),
    AnnouncementState.PLANNED: ("announcement.withdrawn_at IS NULL AND announcement.shown_from > ?", 1),
    AnnouncementState.ENDED: ("announcement.withdrawn_at IS NULL AND announcement.shown_until <= ?", 1),
    AnnouncementState.WITHDRAWN: ("announcement.withdrawn_at IS NOT NULL", 0),
}


@query(permission="tickets.read")
def announcements(
    ctx: Context, read: Reader, *, state: AnnouncementState | None = None, limit: int = 200
) -> list[Announcement]:
    """Return announcements, of one state or of all: in force, to come, over, withdrawn; each newest first.

    What is in force comes as it should be read: what the reader has still to read on top, the oldest first.
    """
    now, me = ctx.clock.now(), ctx.actor.person_id
    found: list[Announcement] = []
    for each in AnnouncementState if state is None else (state,):
        condition, times = _CONDITIONS[each]
        at = [to_micros(now)] * times
        some = load_announcements(read, condition, at, now, me, ctx.language, limit)
        found += rules.in_reading_order(some) if each is AnnouncementState.SHOWN else some
    return rules.by_state(found)[:limit]


@query(permission="tickets.read")
def announcements_in_force(ctx: Context, read: Reader) -> list[Announcement]:
    """Return what holds now: what the reader has still to read first, the oldest on top."""
    me = ctx.actor.person_id
    return rules.in_reading_order(load_in_force(read, ctx.clock.now(), me, ctx.language))


@query(permission="tickets.read")
def announcement(ctx: Context, read: Reader, announcement_id: AnnouncementId) -> Announcement:
    """Return one announcement. NotFound `announcements.not_found`."""
    return load_announcement(read, announcement_id, ctx.clock.now(), ctx.actor.person_id, ctx.language)


@query(permission="tickets.read")
def readings(ctx: Context, read: Reader, announcement_id: AnnouncementId) -> list[Reading]:
    """Return who of the desk has read an announcement and who has not, by the roster's order."""
    at = telling.readers_of(read, announcement_id)
    return [
        Reading(
            person.id, named(person, ctx.language), from_micros(at[person.id]) if person.id in at else None
        )
        for person in load_people(read)
    ]


@query(permission="roster.read")
def preparations(ctx: Context, read: Reader, announcement_id: AnnouncementId) -> list[Preparation]:
    """Return how far each of the desk is trained for a new system, by the roster's order.

    Raises:
        NotFound: `announcements.not_found`.
    """
    wanted = load_announcement(read, announcement_id, ctx.clock.now()).details.training_minutes
    held = telling.trained_minutes(read, announcement_id)
    found = []
    for person in load_people(read):
        minutes, last_on = held.get(person.id, (0, None))
        is_trained = rules.is_trained(minutes, wanted)
        found.append(Preparation(person.id, named(person, ctx.language), minutes, last_on, is_trained))
    return found


@query(permission="store.migrate")
def untold(ctx: Context, read: Reader) -> list[NewNotice]:
    """Return the notices the background work has to write now."""
    return telling.load_untold(read, ctx.clock.now())


@query(permission="store.migrate")
def next_beginning(ctx: Context, read: Reader) -> int | None:
    """Return when the next announcement that must be read begins, in microseconds; None: none is planned."""
    return telling.next_beginning(read, ctx.clock.now())


@query(permission="tickets.read")
def linked(_ctx: Context, read: Reader, what: Link, number: int) -> tuple[int, str] | None:
    """Return id and title of the article or ticket of a number people know; None where there is none."""
    texts = {
        Link.ARTICLE: "SELECT id, title FROM article WHERE number = ?",
        Link.TICKET: "SELECT id, subject FROM ticket WHERE number = ?",
    }
    row = read.one(texts[what], (number,))
    return None if row is None else (int(row[0]), str(row[1]))
