"""The parts of the reading pane: who reported it, the last lines of its log, and the composer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.models.entities.people import NumberKind, Person
from app.models.entities.tickets import Channel
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.knowledge.queries import ArticleHit
from app.services.people.masking import is_mask
from app.views.base.format import phone
from app.views.base.i18n import _, current
from app.views.base.tokens import Size, Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.detail_names import article_number
from app.views.tickets.reading_drafts import Unsent, Writing
from app.views.tickets.reading_presenter import Reading
from app.views.tickets.timeline_items import TimelineItem

_AVATAR = 34
_TEXT_HEIGHT = 64
_LONGEST_TEXT = 220
_ENTRIES = 5
_BETWEEN = " · "
_NUMBERS = (NumberKind.EXTENSION, NumberKind.WORK, NumberKind.MOBILE)


class CallerLine(QWidget):
    """Who reported it: name, VIP, department and place; their number and address are copied by a click."""

    copied = Signal(str)  # what was put on the clipboard

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.avatar = Avatar("", _AVATAR)
        self.name = ElidedLabel("", "strong")
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.vip = Pill(_("VIP"), "warn", icon="star")
        self.place = ElidedLabel("", "muted")
        self.reach = ElidedLabel("", "muted")
        self.phone = IconButton("phone", _("Copy the telephone number"), ButtonKind.DEFAULT)
        self.mail = IconButton("mail", _("Copy the e-mail address"), ButtonKind.DEFAULT)
        self._number = self._address = ""
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.name)
        head.addWidget(self.vip)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(self.place)
        words.addWidget(self.reach)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        row.addWidget(self.phone)
        row.addWidget(self.mail)
        self.phone.clicked.connect(lambda: self._copy(self._number))
        self.mail.clicked.connect(lambda: self._copy(self._address))

    def show_person(self, name: str, person: Person | None) -> None:
        """Show a name at once; the rest when it has been read."""
        details = person.details if person is not None else None
        if details is not None:
            name = name_in(details.name, details.name_alt, current.code)
        self.avatar.show_person(name)
        self.name.setText(name or _("Nobody named"))
        self.vip.setVisible(details is not None and details.is_vip)
        numbers = {each.kind: each.number for each in person.phones} if person is not None else {}
        self._number = next((numbers[kind] for kind in _NUMBERS if kind in numbers), "")
        self._address = details.email if details is not None else ""
        place = (details.department or details.company) if details is not None else ""
        reach = (details.location if details is not None else "", phone(self._number))
        for line, said in ((self.place, place), (self.reach, _BETWEEN.join(part for part in reach if part))):
            line.setText(said)
            line.setVisible(bool(said))
        self.phone.setVisible(bool(self._number) and not is_mask(self._number))
        self.mail.setVisible(bool(self._address) and not is_mask(self._address))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)


class LastLines(QWidget):
    """The newest lines of the log, shortened; the article that may help stands last."""

    article_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._shown: object = None

    def show_lines(self, items: Sequence[TimelineItem], article: ArticleHit | None, reading: Reading) -> None:
        """Show the newest items; nothing is built again if they are the same."""
        fmt, now = reading.names.format, reading.now
        key = (tuple(items[:_ENTRIES]), article, [fmt.relative(item.at, now) for item in items[:_ENTRIES]])
        if key == self._shown:
            return
        self._shown = key
        while (gone := self._column.takeAt(0)) is not None:
            if (line := gone.widget()) is not None:
                line.deleteLater()
        for item in items[:_ENTRIES]:
            said = item.text or item.words
            self._add(item.icon, item.tone, item.who, fmt.relative(item.at, now), said)
        if article is not None:
            self._add_article(article)
        self._column.addStretch(1)

    def _add(self, icon: str, tone: str, who: str, when: str, text: str) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, Space.XS, 0, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconSpot(icon, tone or "muted", Size.ICON), 0, Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(ElidedLabel(who, "strong"), 1)
        head.addWidget(PlainLabel(when, "small"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(PlainLabel(_shortened(text), wrap=True))
        row.addLayout(words, 1)
        if self._column.count():
            self._column.addWidget(rule())
        self._column.addWidget(entry)
        return entry

    def _add_article(self, article: ArticleHit) -> None:
        row = article.row
        asked = row.helped_count + row.not_helped_count
        text = row.title
        if asked:
            helped = _("Helped {helped} of {asked} times.").format(helped=row.helped_count, asked=asked)
            text = f"{text} {helped}"
        entry = self._add("lightbulb", "ok", _("Suggested article"), article_number(row.number), text)
        button = Button(_("Read"), ButtonKind.LINK, small=True)
        button.setAccessibleName(_("Read {article}").format(article=row.title))
        button.clicked.connect(lambda: self.article_asked.emit(int(row.id)))
        layout = entry.layout()
        if layout is not None:
            layout.addWidget(button)


class Composer(QWidget):
    """A note, a reply or a solution; Ctrl+Enter sends it."""

    send_asked = Signal(object, object)  # Unsent, Channel
    typed = Signal(object)  # Unsent: worth keeping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.kind = Segment(
            [
                Choice(Writing.NOTE, _("Note")),
                Choice(Writing.REPLY, _("Reply")),
                Choice(Writing.SOLUTION, _("Solution")),
            ],
            said=_("What to write"),
        )
        self.channel = Choose()
        self.channel.setAccessibleName(_("Through which channel"))
        self.send = Button(_("Add note"), ButtonKind.PRIMARY)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.text)
        column.addWidget(self.channel)
        column.addLayout(row)
        self.kind.chosen.connect(lambda _key: self._on_kind())
        self.text.textChanged.connect(self._on_typed)
        self.send.clicked.connect(self._send)
        self._show_kind()

    @property
    def unsent(self) -> Unsent:
        """What stands in it."""
        return Unsent(self.text.toPlainText(), Writing(self.kind.key))

    @property
    def is_typing(self) -> bool:
        """Whether somebody is in the middle of a text here."""
        focus = self.window().focusWidget()
        return bool(self.unsent.text.strip()) and focus is not None and self.isAncestorOf(focus)

    def begin(self, channels: Sequence[Channel]) -> None:
        """Be empty, for another ticket; `channels` are those one can answer through."""
        self.channel.clear()
        for channel in channels:
            self.channel.addItem(term(current.texts, channel), channel)
        self.show_unsent(Unsent())

    def show_unsent(self, unsent: Unsent) -> None:
        """Show what was typed some time ago."""
        self.text.blockSignals(True)
        self.text.setPlainText(unsent.text)
        self.text.blockSignals(False)
        self.kind.choose(unsent.writing)
        self._show_kind()

    def write(self, writing: Writing) -> None:
        """Put the cursor in, for this kind of text."""
        self.kind.choose(writing)
        self._show_kind()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl+Enter in the text sends; Enter alone is a new line."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._send()
                return True
        return False

    def _on_kind(self) -> None:
        self._show_kind()
        self.typed.emit(self.unsent)

    def _on_typed(self) -> None:
        self._wait()
        self.typed.emit(self.unsent)

    def _show_kind(self) -> None:
        writing = Writing(self.kind.key)
        hints = {
            Writing.NOTE: _("Internal note – only the desk sees it"),
            Writing.REPLY: _("What the requester was told"),
            Writing.SOLUTION: _("What solved it"),
        }
        buttons = {
            Writing.NOTE: _("Add note"),
            Writing.REPLY: _("Record reply"),
            Writing.SOLUTION: _("Resolve…"),
        }
        self.text.setPlaceholderText(hints[writing])
        self.text.setAccessibleName(hints[writing])
        self.channel.setVisible(writing is Writing.REPLY)
        self.send.say(buttons[writing])
        self._wait()

    def _wait(self) -> None:
        is_empty = not self.text.toPlainText().strip()
        needs_text = Writing(self.kind.key) is not Writing.SOLUTION
        self.send.wait_for(_("Write something first.") if is_empty and needs_text else "")

    def _send(self) -> None:
        if self.send.isEnabled():
            channel = self.channel.currentData()
            self.send_asked.emit(self.unsent, Channel(channel) if channel else Channel.EMAIL)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1].rstrip() + "…"
