"""What notices about announcements say, how they look, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.models.entities.announcements import AnnouncementKind
from app.models.entities.notices import Notice, NoticeKind
from app.services.base.terms import term
from app.views.base.i18n import _, current, ngettext

LOOKS: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.ANNOUNCED: ("megaphone", "accent"),
    NoticeKind.TRAINING_WANTED: ("graduation-cap", "accent"),
    NoticeKind.TRAINING_LACKING: ("graduation-cap", "warn"),
}


def target(notice: Notice) -> tuple[str, dict[str, Any]]:
    """Return the announcements, with the one that is meant."""
    found = notice.body.get("announcement")
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return "announcements", {"id": found} if is_number else {}


def _announced(notice: Notice) -> str:
    kinds = {kind.value: kind for kind in AnnouncementKind}
    kind = kinds.get(str(notice.body.get("what")))
    title = _title(notice)
    if kind is None:
        return _("Please read: {title}").format(title=title)
    return _("Please read: {kind}, {title}").format(kind=term(current.texts, kind), title=title)


def _training_wanted(notice: Notice) -> str:
    day = _day(notice)
    if not day:
        return _("A training is still missing before {title} goes live").format(title=_title(notice))
    said = _("{title} goes live on {day}: you still need the training")
    return said.format(title=_title(notice), day=day)


def _training_lacking(notice: Notice) -> str:
    count, day = notice.body.get("count"), _day(notice)
    if not isinstance(count, int) or isinstance(count, bool) or not day:
        return _("People still need the training before {title} goes live").format(title=_title(notice))
    said = ngettext(
        "{title} goes live on {day}: {count} person still needs the training",
        "{title} goes live on {day}: {count} people still need the training",
        count,
    )
    return said.format(title=_title(notice), day=day, count=count)


SENTENCES: Mapping[NoticeKind, Callable[[Notice], str]] = {
    NoticeKind.ANNOUNCED: _announced,
    NoticeKind.TRAINING_WANTED: _training_wanted,
    NoticeKind.TRAINING_LACKING: _training_lacking,
}


def _title(notice: Notice) -> str:
    title = notice.body.get("title")
    return title.strip() if isinstance(title, str) and title.strip() else _("an announcement")


def _day(notice: Notice) -> str:
    """Return "Mon, Nov 23", or "" where the body holds no date."""
    try:
        on = date.fromisoformat(str(notice.body.get("live_on") or ""))
    except ValueError:
        return ""
    return current.texts.date_pattern(on, "MMMEd")
