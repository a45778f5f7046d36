"""Small charts for reports, drawn with reportlab's graphics in the embedded font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor

from app.services.reports.pdf import styles
from app.services.reports.pdf.text import fitted, width

_LABEL_SIZE = 7.0
_LEFT = 22.0
_BOTTOM = 16.0
_LEGEND = 18.0


@dataclass(frozen=True, slots=True)
class Series:
    """One set of bars: what they count and a value per category."""

    name: str
    values: tuple[int, ...]
    color: str


def bar_chart(categories: Sequence[str], series: Sequence[Series], room: float, height: float) -> Drawing:
    """Return grouped bars over `categories`, the axis beginning at 0, with a legend above at the right."""
    drawing = Drawing(room, height)
    chart = VerticalBarChart()
    chart.x, chart.y = _LEFT, _BOTTOM
    chart.width, chart.height = room - _LEFT, height - _BOTTOM - _LEGEND
    chart.data = [one.values for one in series]
    chart.groupSpacing, chart.barSpacing = 6, 1
    chart.bars.strokeColor = None
    for position, one in enumerate(series):
        chart.bars[position].fillColor = HexColor(one.color)
    _set_axes(chart, categories, max((max(one.values, default=0) for one in series), default=0))
    drawing.add(chart)
    _add_legend(drawing, series, room, height)
    return drawing


def _set_axes(chart: VerticalBarChart, categories: Sequence[str], highest: int) -> None:
    step = _step(highest)
    values = chart.valueAxis
    values.valueMin = 0  # else the axis begins near the smallest bar and exaggerates every difference
    values.valueMax = step * max(1, -(-highest // step))
    values.valueStep = step
    values.labelTextFormat = "%d"
    values.visibleAxis = False
    values.visibleTicks = False
    values.visibleGrid = True
    values.gridStrokeColor = HexColor(styles.LINE)
    values.gridStrokeWidth = 0.5
    chart.categoryAxis.categoryNames = list(categories)
    chart.categoryAxis.visibleTicks = False
    chart.categoryAxis.strokeColor = HexColor(styles.LINE)
    for axis in (values, chart.categoryAxis):
        axis.labels.fontName = styles.CELL.font
        axis.labels.fontSize = _LABEL_SIZE
        axis.labels.fillColor = HexColor(styles.MUTED)


def _step(highest: int) -> int:
    """Return a round distance between grid lines that gives at most five of them."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= 4 * factor * size:
                return factor * size
        size *= 10


def _add_legend(drawing: Drawing, series: Sequence[Series], room: float, height: float) -> None:
    right = room
    for one in reversed(series):
        name = fitted(one.name, styles.CELL.font, _LABEL_SIZE, room / 3)
        right -= width(name, styles.CELL.font, _LABEL_SIZE)
        drawing.add(
            String(
                right,
                height - 8,
                name,
                fontName=styles.CELL.font,
                fontSize=_LABEL_SIZE,
                fillColor=HexColor(styles.MUTED),
            )
        )
        drawing.add(Rect(right - 11, height - 9, 7, 7, rx=1, ry=1, fillColor=HexColor(one.color), strokeColor=None))
        right -= 24
