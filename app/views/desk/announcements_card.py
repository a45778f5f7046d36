"""What is announced now, what one has still to read on top, and the emergency number of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.announcements import Announcement, EmergencyContact
from app.views.base.announcement_words import LOOKS, contact_words, kind_name, live_day, span
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.painted import IconSpot

_MOST = 4


class AnnouncementsCard(Card):
    """At most four lines, the rest is on their page; a box says that one has read it."""

    opened = Signal(int)  # the announcement's id, 0 for the page
    read_asked = Signal(int)
    copied = Signal(str, str)  # name, number

    def __init__(self, fmt: Format, *, is_somebody: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Announcements"), parent=parent)
        self._format = fmt
        self._is_somebody = is_somebody
        self._shown: tuple[object, ...] | None = None
        self._contact: EmergencyContact | None = None
        self.open = Button(_("Open"), ButtonKind.LINK, small=True)
        set_tip(self.open, _("Announcements"), "Alt+U")
        self.head.addWidget(self.open)
        self.empty = PlainLabel(_("Nothing is announced now."), "muted", wrap=True)
        self.lines = QWidget()
        self.more = Button("", ButtonKind.LINK, small=True)
        self.emergency = PlainLabel("", "small")
        self.number = Button("", ButtonKind.LINK, icon="siren", small=True)
        foot = row_of(self.emergency, None, self.number)
        for part in (self.empty, self.lines):
            self.body.addWidget(part)
        self.body.addLayout(row_of(self.more, None))
        self.body.addLayout(foot)
        for part in (self.more, self.emergency, self.number, self.lines):
            part.hide()
        self.open.clicked.connect(lambda: self.opened.emit(0))
        self.more.clicked.connect(lambda: self.opened.emit(0))
        self.number.clicked.connect(self._copy)

    def show_found(self, found: Sequence[Announcement], now: datetime) -> None:
        """Show what holds, in its order; while it is the same, the focus stays."""
        shown = tuple((one, self._when(one, now)) for one in found)
        if self._shown == shown:
            return
        self._shown = shown
        unread = sum(one.is_unread for one in found)
        self.set_note(
            ngettext("{count} unread", "{count} unread", unread).format(count=unread) if unread else ""
        )
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for one in found[:_MOST]:
            column.addLayout(self._line(one, now))
        self.body.replaceWidget(self.lines, fresh)
        self.lines.hide()
        self.lines.deleteLater()
        self.lines = fresh
        fresh.setVisible(bool(found))
        self.empty.setVisible(not found)
        rest = len(found) - _MOST
        self.more.say(ngettext("and {count} more", "and {count} more", max(1, rest)).format(count=rest))
        self.more.setVisible(rest > 0)
        self.updateGeometry()

    def show_contact(self, contact: EmergencyContact) -> None:
        """Show whom to call in an emergency now."""
        self._contact = contact
        who, number = contact_words(contact, self._format)
        self.emergency.setText(_("Emergency phone: {who}").format(who=who))
        self.number.say(number)
        for part in (self.emergency, self.number):
            part.setVisible(bool(number))
        self.updateGeometry()

    def forget(self) -> None:
        """Draw the lines anew the next time: a box was ticked and it is not read after all."""
        self._shown = None

    def _line(self, one: Announcement, now: datetime) -> QHBoxLayout:
        icon, ink = LOOKS[one.details.kind]
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        if one.is_unread and self._is_somebody:
            box = QCheckBox()
            box.setAccessibleName(_("I have read it: {title}").format(title=one.details.title))
            set_tip(box, _("I have read it"))
            box.clicked.connect(partial(self.read_asked.emit, int(one.id)))
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(IconSpot(icon, ink, Size.ICON), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = ElidedLabel(one.details.title, "strong" if one.is_unread else "")
        set_tip(title, one.details.title)
        words.addWidget(title)
        words.addWidget(PlainLabel(f"{kind_name(one)} · {self._when(one, now)}", "small"))
        read = Button(_("Read"), ButtonKind.LINK, small=True)
        read.setAccessibleName(_("Read “{title}”").format(title=one.details.title))
        read.clicked.connect(partial(self.opened.emit, int(one.id)))
        row.addLayout(words, 1)
        row.addWidget(read, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _when(self, one: Announcement, now: datetime) -> str:
        return live_day(one, self._format) or span(one, self._format, now)

    def _copy(self) -> None:
        if self._contact is not None:
            self.copied.emit(self._contact.name or _("the desk"), self._contact.number)
