"""The priority matrix as a poster: levels with their guidance around a grid of priorities.

The graver a priority the darker its ground, so that a copy without colours tells them apart; the number
stands in each cell as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.fonts import BOLD
from app.services.reports.pdf.styles import TextStyle
from app.services.reports.pdf.text import ELLIPSIS, fitted, lines

_HEAD = 52.0
_SIDE = 176.0
_GAP = 3.0
_PAD = 8.0
# How much of a priority's colour is in its ground; the rest is white.
_SHARES: Mapping[int, float] = {1: 1.0, 2: 0.55, 3: 0.34, 4: 0.17, 5: 0.06}
_NAME = TextStyle(font=BOLD, size=9.5, leading=12)
_GUIDANCE = TextStyle(size=7.5, leading=9.5, color=styles.MUTED)
_CORNER = TextStyle(size=8, leading=10, color=styles.MUTED)


@dataclass(frozen=True, slots=True)
class PosterLevel:
    """One level of impact or urgency, or one priority: its name and what it means."""

    number: int
    name: str
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The words beside the grid: what goes down, what goes across."""

    down: str
    across: str


class MatrixGrid(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Impacts down, urgencies across, priorities in the cells; exactly `room` by `height` points."""

    def __init__(
        self,
        impacts: Sequence[PosterLevel],
        urgencies: Sequence[PosterLevel],
        cells: Mapping[tuple[int, int], PosterLevel],
        words: PosterWords,
        room: float,
        height: float,
    ) -> None:
        super().__init__()
        self._impacts = impacts
        self._urgencies = urgencies
        self._cells = cells
        self._words = words
        self._room = room
        self._height = height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, self._height

    def draw(self) -> None:
        wide = (self._room - _SIDE) / max(1, len(self._urgencies))
        high = (self._height - _HEAD) / max(1, len(self._impacts))
        top = self._height - _HEAD
        draw_text(self.canv, _PAD, self._height - 14, f"{self._words.across} →", _CORNER)
        draw_text(self.canv, _PAD, top + _PAD, f"{self._words.down} ↓", _CORNER)
        for place, urgency in enumerate(self._urgencies):
            _draw_level(self.canv, urgency, _SIDE + place * wide, top, wide, _HEAD)
        for row, impact in enumerate(self._impacts):
            y = top - (row + 1) * high
            _draw_level(self.canv, impact, 0, y, _SIDE, high)
            for place, urgency in enumerate(self._urgencies):
                cell = self._cells.get((impact.number, urgency.number))
                if cell is not None:
                    _draw_cell(self.canv, cell, _SIDE + place * wide, y, wide, high)


def ground(priority: int) -> str:
    """Return the ground of a priority: its colour, lighter the milder it is."""
    share = _SHARES.get(priority, min(_SHARES.values()))
    color = styles.PRIORITIES.get(priority, styles.MUTED)
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part * share + 255 * (1 - share)):02X}" for part in parts)


def ink(priority: int) -> str:
    """Return the colour in which words stand on a priority's ground."""
    return styles.WHITE if _SHARES.get(priority, 0) == 1 else styles.TEXT


def _draw_level(canvas: Canvas, level: PosterLevel, left: float, y: float, wide: float, high: float) -> None:
    canvas.setFillColor(HexColor(styles.WELL))
    canvas.setStrokeColor(HexColor(styles.LINE))
    canvas.setLineWidth(0.5)
    canvas.roundRect(left + _GAP / 2, y + _GAP / 2, wide - _GAP, high - _GAP, styles.RADIUS, stroke=1, fill=1)
    room = wide - 2 * _PAD
    most = max(0, int((high - 2 * _PAD - _NAME.leading) // _GUIDANCE.leading))
    told = shortened(level.guidance, _GUIDANCE, room, most)
    tall = _NAME.leading + len(told) * _GUIDANCE.leading
    base = y + high / 2 + tall / 2 - _NAME.size
    name = fitted(f"{level.number}  {level.name}", _NAME.font, _NAME.size, room)
    draw_text(canvas, left + _PAD, base, name, _NAME)
    for line in told:
        base -= _GUIDANCE.leading
        draw_text(canvas, left + _PAD, base - 1, line, _GUIDANCE)


def _draw_cell(canvas: Canvas, cell: PosterLevel, left: float, y: float, wide: float, high: float) -> None:
    canvas.setFillColor(HexColor(ground(cell.number)))
    canvas.setStrokeColor(HexColor(styles.PRIORITIES.get(cell.number, styles.MUTED)))
    canvas.setLineWidth(1.2)
    canvas.roundRect(left + _GAP / 2, y + _GAP / 2, wide - _GAP, high - _GAP, styles.RADIUS, stroke=1, fill=1)
    size = min(24.0, high * 0.42)
    number = TextStyle(font=BOLD, size=size, color=ink(cell.number))
    name = replace(_NAME, color=ink(cell.number))
    middle, base = left + wide / 2, y + high / 2
    draw_text(canvas, middle, base - size * 0.12, f"P{cell.number}", number, "center")
    shown = fitted(cell.name, name.font, name.size, wide - 2 * _PAD)
    draw_text(canvas, middle, base - size * 0.12 - name.leading, shown, name, "center")


def shortened(text: str, style: TextStyle, room: float, most: int) -> list[str]:
    """Return a text in at most `most` lines; the last one ends in an ellipsis where there is more."""
    if not text or most < 1:
        return []
    found = lines(text, style.font, style.size, room)
    if len(found) <= most:
        return found
    last = fitted(found[most - 1] + ELLIPSIS * 3, style.font, style.size, room - style.size)
    return [*found[: most - 1], last.rstrip(ELLIPSIS) + ELLIPSIS]
