"""How one day of the roster is drawn: a bar per shift along the hours, and the people there each hour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from app.models.entities.roster import Severity
from app.views.base.theme import tok
from app.views.base.tokens import Type
from app.views.base.widgets.paint import paint_ground, paint_text
from app.views.roster.board import Board
from app.views.roster.cell_marks import paint_broken, paint_lent, paint_pin
from app.views.roster.cell_pictures import paint_shift, shift_ink
from app.views.roster.day_hours import DayBar, DayHours, HourCount
from app.views.roster.grid_layout import ROW, STRIP_ROW, GridLayout
from app.views.roster.grid_texts import GridTexts

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_NARROW = 34  # pixels of an hour below which only every second one is named


class DayScale:
    """Where the hours of the shown day lie, across the whole width of its column."""

    def __init__(self, hours: DayHours, layout: GridLayout) -> None:
        self.hours = hours
        self.left = layout.day_left(0)
        self.wide = (layout.day_left(1) - self.left) / hours.length

    def x(self, hour: float) -> float:
        """Return where an hour is; what lies outside the day is cut at its edge."""
        return self.left + min(max(hour, 0.0), self.hours.length) * self.wide


def paint_hour_lines(painter: QPainter, scale: DayScale, top: int, bottom: int) -> None:
    """Paint a hair line at every hour, and a stronger one every six."""
    for hour in range(round(scale.hours.length) + 1):
        ink = "field" if hour % 6 == 0 else "line"
        painter.fillRect(QRectF(scale.x(hour), top, 1, bottom - top), tok(ink))


def paint_hour_heads(painter: QPainter, scale: DayScale, head: int) -> None:
    """Write the hours as the site's clocks show them."""
    step = 1 if scale.wide >= _NARROW else 2
    for hour in range(0, round(scale.hours.length), step):
        place = QRectF(scale.x(hour) - 20, head - 22, 40, 18)
        if hour == 0:
            place.moveLeft(scale.x(0) + 2)
        align = Qt.AlignmentFlag.AlignLeft if hour == 0 else _CENTRE
        paint_text(painter, place, scale.hours.clock(hour), "muted", pixels=Type.NUMBER, align=align)


def paint_day_row(
    painter: QPainter, row: int, board: Board, scale: DayScale, layout: GridLayout, texts: GridTexts
) -> None:
    """Paint one person's shifts of the day along the hours, with the marks of its cell."""
    person = board.people[row].id
    top = layout.row_top(row)
    painter.fillRect(QRect(layout.name_width, top + ROW - 1, layout.width, 1), tok("line"))
    for bar in scale.hours.bars(person):
        _paint_bar(painter, bar, board, scale, top, texts)


def _paint_bar(
    painter: QPainter, bar: DayBar, board: Board, scale: DayScale, top: int, texts: GridTexts
) -> None:
    template = board.templates[bar.cell.template_id]
    left, right = scale.x(bar.start), scale.x(bar.end)
    place = QRect(round(left), top, max(8, round(right - left)), ROW)
    box = QRectF(place).adjusted(1.5, 2.5, -1.5, -2.5)
    note = texts.notes[template.id] if place.width() > 90 else ""
    is_of_before = bar.cell.on_date != scale.hours.on
    if is_of_before:  # its own cell stands on the day before
        painter.setOpacity(0.6)
    paint_shift(painter, box, template, note, leads=bar.cell.is_supervisor)
    painter.setOpacity(1)
    if bar.cell.is_fixed:
        paint_pin(painter, place, shift_ink(template))
    if bar.cell.team_id is not None:
        paint_lent(painter, place, shift_ink(template))
    severity = board.severity_at((bar.cell.person_id, bar.cell.on_date))
    if severity is not Severity.OFF and not is_of_before:
        paint_broken(painter, place, severity)


def paint_day_strip(painter: QPainter, board: Board, scale: DayScale, layout: GridLayout) -> None:
    """Paint each coverage line as a bar over its shift's hours, and below them the people each hour."""
    for number, line in enumerate(board.coverage):
        count = board.count(number, 0)
        if not count.planned and not count.needed:
            continue
        spot = layout.strip_cell(number, 0)
        start, end = scale.hours.span(line.template_id, scale.hours.on)
        box = QRectF(scale.x(start) + 2, spot.y() + 3, scale.x(end) - scale.x(start) - 4, STRIP_ROW - 6)
        ink = "bad" if count.is_gap else "ok"
        paint_ground(painter, box, f"{ink}_tint", ink)
        said = f"{count.planned}/{count.needed}"
        paint_text(painter, box, said, ink, pixels=Type.SMALL, strong=count.is_gap, align=_CENTRE)
    spot = layout.strip_cell(len(board.coverage), 0)
    for hour, each in enumerate(scale.hours.counts()):
        _paint_hour(painter, QRectF(scale.x(hour), spot.y(), scale.wide, STRIP_ROW), each)


def _paint_hour(painter: QPainter, place: QRectF, count: HourCount) -> None:
    text = f"{count.planned}/{count.needed}" if count.is_gap else str(count.planned)
    ink = "bad" if count.is_gap else "muted" if count.planned > count.needed else "ok"
    if count.is_gap:
        paint_ground(painter, place.adjusted(2, 2, -2, -2), "bad_tint", "bad")
    paint_text(painter, place, text, ink, pixels=Type.SMALL, strong=count.is_gap, align=_CENTRE)
