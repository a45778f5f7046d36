"""Text around search hits, the hits on a marker's ground: painted, so that nothing in it is read as HTML."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import font

_LINE_HEIGHT = 19


def marked(text: str, hits: Collection[str]) -> list[tuple[str, bool]]:
    """Return `text` as (text, is_hit) pieces; what was a hit elsewhere is one here too, in any case."""
    words = sorted((_pattern(hit.strip()) for hit in hits if hit.strip()), key=len, reverse=True)
    if not words:
        return [(text, False)]
    parts = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part]


def _pattern(hit: str) -> str:
    # A Latin word counts whole; hanzi stand within longer words.
    return rf"\b{re.escape(hit)}\b" if hit.isascii() else re.escape(hit)


class HitText(QWidget):
    """(text, is_hit) pieces on as many lines as `lines` says; the tooltip holds all of it."""

    def __init__(
        self,
        pieces: Sequence[tuple[str, bool]],
        *,
        lines: int = 2,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._strong = strong
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
        return QSize(240, self._lines * _LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._lines * _LINE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixels = Type.BASE if self._strong else Type.NUMBER
        look = font(pixels, strong=self._strong)
        start = self._lay_out(QTextLayout(self.text, look))
        # The last line there is room for says by its end that more would follow.
        units = self.text.encode("utf-16-le")
        rest = units[2 * start :].decode("utf-16-le")
        shown = QFontMetrics(look).elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
        layout = QTextLayout(units[: 2 * start].decode("utf-16-le") + shown, look)
        layout.setFormats(self._formats())
        self._lay_out(layout)
        painter = QPainter(self)
        painter.setPen(tok("text" if self._strong else "muted"))
        layout.draw(painter, QPointF(0, 0))

    def _lay_out(self, layout: QTextLayout) -> int:
        """Break a text into lines; return where the last of them begins, in UTF-16 units as Qt counts."""
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        start = 0
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, number * _LINE_HEIGHT))
            start = line.textStart()
        layout.endLayout()
        return start

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
