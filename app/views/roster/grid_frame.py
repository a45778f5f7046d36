"""The frozen parts of the roster's grid: names, hours, the header of days and the coverage strip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.entities.calendars import DayType
from app.models.entities.roster import BrokenRule, CoverageCount, Severity
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import font, paint_avatar, paint_ground, paint_text
from app.views.roster.board_parts import worst
from app.views.roster.cell_marks import paint_corner
from app.views.roster.day_paint import DayScale, paint_day_strip, paint_hour_heads, paint_hour_lines
from app.views.roster.fair_paint import paint_bar_heads, paint_bars
from app.views.roster.grid_layout import FAIR, HOURS, NOTE, GridLayout
from app.views.roster.grid_paint import SHADES, GridState, paint_now
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
        hours = QRect(layout.width - layout.side, place.y(), HOURS, place.height())
        for side in (name, QRect(hours.x(), place.y(), layout.side, place.height())):
            painter.fillRect(side, tok("card"))
            painter.fillRect(QRect(side.x(), side.bottom(), side.width(), 1), tok("line"))
        _paint_edges(painter, layout, place.y(), place.height())
        _paint_name(painter, name, state, row)
        _paint_hours(painter, hours, state, row)
        if layout.fair:
            person = state.board.people[row].id
            bars = QRect(hours.right() + 1, place.y(), layout.fair, place.height())
            paint_bars(painter, bars, state.fair, person)
    painter.restore()


def paint_top(painter: QPainter, dirty: QRect, state: GridState, layout: GridLayout) -> None:
    """Paint the header of days and the coverage strip."""
    if dirty.top() >= layout.top:
        return
    body = layout.body
    painter.fillRect(QRect(0, 0, layout.width, layout.top), tok("card"))
    painter.save()
    painter.setClipRect(QRect(body.left(), 0, body.width(), layout.top))
    if state.hours is not None:
        scale = DayScale(state.hours, layout)
        paint_hour_lines(painter, scale, layout.head, layout.top)
        paint_hour_heads(painter, scale, layout.head)
        days = range(0)
    else:
        days = layout.shown_days(body.left(), body.right())
    for day in days:
        _paint_day(painter, day, state, layout)
    paint_now(painter, state, layout, layout.head, layout.top)
    if state.hours is not None:  # over the line of now, which would cross its figures
        paint_day_strip(painter, state.board, DayScale(state.hours, layout), layout)
    for number in range(len(state.board.coverage)):
        for day in days:
            spot = layout.strip_cell(number, day)
            # The line of now would cross the figure: its own ground goes under it.
            is_now = state.now is not None and int(state.now) == day
            _paint_count(painter, spot, state.board.count(number, day), ground="today" if is_now else "")
            of_shift = [
                each for each in state.board.broken_in_strip(number, day) if each.rule is not BrokenRule.GAP
            ]
            if of_shift:
                ink = "bad" if worst(of_shift) is Severity.FORBID else "warn"
                paint_corner(painter, QPointF(spot.right() - 1, spot.top() + 2), _CORNER, ink)
    painter.restore()
    _paint_headings(painter, state, layout)
    painter.setClipRect(QRect(body.left(), 0, body.width(), layout.top))
    _paint_dot(painter, state, layout)
    painter.setClipping(False)


def _paint_edges(painter: QPainter, layout: GridLayout, top: int, height: int) -> None:
    """Paint the upright lines beside what scrolls; a group's name may be longer and runs on without them."""
    for left in (layout.name_width - 1, layout.width - layout.side, layout.width - layout.side + HOURS):
        painter.fillRect(QRect(left, top, 1, height), tok("line"))


