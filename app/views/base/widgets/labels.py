"""Labels that show text as it is: never as HTML, whoever wrote it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.views.base.theme import restyle


class PlainLabel(QLabel):
    """A label for any text. A bare QLabel would render a ticket's subject as HTML and fetch its pictures.

    `role` is a place in the hierarchy of words: "", "muted", "faint", "small", "strong", "caps",
    "section", "record", "page" or "figure". `ink` is "", or a state: "ok", "warn", "bad", "info", "accent".
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        ink: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_ink(self, ink: str) -> None:
        """Change the state the words are coloured for."""
        if self.property("ink") != ink:
            restyle(self, ink=ink)


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where there is no room; the tooltip holds all of it."""

    def __init__(self, text: str = "", role: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        set_tip(self, self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def set_tip(widget: QWidget, text: str, key: str = "") -> None:
    """Give `widget` a tooltip of plain text, with its shortcut after it. Tooltips would render HTML too."""
    widget.setToolTip(plain_tip(f"{text} ({key})" if key else text))


def plain_tip(text: str) -> str:
    """Return what a tooltip must be given to show `text` as it is: Qt guesses which tips are HTML.

    With no bracket in it there is nothing to guess; else it is made one paragraph of escaped text.
    """
    return f'<p style="white-space:pre-wrap">{escape(text, quote=False)}</p>' if "<" in text else text


def no_key(text: str) -> str:
    """Return what a button or menu must be given to show `text` as it is: "&" makes a key of a letter."""
    return text.replace("&", "&&")


def rule(*, down: bool = False) -> QFrame:
    """Return a 1 px line across, or down."""
    line = QFrame()
    line.setProperty("rule", "down" if down else "across")
    return line
