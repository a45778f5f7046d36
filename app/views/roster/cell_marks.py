"""The small marks of a cell: broken rules, fixed, another team, a wish, approved leave not painted yet.

No mark rests on colour alone: each has a shape and a corner of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from app.models.entities.roster import Severity, ShiftTemplate
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Type
from app.views.base.widgets.paint import paint_text
from app.views.roster.cell_pictures import GAP

_CORNER = 8
_PIN = 5
_TEAM = 6
_HEART = 8


def paint_broken(painter: QPainter, spot: QRect, severity: Severity) -> None:
    """Mark a broken rule: a corner for a warning, a frame with it for what forbids."""
    box = QRectF(spot).adjusted(GAP + 0.5, GAP + 0.5, -GAP - 0.5, -GAP - 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if severity is Severity.FORBID:
        painter.setPen(QPen(tok("bad"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    paint_corner(painter, box.topRight(), _CORNER, "bad" if severity is Severity.FORBID else "warn")


def paint_corner(painter: QPainter, corner: QPointF, size: int, ink: str = "bad") -> None:
    """Paint the triangle that marks a broken rule into an upper right corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(ink))
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(size, 0), corner + QPointF(0, size)]))


def paint_pin(painter: QPainter, spot: QRect, ink: str) -> None:
    """Mark a fixed cell with a pin in its lower left corner."""
    foot = QPointF(spot.left() + GAP + 5, spot.bottom() - GAP - 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok(ink), 1.2))
    painter.drawLine(foot, foot - QPointF(0, 5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(ink))
    painter.drawEllipse(QRectF(foot.x() - _PIN / 2, foot.y() - 5 - _PIN / 2, _PIN, _PIN))


def paint_lent(painter: QPainter, spot: QRect, ink: str) -> None:
    """Mark a shift worked for another team: a cut lower right corner."""
    corner = QPointF(spot.right() + 1 - GAP, spot.bottom() + 1 - GAP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok("card"))
    cut = [corner + QPointF(1, 1), corner - QPointF(_TEAM + 3, -1), corner - QPointF(-1, _TEAM + 3)]
    painter.drawPolygon(QPolygonF(cut))
    painter.setBrush(tok(ink))
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(_TEAM, 0), corner - QPointF(0, _TEAM)]))


def paint_wish(painter: QPainter, spot: QRect, code: str, *, is_free: bool) -> None:
    """Mark a wish: the letter of a wanted shift, a heart for a wish to be off (""); small beside a shift."""
    if code and is_free:
        place = QRectF(spot)
        paint_text(painter, place, code, "hint", pixels=Type.NUMBER, align=Qt.AlignmentFlag.AlignHCenter)
        return
    left, top = spot.left() + GAP + 2, spot.top() + GAP + 2
    if code:
        paint_text(painter, QRectF(left, top - 2, 14, 11), code, "muted", pixels=9)
        return
    size = _HEART
    box = QRectF(spot.center().x() - size / 2, spot.center().y() - size / 2 + 1, size, size)
    if not is_free:
        box = QRectF(left, top, size - 1, size - 1)
    paint_heart(painter, box, "shift_t")


def paint_heart(painter: QPainter, box: QRectF, ink: str) -> None:
    """Paint a heart that fills a square."""
    path = QPainterPath(QPointF(box.center().x(), box.bottom()))
    left, right, top = box.left(), box.right(), box.top()
    middle, third = box.center().x(), box.height() / 3
    path.cubicTo(left - 1, top + third * 1.6, left + 0.5, top - third * 0.6, middle, top + third)
    path.cubicTo(right - 0.5, top - third * 0.6, right + 1, top + third * 1.6, middle, box.bottom())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(ink))
    painter.drawPath(path)


def paint_leave(painter: QPainter, spot: QRect, template: ShiftTemplate) -> None:
    """Show approved leave in a cell that nobody painted: the absence, in faint dashes."""
    box = QRectF(spot).adjusted(GAP + 0.5, GAP + 0.5, -GAP - 0.5, -GAP - 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok("field"), 1, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    align = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, box, template.code, "hint", pixels=Type.NUMBER, align=align)
