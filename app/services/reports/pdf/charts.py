"""Small charts for reports, drawn straight onto the page.

reportlab's own charts begin their axis near the smallest value unless told otherwise, and name a font
that is not embedded; these begin at 0 and know only the fonts of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import draw_text
from app.services.reports.pdf.text import fitted, width

_LEFT = 22.0
_BOTTOM = 16.0
_LEGEND = 18.0
_LABEL = styles.TextStyle(size=7, color=styles.MUTED)


@dataclass(frozen=True, slots=True)
class Series:
    """One set of bars: what they count and a value per category."""

    name: str
    values: tuple[int, ...]
    color: str


class BarChart(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Grouped bars over categories, the axis beginning at 0, the legend above at the right."""

    def __init__(
        self, categories: Sequence[str], series: Sequence[Series], room: float, height: float
    ) -> None:
        """Take one value per category in each series; no value may be negative."""
        super().__init__()
        self._categories = categories
        self._series = series
        self._room = room
        self._height = height
        self._step = axis_step(max((max(one.values, default=0) for one in series), default=0))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, self._height

    def draw(self) -> None:
        scale = self._draw_axis()
        self._draw_bars(scale)
        self._draw_legend()

    def _draw_axis(self) -> float:
        """Draw the grid with its numbers and return the height of one unit."""
        highest = max((max(one.values, default=0) for one in self._series), default=0)
        steps = max(1, -(-highest // self._step))
        distance = (self._height - _BOTTOM - _LEGEND) / steps
        self.canv.setStrokeColor(HexColor(styles.LINE))
        self.canv.setLineWidth(0.5)
        for number in range(steps + 1):
            y = _BOTTOM + number * distance
            self.canv.line(_LEFT, y, self._room, y)
            draw_text(self.canv, _LEFT - 5, y - 2.5, str(number * self._step), _LABEL, "right")
        return distance / self._step

    def _draw_bars(self, scale: float) -> None:
        each = (self._room - _LEFT) / max(1, len(self._categories))
        bar = each * 0.78 / max(1, len(self._series))
        for position, category in enumerate(self._categories):
            left = _LEFT + position * each
            label = fitted(category, _LABEL.font, _LABEL.size, each)
            draw_text(self.canv, left + each / 2, 4, label, _LABEL, "center")
            for number, one in enumerate(self._series):
                x, high = left + each * 0.11 + number * bar, one.values[position] * scale
                if high > 0:  # viewers show a bar without height as a hair
                    self.canv.setFillColor(HexColor(one.color))
                    self.canv.rect(x, _BOTTOM, bar - 0.8, high, stroke=0, fill=1)

    def _draw_legend(self) -> None:
        right = self._room
        for one in reversed(self._series):
            name = fitted(one.name, _LABEL.font, _LABEL.size, self._room / 3)
            right -= width(name, _LABEL.font, _LABEL.size)
            draw_text(self.canv, right, self._height - 8, name, _LABEL)
            self.canv.setFillColor(HexColor(one.color))
            self.canv.roundRect(right - 11, self._height - 9, 7, 7, 1, stroke=0, fill=1)
            right -= 24


def axis_step(highest: int) -> int:
    """Return a round distance (1, 2 or 5 times a power of ten) that divides 0..highest into at most four."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= 4 * factor * size:
                return factor * size
        size *= 10
