"""How a date of the year view looks: its ground, its number, and the letter of its kind of day."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.models.entities.calendars import DayType
from app.views.base.i18n import pgettext
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Type
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text

# Kind of day that a date was made: token of the ground, token of the ink.
_LOOKS = {
    DayType.HOLIDAY: ("bad_tint", "bad"),
    DayType.DAY_OFF_IN_LIEU: ("warn_tint", "warn"),
    DayType.MAKE_UP_WORKDAY: ("info_tint", "info"),
    DayType.WORKDAY: ("ok_tint", "ok"),
    DayType.WEEKEND: ("well", "muted"),
}
_GAP = 1.5
_CORNER = 6


@dataclass(frozen=True, slots=True)
class DayLook:
    """A date as it is painted. `is_dated` is False where it is like its weekday.

    `is_changed` says that the saved calendar says something else about it.
    """

    day_type: DayType
    is_dated: bool = False
    is_changed: bool = False
    is_today: bool = False
    is_selected: bool = False
    is_cursor: bool = False
    is_hovered: bool = False
    has_focus: bool = False


def day_letter(kind: DayType) -> str:
    """Return the letter of a kind of day, as it stands beside the number of a date that was made so."""
    letters = {
        DayType.HOLIDAY: pgettext("day letter", "H"),
        DayType.DAY_OFF_IN_LIEU: pgettext("day letter", "L"),
        DayType.MAKE_UP_WORKDAY: pgettext("day letter", "M"),
        DayType.WORKDAY: pgettext("day letter", "W"),
        DayType.WEEKEND: pgettext("day letter", "E"),
    }
    return letters[kind]


def paint_day(painter: QPainter, place: QRect, day: int, look: DayLook) -> None:
    """Paint one date."""
    box = QRectF(place).adjusted(_GAP, _GAP, -_GAP, -_GAP)
    ink = _paint_ground(painter, box, look)
    if look.is_selected:  # under the number, which stays as readable as it is
        painter.setOpacity(0.16)
        painter.fillRect(place, tok("accent"))
        painter.setOpacity(1)
    if look.is_hovered:
        painter.setOpacity(0.5)
        paint_ground(painter, box, "press", "press")
        painter.setOpacity(1)
    number = str(day)
    if look.is_dated:
        left = QRectF(box.left(), box.top(), box.width() * 0.56, box.height())
        right = QRectF(left.right(), box.top(), box.width() * 0.4, box.height())
        align = Qt.AlignmentFlag.AlignRight
        paint_text(painter, left, number, ink, pixels=Type.NUMBER, strong=True, align=align)
        middle = Qt.AlignmentFlag.AlignHCenter
        letter = day_letter(look.day_type)
        paint_text(painter, right, letter, ink, pixels=Type.SMALL, strong=True, align=middle)
    else:
        middle = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, box, number, ink, pixels=Type.NUMBER, strong=look.is_today, align=middle)
    if look.is_today:
        painter.fillRect(QRectF(box.left() + 5, box.bottom() - 2.5, box.width() - 10, 2), tok("accent"))
    if look.is_changed:
        corner = box.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("accent"))
        below = corner + QPointF(0, _CORNER)
        painter.drawPolygon(QPolygonF([corner, corner - QPointF(_CORNER, 0), below]))
    _paint_cursor(painter, place, look)


def paint_swatch(painter: QPainter, place: QRect, kind: DayType | None) -> None:
    """Paint the letter of a kind of day on its ground, as in a legend; None is an empty place."""
    box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    if kind is None:
        painter.setPen(QPen(tok("edge"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        return
    ink = _paint_ground(painter, box, DayLook(kind, is_dated=True))
    middle = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, box, day_letter(kind), ink, pixels=Type.SMALL, strong=True, align=middle)


def _paint_ground(painter: QPainter, box: QRectF, look: DayLook) -> str:
    """Paint what lies under a date and return the token of its ink."""
    if look.is_dated:
        tint, ink = _LOOKS[look.day_type]
        paint_ground(painter, box, tint, ink)
        return ink
    if look.day_type is DayType.WEEKEND:
        paint_ground(painter, box, "weekend", "weekend")
        return "muted"
    return "accent" if look.is_today else "text"


def _paint_cursor(painter: QPainter, place: QRect, look: DayLook) -> None:
    if look.is_cursor and look.has_focus:
        paint_ring(painter, place, Radius.CONTROL + 1)
    elif look.is_cursor:
        painter.setPen(QPen(tok("edge"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
