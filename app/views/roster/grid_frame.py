"""The frozen parts of the roster's grid: names, hours, the header of days and the coverage strip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.entities.calendars import DayType
from app.models.entities.roster import CoverageCount
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import font, paint_avatar, paint_ground, paint_text
from app.views.roster.grid_layout import HEAD, HOURS, GridLayout
from app.views.roster.grid_paint import SHADES, GridState, paint_corner, paint_now
from app.views.roster.grid_texts import count_text

_DISC = 22
_CORNER = 6
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


def paint_sides(painter: QPainter, dirty: QRect, state: GridState, layout: GridLayout) -> None:
    """Paint the names at the left and the hours at the right, over what was scrolled below them."""
    painter.save()
    painter.setClipRect(QRect(0, layout.top, layout.width, dirty.bottom() + 1 - layout.top))
    for row in layout.shown_rows(max(dirty.top(), layout.top), dirty.bottom()):
        place = layout.row(row)
        name = QRect(0, place.y(), layout.name_width, place.height())
        hours = QRect(layout.width - HOURS, place.y(), HOURS, place.height())
        for side in (name, hours):
            painter.fillRect(side, tok("card"))
            painter.fillRect(QRect(side.x(), side.bottom(), side.width(), 1), tok("line"))
        _paint_edges(painter, layout, place.y(), place.height())
        _paint_name(painter, name, state, row)
        words = hours.adjusted(0, 0, -Space.M, 0)
        ink = "text" if row == state.cursor[0] else "muted"
        paint_text(painter, words, state.texts.hours[row], ink, pixels=Type.NUMBER, align=_RIGHT)
    painter.restore()


def paint_top(painter: QPainter, dirty: QRect, state: GridState, layout: GridLayout) -> None:
    """Paint the header of days and the coverage strip."""
    if dirty.top() >= layout.top:
        return
    body = layout.body
    painter.fillRect(QRect(0, 0, layout.width, layout.top), tok("card"))
    painter.save()
    painter.setClipRect(QRect(body.left(), 0, body.width(), layout.top))
    days = layout.shown_days(body.left(), body.right())
    for day in days:
        _paint_day(painter, day, state, layout)
    paint_now(painter, state, layout, HEAD, layout.top)
    leads = state.board.leading_lines
    for number, line in enumerate(state.board.coverage):
        for day in days:
            spot = layout.strip_cell(number, day)
            count = line.counts[day]
            # The line of now would cross the figure: its own ground goes under it.
            is_now = state.now is not None and int(state.now) == day
            _paint_count(painter, spot, count, ground="today" if is_now else "")
            if number in leads and (line.template_id, count.on_date) in state.board.leaderless:
                paint_corner(painter, QPointF(spot.right() - 1, spot.top() + 2), _CORNER)
    painter.restore()
    _paint_headings(painter, state, layout)
    painter.setClipRect(QRect(body.left(), 0, body.width(), layout.top))
    _paint_dot(painter, state, layout)
    painter.setClipping(False)


def _paint_edges(painter: QPainter, layout: GridLayout, top: int, height: int) -> None:
    """Paint the upright lines beside what scrolls; a group's name may be longer and runs on without them."""
    for left in (layout.name_width - 1, layout.width - HOURS):
        painter.fillRect(QRect(left, top, 1, height), tok("line"))


