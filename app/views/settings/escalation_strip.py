"""A promise as a strip from 0 to 150 %: the steps stand over it, the rises under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.i18n import _
from app.views.base.theme import tok
from app.views.base.tokens import Type
from app.views.base.widgets.paint import paint_ground, paint_text, width_of
from app.views.settings.escalation_example import Mark

_SHOWN = 150
_SIDE = 24
_LINE = 16
_BAR = 12
_TOP = 2 * _LINE + 4
_ROOM = _TOP + _BAR + 2 * _LINE + 6
_EVERY = 25


class EscalationStrip(QWidget):
    """Marks of one clock. A mark beyond 150 % stretches the strip; a step not meant for the ticket is pale.

    The whole is said as its accessible description.
    """

    def __init__(self, said: str) -> None:
        super().__init__()
        self._marks: Sequence[Mark] = ()
        self._chosen = ""
        self._last = _SHOWN
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[Mark], chosen: str, said: Sequence[str]) -> None:
        """Show these marks; `chosen` is the code of the step the table stands on, `said` a line for each."""
        self._marks, self._chosen = tuple(marks), chosen
        furthest = max((mark.percent for mark in marks), default=0)
        self._last = max(_SHOWN, -(-furthest // _EVERY) * _EVERY)
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, _ROOM)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, _ROOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = float(_TOP)
        self._paint_bar(painter, top)
        self._paint_scale(painter, top)
        self._paint_steps(painter, top)
        self._paint_rises(painter, top)

    def _x(self, percent: float) -> float:
        return _SIDE + (self.width() - 2 * _SIDE) * percent / self._last

    def _paint_bar(self, painter: QPainter, top: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("bar"))
        painter.drawRoundedRect(QRectF(self._x(0), top, self._x(100) - self._x(0), _BAR), 3, 3)
        over = QRectF(self._x(100), top, self._x(self._last) - self._x(100), _BAR)
        paint_ground(painter, over, "bad_tint", "bad", 3)
        painter.fillRect(QRectF(self._x(100) - 1, top - 4, 2, _BAR + 8), tok("bad"))

    def _paint_scale(self, painter: QPainter, top: float) -> None:
        every = _EVERY * max(1, -(-self._last // (8 * _EVERY)))
        for percent in range(0, self._last + 1, every):
            place = QRectF(self._x(percent) - 24, top + _BAR + 2, 48, _LINE)
            text = _("{percent} %").format(percent=percent)
            centred = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, place, text, "muted", pixels=Type.SMALL, align=centred)

    def _paint_steps(self, painter: QPainter, top: float) -> None:
        """Write the percentages over their flags, on a second line where two would touch."""
        ends = [-1.0, -1.0]
        for mark in self._marks:
            if mark.step is None:
                continue
            x = self._x(mark.percent)
            text = f"{mark.percent} %"
            half = width_of(text, Type.SMALL, strong=True) / 2 + 3
            level = 0 if x - half > ends[0] else 1
            ends[level] = x + half
            is_chosen = mark.step.code == self._chosen
            ink = "accent" if is_chosen else ("text" if mark.holds else "faint")
            flag = "accent" if is_chosen else ("warn" if mark.percent < 100 else "bad")
            line_top = top - _LINE * (level + 1) - 2
            painter.fillRect(
                QRectF(x - 0.75, line_top + _LINE - 2, 1.5, top - line_top - _LINE + 2), tok(flag)
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok(flag if mark.holds else "edge"))
            painter.drawEllipse(QPointF(x, top + _BAR / 2), 5, 5)
            place = QRectF(x - half, line_top - 2, 2 * half, _LINE)
            centred = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, place, text, ink, pixels=Type.SMALL, strong=True, align=centred)

    def _paint_rises(self, painter: QPainter, top: float) -> None:
        line = round(top) + _BAR + _LINE + 4
        for mark in self._marks:
            if not mark.is_rise:
                continue
            x = self._x(mark.percent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok(f"p{mark.priority}"))
            points = [QPointF(x, line), QPointF(x - 5, line + 8), QPointF(x + 5, line + 8)]
            painter.drawPolygon(QPolygonF(points))
            text = f"P{mark.priority}"
            place = QRect(round(x) + 8, line - 4, 28, _LINE)
            paint_text(painter, place, text, f"p{mark.priority}", pixels=Type.SMALL, strong=True)
