"""Beside the list: the whole line, what was said about it, and where one writes about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.handover import Handover, HandoverState, Line, LineState, Side
from app.services.handover.rules import LONGEST_NOTE
from app.services.handover.words import HandoverWords
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Well, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Choice, Segment
from app.views.handover.handover_presenter import Entry
from app.views.handover.line_words import line_pill

_ENTRY_HEIGHT = 76


class EntryEdit(QPlainTextEdit):
    """A text of some lines: Ctrl+Enter saves it, Esc goes back to the list, Tab leaves it."""

    saved = Signal()
    left = Signal()

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_ENTRY_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LinePane(Card):
    """One line as a whole. What was typed and not saved stays with its line."""

    write_asked = Signal(int, object, str)  # a line's id, the Entry, the text
    tick_asked = Signal(int)
    open_asked = Signal(int)  # a line whose ticket or announcement is to be shown
    left = Signal()

    def __init__(self, words: HandoverWords, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("line_pane")
        self._words = words
        self._may_write = may_write
        self._line: Line | None = None
        self._typed: dict[tuple[int, Entry], str] = {}
        self.about = PlainLabel(_("Choose a line to read it whole."), "muted", wrap=True)
        self.heading = PlainLabel("", "caps")
        self.title = PlainLabel("", "section", wrap=True)
        self.facts = PlainLabel("", "muted", wrap=True)
        self.said = PlainLabel("", wrap=True)
        self.state = Pill("")
        self.tick = Button(_("Take over"), icon="check", key="Space")
        self.open = Button(_("Open the ticket"), ButtonKind.LINK, small=True)
        self.talk = QVBoxLayout()
        self.talk.setSpacing(Space.S)
        self.kind = Segment(
            [
                Choice(Entry.NOTE, _("Note")),
                Choice(Entry.QUESTION, _("Ask back")),
                Choice(Entry.ANSWER, _("Answer")),
            ],
            said=_("What to write"),
        )
        self.entry = EntryEdit(_("Text to this line"))
        self.save = Button(_("Save"), ButtonKind.PRIMARY, key="Ctrl+Enter", small=True)
        self.why = PlainLabel("", "small", wrap=True)
        self._build()
        self.kind.chosen.connect(lambda _key: self._load_entry())
        self.entry.saved.connect(self._write)
        self.entry.left.connect(self.left)
        self.entry.textChanged.connect(self._keep_typed)
        self.save.clicked.connect(self._write)
        self.tick.clicked.connect(lambda: self._line and self.tick_asked.emit(self._line.id))
        self.open.clicked.connect(lambda: self._line and self.open_asked.emit(self._line.id))
        self.show_line(None, None, None)

    @property
    def typed(self) -> Mapping[tuple[int, Entry], str]:
        """What was typed and is not saved yet."""
        return self._typed

    def take_typed(self, typed: Mapping[tuple[int, Entry], str]) -> None:
        """Put back what was typed before the page was built anew."""
        self._typed.update(typed)

    def show_line(self, line: Line | None, handover: Handover | None, side: Side | None) -> None:
        """Show a line; None: none is chosen. The side says what is offered to be written first."""
        is_new = line is None or self._line is None or line.id != self._line.id
        self._line, self._handover, self._side = line, handover, side
        self.about.setVisible(line is None)
        self._whole.setVisible(line is not None)
        if line is None or handover is None:
            self._writing.hide()
            return
        told = self._words.line(line.section, line.reference, line.body)
        self.heading.setText(self._words.section(line.section))
        self.title.setText(told.title)
        self.facts.setText(told.facts)
        self.said.setText(told.said)
        self.facts.setVisible(bool(told.facts))
        self.said.setVisible(bool(told.said))
        self.open.setVisible(line.ticket_id is not None or line.announcement_id is not None)
        self.open.say(_("Open the announcement") if line.ticket_id is None else _("Open the ticket"))
        text, tone, icon = line_pill(self._words, line)
        self.state.say(text, tone, icon)
        self._show_talk(line)
        is_closed = handover.state is HandoverState.CLOSED
        self.tick.setVisible(self._may_write and not is_closed and side is not Side.OUT)
        is_ticked = line.state is LineState.TICKED
        self.tick.say(
            _("Take the tick back") if is_ticked else _("Take over"), "undo-2" if is_ticked else "check"
        )
        self._writing.setVisible(self._may_write and not is_closed)
        if is_new:
            self.kind.choose(self._first_kind(line))
        if is_new or not self.entry.hasFocus():
            self._load_entry()
        self._wait()

    def begin(self, entry: Entry) -> None:
        """Put the cursor where a note, a question or an answer is written."""
        if self._line is not None and self._writing.isVisibleTo(self):
            self.kind.choose(entry)
            self._load_entry()
            self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget_typed(self, line_id: int, entry: Entry) -> None:
        """What was typed is saved."""
        self._typed.pop((line_id, entry), None)
        if self._line is not None and self._line.id == line_id and entry is not Entry.NOTE:
            self.entry.setPlainText("")

    # --- inside -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row_of(self.heading, None, self.state))
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self.said)
        column.addLayout(row_of(self.tick, self.open, None))
        column.addLayout(self.talk)
        self._writing = QWidget()
        writing = QVBoxLayout(self._writing)
        writing.setContentsMargins(0, Space.S, 0, 0)
        writing.setSpacing(Space.S)
        writing.addWidget(self.kind)
        writing.addWidget(self.entry)
        writing.addLayout(row_of(self.why, None, self.save))
        column.addStretch(1)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, Space.S, 0)
        rows.addWidget(self.about)
        rows.addWidget(self._whole, 1)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._writing)  # below what scrolls, so that it stays in reach

    def _show_talk(self, line: Line) -> None:
        while self.talk.count():
            item = self.talk.takeAt(0)
            well = item.widget() if item is not None else None
            if well is not None:
                well.hide()
                well.deleteLater()
        for name, text, who in (
            (_("Note of the outgoing leader"), line.note, None),
            (_("Question"), line.question, line.body.get("asked")),
            (_("Answer"), line.answer, line.body.get("answered")),
        ):
            if text:
                self.talk.addWidget(self._word(name, text, who))

    def _word(self, name: str, text: str, who: Mapping[str, object] | None) -> QWidget:
        well = Well()
        by = ""
        if who:
            by = f"{self._words.name(who, 'by')} · {self._words.when(int(str(who['at'])))}"
        well.body.addLayout(row_of(PlainLabel(name, "strong"), None, PlainLabel(by, "small")))
        well.body.addWidget(PlainLabel(text, wrap=True))
        return well

    def _first_kind(self, line: Line) -> Entry:
        if line.state is LineState.ASKED and self._side is not Side.IN:
            return Entry.ANSWER
        is_draft = self._handover is not None and self._handover.state is HandoverState.DRAFT
        return Entry.QUESTION if self._side is Side.IN or not is_draft else Entry.NOTE

    def _blocked(self) -> str:
        entry = Entry(self.kind.key)
        if self._line is None or self._handover is None:
            return _("Choose a line to read it whole.")
        if entry is Entry.NOTE and self._handover.state is not HandoverState.DRAFT:
            return _("The outgoing leader has signed: notes stand still.")
        if entry is Entry.QUESTION and self._side is Side.OUT:
            return _("Whoever takes over asks.")
        if entry is Entry.ANSWER and not self._line.question:
            return _("Nobody has asked about this line.")
        return ""

    def _load_entry(self) -> None:
        if self._line is None:
            return
        entry = Entry(self.kind.key)
        stored = self._line.note if entry is Entry.NOTE else ""
        text = self._typed.get((self._line.id, entry), stored)
        if text != self.entry.toPlainText():
            self.entry.setPlainText(text)
        hints = {
            Entry.NOTE: _("What the next shift should know about it"),
            Entry.QUESTION: _("What do you want to know?"),
            Entry.ANSWER: _("Answer the question"),
        }
        self.entry.setPlaceholderText(hints[entry])
        self._wait()

    def _keep_typed(self) -> None:
        if self._line is None:
            return
        entry = Entry(self.kind.key)
        stored = self._line.note if entry is Entry.NOTE else ""
        text = self.entry.toPlainText()
        if text.strip() == stored.strip():
            self._typed.pop((self._line.id, entry), None)
        else:
            self._typed[self._line.id, entry] = text
        self._wait()

    def _wait(self) -> None:
        if self._line is None:
            return
        entry, text = Entry(self.kind.key), self.entry.toPlainText().strip()
        why = self._blocked()
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.entry.setReadOnly(bool(why))
        if not why and len(text) > LONGEST_NOTE:
            why = _("This text is too long.")
        if not why and entry is Entry.NOTE and text == self._line.note.strip():
            why = _("Nothing was changed.")
        if not why and entry is not Entry.NOTE and not text:
            why = _("Type something first.")
        self.save.wait_for(why)

    def _write(self) -> None:
        if self._line is not None and self.save.isEnabled():
            self.write_asked.emit(self._line.id, Entry(self.kind.key), self.entry.toPlainText())
            self.left.emit()
