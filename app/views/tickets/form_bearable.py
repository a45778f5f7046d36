"""Until when the user can wait, as one types it while registering: beside impact and urgency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.theme import restyle
from app.views.base.tokens import Space
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.moment_line import MomentLine
from app.views.tickets.fact_words import wait_words
from app.views.tickets.form_values import UNREADABLE


class BearableRow(QWidget):
    """Label and line; under them what is wrong with the text, or that the promise is later."""

    changed = Signal()
    spoke = Signal(bool)  # whether something is said under the line

    def __init__(self, fmt: Format, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._now = now
        self._due_at: datetime | None = None
        self.line = MomentLine(fmt, now)
        self.line.setObjectName("bearable")
        label = PlainLabel(_("Can wait until"), "muted")
        label.setBuddy(self.line)
        self.line.setAccessibleName(_("User can wait until"))
        self.message = PlainLabel("", "small", wrap=True)
        self.message.hide()
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.message)
        self.line.changed.connect(self._on_changed)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.refused.connect(self._show_refusal)

    @property
    def value(self) -> str:
        """The time in ISO form, "" for none, or the text after UNREADABLE while it is no time."""
        if not self.line.is_readable:
            return UNREADABLE + self.line.text()
        return "" if self.line.value is None else self.line.value.isoformat()

    def set_value(self, value: str) -> None:
        """Show a value as `value` gives it, without telling anybody."""
        if value.startswith(UNREADABLE):
            self.line.setText(value[len(UNREADABLE) :])
            self.line.setModified(True)
        else:
            self.line.show_value(datetime.fromisoformat(value) if value else None)
        self._show_late()

    def show_due(self, due_at: datetime | None) -> None:
        """Say so where the promise is later than the user can wait."""
        self._due_at = due_at
        self._show_late()

    def show_error(self, text: str) -> None:
        """Say what is wrong with the text."""
        self._show_refusal(text)

    def _on_changed(self) -> None:
        self._show_late()
        self.changed.emit()

    def _show_late(self) -> None:
        self._say(wait_words(self.line.value, self._due_at, self._format, self._now()), "warn")

    def _show_refusal(self, text: str) -> None:
        restyle(self.line, invalid=bool(text))
        self.line.setAccessibleDescription(text)
        if text:
            self._say(text, "bad")
        else:
            self._show_late()

    def _say(self, text: str, ink: str) -> None:
        self.message.setText(text)
        self.message.set_ink(ink)
        self.message.setVisible(bool(text))
        self.spoke.emit(bool(text))
