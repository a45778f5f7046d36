"""Beside the list: the chosen announcement, what it leads to, who has read it and who is trained for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    EmergencyContact,
    Link,
    Preparation,
    Reading,
)
from app.services.base.terms import term
from app.services.knowledge.markup import render
from app.views.announcements import pane_words
from app.views.base.announcement_words import STATE_TONES, contact_words
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.marked_text import INDENT, article_page
from app.views.base.tokens import Space
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState

_LIVE = frozenset({AnnouncementState.SHOWN, AnnouncementState.PLANNED})


class ReadingPane(QWidget):
    """One announcement as a whole; what is done with it comes out as signals."""

    read_asked = Signal()
    change_asked = Signal()
    end_asked = Signal()
    withdraw_asked = Signal()
    training_asked = Signal()
    link_asked = Signal(object)  # Link
    copy_asked = Signal(str, str)  # name, number

    def __init__(self, fmt: Format, *, may_write: bool, is_somebody: bool) -> None:
        super().__init__()
        self._format = fmt
        self._may_write = may_write
        self._is_somebody = is_somebody
        self._contact: EmergencyContact | None = None
        self.nothing = EmptyState(
            "megaphone", _("Choose an announcement"), _("It is read here, and changed by who may announce.")
        )
        self.title = PlainLabel("", "section", wrap=True)
        self.state = Pill("")
        self.facts = PlainLabel("", "muted", wrap=True)
        self.browser = SafeBrowser(_("Text of the announcement"))
        self.browser.document().setIndentWidth(INDENT)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.article = Button("", ButtonKind.LINK, icon="book-open", small=True)
        self.ticket = Button("", ButtonKind.LINK, icon="inbox", small=True)
        self.told = PlainLabel("", "muted", wrap=True)
        self.emergency = Button("", ButtonKind.LINK, icon="siren", small=True)
        self.emergency_label = PlainLabel("", "muted")
        self.readers = PlainLabel("", wrap=True)
        self.unread = PlainLabel("", "muted", wrap=True)
        self.training = PlainLabel("", wrap=True)
        self.untrained = PlainLabel("", "muted", wrap=True)
        self.record = Button(_("Record training…"), icon="graduation-cap", key="T")
        self.read = Button(_("I have read it"), ButtonKind.PRIMARY, icon="check", key="R")
        self.change = Button(_("Change…"), icon="pencil", key="E")
        self.end = Button(_("It is over"), icon="circle-check", key="X")
        self.withdraw = Button(_("Withdraw"), icon="undo-2", key="W")
        self._build()
        self._connect()
        self.show_one(None, None)

    # -- what is shown -------------------------------------------------------------------------------

    def show_one(self, one: Announcement | None, now: datetime | None) -> None:
        """Show an announcement; who has read it comes later, by `show_people`."""
        self.nothing.setVisible(one is None)
        self._whole.setVisible(one is not None)
        self._foot.setVisible(one is not None)
        if one is None or now is None:
            return
        details, fmt = one.details, self._format
        self.title.setText(details.title)
        self.state.say(term(current.texts, one.state), STATE_TONES[one.state])
        self.facts.setText(pane_words.facts(one, fmt, now))
        self.browser.setVisible(bool(details.text))
        self.browser.show_html(article_page(render(details.text).html))
        self._say_link(self.article, pane_words.article_link(one))
        self._say_link(self.ticket, pane_words.ticket_link(one))
        self.told.setText(pane_words.ways(one))
        self.told.setVisible(bool(details.channels))
        for label in (self.readers, self.unread, self.training, self.untrained):
            label.hide()
        self._show_deeds(one)

    def show_people(
        self, one: Announcement, readings: Sequence[Reading], preparations: Sequence[Preparation]
    ) -> None:
        """Show who has read it, and who is trained."""
        if one.details.must_read and readings:
            self._say(self.readers, pane_words.read_count(readings))
            self._say(self.unread, pane_words.still_unread(readings))
        if preparations:
            self._say(self.training, pane_words.trained_count(preparations))
            self._say(self.untrained, pane_words.still_untrained(preparations))

    def show_contact(self, contact: EmergencyContact) -> None:
        """Show the emergency number of this moment."""
        self._contact = contact
        who, number = contact_words(contact, self._format)
        self.emergency_label.setText(_("Emergency phone: {who}").format(who=who))
        self.emergency.say(number)
        for part in (self.emergency, self.emergency_label):
            part.setVisible(bool(number))

    def enter(self) -> None:
        """Go to the first thing that can be done."""
        stops = (self.read, self.article, self.ticket, self.record, self.change, self.withdraw)
        first = next((one for one in stops if one.isVisible() and one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_deeds(self, one: Announcement) -> None:
        is_live, may = one.state in _LIVE, self._may_write
        self.read.say(_("I have read it") if one.read_at is None else _("I have not read it"))
        self.read.setVisible(self._is_somebody and one.details.must_read and is_live)
        self.change.setVisible(may and one.state is not AnnouncementState.WITHDRAWN)
        self.end.setVisible(may and one.state is AnnouncementState.SHOWN)
        is_gone = one.state is AnnouncementState.WITHDRAWN
        self.withdraw.say(_("Let it hold again") if is_gone else _("Withdraw"), "undo-2")
        self.withdraw.setVisible(may and (is_live or is_gone))
        is_new = one.details.kind is AnnouncementKind.NEW_SYSTEM
        self.record.setVisible(may and is_new and not is_gone)

    @staticmethod
    def _say_link(button: Button, text: str) -> None:
        button.say(text)
        button.setVisible(bool(text))

    @staticmethod
    def _say(label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._whole = QWidget()
        self._whole.setProperty("scrolled", True)
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, Space.S, 0)
        whole.setSpacing(Space.S)
        head = row_of(self.title, self.state)
        head.setStretch(0, 1)
        whole.addLayout(head)
        whole.addWidget(self.facts)
        whole.addSpacing(Space.XS)
        whole.addWidget(self.browser)
        for button in (self.article, self.ticket):
            whole.addLayout(row_of(button, None))
        whole.addWidget(self.told)
        whole.addLayout(row_of(self.emergency_label, self.emergency, None))
        whole.addSpacing(Space.XS)
        for label in (self.readers, self.unread):
            whole.addWidget(label)
        whole.addSpacing(Space.XS)
        for label in (self.training, self.untrained):
            whole.addWidget(label)
        whole.addLayout(row_of(self.record, None))
        whole.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._whole)
        self._foot = QWidget()
        self._foot.setLayout(row_of(self.read, self.change, self.end, self.withdraw, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing, 1)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot)
        for part in (self.emergency, self.emergency_label):
            part.hide()

    def _connect(self) -> None:
        self.read.clicked.connect(self.read_asked)
        self.change.clicked.connect(self.change_asked)
        self.end.clicked.connect(self.end_asked)
        self.withdraw.clicked.connect(self.withdraw_asked)
        self.record.clicked.connect(self.training_asked)
        self.article.clicked.connect(lambda: self.link_asked.emit(Link.ARTICLE))
        self.ticket.clicked.connect(lambda: self.link_asked.emit(Link.TICKET))
        self.emergency.clicked.connect(self._copy)

    def _fit(self, size: QSizeF) -> None:
        """Be as tall as the text: the pane scrolls as a whole."""
        self.browser.setFixedHeight(int(size.height()) + Space.S)

    def _copy(self) -> None:
        if self._contact is not None:
            name = self._contact.name or _("the desk")
            self.copy_asked.emit(name, self._contact.number)
