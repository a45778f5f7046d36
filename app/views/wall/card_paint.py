"""How the wall is drawn: the scale, the lanes, and cards as pictures that are painted once each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space
from app.views.base.widgets.paint import (
    CLOCK_LOOK,
    ClockTone,
    font,
    paint_avatar,
    paint_ground,
    paint_ring,
    paint_text,
    width_of,
)
from app.views.wall.layout import LanePlace, Measures, WallLayout
from app.views.wall.wall_words import CardFace, LaneFace

_MOST_KEPT = 1500
_NOSE = 4
_DIM = 0.45
_FAINT = 0.45
_FULL = 100


class CardPictures:
    """Pictures of cards by what they show; `begin` forgets them when theme, font or screen are others."""

    def __init__(self) -> None:
        self._kept: dict[tuple[CardFace, Measures], QPixmap] = {}
        self._style: tuple[object, ...] = ()
        self._ratio = 1.0

    def begin(self, ratio: float) -> None:
        """Get ready for a painting on a screen of that pixel ratio."""
        style = (ratio, theme.name, font().key())
        if style != self._style or len(self._kept) > _MOST_KEPT:
            self._kept.clear()
            self._style, self._ratio = style, ratio

    def of(self, face: CardFace, measures: Measures) -> QPixmap:
        """Return the picture of a card."""
        key = (face, measures)
        found = self._kept.get(key)
        if found is None:
            size = QSize(measures.card_width, measures.card_height)
            found = QPixmap(round(size.width() * self._ratio), round(size.height() * self._ratio))
            found.setDevicePixelRatio(self._ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            _paint_card(painter, QRectF(0, 0, size.width(), size.height()), face, measures)
            painter.end()
            self._kept[key] = found
        return found


def _paint_card(painter: QPainter, box: QRectF, face: CardFace, measures: Measures) -> None:
    """Ground of the priority; its name, number and time above, person and subject below; the nose right."""
    if face.tone is ClockTone.PAUSED:
        painter.setOpacity(_DIM)
    ink = f"p{face.priority}"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, box, f"{ink}_tint", ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(ink))
    painter.drawRoundedRect(QRectF(box.right() - _NOSE, box.top(), _NOSE, box.height()), 2, 2)
    inner = box.adjusted(7, 2, -_NOSE - 6, -3)
    upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
    lower = upper.translated(0, inner.height() / 2)
    _bar, time_ink, icon = CLOCK_LOOK[face.tone]
    strong = face.tone in {ClockTone.WARNING, ClockTone.BREACHED}
    room = width_of(face.time, measures.small, strong=strong) + 3
    right = QRectF(upper.right() - room, upper.top(), room, upper.height())
    paint_text(painter, right, face.time, time_ink, pixels=measures.small, strong=strong)
    edge = right.left() - 2
    if icon:
        size = measures.small
        paint_icon(
            painter, QRectF(edge - size - 1, upper.center().y() - size / 2, size, size), icon, time_ink
        )
        edge -= size + 4
    level = f"P{face.priority}" + ("▲" if face.is_raised else "")
    wide = width_of(level, measures.text, strong=True) + 5
    paint_text(painter, upper, level, ink, pixels=measures.text, strong=True)
    number = QRectF(upper.left() + wide, upper.top(), max(0.0, edge - upper.left() - wide), upper.height())
    paint_text(painter, number, face.number, pixels=measures.small, strong=face.is_major)
    size = measures.avatar
    spot = QRect(round(lower.left()), round(lower.center().y() - size / 2), size, size)
    paint_avatar(painter, spot, face.person)
    words = lower.adjusted(size + 5, 0, 0, 0)
    paint_text(painter, words, face.subject, pixels=measures.small)


def paint_scale(painter: QPainter, layout: WallLayout, marks: Sequence[int]) -> None:
    """Paint the line above the lanes: how much of the target is used, with the marks of the SLA table."""
    measures = layout.measures
    painter.fillRect(QRect(0, 0, layout.width, measures.top), tok("card"))
    painter.setPen(QPen(tok("line"), 1))
    painter.drawLine(0, measures.top - 1, layout.width, measures.top - 1)
    head = QRect(Space.M, 0, measures.head - Space.M, measures.top - 1)
    paint_text(painter, head, _("Share of the time used"), "muted", pixels=measures.small)
    taken = measures.head
    for mark in sorted({0, *marks, _FULL, 150}):
        text = f"{mark} %"
        room = width_of(text, measures.small, strong=True) + 4
        x = layout.x_of(mark / _FULL)
        left = min(x - room // 2, layout.width - room - 2)
        if left <= taken and mark != _FULL:
            continue
        taken = left + room + 4
        place = QRect(left, 0, room, measures.top - 1)
        ink = "bad" if mark >= _FULL else "warn" if mark in marks else "muted"
        middle = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, place, text, ink, pixels=measures.small, strong=mark == _FULL, align=middle)


def paint_lane(
    painter: QPainter,
    place: LanePlace,
    face: LaneFace,
    layout: WallLayout,
    marks: Sequence[int],
    *,
    tone: str = "",
) -> None:
    """Paint a lane's ground, the marks across it, its head. `tone`: "ok" or "bad" under a dragged card."""
    band, measures = place.band, layout.measures
    ground = {"ok": "sel", "bad": "bad_tint"}.get(tone, "card")
    painter.fillRect(band, tok(ground))
    over = QRect(band)
    over.setLeft(layout.x_of(1.0))
    if not tone and not theme.outlined:
        painter.setOpacity(_FAINT)
        painter.fillRect(over, tok("bad_tint"))
        painter.setOpacity(1.0)
    for mark in (*marks, _FULL):
        is_end = mark >= _FULL
        style = Qt.PenStyle.SolidLine if is_end else Qt.PenStyle.DotLine
        painter.setPen(QPen(tok("bad" if is_end else "warn"), 2 if is_end else 1, style))
        x = layout.x_of(mark / _FULL)
        painter.drawLine(x, band.top(), x, band.bottom())
    head = QRect(band.left(), band.top(), measures.head, band.height())
    painter.fillRect(head, tok("sel" if tone == "ok" else "page"))
    painter.setPen(QPen(tok("line"), 1))
    painter.drawLine(head.right(), head.top(), head.right(), head.bottom())
    painter.drawLine(band.left(), band.bottom(), band.right(), band.bottom())
    _paint_head(painter, head, face, measures)


