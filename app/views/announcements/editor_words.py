"""What the fields of an announcement are called, in which of them an error belongs, and how values read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.models.entities.announcements import AnnouncementChannel, AnnouncementKind
from app.services.base.terms import term
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, current

FIELD_LABELS: Mapping[str, LazyText] = {
    "kind": N_("Kind"),
    "title": N_("Title"),
    "text": N_("Text"),
    "service_id": N_("Service"),
    "article_id": N_("Article"),
    "ticket_id": N_("Ticket"),
    "live_on": N_("Goes live on"),
    "training_minutes": N_("Training wanted"),
    "must_read": N_("Everybody at the desk must read it"),
    "channels": N_("Users were told by"),
    "shown_from": N_("Shown from"),
    "shown_until": N_("Shown until"),
}
FIELD_OF: Mapping[str, str] = {
    "announcements.title_missing": "title",
    "announcements.too_long": "text",
    "announcements.ends_before": "shown_until",
    "announcements.over_already": "shown_until",
    "announcements.minutes": "training_minutes",
    "announcements.live_day_missing": "live_on",
    "catalogue.service_missing": "service_id",
    "knowledge.not_found": "article_id",
    "tickets.not_found": "ticket_id",
}
"""In which field an error belongs."""


def told(value: object, fmt: Format) -> str:
    """Return a field's value in words, for whoever has to choose between two."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not value:
        return _("none")
    if isinstance(value, tuple):
        return ", ".join(told(each, fmt) for each in value)
    if isinstance(value, date):
        return fmt.exact(value) if isinstance(value, datetime) else fmt.day(value)
    if isinstance(value, AnnouncementKind | AnnouncementChannel):
        return term(current.texts, value)
    return str(value)
