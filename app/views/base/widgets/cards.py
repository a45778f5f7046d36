"""Surfaces and their headings: page header, card, well, notice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.views.base.theme import restyle
from app.views.base.tokens import Space
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.painted import IconSpot

_NOTICE_ICONS = {
    "": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "triangle-alert",
    "info": "info",
    "accent": "lightbulb",
}


class Card(QFrame):
    """A white card. With a title it has a heading row; `head` takes what stands at its right end.

    Fill it through `body`, a vertical layout. `flush` leaves out the side margins of the body, for a table
    that runs from edge to edge (1 px and the rounded foot stay free, for cards do not clip children).
    `is_elided` is for a title that names a record: it ends in an ellipsis where the head has no room.
    """

    def __init__(
        self, title: str = "", *, note: str = "", icon: str = "", flush: bool = False,
        is_elided: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("surface", "card")
        outer = QVBoxLayout(self)
        outer.setSpacing(Space.S)
        outer.setContentsMargins(1, Space.M, 1, 6 if flush else Space.M)
        self.head = QHBoxLayout()
        # Children from the start: a part shown before it has a parent is a window for a moment.
        kind = ElidedLabel if is_elided else PlainLabel
        self.title: PlainLabel = kind(title, "section", parent=self)
        self.note = PlainLabel(note, "muted", parent=self)
        self.title.setVisible(bool(title))
        if title:
            self._build_head(outer, icon)
        self.set_note(note)
        side = 0 if flush else Space.L
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.S)
        self.body.setContentsMargins(side, 0, side, 0)
        outer.addLayout(self.body, 1)

    def set_note(self, text: str) -> None:
        """Show `text`, often a count, after the title; a card without a title has no place for it."""
        self.note.setText(text)
        self.note.setVisible(bool(text and self.title.text()))

    def _build_head(self, outer: QVBoxLayout, icon: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        if icon:
            row.addWidget(IconSpot(icon))
        gives_way = isinstance(self.title, ElidedLabel)
        row.addWidget(self.title, 1 if gives_way else 0)
        row.addWidget(self.note)
        row.addStretch(0 if gives_way else 1)
        self.head.setSpacing(Space.S)
        row.addLayout(self.head)
        outer.addLayout(row)


class Well(QFrame):
    """A sunken ground for figures and clocks. Fill it through `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "well")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.body.setSpacing(Space.XS)


class PageHeader(QWidget):
    """A page's title with a note beside it, or a sentence under it, and the page's actions at the right."""

    def __init__(
        self, title: str, *, note: str = "", sentence: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "page", parent=self)
        self.note = PlainLabel(note, "muted", parent=self)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.title)
        row.addWidget(self.note, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        row.addStretch(1)
        words.addLayout(row)
        self.sentence = PlainLabel(sentence, "muted", wrap=True, parent=self)
        self.sentence.setVisible(bool(sentence))
        words.addWidget(self.sentence)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.L)
        whole.addLayout(words, 1)
        whole.addLayout(self.buttons)

    def say(self, title: str, sentence: str = "") -> None:
        """Change the title, and the sentence under it; "" hides the sentence."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))


class Notice(QFrame):
    """A tinted box with an icon, a sentence, perhaps a title, and buttons at its right end.

    `tone`: "ok", "warn", "bad", "info", "accent" or "". At most one in a card.
    """

    def __init__(
        self, text: str, *, title: str = "", tone: str = "info", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self.setProperty("tone", tone)
        self.title = PlainLabel(title, "strong", wrap=True, parent=self)
        self.title.setVisible(bool(title))
        self.text = PlainLabel(text, wrap=True)
        self._fixed_icon = icon
        self._icon = IconSpot(icon or _NOTICE_ICONS[tone], tone or "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.S)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addLayout(self.buttons)

    def say(self, text: str, *, title: str = "", tone: str = "info") -> None:
        """Show another sentence, in another tone."""
        self.text.setText(text)
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self._icon.show_icon(self._fixed_icon or _NOTICE_ICONS[tone], tone or "muted")
        restyle(self, tone=tone)


def row_of(*parts: QWidget | QLayout | None, spacing: int = Space.S) -> QHBoxLayout:
    """Return a row of widgets and layouts; None is a stretch."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, QWidget):
            row.addWidget(part)
        else:
            row.addLayout(part)
    return row
