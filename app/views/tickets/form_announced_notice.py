"""What is announced and fits the call: one line, so that the agent can tell the caller at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.announcements import Announcement, AnnouncementKind
from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice

_TONES: Mapping[AnnouncementKind, str] = {
    AnnouncementKind.FAULT: "bad",
    AnnouncementKind.MAINTENANCE: "warn",
}
LINK_KEY = "Ctrl+Shift+K"


class AnnouncedNotice(Notice):
    """The line and what can be done with it; hidden while nothing fits."""

    link_asked = Signal()
    article_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone="bad", icon="megaphone", parent=parent)
        self.setObjectName("announced")
        self.link = Button("", icon="link", small=True, key=LINK_KEY)
        self.article = Button(_("Use its article"), icon="book-open", small=True)
        self.buttons.addWidget(self.link)
        self.buttons.addWidget(self.article)
        self.link.clicked.connect(self.link_asked)
        self.article.clicked.connect(self.article_asked)
        self.hide()

    def show_one(self, one: Announcement | None, text: str, *, is_linked: bool) -> None:
        """Show one announcement; None for none."""
        self.setVisible(one is not None)
        if one is None:
            return
        self.say(text, tone=_TONES.get(one.details.kind, "info"))
        self.link.setVisible(one.ticket is not None)
        if one.ticket is not None:
            said = _("Linked to #{number}") if is_linked else _("Link to #{number}")
            self.link.say(said.format(number=one.ticket.number), "check" if is_linked else "link")
        self.article.setVisible(one.article is not None)
