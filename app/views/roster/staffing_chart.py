"""The hours of a day as a picture: people on duty as bars, people needed as a line, calls with their band."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.entities.staffing import StaffingDay, StaffingHour
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.theme import theme, tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.paint import paint_ring, paint_text, width_of
from app.views.roster import staffing_words as words

_LABELS = 20  # height of a line of small text
_AXIS = 34  # width of the figures at the left
_CALLS_SHARE = 0.30  # of the height, for the calls below the people
_BAR = 0.62  # of a column's width
_LINE = 2.0
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class StaffingChart(QWidget):
    """One column for each hour. Arrows, Home and End choose an hour; `hour_chosen` tells which."""

    hour_chosen = Signal(int)

    def __init__(self, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._day: StaffingDay | None = None
        self._now: int | None = None
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("People needed and on duty by the hour"))

    def show_day(self, day: StaffingDay, now: int | None) -> None:
        """Show a day; `now` is the running hour, None for none.

        The chosen hour stays; at first it is the running one, else the first in which people are missing.
        """
        if self._day is None:
            missing = (at for at, hour in enumerate(day.hours) if hour.shortfall)
            self.current = now if now is not None else next(missing, 0)
        self._day, self._now = day, now
        self._choose(min(self.current, len(day.hours) - 1))

    def choose(self, at: int) -> None:
        """Choose an hour, counted from 0; beyond the ends the first or the last."""
        if self._day is not None:
            self._choose(max(0, min(at, len(self._day.hours) - 1)))

    def sizeHint(self) -> QSize:
        return QSize(860, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and event.key() in _KEYS:
            self.choose(self.current + _KEYS[Qt.Key(event.key())])
        elif plain and event.key() == Qt.Key.Key_Home:
            self.choose(0)
        elif plain and event.key() == Qt.Key.Key_End and self._day is not None:
            self.choose(len(self._day.hours) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self._choose_at(event.position().x())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._day is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        people, calls = self._rooms()
        most = max(max(hour.needed, hour.rostered) for hour in self._day.hours) or 1
        loudest = max(hour.high for hour in self._day.hours) or 1.0
        self._paint_grounds(painter, people, calls)
        self._paint_axis(painter, people, self._format.number(most))
        self._paint_axis(painter, calls, words.calls_text(loudest, self._format) if loudest > 1 else "")
        for at, hour in enumerate(self._day.hours):
            self._paint_people(painter, self._column(people, at), hour, most)
            self._paint_label(painter, self._column(calls, at), hour, at)
        self._paint_needed(painter, people, most)
        self._paint_calls(painter, calls, loudest)
        if self.hasFocus():
            paint_ring(painter, self._column(people, self.current).adjusted(0, -_LABELS, 0, 0))

    # -- inside ------------------------------------------------------------------------------------------

    def _choose(self, at: int) -> None:
        self.current = at
        if self._day is not None:
            self.setAccessibleDescription(words.hour_in_words(self._day.hours[at], self._format))
        self.hour_chosen.emit(at)
        self.update()

    def _choose_at(self, x: float) -> None:
        if self._day is not None:
            self.choose(int((x - _AXIS) / max(1.0, self._wide())))

    def _wide(self) -> float:
        return (self.width() - _AXIS) / (len(self._day.hours) if self._day is not None else 24)

    def _rooms(self) -> tuple[QRectF, QRectF]:
        """Return where people and calls are drawn; each has a line of text, above and below."""
        height = self.height() - 2 * _LABELS - Space.L
        wide = float(self.width() - _AXIS)
        calls = height * _CALLS_SHARE
        people = QRectF(_AXIS, _LABELS, wide, height - calls)
        return people, QRectF(_AXIS, people.bottom() + Space.L, wide, calls)

    def _column(self, room: QRectF, at: int) -> QRectF:
        return QRectF(room.x() + at * self._wide(), room.y(), self._wide(), room.height())

    def _paint_grounds(self, painter: QPainter, people: QRectF, calls: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self._now is not None:
            painter.fillRect(
                self._column(people, self._now).united(self._column(calls, self._now)), tok("today")
            )
        painter.setPen(QPen(tok("line"), 1))
        for room in (people, calls):
            painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _paint_axis(self, painter: QPainter, room: QRectF, text: str) -> None:
        place = QRectF(0, room.y() - _LABELS / 2, _AXIS - Space.S, _LABELS)
        right = Qt.AlignmentFlag.AlignRight
        paint_text(painter, place, text, "muted", pixels=Type.SMALL, align=right)
        foot = QRectF(0, room.bottom() - _LABELS / 2, _AXIS - Space.S, _LABELS)
        paint_text(painter, foot, self._format.number(0), "muted", pixels=Type.SMALL, align=right)

    def _paint_people(self, painter: QPainter, column: QRectF, hour: StaffingHour, most: int) -> None:
        wide = column.width() * _BAR
        left = column.x() + (column.width() - wide) / 2
        tall = column.height() * hour.rostered / most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("bar"))
        bar = QRectF(left, column.bottom() - tall, wide, tall)
        painter.drawRect(bar)
        if not hour.shortfall:
            return
        missing = column.height() * hour.shortfall / most
        hole = QRectF(left, bar.top() - missing, wide, missing).adjusted(0.5, 0.5, -0.5, 0)
        painter.setBrush(tok("bad_tint"))
        painter.setPen(QPen(tok("bad"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(hole)
        above = QRectF(column.x(), hole.top() - _LABELS, column.width(), _LABELS)
        text = f"−{self._format.number(hour.shortfall)}"
        paint_text(
            painter, above, text, "bad", pixels=Type.SMALL, strong=True, align=Qt.AlignmentFlag.AlignHCenter
        )

    def _paint_needed(self, painter: QPainter, room: QRectF, most: int) -> None:
        """Draw the people needed as steps."""
        if self._day is None:
            return
        points = []
        for at, hour in enumerate(self._day.hours):
            column = self._column(room, at)
            top = column.bottom() - column.height() * hour.needed / most
            points += [QPointF(column.left(), top), QPointF(column.right(), top)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok("text"), _LINE, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawPolyline(QPolygonF(points))

    def _paint_calls(self, painter: QPainter, room: QRectF, most: float) -> None:
        """Draw the band of most days, and the calls expected as a line in it."""
        if self._day is None:
            return
        upper: list[QPointF] = []
        lower: list[QPointF] = []
        middle: list[QPointF] = []
        for at, hour in enumerate(self._day.hours):
            x = self._column(room, at).center().x()
            for line, value in ((upper, hour.high), (lower, hour.low), (middle, hour.expected)):
                line.append(QPointF(x, room.bottom() - room.height() * value / most))
        painter.setPen(QPen(tok("info"), 1) if theme.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(tok("info_tint"))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok("info"), _LINE, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(middle))

    def _paint_label(self, painter: QPainter, column: QRectF, hour: StaffingHour, at: int) -> None:
        text = str(self._format.local(hour.starts_at).hour)
        if self._wide() < width_of("00", Type.SMALL) + Space.XS and at % 2:
            return
        place = QRectF(column.x(), column.bottom(), column.width(), _LABELS)
        is_chosen = at == self.current
        ink = "bad" if hour.shortfall else "text" if is_chosen else "muted"
        paint_text(
            painter,
            place,
            text,
            ink,
            pixels=Type.SMALL,
            strong=is_chosen or bool(hour.shortfall),
            align=Qt.AlignmentFlag.AlignHCenter,
        )
