"""A shift as its code on its colour, painted alike wherever settings show shifts."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.roster.template_details import TONES
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Type
from app.views.base.widgets.paint import paint_ground, paint_text


def shift_ink(template: ShiftTemplate | None) -> str:
    """Return the token a shift's code is written in; that of nothing for a shift nobody knows."""
    if template is None or template.kind is not ShiftKind.WORK:
        return "muted"
    return f"shift_{template.tone}" if template.tone in TONES else "shift_g"


def paint_chip(painter: QPainter, box: QRect, code: str, template: ShiftTemplate | None) -> None:
    """Paint a shift's chip; a day off is a dash, whatever is no work has an outline only."""
    middle = Qt.AlignmentFlag.AlignHCenter
    if not code:
        paint_text(painter, box, "–", "faint", pixels=Type.NUMBER, align=middle)
        return
    ink = shift_ink(template)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ink == "muted":
        painter.setPen(QPen(tok("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), Radius.CONTROL, Radius.CONTROL)
    else:
        paint_ground(painter, box, f"{ink}_tint", ink)
    paint_text(painter, box, code, ink, pixels=Type.NUMBER, strong=True, align=middle)
