"""The small marks of a cell: broken rules, fixed, another team, a wish, leave approved or asked for.

No mark rests on colour alone: each has a shape and a corner of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

from app.models.entities.roster import Severity, ShiftTemplate
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Type
from app.views.base.widgets.paint import paint_text, width_of
from app.views.roster.cell_pictures import GAP

_CORNER = 8
_PIN = 5
_TEAM = 6
_FOOT = 7  # pixels of hatching below a shift
_HEART = 6
_TAG, _TAG_TEXT, _TAG_ROUND = 11, 9, 3


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


def paint_wish(painter: QPainter, spot: QRect, code: str, *, is_kept: bool) -> None:
    """Mark a wish with a tag in the upper left corner: a shift's letter, or a heart for to be off ("").

    The tag of a wish that is planned is filled, any other is an outline: no colour tells one from the other.
    """
    wide = max(_TAG, width_of(code, _TAG_TEXT, strong=True) + 5) if code else _TAG
    box = QRectF(spot.left() + 0.5, spot.top() + 0.5, wide, _TAG)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok("text"), 1))
    painter.setBrush(tok("text" if is_kept else "card"))
    painter.drawRoundedRect(box, _TAG_ROUND, _TAG_ROUND)
    ink = "card" if is_kept else "text"
    if code:
        middle = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, box, code, ink, pixels=_TAG_TEXT, strong=True, align=middle)
    else:
        centre = box.center()
        paint_heart(
            painter, QRectF(centre.x() - _HEART / 2, centre.y() - _HEART / 2 + 0.5, _HEART, _HEART), ink
        )


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


def paint_asked_leave(painter: QPainter, spot: QRect, code: str, *, is_free: bool) -> None:
    """Show leave that is asked for and not decided: hatched, with the absence and a question mark.

    Beside a shift only the hatching is left, at the foot of the cell, so that the shift stays legible.
    """
    box = QRectF(spot).adjusted(GAP + 0.5, GAP + 0.5, -GAP - 0.5, -GAP - 0.5)
    hatched = box if is_free else QRectF(box.left(), box.bottom() - _FOOT, box.width(), _FOOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(tok("muted"), Qt.BrushStyle.BDiagPattern))
    painter.setOpacity(0.55)
    painter.drawRect(hatched)
    painter.setOpacity(1)
    if not is_free:
        return
    painter.setPen(QPen(tok("field"), 1, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    said = f"{code}?"
    wide = width_of(said, Type.NUMBER, strong=True) + 6
    ground = QRectF(box.center().x() - wide / 2, box.top() + 4, wide, box.height() - 8)
    painter.fillRect(ground, tok("card"))
    middle = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, ground, said, "text", pixels=Type.NUMBER, strong=True, align=middle)


def paint_leave(painter: QPainter, spot: QRect, template: ShiftTemplate) -> None:
    """Show approved leave in a cell that nobody painted: the absence, in faint dashes."""
    box = QRectF(spot).adjusted(GAP + 0.5, GAP + 0.5, -GAP - 0.5, -GAP - 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok("field"), 1, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    align = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, box, template.code, "hint", pixels=Type.NUMBER, align=align)
