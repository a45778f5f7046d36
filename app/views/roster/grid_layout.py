"""Where everything of the roster's grid lies, in pixels: the frozen parts and the scrolled cells. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect

from app.views.base.tokens import Size, Space
from app.views.roster.strokes import Span

HEAD = 46
NOTE = 14
"""How much higher the header is where a day has a word below it."""
STRIP_ROW = 21
GROUP_ROW = 25
HOURS = 62
FAIR = 180
"""How wide the bars of fairness are, right of the hours."""
FAIR_NARROW = 105
"""How wide they are where the days would have to scroll beside the wide ones."""
LEAST_COLUMN = 29
LEAST_BESIDE_FAIR = 26
"""A day may be so narrow before it scrolls away from the bars it is compared with."""
ROW = Size.ROW_ROSTER


class Zone(StrEnum):
    """The parts of the grid."""

    CELL = "cell"
    NAME = "name"
    HOURS = "hours"
    DAY = "day"
    STRIP = "strip"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies at a point. `row` is a person, or a line of the strip; -1 where there is none."""

    zone: Zone
    row: int = -1
    day: int = -1


class GridLayout:
    """Positions for so many people in groups, days and coverage lines, in a viewport of some width.

    Columns grow to fill the width; below their least width the days scroll sideways. Rectangles are in the
    viewport's coordinates, scrolled by `scroll`.
    """

    def __init__(
        self,
        groups: Sequence[int],
        days: int,
        lines: int,
        *,
        name_width: int,
        viewport_width: int,
        has_notes: bool = False,
        has_fair: bool = False,
    ) -> None:
        self.days = days
        self.lines = lines
        self.name_width = name_width
        self.width = viewport_width
        self.head = HEAD + (NOTE if has_notes else 0)
        self.fair = 0
        """How wide the bars of fairness are; 0: not shown."""
        if has_fair:
            is_roomy = viewport_width - name_width - HOURS - FAIR >= days * LEAST_COLUMN
            self.fair = FAIR if is_roomy else FAIR_NARROW
        self.side = HOURS + self.fair
        self.top = self.head + (lines * STRIP_ROW + Space.S if lines else 0)
        room = max(0, viewport_width - name_width - self.side)
        least = LEAST_BESIDE_FAIR if self.fair == FAIR_NARROW else LEAST_COLUMN
        self._column = max(float(least), room / days) if days else 0.0
        self.group_tops: list[int] = []
        self._row_tops: list[int] = []
        below = 0
        for size in groups:
            self.group_tops.append(below)
            below += GROUP_ROW
            self._row_tops += [below + ROW * index for index in range(size)]
            below += ROW * size
        self.content_height = below
        self.content_width = round(self._column * days)
        self.scroll = QPoint(0, 0)

    @property
    def rows(self) -> int:
        """How many people there are."""
        return len(self._row_tops)

    @property
    def body(self) -> QRect:
        """The scrolled part, as wide as it shows; its height has no end."""
        return QRect(self.name_width, self.top, max(0, self.width - self.name_width - self.side), 1 << 16)

    @property
    def column_width(self) -> int:
        """About how wide a day is."""
        return int(self._column)

    def day_left(self, day: int) -> int:
        """Return the left edge of a day's column."""
        return self.name_width + round(self._column * day) - self.scroll.x()

    def row_top(self, row: int) -> int:
        """Return the upper edge of a person's row."""
        return self.top + self._row_tops[row] - self.scroll.y()

    def group_top(self, group: int) -> int:
        """Return the upper edge of a group's heading."""
        return self.top + self.group_tops[group] - self.scroll.y()

    def cell(self, row: int, day: int) -> QRect:
        """Return the place of a cell."""
        left = self.day_left(day)
        return QRect(left, self.row_top(row), self.day_left(day + 1) - left, ROW)

    def span(self, span: Span) -> QRect:
        """Return the place of a block of cells."""
        last = self.cell(span.row + span.rows - 1, span.day + span.days - 1)
        return self.cell(span.row, span.day).united(last)

    def row(self, row: int) -> QRect:
        """Return a person's whole row, names and hours included."""
        return QRect(0, self.row_top(row), self.width, ROW)

    def column(self, day: int) -> QRect:
        """Return a day's column from the header down."""
        left = self.day_left(day)
        return QRect(left, 0, self.day_left(day + 1) - left, 1 << 16)

    def strip_cell(self, line: int, day: int) -> QRect:
        """Return a count of the coverage strip."""
        left = self.day_left(day)
        top = self.head + Space.XS + line * STRIP_ROW
        return QRect(left, top, self.day_left(day + 1) - left, STRIP_ROW)

    def shown_days(self, left: int, right: int) -> range:
        """Return the days whose columns touch the stretch between two x."""
        if not self.days:
            return range(0)
        first = int((left - self.name_width + self.scroll.x()) / self._column)
        last = int((right - self.name_width + self.scroll.x()) / self._column)
        return range(max(0, first), min(self.days - 1, last) + 1)

    def shown_rows(self, top: int, bottom: int) -> range:
        """Return the people whose rows touch the stretch between two y."""
        if not self._row_tops:
            return range(0)
        first = bisect_right(self._row_tops, top - self.top + self.scroll.y()) - 1
        last = bisect_right(self._row_tops, bottom - self.top + self.scroll.y()) - 1
        return range(max(0, first), last + 1)

    def spot(self, point: QPoint) -> Spot:
        """Return what lies at a point of the viewport."""
        day = self._day_at(point.x())
        if point.y() < self.head:
            return Spot(Zone.DAY, day=day) if day >= 0 else Spot(Zone.NOWHERE)
        if point.y() < self.top:
            line = (point.y() - self.head - Space.XS) // STRIP_ROW
            return Spot(Zone.STRIP, line, day) if day >= 0 and 0 <= line < self.lines else Spot(Zone.NOWHERE)
        row = self._row_at(point.y())
        if row < 0:
            return Spot(Zone.NOWHERE)
        if point.x() < self.name_width:
            return Spot(Zone.NAME, row)
        if point.x() >= self.width - self.side:
            return Spot(Zone.HOURS, row)
        return Spot(Zone.CELL, row, day) if day >= 0 else Spot(Zone.NOWHERE)

    def nearest_cell(self, point: QPoint) -> tuple[int, int]:
        """Return row and day of the cell nearest to a point, for a drag that left the grid."""
        across = point.x() - self.name_width + self.scroll.x()
        day = min(max(0, int(across / self._column)), self.days - 1)
        row = bisect_right(self._row_tops, point.y() - self.top + self.scroll.y()) - 1
        return min(max(0, row), self.rows - 1), day

    def _day_at(self, x: int) -> int:
        if not self.name_width <= x < self.width - self.side or not self.days:
            return -1
        day = int((x - self.name_width + self.scroll.x()) / self._column)
        return day if day < self.days else -1

    def _row_at(self, y: int) -> int:
        inside = y - self.top + self.scroll.y()
        row = bisect_right(self._row_tops, inside) - 1
        return row if row >= 0 and inside < self._row_tops[row] + ROW else -1
