"""What-if: per priority, how it was and how it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import paint_bar, paint_priority, paint_text, width_of

_ROW = 38
_THICK = 8
_MARK = 2


class WhatIfScale(StrEnum):
    """COUNTS draws two bars against the largest; SHARES one bar of 0..1 with a mark where it was."""

    COUNTS = "counts"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One priority. `figure` and `delta` are the numbers in the reader's words: "348", "+136".

    `tone` colours delta and share: "ok", "warn", "bad" or "".
    """

    level: int
    before: float
    after: float
    figure: str
    delta: str = ""
    tone: str = ""


class WhatIfBars(QWidget):
    """The distribution before and after a change that is not yet made."""

    def __init__(
        self, scale: WhatIfScale = WhatIfScale.COUNTS, *, said: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._rows: Sequence[WhatIfRow] = ()
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[WhatIfRow]) -> None:
        """Show these rows, most urgent first."""
        self._rows = tuple(rows)
        self.setAccessibleDescription("; ".join(f"P{row.level} {row.figure} {row.delta}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, _ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _ROW * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figures = max((width_of(row.figure, strong=True) for row in self._rows), default=0) + 4
        deltas = max((width_of(row.delta, Type.NUMBER) for row in self._rows), default=0) + 4
        most = max((max(row.before, row.after) for row in self._rows), default=0) or 1
        for index, row in enumerate(self._rows):
            line = QRect(0, index * _ROW, self.width(), _ROW)
            paint_priority(painter, line, row.level)
            delta = QRect(line.right() - deltas, line.y(), deltas, _ROW)
            figure = QRect(delta.x() - Space.L - figures, line.y(), figures, _ROW)
            right = Qt.AlignmentFlag.AlignRight
            tone = row.tone or "muted"
            paint_text(painter, delta, row.delta, tone, pixels=Type.NUMBER, align=right)
            shares = self._scale is WhatIfScale.SHARES
            paint_text(
                painter,
                figure,
                row.figure,
                row.tone or "text" if shares else "text",
                strong=True,
                align=right,
            )
            left = Size.CHIP_WIDTH + Space.M
            room = QRectF(left, line.y(), figure.x() - Space.M - left, _ROW)
            if shares:
                self._paint_share(painter, room, row)
            else:
                self._paint_counts(painter, room, row, most)

    def _paint_counts(self, painter: QPainter, room: QRectF, row: WhatIfRow, most: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        top = room.center().y() - _THICK - 1
        for value, token in ((row.before, "edge"), (row.after, f"p{row.level}")):
            width = max(float(_THICK), room.width() * value / most)
            painter.setBrush(tok(token))
            painter.drawRoundedRect(QRectF(room.x(), top, width, _THICK), 4, 4)
            top += _THICK + 2

    def _paint_share(self, painter: QPainter, room: QRectF, row: WhatIfRow) -> None:
        bar = QRectF(room.x(), room.center().y() - 4, room.width(), _THICK)
        paint_bar(painter, bar, row.after, row.tone or "ok")
        if row.before != row.after:
            left = bar.x() + bar.width() * min(1.0, row.before) - _MARK / 2
            painter.fillRect(QRectF(left, bar.y() - 4, _MARK, bar.height() + 8), tok("text"))
