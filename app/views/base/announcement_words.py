"""How an announcement reads in a line: on the desk, on its page, beside a call that comes in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.models.entities.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    EmergencyContact,
)
from app.services.base.names import name_in
from app.services.base.terms import term
from app.views.base.format import Format, phone
from app.views.base.i18n import _, current

LOOKS: Mapping[AnnouncementKind, tuple[str, str]] = {
    AnnouncementKind.FAULT: ("triangle-alert", "bad"),
    AnnouncementKind.MAINTENANCE: ("wrench", "warn"),
    AnnouncementKind.CHANGE: ("repeat", "info"),
    AnnouncementKind.NEW_SYSTEM: ("graduation-cap", "accent"),
    AnnouncementKind.NEWS: ("megaphone", "muted"),
}
"""An icon and an ink of each kind."""
STATE_TONES: Mapping[AnnouncementState, str] = {
    AnnouncementState.SHOWN: "ok",
    AnnouncementState.PLANNED: "info",
    AnnouncementState.ENDED: "",
    AnnouncementState.WITHDRAWN: "",
}


def kind_name(one: Announcement) -> str:
    """Return "Known fault"."""
    return term(current.texts, one.details.kind)


def service_name(one: Announcement) -> str:
    """Return the service it is about in the reader's language, or ""."""
    return name_in(one.service_name, one.service_name_alt, current.code)


def span(one: Announcement, fmt: Format, now: datetime) -> str:
    """Return when it holds: "since 9:10, until 11:00"; of one to come "from 20 Nov 22:00 to 23:30"."""
    begin, end = fmt.when(one.shown_from, now), one.shown_until
    if one.state is AnnouncementState.SHOWN:
        if end is None:
            return _("since {begin}").format(begin=begin)
        return _("since {begin}, until {end}").format(begin=begin, end=fmt.when(end, now))
    if end is None:
        return _("from {begin}").format(begin=begin)
    is_same_day = fmt.local(end).date() == fmt.local(one.shown_from).date()
    told = fmt.clock(end) if is_same_day else fmt.when(end, now)
    return _("{begin} to {end}").format(begin=begin, end=told)


def live_day(one: Announcement, fmt: Format) -> str:
    """Return "goes live on Mon, Nov 23", "" for what does not."""
    if one.details.live_on is None:
        return ""
    return _("goes live on {day}").format(day=fmt.texts.date_pattern(one.details.live_on, "MMMEd"))


def caller_line(one: Announcement, fmt: Format, now: datetime) -> str:
    """Return what an agent tells a caller: "Known fault: Mail is down · since 9:10, until 11:00"."""
    said = _("{kind}: {title}").format(kind=kind_name(one), title=one.details.title)
    parts = (said, live_day(one, fmt) or span(one, fmt, now))
    return " · ".join(parts)


def contact_words(contact: EmergencyContact, fmt: Format) -> tuple[str, str]:
    """Return whom to call in an emergency and the number, ("Chen Jie until 20:00", "138 0013 8000")."""
    if not contact.name:
        return _("the desk"), phone(contact.number)
    if contact.until is None:
        return contact.name, phone(contact.number)
    said = _("{name}, until {time}").format(name=contact.name, time=fmt.clock(contact.until))
    return said, phone(contact.number)
