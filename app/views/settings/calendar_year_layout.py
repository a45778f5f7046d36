"""Where the year view paints what: twelve months side by side, weeks that begin on Monday. Pure geometry."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect

from app.views.base.tokens import Space

CELL_HEIGHT = 26
_LEAST_CELL = 28
_TITLE = 24
_HEADS = 18
_WEEKS = 6
_GAP = Space.L
_MONTH_HEIGHT = _TITLE + _HEADS + _WEEKS * CELL_HEIGHT
_COLUMNS = (4, 3, 2)
LEAST_WIDTH = _COLUMNS[-1] * 7 * _LEAST_CELL + (_COLUMNS[-1] - 1) * _GAP


@dataclass(frozen=True, slots=True)
class YearLayout:
    """Places of one year's months and dates in a width, in pixels."""

    year: int
    width: int

    @property
    def columns(self) -> int:
        """How many months stand side by side."""
        return next((count for count in _COLUMNS if self._fits(count)), _COLUMNS[-1])

    @property
    def height(self) -> int:
        """How tall twelve months are in this width."""
        rows = 12 // self.columns
        return rows * _MONTH_HEIGHT + (rows - 1) * Space.S

    @property
    def cell_width(self) -> int:
        """How wide a date is."""
        return self._month_width // 7

    def month(self, number: int) -> QRect:
        """Return the place of a month, 1 to 12."""
        row, column = divmod(number - 1, self.columns)
        left = column * (self._month_width + _GAP)
        return QRect(left, row * (_MONTH_HEIGHT + Space.S), 7 * self.cell_width, _MONTH_HEIGHT)

    def title(self, number: int) -> QRect:
        """Return the place of a month's name."""
        place = self.month(number)
        return QRect(place.left(), place.top(), place.width(), _TITLE)

    def head(self, number: int, weekday: int) -> QRect:
        """Return the place of a weekday's name over a month; 0 is Monday."""
        place = self.month(number)
        left = place.left() + weekday * self.cell_width
        return QRect(left, place.top() + _TITLE, self.cell_width, _HEADS)

    def cell(self, on: date) -> QRect:
        """Return the place of a date of this year."""
        place = self.month(on.month)
        week, weekday = divmod(on.replace(day=1).weekday() + on.day - 1, 7)
        left = place.left() + weekday * self.cell_width
        return QRect(left, place.top() + _TITLE + _HEADS + week * CELL_HEIGHT, self.cell_width, CELL_HEIGHT)

    def date_at(self, point: QPoint) -> date | None:
        """Return the date painted at a point, or None between months and beside them."""
        for number in range(1, 13):
            place = self.month(number)
            if place.contains(point):
                week = (point.y() - place.top() - _TITLE - _HEADS) // CELL_HEIGHT
                weekday = (point.x() - place.left()) // self.cell_width
                first = date(self.year, number, 1)
                day = week * 7 + weekday - first.weekday() + 1
                if point.y() >= place.top() + _TITLE + _HEADS and 1 <= day <= _days_of(first):
                    return first.replace(day=day)
        return None

    @property
    def _month_width(self) -> int:
        return max(7, (self.width - (self.columns - 1) * _GAP) // self.columns)

    def _fits(self, columns: int) -> bool:
        return (self.width - (columns - 1) * _GAP) // columns // 7 >= _LEAST_CELL


def month_later(on: date, by: int) -> date:
    """Return the same day of another month; the month's last day where it has no such day."""
    months = on.year * 12 + on.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(on.day, _days_of(first)))


def last_of_month(on: date) -> date:
    """Return the last day of a date's month."""
    return on.replace(day=_days_of(on))


def dates_between(one: date, other: date) -> tuple[date, ...]:
    """Return the dates from one to another in either order, both included."""
    first, last = sorted((one, other))
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))


def _days_of(month: date) -> int:
    return monthrange(month.year, month.month)[1]
