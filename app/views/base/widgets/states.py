"""What a page shows when it has nothing to show: empty, loading, working."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.paint import paint_bar
from app.views.base.widgets.painted import IconDisc

_TEXT_WIDTH = 320


class EmptyState(QWidget):
    """Why nothing is here, and the first step. Also "no permission" and "could not be read".

    `tone` colours the disc: "ok" for good news, "accent" for first use, "" for no permission, "bad".
    """

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        *actions: Button,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "section", wrap=True)
        self.text = PlainLabel(text, "muted", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMinimumWidth(min(_TEXT_WIDTH, 240))
        self.text.setMaximumWidth(_TEXT_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(IconDisc(icon, tone), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(self.text, 100)
        words.addStretch(1)
        column.addLayout(words)
        if actions:
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.setContentsMargins(0, Space.XS, 0, 0)
            row.addStretch(1)
            for action in actions:
                row.addWidget(action)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)


class Skeleton(QWidget):
    """Grey rows in the place of rows still on their way; `shares` are the widths of its columns."""

    def __init__(
        self,
        rows: int = 4,
        shares: tuple[float, ...] = (0.1, 0.12, 0.38, 0.18, 0.2),
        *,
        said: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._shares = shares
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, self._rows * Size.ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._rows * Size.ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(self._rows):
            self._paint_row(painter, row)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        top = row * Size.ROW
        painter.setPen(Qt.PenStyle.NoPen)
        # Later rows are fainter: there may be fewer rows than drawn.
        painter.setOpacity(max(0.45, 1.0 - 0.16 * row))
        painter.setBrush(tok("track"))
        left = 0.0
        room = self.width() - Space.L * (len(self._shares) - 1)
        for column, share in enumerate(self._shares):
            # Uneven widths look like words; they depend on the row alone, so nothing flickers.
            filled = share * room * (0.72 + 0.07 * ((row * 3 + column * 2) % 5))
            painter.drawRoundedRect(QRectF(left, top + Size.ROW / 2 - 6, filled, 12), 4, 4)
            left += share * room + Space.L
        painter.setOpacity(1)
        painter.fillRect(QRectF(0, top + Size.ROW - 1, self.width(), 1), tok("line"))


class ProgressLine(QWidget):
    """A thin line that fills; `share` 0..1. Beside it stands a sentence: the line alone says nothing."""

    def __init__(self, share: float = 0.0, *, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self._said = said
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(share)

    def show_share(self, share: float) -> None:
        """Show how much is done."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{self._said} {round(self._share * 100)} %".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self.rect(), self._share, "accent")
