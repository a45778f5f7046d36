"""A calendar's week: one bar per day, filled where the calendar is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.paint import paint_text, width_of

_ROW = 22
_BAR = 14
_HEAD = 20
_DAY = 24 * 60
_EVERY = 6 * 60


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day: its name, its openings in minutes since midnight (end excluded, 1440 is midnight), its sort.

    `note` stands in the bar of a day that is special: a holiday's name.
    """

    name: str
    open: Sequence[tuple[int, int]]
    note: str = ""
    today: bool = False


class WeekStrip(QWidget):
    """The openings of a week, and now as a red tick on today."""

    def __init__(self, *, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Sequence[WeekDay] = ()
        self._now: int | None = None
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[WeekDay], now: int | None = None) -> None:
        """Show these days; `now` is in minutes since midnight and is drawn on the day marked as today."""
        self._days = tuple(days)
        self._now = now
        self.setAccessibleDescription("; ".join(map(_said, days)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, _HEAD + _ROW * len(self._days))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = max((width_of(day.name, Type.SMALL, strong=True) for day in self._days), default=0)
        left = float(names + Space.M)
        room = self.width() - left - 10
        for minute in range(0, _DAY + 1, _EVERY):
            place = QRectF(left + room * minute / _DAY - 12, 0, 24, 16)
            centred = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, place, f"{minute // 60:02d}", "muted", pixels=Type.SMALL, align=centred)
        for index, day in enumerate(self._days):
            bar = QRectF(left, _HEAD + index * _ROW + (_ROW - _BAR) / 2, room, _BAR)
            ink = "accent" if day.today else "muted"
            name = QRectF(0, bar.y() - 3, names + 4, _BAR + 6)
            paint_text(painter, name, day.name, ink, pixels=Type.SMALL, strong=day.today)
            self._paint_day(painter, bar, day)

    def _paint_day(self, painter: QPainter, bar: QRectF, day: WeekDay) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("track"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(tok("bar"))
        for start, end in day.open:
            left = bar.x() + bar.width() * start / _DAY
            painter.drawRoundedRect(QRectF(left, bar.y(), bar.width() * (end - start) / _DAY, _BAR), 3, 3)
        if day.note and not day.open:
            words = bar.adjusted(Space.S, 0, 0, 0)
            paint_text(painter, words, day.note, "text", pixels=Type.SMALL)
        if day.today and self._now is not None:
            x = bar.x() + bar.width() * self._now / _DAY
            painter.fillRect(QRectF(x - 0.75, bar.y() - 3, 1.5, _BAR + 6), tok("bad"))


def _said(day: WeekDay) -> str:
    """Say a day: "Mon 08:30-12:00, 13:00-18:30"."""
    spans = ", ".join(f"{_clock(start)}\u2013{_clock(end)}" for start, end in day.open)
    return f"{day.name} {spans or day.note}".strip()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
