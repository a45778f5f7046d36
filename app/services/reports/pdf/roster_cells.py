"""What a printed roster has besides its table: a stamped title, the legend, and how a code's cell looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.styles import TextStyle, Tone
from app.services.reports.pdf.text import fitted, width

_CORNER = 4.5
_LINE, _THICK, _CLEAR = (
    8.0,
    1.1,
    0.5,
)  # the line under the code of who leads, and the room about it, in points


class StampedTitle(Flowable):  # type: ignore[misc]
    """The title, and at its right end a frame with a word that must not be overlooked; "" leaves it out."""

    def __init__(self, title: str, stamp: str, room: float) -> None:
        super().__init__()
        self._title, self._stamp, self._room = title, stamp, room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, styles.TITLE.leading

    def draw(self) -> None:
        look, style = styles.TITLE, replace(styles.SECTION, color=styles.WARN)
        stamp = fitted(self._stamp, style.font, style.size, self._room / 3)
        wide = width(stamp, style.font, style.size) + 16 if stamp else 0.0
        title = fitted(self._title, look.font, look.size, self._room - wide - styles.GAP)
        draw_text(self.canv, 0, 6, title, look)
        if stamp:
            self.canv.setStrokeColor(HexColor(styles.WARN))
            self.canv.setLineWidth(1.4)
            self.canv.roundRect(self._room - wide, 2, wide - 1, 20, 3, stroke=1, fill=0)
            draw_text(self.canv, self._room - wide / 2, 8, stamp, style, "center")


class Legend(Flowable):  # type: ignore[misc]
    """Codes with their meaning, in as many lines as they need."""

    _LINE = 16.0

    def __init__(self, entries: Sequence[tuple[str, Tone | None, str]], room: float) -> None:
        """Take code, its cell's look (None: a mark without a cell) and meaning of each entry."""
        super().__init__()
        self._entries = entries
        self._room = room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, (self._places()[-1][1] + 1) * self._LINE if self._entries else 0.0

    def draw(self) -> None:
        top = self.wrap(0, 0)[1]
        style = styles.SMALL
        for (code, tone, _), (left, row, words) in zip(self._entries, self._places(), strict=True):
            y = top - (row + 1) * self._LINE
            if tone:
                draw_cell(self.canv, left, y + 2, 17, 12, code, tone)
            else:
                draw_text(
                    self.canv, left + 8.5, y + 5.5, fitted(code, style.font, style.size, 17), style, "center"
                )
            draw_text(self.canv, left + 21, y + 5.5, words, style)

    def _places(self) -> list[tuple[float, int, str]]:
        """Return left edge, row and fitted meaning of each entry."""
        placed: list[tuple[float, int, str]] = []
        left, row, style = 0.0, 0, styles.SMALL
        for _, _, meaning in self._entries:
            words = fitted(meaning, style.font, style.size, self._room / 2)
            length = 21 + width(words, style.font, style.size)
            if left and left + length > self._room:
                left, row = 0.0, row + 1
            placed.append((left, row, words))
            left += length + 16
        return placed


def draw_cell(
    canvas: Canvas,
    left: float,
    y: float,
    wide: float,
    high: float,
    code: str,
    tone: Tone,
    *,
    leads: bool = False,
) -> None:
    """Draw a code in its cell, underlined for who leads; a long code is set smaller, then cut."""
    if tone.ground:
        canvas.setFillColor(HexColor(tone.ground))
        canvas.roundRect(left, y, wide, high, 2, stroke=0, fill=1)
    if tone.outline:
        half = tone.weight / 2
        canvas.setStrokeColor(HexColor(tone.outline))
        canvas.setLineWidth(tone.weight)
        canvas.setDash([2, 1.5] if tone.is_dashed else [])
        canvas.roundRect(left + half, y + half, wide - tone.weight, high - tone.weight, 2, stroke=1, fill=0)
        canvas.setDash([])
    _draw_shape(canvas, left, y, wide, high, tone)
    size = 8.0 if width(code, styles.CELL_BOLD.font, 8) <= wide - 2 else 5.5
    style = TextStyle(font=styles.CELL_BOLD.font, size=size, color=tone.ink)
    shown = fitted(code, style.font, size, wide - 2)
    base = y + high / 2 - size * 0.36
    if leads:  # clear of a thick outline, the code lifted as far as the cell allows
        under = y + (tone.weight if tone.outline else 0) + _CLEAR
        canvas.setFillColor(HexColor(tone.ink))
        canvas.rect(left + wide / 2 - _LINE / 2, under, _LINE, _THICK, stroke=0, fill=1)
        base = max(base, min(under + _THICK + _CLEAR, y + high - tone.weight - size * 0.74))
    draw_text(canvas, left + wide / 2, base, shown, style, "center")


def _draw_shape(canvas: Canvas, left: float, y: float, wide: float, high: float, tone: Tone) -> None:
    """Draw what tells a tone apart without its colour."""
    if tone.is_cut:
        corner = canvas.beginPath()
        corner.moveTo(left + wide - _CORNER, y + high)
        corner.lineTo(left + wide, y + high)
        corner.lineTo(left + wide, y + high - _CORNER)
        corner.close()
        canvas.setFillColor(HexColor(tone.ink))
        canvas.drawPath(corner, stroke=0, fill=1)
    if tone.is_struck:
        canvas.setStrokeColor(HexColor(tone.ink))
        canvas.setLineWidth(0.35)
        canvas.line(left + 1, y + 1, left + wide - 1, y + high - 1)
