"""A year of days on one page: twelve months, each kind of day marked so that no colour is needed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.models.entities.calendars import DayType
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.fonts import BOLD
from app.services.reports.pdf.styles import TextStyle
from app.services.reports.pdf.text import fitted, width

_COLUMNS, _ROWS, _WEEKS = 4, 3, 6
_GAP = 14.0
_MONTH = TextStyle(font=BOLD, size=9, leading=12)
_WEEKDAY = TextStyle(size=6.5, leading=8, color=styles.MUTED)
_LEGEND = 16.0


@dataclass(frozen=True, slots=True)
class DayLook:
    """How a kind of day stands in the year: on a ground, in an outline, struck through by a bar below."""

    ink: str = styles.TEXT
    ground: str = ""
    outline: str = ""
    font: str = styles.CELL.font


# A holiday is dark, a day off in lieu outlined, a make-up workday outlined and underlined, a weekend grey.
LOOKS: Mapping[DayType, DayLook] = {
    DayType.WORKDAY: DayLook(),
    DayType.WEEKEND: DayLook(styles.MUTED, styles.WEEKEND),
    DayType.HOLIDAY: DayLook(styles.WHITE, styles.BAD, font=BOLD),
    DayType.DAY_OFF_IN_LIEU: DayLook(styles.BAD, styles.HOLIDAY, styles.BAD),
    DayType.MAKE_UP_WORKDAY: DayLook(styles.OK, outline=styles.OK, font=BOLD),
}
SPECIAL_MARK = "•"
"""Stands at a day that has hours of its own."""


@dataclass(frozen=True, slots=True)
class YearWords:
    """The words of the year: months, weekdays from Monday on, and what the marks mean."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    kinds: Sequence[tuple[DayType, str]]
    special: str


class YearGrid(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Twelve months and the legend, in exactly `room` by `height` points."""

    def __init__(
        self,
        year: int,
        kind_of: Callable[[date], DayType],
        special: frozenset[date],
        words: YearWords,
        room: float,
        height: float,
    ) -> None:
        super().__init__()
        self._year = year
        self._kind_of = kind_of
        self._special = special
        self._words = words
        self._room = room
        self._height = height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, self._height

    def draw(self) -> None:
        wide = (self._room - (_COLUMNS - 1) * _GAP) / _COLUMNS
        high = (self._height - _LEGEND - (_ROWS - 1) * _GAP) / _ROWS
        for month in range(1, 13):
            row, column = divmod(month - 1, _COLUMNS)
            top = self._height - row * (high + _GAP)
            self._draw_month(month, column * (wide + _GAP), top, wide, high)
        self._draw_legend()

    def _draw_month(self, month: int, left: float, top: float, wide: float, high: float) -> None:
        name = fitted(self._words.months[month - 1], _MONTH.font, _MONTH.size, wide)
        draw_text(self.canv, left, top - _MONTH.size, name, _MONTH)
        head = _MONTH.leading + 4
        cell, line = wide / 7, (high - head - _WEEKDAY.leading) / _WEEKS
        base = top - head - 4
        for place, weekday in enumerate(self._words.weekdays):
            shown = fitted(weekday, _WEEKDAY.font, _WEEKDAY.size, cell)
            draw_text(self.canv, left + (place + 0.5) * cell, base, shown, _WEEKDAY, "center")
        first = date(self._year, month, 1)
        for number in range(monthrange(self._year, month)[1]):
            on = first + timedelta(days=number)
            week, place = divmod(number + first.weekday(), 7)
            y = top - head - _WEEKDAY.leading - (week + 1) * line
            self._draw_day(on, left + place * cell, y, cell, line)

    def _draw_day(self, on: date, left: float, y: float, wide: float, high: float) -> None:
        kind = self._kind_of(on)
        shown = f"{on.day}{SPECIAL_MARK}" if on in self._special else str(on.day)
        draw_day(self.canv, left + 0.7, y + 0.7, wide - 1.4, high - 1.4, shown, kind)

    def _draw_legend(self) -> None:
        left, style = 0.0, styles.SMALL
        marks = [(kind, "12", words) for kind, words in self._words.kinds]
        for kind, text, words in [*marks, (DayType.WORKDAY, f"12{SPECIAL_MARK}", self._words.special)]:
            draw_day(self.canv, left, 0, 20, 11, text, kind)
            shown = fitted(words, style.font, style.size, self._room / 4)
            draw_text(self.canv, left + 24, 3, shown, style)
            left += 24 + width(shown, style.font, style.size) + 16


def draw_day(
    canvas: Canvas, left: float, y: float, wide: float, high: float, text: str, kind: DayType
) -> None:
    """Draw one day as its kind looks."""
    look = LOOKS[kind]
    if look.ground:
        canvas.setFillColor(HexColor(look.ground))
        canvas.roundRect(left, y, wide, high, 2, stroke=0, fill=1)
    if look.outline:
        canvas.setStrokeColor(HexColor(look.outline))
        canvas.setLineWidth(0.8)
        canvas.roundRect(left + 0.4, y + 0.4, wide - 0.8, high - 0.8, 2, stroke=1, fill=0)
    size = min(7.5, high * 0.75)
    style = TextStyle(font=look.font, size=size, color=look.ink)
    middle, base = left + wide / 2, y + high / 2 - size * 0.35
    draw_text(canvas, middle, base, text, style, "center")
    if kind is DayType.MAKE_UP_WORKDAY:
        canvas.setStrokeColor(HexColor(look.ink))
        canvas.setLineWidth(0.8)
        canvas.line(middle - wide / 4, base - 1.2, middle + wide / 4, base - 1.2)