def _paint_head(painter: QPainter, head: QRect, face: LaneFace, measures: Measures) -> None:
    size = measures.avatar + 6
    line = min(head.height(), measures.card_height + 2 * measures.gap)
    spot = QRect(head.left() + Space.M, head.top() + (line - size) // 2, size, size)
    if face.icon:
        paint_icon(painter, spot.adjusted(3, 3, -3, -3), face.icon, "muted")
    else:
        paint_avatar(painter, spot, face.title)
    count = str(face.count)
    room = width_of(count, measures.text, strong=True) + 4
    right = QRect(head.right() - Space.S - room, head.top(), room, line)
    ink = "bad" if face.at_risk else "muted"
    paint_text(painter, right, count, ink, pixels=measures.text, strong=bool(face.at_risk))
    left = spot.right() + Space.S
    words = QRect(left, head.top(), right.left() - left - Space.XS, line)
    half = line // 2
    title = QRect(words.left(), words.top() + 3, words.width(), half)
    name = width_of(face.title, measures.text, strong=True)
    paint_text(painter, title, face.title, pixels=measures.text, strong=True)
    if face.is_supervisor and name + measures.text + 6 < title.width():
        edge = measures.text
        crown = QRect(title.left() + name + 6, title.center().y() - edge // 2, edge, edge)
        paint_icon(painter, crown, "crown", "warn")
    note = QRect(words.left(), words.top() + half - 2, words.width(), half)
    paint_text(painter, note, face.note, "warn" if face.is_away else "muted", pixels=measures.small)


def paint_mark_round(
    painter: QPainter, rect: QRect, *, is_fresh: bool, is_current: bool, has_focus: bool
) -> None:
    """Paint what makes a card stand out: it has just crossed a mark, or the cursor is on it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if is_fresh:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok("bad"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(rect).adjusted(-2, -2, 2, 2), Radius.CONTROL, Radius.CONTROL)
    if is_current and has_focus:
        paint_ring(painter, rect.adjusted(-2, -2, 2, 2))
    elif is_current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok("edge"), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(-1, -1, 1, 1), Radius.CONTROL, Radius.CONTROL)


def paint_dragged(painter: QPainter, picture: QPixmap, at: QPoint) -> None:
    """Paint the card that hangs at the mouse."""
    painter.setOpacity(0.9)
    painter.drawPixmap(at, picture)
    painter.setOpacity(1.0)
