"""Who is at work when: one line per person, a bar per shift, gaps, and the line of now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.paint import paint_avatar, paint_ground, paint_text, width_of

_ROW = 28
_BAR = 22
_HEAD = 24
_AVATAR = 20
_EVERY = 3
_WIDEST_NAME = 120


@dataclass(frozen=True, slots=True)
class GanttBar:
    """A stretch of work in hours on the strip's own scale; 32.0 is 08:00 of the next day.

    `code` is the shift's letter ("d", "n", "m", "g", "t", "k"); a `gap` is work nobody does.
    """

    start: float
    end: float
    text: str
    code: str = "g"
    gap: bool = False


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A person, or with `person` False a role nobody fills, and the bars on this line."""

    name: str
    bars: Sequence[GanttBar]
    person: bool = True


class GanttStrip(QWidget):
    """Shift coverage over a part of a day, from `start` to `end` o'clock. Rows 28 px."""

    def __init__(self, *, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[GanttRow] = ()
        self._start, self._end = 8.0, 20.0
        self._now: float | None = None
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[GanttRow], start: float, end: float, now: float | None = None) -> None:
        """Show these rows; `now` draws the line of now, None draws none.

        Raises:
            ValueError: `end` is not after `start`.
        """
        if end <= start:
            raise ValueError("the strip must end after it starts")
        self._rows = tuple(rows)
        self._start, self._end, self._now = start, end, now
        self.setAccessibleDescription("; ".join(_said(row) for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, _HEAD + _ROW * len(self._rows) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = max((width_of(row.name) for row in self._rows), default=0)
        left = _AVATAR + Space.S + min(_WIDEST_NAME, names) + Space.M
        scale = (self.width() - left - Space.S) / (self._end - self._start)
        self._paint_hours(painter, left, scale)
        # The line of now lies under the bars' words, so it is drawn before them.
        for index, row in enumerate(self._rows):
            self._paint_row(painter, row, _HEAD + index * _ROW, left, scale)

    def _paint_hours(self, painter: QPainter, left: float, scale: float) -> None:
        hour = self._start
        foot = float(self.height())
        while hour <= self._end + 0.01:
            x = left + (hour - self._start) * scale
            painter.fillRect(QRectF(x, _HEAD - 2, 1, foot - _HEAD), tok("line"))
            text = f"{int(hour) % 24:02d}:00"
            half = width_of(text, Type.SMALL) / 2 + 1
            place = QRectF(min(x - half, self.width() - 2 * half), 0, 2 * half, 16)
            paint_text(painter, place, text, "muted", pixels=Type.SMALL, align=Qt.AlignmentFlag.AlignHCenter)
            hour += _EVERY
        if self._now is not None and self._start <= self._now <= self._end:
            self._paint_now(painter, left + (self._now - self._start) * scale)

    def _paint_now(self, painter: QPainter, x: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("bad"))
        painter.drawEllipse(QPointF(x, _HEAD - 5), 3.5, 3.5)
        painter.fillRect(QRectF(x - 0.75, _HEAD - 5, 1.5, self.height() - _HEAD + 5), tok("bad"))

    def _paint_row(self, painter: QPainter, row: GanttRow, top: int, left: float, scale: float) -> None:
        face = QRect(0, top + (_ROW - _AVATAR) // 2, _AVATAR, _AVATAR)
        paint_avatar(painter, face, row.name if row.person else "")
        name = QRectF(_AVATAR + Space.S, top, left - _AVATAR - 2 * Space.S, _ROW)
        paint_text(painter, name, row.name, "text" if row.person else "bad")
        for bar in row.bars:
            start = max(bar.start, self._start)
            end = min(bar.end, self._end)
            if end <= start:
                continue
            x = left + (start - self._start) * scale
            box = QRectF(x, top + (_ROW - _BAR) / 2, (end - start) * scale, _BAR)
            self._paint_bar(painter, box, bar)
        if self._now is not None and self._start <= self._now <= self._end:
            self._cross(painter, row, left + (self._now - self._start) * scale, top)

    def _paint_bar(self, painter: QPainter, box: QRectF, bar: GanttBar) -> None:
        token = "bad" if bar.gap else f"shift_{bar.code}"
        if bar.gap:
            painter.setBrush(tok("bad_tint"))
            painter.setPen(QPen(tok("bad"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
        else:
            paint_ground(painter, box, f"{token}_tint", token, Radius.CONTROL)
        side = max(2.0, min(Space.S, (box.width() - width_of(bar.text, Type.SMALL, strong=True)) / 2 - 1))
        words = box.adjusted(side, 0, -1, 0)
        paint_text(painter, words, bar.text, token, pixels=Type.SMALL, strong=True)

    def _cross(self, painter: QPainter, row: GanttRow, x: float, top: int) -> None:
        """Draw the line of now over a bar's ground, then the words again on the bar's own colour."""
        painter.fillRect(QRectF(x - 0.75, top, 1.5, _ROW), tok("bad"))
        for bar in row.bars:
            self._lift_words(painter, bar, x, top)

    def _lift_words(self, painter: QPainter, bar: GanttBar, x: float, top: int) -> None:
        names = max((width_of(row.name) for row in self._rows), default=0)
        left = _AVATAR + Space.S + min(_WIDEST_NAME, names) + Space.M
        scale = (self.width() - left - Space.S) / (self._end - self._start)
        start = left + (max(bar.start, self._start) - self._start) * scale + Space.S
        end = left + (min(bar.end, self._end) - self._start) * scale - Space.XS
        wide = min(width_of(bar.text, Type.SMALL, strong=True) + 2, end - start)
        if bar.gap or not start - 2 <= x <= start + wide + 2:
            return
        token = f"shift_{bar.code}"
        place = QRectF(start - 2, top + (_ROW - _BAR) / 2 + 2, wide + 4, _BAR - 4)
        painter.fillRect(place, tok("card" if theme.outlined else f"{token}_tint"))
        words = place.adjusted(2, 0, 0, 0)
        paint_text(painter, words, bar.text, token, pixels=Type.SMALL, strong=True)


def _said(row: GanttRow) -> str:
    """Say a row: "Li Na: Day 08:00-20:00"."""
    bars = ", ".join(f"{bar.text} {_clock(bar.start)}\u2013{_clock(bar.end)}" for bar in row.bars)
    return f"{row.name}: {bars}"


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
