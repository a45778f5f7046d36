"""The sentences of the pane beside the list. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.models.entities.announcements import Announcement, AnnouncementState, Preparation, Reading
from app.services.base.terms import term
from app.views.base.announcement_words import kind_name, live_day, service_name, span
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext

_MOST_NAMED = 12


def facts(one: Announcement, fmt: Format, now: datetime) -> str:
    """Return what it is, when it holds, what it is about and who wrote it, on one line."""
    parts = [kind_name(one), span(one, fmt, now), live_day(one, fmt), service_name(one)]
    if minutes := one.details.training_minutes:
        parts.append(_("{minutes} min of training before").format(minutes=minutes))
    if one.written_by:
        when = fmt.when(one.written_at, now)
        parts.append(_("by {name}, {time}").format(name=one.written_by, time=when))
    if one.state is AnnouncementState.WITHDRAWN and one.withdrawn_at is not None:
        when = fmt.when(one.withdrawn_at, now)
        parts.append(_("withdrawn by {name}, {time}").format(name=one.withdrawn_by or "–", time=when))
    return " · ".join(part for part in parts if part)


def ways(one: Announcement) -> str:
    """Return by which ways users were told."""
    names = ", ".join(term(current.texts, each) for each in one.details.channels)
    return _("Users were told by: {ways}").format(ways=names) if names else ""


def article_link(one: Announcement) -> str:
    """Return how the article is called that it leads to, or ""."""
    return "" if one.article is None else f"{one.article.number} · {one.article.title}"


def ticket_link(one: Announcement) -> str:
    """Return how the ticket is called that it is about, or ""."""
    return "" if one.ticket is None else f"#{one.ticket.number} {one.ticket.subject}"


def read_count(readings: Sequence[Reading]) -> str:
    """Return "Read by 5 of 12"."""
    count = sum(one.at is not None for one in readings)
    return _("Read by {count} of {all}").format(count=count, all=len(readings))


def still_unread(readings: Sequence[Reading]) -> str:
    """Return who has not read it, "" where all have."""
    return _named(_("Not yet: {names}"), [one.name for one in readings if one.at is None])


def trained_count(found: Sequence[Preparation]) -> str:
    """Return "Trained: 3 of 12"."""
    count = sum(each.is_trained for each in found)
    return _("Trained: {count} of {all}").format(count=count, all=len(found))


def still_untrained(found: Sequence[Preparation]) -> str:
    """Return who is not trained yet, with what they had of it; "" where all are."""
    return _named(_("Not yet: {names}"), [person(each) for each in found if not each.is_trained])


def person(one: Preparation) -> str:
    """Return a name, with the minutes they were trained for so far."""
    if not one.minutes:
        return one.name
    return _("{name} ({minutes} min)").format(name=one.name, minutes=one.minutes)


def _named(said: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    told = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more > 0:
        told += ngettext(", and {count} more", ", and {count} more", more).format(count=more)
    return said.format(names=told)
