"""A line without axes: how a figure went over the last days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QBrush, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import tok

_MARGIN = 5.0
_DOT = 2.5


class Sparkline(QWidget):
    """The run of one figure; the last value has a dot. `said` puts the run into words for readers."""

    def __init__(
        self,
        values: Sequence[float] = (),
        ink: str = "accent",
        *,
        said: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self._ink = ink
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_values(self, values: Sequence[float], ink: str = "", said: str = "") -> None:
        """Show another run; fewer than two values draw nothing."""
        self._values = tuple(values)
        self._ink = ink or self._ink
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(110, 44)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = self._points()
        ink = tok(self._ink)
        self._paint_ground(painter, points)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(points[-1], _DOT, _DOT)

    def _points(self) -> list[QPointF]:
        low, high = min(self._values), max(self._values)
        spread = (high - low) or 1.0
        step = (self.width() - 2 * _MARGIN) / (len(self._values) - 1)
        room = self.height() - 2 * _MARGIN
        return [
            QPointF(_MARGIN + index * step, self.height() - _MARGIN - (value - low) / spread * room)
            for index, value in enumerate(self._values)
        ]

    def _paint_ground(self, painter: QPainter, points: list[QPointF]) -> None:
        foot = float(self.height())
        shape = QPolygonF([QPointF(points[0].x(), foot), *points, QPointF(points[-1].x(), foot)])
        fade = QLinearGradient(0, 0, 0, foot)
        strong, gone = tok(self._ink), tok(self._ink)
        strong.setAlphaF(0.16)
        gone.setAlphaF(0.0)
        fade.setColorAt(0, strong)
        fade.setColorAt(1, gone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(fade))
        painter.drawPolygon(shape)
