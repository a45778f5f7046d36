"""What a shift looks like: its chip, and pictures of whole cells kept by what they show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.paint import font, paint_ground, paint_text
from app.views.roster.grid_layout import ROW

GAP = 1.5
_TONES = frozenset("dnmgtk")
_WIDE = 72
_MOST_KEPT = 600
_RULE, _RULE_PART = 2.5, 0.5


class CellPictures:
    """Pictures of cells, painted once each. `begin` forgets them when theme, font or screen are others."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        self._style: tuple[object, ...] = ()
        self._ratio = 1.0

    def begin(self, ratio: float) -> None:
        """Get ready for a painting on a screen of that pixel ratio."""
        style = (ratio, theme.name, font().key())
        if style != self._style or len(self._kept) > _MOST_KEPT:
            self._kept.clear()
            self._style, self._ratio = style, ratio

    def of(self, template: ShiftTemplate, note: str, width: int, *, leads: bool) -> QPixmap:
        """Return the picture of a cell that holds a shift; `note` stands after the code if there is room."""
        shown = note if width >= _WIDE else ""
        key = (template.id, template.version, shown, width, leads)
        picture = self._kept.get(key)
        if picture is None:
            size = QSize(width, ROW)
            picture = self._kept[key] = _picture(template, shown, leads=leads, size=size, ratio=self._ratio)
        return picture


def _picture(template: ShiftTemplate, note: str, *, leads: bool, size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(0, 0, size.width(), size.height()).adjusted(GAP, GAP, -GAP, -GAP)
    paint_shift(painter, box, template, note, leads=leads)
    painter.end()
    return picture


def paint_shift(
    painter: QPainter, box: QRectF, template: ShiftTemplate, note: str = "", *, leads: bool = False
) -> None:
    """Paint a shift's chip: its ground, its code, the mark of who leads, and a note if there is one."""
    ink = shift_ink(template)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if is_outlined(template):
        dashed = template.kind is ShiftKind.STANDBY
        painter.setPen(QPen(tok("ghost"), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush if dashed else tok("card"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
    else:
        paint_ground(painter, box, f"{ink}_tint", ink)
    if note:
        code = QRectF(box.left() + Space.S, box.top(), 24, box.height())
        paint_text(painter, code, template.code, ink, pixels=Type.NUMBER, strong=True)
        rest = box.adjusted(Space.S + 26, 0, -Space.S - (14 if leads else 0), 0)
        paint_text(painter, rest, note, ink, pixels=Type.NUMBER)
        if leads:
            paint_icon(painter, QRectF(box.right() - 20, box.center().y() - 6, 12, 12), "crown", ink)
    else:
        middle = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, box, template.code, ink, pixels=Type.NUMBER, strong=True, align=middle)
        if leads:  # a rule under the code: at this size a crown would push the code aside
            width = box.width() * _RULE_PART
            rule = QRectF(box.center().x() - width / 2, box.bottom() - _RULE - 2, width, _RULE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok(ink))
            painter.drawRoundedRect(rule, _RULE / 2, _RULE / 2)


def shift_ink(template: ShiftTemplate) -> str:
    """Return the token a shift's code is written in."""
    tone = template.tone.lower()
    if is_outlined(template):
        return "muted"
    return f"shift_{tone}" if tone in _TONES else "shift_g"


def is_outlined(template: ShiftTemplate) -> bool:
    """Whether a shift has an outline and no ground: standby and plain leave are not "at work"."""
    return template.kind is ShiftKind.STANDBY or (
        template.kind is ShiftKind.ABSENCE and template.tone.lower() not in _TONES
    )
