"""How chips, bars, avatars and rings are drawn: shared by the widgets and by the table's delegate.

Every function takes the painter, a rectangle in device-independent pixels and values; none keeps a
colour, so a change of theme needs nothing but a repaint.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from app.models.entities.tickets import TicketStatus
from app.views.base.fonts import sized
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Size, Space, Type


class ClockTone(StrEnum):
    """How a promised time stands, as far as its drawing is concerned."""

    NORMAL = "normal"
    WARNING = "warning"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"


# Per tone: token of the bar, token of the text, icon beside the text.
CLOCK_LOOK: dict[ClockTone, tuple[str, str, str]] = {
    ClockTone.NORMAL: ("bar", "text", ""),
    ClockTone.WARNING: ("warn", "warn", "clock"),
    ClockTone.BREACHED: ("bad", "bad", "triangle-alert"),
    ClockTone.PAUSED: ("edge", "muted", "pause"),
    ClockTone.MET: ("ok", "ok", "check"),
}

# Per status: its icon and the token it is drawn in.
STATUS_LOOK: dict[TicketStatus, tuple[str, str]] = {
    TicketStatus.NEW: ("circle", "info"),
    TicketStatus.ASSIGNED: ("circle-dashed", "info"),
    TicketStatus.IN_PROGRESS: ("circle-dot", "accent"),
    TicketStatus.WAITING: ("circle-pause", "warn"),
    TicketStatus.RESOLVED: ("circle-check", "ok"),
    TicketStatus.CLOSED: ("circle-check", "muted"),
    TicketStatus.CANCELLED: ("circle-x", "muted"),
    TicketStatus.OUT_OF_SCOPE: ("circle-slash", "muted"),
    TicketStatus.DUPLICATE: ("copy", "muted"),
}

# People's colours: the shifts' pairs of ink and tint, which are readable in every theme.
_PEOPLE = ("shift_n", "shift_m", "shift_t", "shift_d", "shift_k", "info")
_CHINESE_FIRST = "\u3400"
_DOT = 6


def font(pixels: int = Type.BASE, *, strong: bool = False) -> QFont:
    """Return the program's font in `pixels` with tabular digits, for painting."""
    return sized(QApplication.font(), pixels, strong=strong)


def width_of(text: str, pixels: int = Type.BASE, *, strong: bool = False) -> int:
    """Return how wide `text` is when painted with `font(pixels, strong=strong)`."""
    return QFontMetrics(font(pixels, strong=strong)).horizontalAdvance(text)


