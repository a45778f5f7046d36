"""Text around search hits, the hits on a marker's ground: painted, so that nothing in it is read as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import font

_LINES = 2
_LINE_HEIGHT = 19


class HitText(QWidget):
    """Up to two lines of (text, is_hit) pieces; the tooltip holds all of it."""

    def __init__(self, pieces: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Line breaks of the source are no line breaks of a snippet.
        self._pieces = [(text.replace("\n", " "), is_hit) for text, is_hit in pieces]
        self.text = "".join(text for text, _is_hit in self._pieces)
        self.setAccessibleName(self.text)
        set_tip(self, self.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def hits(self) -> list[str]:
        """The marked words."""
        return [text for text, is_hit in self._pieces if is_hit]

    def sizeHint(self) -> QSize:
        return QSize(240, _LINES * _LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _LINES * _LINE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout = QTextLayout(self.text, font(Type.NUMBER))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        painter = QPainter(self)
        painter.setPen(tok("muted"))
        layout.beginLayout()
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, number * _LINE_HEIGHT))
        layout.endLayout()
        layout.draw(painter, QPointF(0, 0))

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats = []
        at = 0
        for text, is_hit in self._pieces:
            if is_hit:
                look = QTextCharFormat()
                look.setBackground(tok("mark"))
                look.setForeground(tok("text"))
                found = QTextLayout.FormatRange()
                # Qt counts in UTF-16 units.
                found.start = at
                found.length = len(text.encode("utf-16-le")) // 2
                found.format = look
                formats.append(found)
            at += len(text.encode("utf-16-le")) // 2
        return formats
