"""Where an announcement stands, what may be written, what is told to whom first. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.models.entities.announcements import (
    Announcement,
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    AnnouncementState,
)
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import CategoryId, ServiceId

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000
MOST_MINUTES = 10_000
_KINDS = {
    kind: at
    for at, kind in enumerate(
        (
            AnnouncementKind.FAULT,
            AnnouncementKind.MAINTENANCE,
            AnnouncementKind.CHANGE,
            AnnouncementKind.NEW_SYSTEM,
            AnnouncementKind.NEWS,
        )
    )
}
_STATES = {state: at for at, state in enumerate(AnnouncementState)} | {
    AnnouncementState.SHOWN: -1  # what holds now stands above what is to come
}
_LIVE_STATES = frozenset({AnnouncementState.PLANNED, AnnouncementState.SHOWN})


def state_of(
    shown_from: datetime, shown_until: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> AnnouncementState:
    """Return where an announcement stands at `now`: it holds in [shown_from, shown_until)."""
    if withdrawn_at is not None:
        return AnnouncementState.WITHDRAWN
    if now < shown_from:
        return AnnouncementState.PLANNED
    if shown_until is not None and shown_until <= now:
        return AnnouncementState.ENDED
    return AnnouncementState.SHOWN


def checked(details: AnnouncementDetails, now: datetime) -> AnnouncementDetails:
    """Return details as they are kept: trimmed, with a beginning, channels in their order and each once.

    What only a new system has (its day, its training) falls away from any other kind.

    Raises:
        BadInput: `announcements.title_missing`, `announcements.too_long`, `announcements.ends_before`,
            `announcements.minutes`.
        RuleViolation: `announcements.live_day_missing` (training is wanted, and nobody says by when).
    """
    title, text = " ".join(details.title.split()), details.text.strip()
    if not title:
        raise BadInput("announcements.title_missing")
    for given, longest in ((title, LONGEST_TITLE), (text, LONGEST_TEXT)):
        if len(given) > longest:
            raise BadInput("announcements.too_long", longest=longest)
    begin = details.shown_from or now
    if details.shown_until is not None and details.shown_until <= begin:
        raise BadInput("announcements.ends_before", begin=begin, end=details.shown_until)
    is_new = details.kind is AnnouncementKind.NEW_SYSTEM
    live_on = details.live_on if is_new else None
    minutes = details.training_minutes if is_new else None
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise BadInput("announcements.minutes", value=minutes, most=MOST_MINUTES)
    if minutes is not None and live_on is None:
        raise RuleViolation("announcements.live_day_missing")
    return replace(
        details,
        title=title,
        text=text,
        live_on=live_on,
        training_minutes=minutes,
        channels=tuple(each for each in AnnouncementChannel if each in details.channels),
        shown_from=begin,
    )


def check_new(details: AnnouncementDetails, now: datetime) -> None:
    """Refuse to announce what is over already. BadInput `announcements.over_already`."""
    if details.shown_until is not None and details.shown_until <= now:
        raise BadInput("announcements.over_already", end=details.shown_until)


def check_live(state: AnnouncementState) -> None:
    """Refuse to end or withdraw what is over or withdrawn. RuleViolation `announcements.over`."""
    if state not in _LIVE_STATES:
        raise RuleViolation("announcements.over")


def check_changeable(state: AnnouncementState) -> None:
    """Refuse to change what was taken back. RuleViolation `announcements.withdrawn`."""
    if state is AnnouncementState.WITHDRAWN:
        raise RuleViolation("announcements.withdrawn")


def check_trainable(kind: AnnouncementKind) -> None:
    """Refuse training for what is no new system. RuleViolation `announcements.not_new`."""
    if kind is not AnnouncementKind.NEW_SYSTEM:
        raise RuleViolation("announcements.not_new")


def in_reading_order(found: Iterable[Announcement]) -> list[Announcement]:
    """Return what is in force as one should read it: unread ones first, the oldest on top; then by kind.

    Among those read, or that nobody has to read, faults come before maintenance and news, the newest first.
    """
    ordered = sorted(found, key=lambda one: (one.shown_from, one.id), reverse=True)
    unread = [one for one in reversed(ordered) if one.is_unread]
    rest = [one for one in ordered if not one.is_unread]
    return [*unread, *sorted(rest, key=lambda one: _KINDS[one.details.kind])]


def by_state(found: Iterable[Announcement]) -> list[Announcement]:
    """Return announcements in force, to come, over, withdrawn; among those of one state the order stays."""
    return sorted(found, key=lambda one: _STATES[one.state])


def known_for(
    in_force: Iterable[Announcement], services: Collection[ServiceId], categories: Collection[CategoryId]
) -> list[Announcement]:
    """Return which announcements in force a caller should hear of, the gravest first.

    `services` and `categories` are those chosen in the form with all above them. One is meant by its service,
    or by the category of the ticket it is about. While neither is chosen, every known fault is: nobody has
    sorted yet what the caller says. A fault that names neither concerns everybody. News never.
    """
    told = [one for one in in_force if one.details.kind is not AnnouncementKind.NEWS]
    found = [one for one in told if _concerns(one, services, categories)]
    found.sort(key=lambda one: (one.shown_from, one.id), reverse=True)
    return sorted(found, key=lambda one: _KINDS[one.details.kind])


def _concerns(one: Announcement, services: Collection[ServiceId], categories: Collection[CategoryId]) -> bool:
    service = one.details.service_id
    category = one.ticket.category_id if one.ticket is not None else None
    if (service is not None and service in services) or (category is not None and category in categories):
        return True
    if one.details.kind is not AnnouncementKind.FAULT:
        return False
    return not (services or categories) or (service is None and category is None)


def is_trained(minutes: int, wanted: int | None) -> bool:
    """Tell whether somebody trained for `minutes` is ready; where nobody says how long, any time will do."""
    return minutes >= (wanted or 1)


def is_training_due(live_on: date | None, today: date, days: int) -> bool:
    """Tell whether a new system goes live within `days` days, today included; not once it is live."""
    return live_on is not None and timedelta() <= live_on - today <= timedelta(days=days)


def lineage(start: int | None, parents: Mapping[int, int | None]) -> Sequence[int]:
    """Return an entry of a tree and all above it; a circle made by hand ends where it closes."""
    found: list[int] = []
    at = start
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found