def paint_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    ink: str | QColor = "text",
    *,
    pixels: int = Type.BASE,
    strong: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint one line of `text`, vertically centred, elided at the right where it does not fit."""
    painter.setFont(font(pixels, strong=strong))
    painter.setPen(tok(ink) if isinstance(ink, str) else ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(QRectF(rect), int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def paint_ground(
    painter: QPainter, rect: QRect | QRectF, tint: str, ink: str, radius: float = Radius.CONTROL
) -> None:
    """Paint a rounded ground of the token `tint`, or an outline of `ink` in the contrast theme."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect)
    if theme.outlined and tint != ink:
        box.adjust(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(tok(ink), 1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(tint))
    painter.drawRoundedRect(box, radius, radius)


def paint_ring(painter: QPainter, rect: QRect | QRectF, radius: float = Radius.CONTROL) -> None:
    """Paint the 2 px focus ring inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tok("accent"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


def paint_priority(painter: QPainter, rect: QRect, level: int, *, is_raised: bool = False) -> None:
    """Paint the chip "P1".."P5", 40 x 20, at the left and the vertical middle of `rect`.

    The dot becomes a triangle that points up where `is_raised`.
    """
    top = rect.y() + (rect.height() - Size.CHIP_HEIGHT) // 2
    chip = QRect(rect.x(), top, Size.CHIP_WIDTH, Size.CHIP_HEIGHT)
    ink = priority_ink(level)
    ground = "p1" if level == 1 else f"p{level}_tint"
    paint_ground(painter, chip, ground, f"p{level}")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(ink))
    text = f"P{level}"
    words = width_of(text, Type.NUMBER, strong=True)
    left = chip.x() + (chip.width() - _DOT - Space.XS - words) / 2
    dot = QRectF(left, chip.center().y() - _DOT / 2 + 1, _DOT, _DOT)
    if is_raised:
        _paint_triangle(painter, dot.adjusted(-1, -1, 1, 0))
    else:
        painter.drawEllipse(dot)
    place = QRectF(left + _DOT + Space.XS, chip.y(), words + 2, chip.height())
    paint_text(painter, place, text, ink, pixels=Type.NUMBER, strong=True)


def _paint_triangle(painter: QPainter, box: QRectF) -> None:
    top = QPointF(box.center().x(), box.top())
    painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))


def priority_ink(level: int) -> str:
    """Return the token of the text on a priority's own chip."""
    return "on_p1" if level == 1 else f"p{level}"


def paint_status(painter: QPainter, rect: QRect, status: TicketStatus, text: str) -> None:
    """Paint a status as a 14 px icon and its text, without a ground."""
    name, ink = STATUS_LOOK[status]
    spot = QRect(rect.x(), rect.y() + (rect.height() - Size.ICON_SMALL) // 2, 14, 14)
    paint_icon(painter, spot, name, ink)
    paint_text(painter, rect.adjusted(Size.ICON_SMALL + 6, 0, 0, 0), text)


def paint_bar(painter: QPainter, rect: QRect | QRectF, share: float, token: str) -> None:
    """Paint a groove with `share` (at most 1) of it filled; a hair is shown even for 0, nothing below 0."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    groove = QRectF(rect)
    half = groove.height() / 2
    painter.setBrush(tok("track"))
    painter.drawRoundedRect(groove, half, half)
    if share < 0:
        return
    filled = QRectF(groove)
    filled.setWidth(max(groove.height(), groove.width() * min(1.0, share)))
    painter.setBrush(tok(token))
    painter.drawRoundedRect(filled, half, half)


def paint_time_left(
    painter: QPainter, rect: QRect, share: float, tone: ClockTone, text: str, *, groove: int = 36
) -> None:
    """Paint groove, icon and text of a running clock; `share` is the part of the time still left."""
    bar, ink, name = CLOCK_LOOK[tone]
    middle = rect.y() + rect.height() / 2
    full = tone in {ClockTone.BREACHED, ClockTone.MET}
    paint_bar(painter, QRectF(rect.x(), middle - 3, groove, 6), 1.0 if full else share, bar)
    left = rect.x() + groove + Space.S
    if name:
        paint_icon(painter, QRect(left, round(middle) - 7, 14, 14), name, ink)
    left += Size.ICON_SMALL + Space.XS
    place = QRect(left, rect.y(), rect.right() - left + 1, rect.height())
    strong = tone in {ClockTone.BREACHED, ClockTone.WARNING}
    paint_text(painter, place, text, ink, pixels=Type.NUMBER, strong=strong)


def initials(name: str, *, wide: bool = False) -> str:
    """Return what an avatar says: two Latin letters; one Chinese character, or two if `wide`."""
    words = name.split()
    if not words:
        return "?"
    if words[0][0] >= _CHINESE_FIRST:
        return words[0][-2:] if wide else words[0][-1]
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()


def person_token(name: str) -> str:
    """Return the token a person's avatar is drawn in: always the same for the same name."""
    return _PEOPLE[sum(map(ord, name)) % len(_PEOPLE)]


def paint_avatar(painter: QPainter, rect: QRect, name: str) -> None:
    """Paint a person's round initials filling the square of `rect`; a dashed ring for nobody ("")."""
    size = min(rect.width(), rect.height())
    circle = QRectF(rect.x(), rect.y() + (rect.height() - size) / 2, size, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not name:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    token = person_token(name)
    paint_ground(painter, circle, f"{token}_tint", token, size / 2)
    said = initials(name, wide=size >= 30)
    pixels = max(9, round(size * (0.34 if len(said) > 1 else 0.5)))
    paint_text(painter, circle, said, token, pixels=pixels, strong=True, align=Qt.AlignmentFlag.AlignHCenter)


def key_names(keys: str) -> list[str]:
    """Split "Ctrl+Shift+F" into its caps; a lone or last "+" is the plus key."""
    if keys.endswith("++"):
        return [*keys[:-2].split("+"), "+"]
    return keys.split("+") if len(keys) > 1 else [keys]


def key_cap_width(key: str) -> int:
    """Return the width of one painted key cap."""
    return max(20, width_of(key, Type.SMALL) + 2 * 6)


def paint_key_cap(painter: QPainter, rect: QRect, key: str) -> None:
    """Paint one key as it looks on a keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok("field"), 1))
    painter.setBrush(tok("page"))
    box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    paint_text(painter, rect, key, "muted", pixels=Type.SMALL, align=Qt.AlignmentFlag.AlignHCenter)