def _paint_name(painter: QPainter, place: QRect, state: GridState, row: int) -> None:
    name, person = state.texts.names[row], state.board.people[row]
    leads = person.id == state.leading
    signs = [("crown", "warn")] if leads else []
    if state.texts.terms[row]:
        signs.append(("moon", "hint") if person.no_nights else ("calendar-clock", "hint"))
    disc = QRect(
        place.x() + Space.M, place.y() + (place.height() - Size.AVATAR) // 2, Size.AVATAR, Size.AVATAR
    )
    paint_avatar(painter, disc, name)
    taken = len(signs) * (Size.ICON_SMALL + 4)
    words = place.adjusted(Space.M + Size.AVATAR + Space.S, 0, -Space.S - taken, 0)
    at_cursor = row == state.cursor[0] and state.has_focus
    paint_text(painter, words, name, "accent" if at_cursor else "text", strong=leads)
    painter.setFont(font(strong=leads))
    left = words.x() + min(painter.fontMetrics().horizontalAdvance(name), words.width()) + 6
    for sign, ink in signs:
        spot = QRect(left, place.y() + (place.height() - 14) // 2, 14, 14)
        paint_icon(painter, spot, sign, ink)
        if sign == "moon":  # struck through: none of it
            painter.setPen(QPen(tok(ink), 1.5))
            painter.drawLine(spot.bottomLeft(), spot.topRight())
        left += Size.ICON_SMALL + 4


def _paint_hours(painter: QPainter, place: QRect, state: GridState, row: int) -> None:
    cap = state.board.cap_of(state.board.people[row].id)
    ink = {Severity.FORBID: "bad", Severity.WARN: "warn"}.get(
        cap, "text" if row == state.cursor[0] else "muted"
    )
    is_over = cap is not Severity.OFF
    words = place.adjusted(0, 0, -Space.M, 0)
    paint_text(painter, words, state.texts.hours(row), ink, pixels=Type.NUMBER, strong=is_over, align=_RIGHT)
    if is_over:
        spot = QRect(place.x() + 6, place.y() + (place.height() - 12) // 2, 12, 12)
        paint_icon(painter, spot, "triangle-alert", ink)


def _paint_day(painter: QPainter, day: int, state: GridState, layout: GridLayout) -> None:
    column = layout.column(day)
    column.setHeight(layout.top)
    kind = state.board.day_types[day]
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
    note = state.texts.day_notes[day]
    if note:
        place = QRect(column.x() - 2, 42, column.width() + 4, NOTE)
        tone = "warn" if kind == DayType.MAKE_UP_WORKDAY.value else "bad"
        paint_text(painter, place, note, tone, pixels=Type.SMALL, strong=True, align=_CENTRE)


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
    painter.drawEllipse(QPointF(x, layout.head), 3.5, 3.5)


def _paint_headings(painter: QPainter, state: GridState, layout: GridLayout) -> None:
    texts, left = state.texts, layout.width - layout.side
    for start, width in ((0, layout.name_width), (left, layout.side)):
        painter.fillRect(QRect(start, 0, width, layout.top), tok("card"))
    person = QRect(Space.M, 21, layout.name_width - 2 * Space.M, 22)
    paint_text(painter, person, texts.person, "muted", pixels=Type.NUMBER)
    hours = QRect(left, 21, HOURS - Space.M, 22)
    paint_text(painter, hours, texts.hours_title, "muted", pixels=Type.NUMBER, align=_RIGHT)
    if layout.fair:
        titles = texts.fair if layout.fair == FAIR else texts.fair_short
        paint_bar_heads(painter, QRect(left + HOURS, 21, layout.fair, 22), titles)
    if layout.lines:
        total = QRect(hours.x(), layout.strip_cell(0, 0).y(), hours.width(), layout.strip_cell(0, 0).height())
        paint_text(painter, total, texts.total(), "text", pixels=Type.NUMBER, strong=True, align=_RIGHT)
    for number, words in enumerate(texts.lines):
        spot = layout.strip_cell(number, 0)
        place = QRect(Space.M, spot.y(), layout.name_width - 2 * Space.M, spot.height())
        paint_text(painter, place, words, "muted", pixels=Type.NUMBER)
    painter.fillRect(QRect(0, layout.head, layout.width, 1), tok("line"))
    painter.fillRect(QRect(0, layout.top - 1, layout.width, 1), tok("line"))
    _paint_edges(painter, layout, 0, layout.top)
