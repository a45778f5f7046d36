"""Notes for the next shift: left with Enter, ticked off with Space."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.roster import ShiftNote
from app.services.roster.commands import LONGEST_NOTE
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card
from app.views.base.widgets.labels import PlainLabel, set_tip


class NotesCard(Card):
    """What the next shift must know. Somebody who may not write notes reads them."""

    note_given = Signal(str)
    note_marked = Signal(int)

    def __init__(self, fmt: Format, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Notes for the next shift"), parent=parent)
        self._format = fmt
        self._may_write = may_write
        self._notes: tuple[ShiftNote, ...] | None = None
        self._shown_on: date | None = None
        self._host = QWidget()
        self.empty = PlainLabel(
            _("Nothing is left for the next shift yet: calls promised, people waiting, what to watch."),
            "muted",
            wrap=True,
        )
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST_NOTE)
        self.text.setPlaceholderText(_("Leave a note for the next shift"))
        self.text.setAccessibleName(_("Leave a note for the next shift"))
        self.leave = Button(_("Leave note"), icon="plus")
        write = QHBoxLayout()
        write.setSpacing(Space.S)
        write.addWidget(self.text, 1)
        write.addWidget(self.leave)
        self._top = QWidget()
        self._top.setLayout(write)
        write.setContentsMargins(0, 0, 0, Space.XS)
        # On top, so that it stays in reach however many notes there are.
        self.body.addWidget(self._top)
        if not may_write:
            self._top.hide()
        self.body.addWidget(self.empty)
        self.body.addWidget(self._host)
        self.body.addStretch(1)
        self.text.returnPressed.connect(self._give)
        self.text.textChanged.connect(self._wait)
        self.leave.clicked.connect(self._give)
        self._wait()

    def show_notes(self, notes: Sequence[ShiftNote], now: datetime) -> None:
        """Show the notes not ticked off yet, the newest first; while they are the same, the focus stays."""
        if self._notes == tuple(notes) and self._shown_on == now.date():
            return
        self._notes, self._shown_on = tuple(notes), now.date()
        self.set_note(str(len(notes)) if notes else "")
        self.empty.setVisible(not notes)
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for note in notes:
            column.addLayout(self._line(note, now))
        self.body.replaceWidget(self._host, fresh)
        self._host.hide()
        self._host.deleteLater()
        self._host = fresh
        fresh.setVisible(bool(notes))

    def forget(self) -> None:
        """Draw the notes anew the next time: a box was ticked and the note is not done after all."""
        self._notes = None

    def clear_text(self) -> None:
        """Empty the line: its note is saved."""
        self.text.clear()

    @property
    def typed(self) -> str:
        """What stands in the line and is not saved yet."""
        return self.text.text()

    def type(self, text: str) -> None:
        """Put text into the line as if it had been typed."""
        self.text.setText(text)

    def _line(self, note: ShiftNote, now: datetime) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        if self._may_write:
            box = QCheckBox()
            box.setAccessibleName(_("Done: {note}").format(note=note.text))
            set_tip(box, _("Tick it off"))
            box.clicked.connect(partial(self.note_marked.emit, note.id))
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(note.text, wrap=True))
        about = " · ".join(part for part in (note.author_name, self._format.when(note.at, now)) if part)
        words.addWidget(PlainLabel(about, "small"))
        row.addLayout(words, 1)
        return row

    def _give(self) -> None:
        if self.text.text().strip():
            self.note_given.emit(self.text.text())

    def _wait(self) -> None:
        self.leave.wait_for("" if self.text.text().strip() else _("Write the note first."))
