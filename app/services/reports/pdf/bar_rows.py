"""Rows of figures with a bar each, told apart without colour: one's own black, others grey, means a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.fonts import BOLD
from app.services.reports.pdf.text import fitted

_ROW = 22.0
_HEAD = 18.0
_NAME = 130.0
_PLAIN = 40.0
_GAP = 10.0
_BAR = 5.0
_OTHERS = "#A3ABB5"
_NUMBER = styles.TextStyle(size=8, leading=10)
_NUMBER_BOLD = styles.TextStyle(font=BOLD, size=8, leading=10)
_REMARK = styles.TextStyle(size=6.5, leading=8, color=styles.MUTED)


@dataclass(frozen=True, slots=True)
class BarFigure:
    """A figure as it is printed, with the part of the bar that is filled and where the mean's tick stands.

    Both are 0..1 of the bar's length; a `tick` of None draws none, a `share` of None no bar at all.
    """

    text: str
    share: float | None = None
    tick: float | None = None


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its name, a small remark below it, its figures; those with a bar first."""

    name: str
    figures: tuple[BarFigure, ...]
    remark: str = ""
    is_own: bool = False
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class BarHeads:
    """The headings: `name` over the names, `bars` over figures with a bar, `plain` over the others."""

    name: str
    bars: tuple[str, ...]
    plain: tuple[str, ...]


class BarRows(Flowable):  # type: ignore[misc] # reportlab ships no types
    """The rows under their headings, which are repeated on each page."""

    def __init__(self, heads: BarHeads, rows: Sequence[BarRow], room: float) -> None:
        super().__init__()
        self._heads = heads
        self._rows = list(rows)
        self._room = room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, _HEAD + _ROW * len(self._rows)

    def split(self, _width: float, height: float) -> list[Flowable]:
        fits = int((height - _HEAD) // _ROW)
        if fits < 1:
            return []
        return [BarRows(self._heads, part, self._room) for part in (self._rows[:fits], self._rows[fits:])]

    def draw(self) -> None:
        y = _HEAD + _ROW * len(self._rows) - _HEAD
        self._draw_heads(y)
        for row in self._rows:
            y -= _ROW
            self._draw_row(row, y)

    # -- inside --------------------------------------------------------------------------------------

    @property
    def _wide(self) -> float:
        """Return how wide a figure with a bar is."""
        left = self._room - _NAME - _PLAIN * len(self._heads.plain)
        return left / max(1, len(self._heads.bars))

    def _left(self, position: int) -> float:
        bars = len(self._heads.bars)
        if position < bars:
            return _NAME + position * self._wide
        return _NAME + bars * self._wide + (position - bars) * _PLAIN

    def _draw_heads(self, y: float) -> None:
        style = styles.HEADER
        draw_text(self.canv, 0, y + 5, fitted(self._heads.name, style.font, style.size, _NAME - 8), style)
        for position, head in enumerate(self._heads.bars):
            words = fitted(head, style.font, style.size, self._wide - _GAP)
            draw_text(self.canv, self._left(position), y + 5, words, style)
        for number, head in enumerate(self._heads.plain, len(self._heads.bars)):
            words = fitted(head, style.font, style.size, _PLAIN - 4)
            draw_text(self.canv, self._left(number) + _PLAIN - 2, y + 5, words, style, "right")
        _rule(self.canv, self._room, y, styles.STRONG_LINE, 0.8)

    def _draw_row(self, row: BarRow, y: float) -> None:
        strong = styles.CELL_BOLD if row.is_own else styles.CELL_MUTED if row.is_mean else styles.CELL
        if row.is_own:
            self.canv.setFillColor(HexColor(styles.WELL))
            self.canv.rect(0, y, self._room, _ROW, stroke=0, fill=1)
        name = fitted(row.name, strong.font, strong.size, _NAME - 8)
        draw_text(self.canv, 2, y + (12 if row.remark else 8), name, strong)
        if row.remark:
            remark = fitted(row.remark, _REMARK.font, _REMARK.size, _NAME - 8)
            draw_text(self.canv, 2, y + 4, remark, _REMARK)
        number = _NUMBER_BOLD if row.is_own else _NUMBER
        for position, figure in enumerate(row.figures):
            left = self._left(position)
            if position >= len(self._heads.bars):
                draw_text(self.canv, left + _PLAIN - 2, y + 8, figure.text, number, "right")
                continue
            draw_text(self.canv, left, y + 11, figure.text, number)
            if figure.share is not None:
                self._draw_bar(row, figure.share, figure.tick, left, y + 3.5)
        _rule(self.canv, self._room, y, styles.LINE, 0.5)

    def _draw_bar(self, row: BarRow, share: float, tick: float | None, left: float, y: float) -> None:
        canvas, wide = self.canv, self._wide - _GAP
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HexColor(styles.STRONG_LINE))
        canvas.rect(left, y, wide, _BAR, stroke=1, fill=0)
        canvas.setFillColor(HexColor(styles.TEXT if row.is_own else styles.WHITE if row.is_mean else _OTHERS))
        canvas.rect(left, y, wide * min(1.0, max(0.0, share)), _BAR, stroke=1, fill=1)
        if tick is not None:
            at = left + wide * min(1.0, max(0.0, tick))
            canvas.setStrokeColor(HexColor(styles.TEXT))
            canvas.setLineWidth(1.2)
            canvas.line(at, y - 1.5, at, y + _BAR + 1.5)


def _rule(canvas: Canvas, right: float, y: float, color: str, weight: float) -> None:
    canvas.setStrokeColor(HexColor(color))
    canvas.setLineWidth(weight)
    canvas.line(0, y, right, y)