def _paint_name(painter: QPainter, place: QRect, state: GridState, row: int) -> None:
    name = state.texts.names[row]
    leads = state.board.people[row].id == state.leading
    disc = QRect(
        place.x() + Space.M, place.y() + (place.height() - Size.AVATAR) // 2, Size.AVATAR, Size.AVATAR
    )
    paint_avatar(painter, disc, name)
    words = place.adjusted(
        Space.M + Size.AVATAR + Space.S, 0, -Space.S - (Size.ICON_SMALL + 4 if leads else 0), 0
    )
    at_cursor = row == state.cursor[0] and state.has_focus
    paint_text(painter, words, name, "accent" if at_cursor else "text", strong=leads)
    if leads:
        painter.setFont(font(strong=True))
        wide = min(painter.fontMetrics().horizontalAdvance(name), words.width())
        spot = QRect(words.x() + wide + 6, place.y() + (place.height() - 14) // 2, 14, 14)
        paint_icon(painter, spot, "crown", "warn")


def _paint_day(painter: QPainter, day: int, state: GridState, layout: GridLayout) -> None:
    column = layout.column(day)
    column.setHeight(layout.top)
    kind = state.board.roster.day_types[day]
    is_today = state.now is not None and int(state.now) == day
    shade = "today" if is_today else SHADES.get(kind, "")
    if shade:
        painter.fillRect(column, tok(shade))
    ink = {"today": "accent", "holiday": "bad", "weekend": "muted"}.get(shade, "text")
    weekday = QRect(column.x(), 5, column.width(), 16)
    small = "muted" if shade in {"", "weekend"} else ink
    paint_text(painter, weekday, state.texts.weekdays[day], small, pixels=Type.SMALL, align=_CENTRE)
    number = QRect(column.x(), 21, column.width(), 22)
    if is_today:
        disc = QRectF(number.center().x() - _DISC / 2 + 1, number.y(), _DISC, _DISC)
        paint_ground(painter, disc, "accent", "accent", _DISC / 2)
        ink = "on_accent"
    text = str(state.board.days[day].day)
    paint_text(painter, number, text, ink, strong=True, align=_CENTRE)
    if kind == DayType.MAKE_UP_WORKDAY.value:
        spot = QRectF(number.center().x() - 2, number.bottom() - 2, 4, 4)
        paint_ground(painter, spot, "warn", "warn", 2)


def _paint_count(painter: QPainter, spot: QRect, count: CoverageCount, *, ground: str = "") -> None:
    text = count_text(count)
    if not text:
        return
    if ground:
        painter.fillRect(QRectF(spot.center().x() - 6, spot.y() + 2, 14, spot.height() - 4), tok(ground))
    ink = "muted" if not count.needed or count.planned > count.needed else "ok"
    if count.is_gap:
        ink = "bad"
        wide = min(spot.width() - 2, 32)
        box = QRectF(spot.center().x() - wide / 2 + 0.5, spot.y() + 2, wide, spot.height() - 4)
        paint_ground(painter, box, "bad_tint", "bad")
    paint_text(painter, spot, text, ink, pixels=Type.SMALL, strong=count.is_gap, align=_CENTRE)


def _paint_dot(painter: QPainter, state: GridState, layout: GridLayout) -> None:
    """Mark where the line of now begins."""
    if state.now is None:
        return
    column = layout.column(int(state.now))
    x = column.left() + (state.now - int(state.now)) * column.width()
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(tok("bad"))
    painter.drawEllipse(QPointF(x, HEAD), 3.5, 3.5)


def _paint_headings(painter: QPainter, state: GridState, layout: GridLayout) -> None:
    texts = state.texts
    for left, width in ((0, layout.name_width), (layout.width - HOURS, HOURS)):
        painter.fillRect(QRect(left, 0, width, layout.top), tok("card"))
    person = QRect(Space.M, 21, layout.name_width - 2 * Space.M, 22)
    paint_text(painter, person, texts.person, "muted", pixels=Type.NUMBER)
    hours = QRect(layout.width - HOURS, 21, HOURS - Space.M, 22)
    paint_text(painter, hours, texts.hours_title, "muted", pixels=Type.NUMBER, align=_RIGHT)
    if layout.lines:
        total = QRect(hours.x(), layout.strip_cell(0, 0).y(), hours.width(), layout.strip_cell(0, 0).height())
        paint_text(painter, total, texts.total, "text", pixels=Type.NUMBER, strong=True, align=_RIGHT)
    for number, words in enumerate(texts.lines):
        spot = layout.strip_cell(number, 0)
        place = QRect(Space.M, spot.y(), layout.name_width - 2 * Space.M, spot.height())
        paint_text(painter, place, words, "muted", pixels=Type.NUMBER)
    painter.fillRect(QRect(0, HEAD, layout.width, 1), tok("line"))
    painter.fillRect(QRect(0, layout.top - 1, layout.width, 1), tok("line"))
    _paint_edges(painter, layout, 0, layout.top)
