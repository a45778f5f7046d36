"""The building blocks of a page: title, section, text, table, figures and signature fields.

Each draws its words as plain characters with heights known beforehand, so that laying out a page costs
no more than writing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.services.reports.pdf import styles
from app.services.reports.pdf.styles import TextStyle
from app.services.reports.pdf.text import fitted, lines, width

Canvas = Any
"""reportlab ships no types; a page module never touches the canvas itself."""


def draw_text(canvas: Canvas, x: float, y: float, text: str, style: TextStyle, align: str = "left") -> None:
    """Draw one line of printable text with its base line at `y`; `x` is its left, right or middle."""
    canvas.setFont(style.font, style.size)
    canvas.setFillColor(HexColor(style.color))
    if align == "right":
        canvas.drawRightString(x, y, text)
    elif align == "center":
        canvas.drawCentredString(x, y, text)
    else:
        canvas.drawString(x, y, text)


def section(title: str, room: float, *, needs: float = 90) -> list[Flowable]:
    """Return a section's heading; a page with less than `needs` points left is ended before it."""
    return [
        CondPageBreak(needs),
        Spacer(1, styles.GAP),
        TextBlock(title, room, styles.SECTION),
        Spacer(1, 4),
    ]


class TextBlock(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Running text in one style, broken into lines and, where it must, over pages."""

    def __init__(self, text: str, room: float, style: TextStyle) -> None:
        super().__init__()
        self._lines = lines(text, style.font, style.size, room)
        self._room = room
        self._style = style

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, len(self._lines) * self._style.leading

    def split(self, _width: float, height: float) -> list[Flowable]:
        fits = int(height // self._style.leading)
        if fits < 1:
            return []
        return [self._part(self._lines[:fits]), self._part(self._lines[fits:])]

    def draw(self) -> None:
        y = len(self._lines) * self._style.leading
        for line in self._lines:
            y -= self._style.leading
            rise = (self._style.leading - self._style.size) / 2 + self._style.size * 0.14
            draw_text(self.canv, 0, y + rise, line, self._style)

    def _part(self, some: list[str]) -> TextBlock:
        part = TextBlock("", self._room, self._style)
        part._lines = some
        return part


@dataclass(frozen=True, slots=True)
class Tile:
    """One big figure. `remark` says what it is made of; `tone` colours the remark."""

    name: str
    figure: str
    remark: str = ""
    tone: str = styles.MUTED


class TileRow(Flowable):  # type: ignore[misc]
    """Big figures side by side in equal boxes."""

    HEIGHT = 58.0
    GAP = 9.0

    def __init__(self, tiles: Sequence[Tile], room: float) -> None:
        super().__init__()
        self._tiles = tiles
        self._room = room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, self.HEIGHT

    def draw(self) -> None:
        each = (self._room - self.GAP * (len(self._tiles) - 1)) / len(self._tiles)
        for position, tile in enumerate(self._tiles):
            left = position * (each + self.GAP)
            self.canv.setFillColor(HexColor(styles.WELL))
            self.canv.roundRect(left, 0, each, self.HEIGHT, styles.RADIUS, stroke=0, fill=1)
            self._draw_words(tile, left + 9, each - 18)

    def _draw_words(self, tile: Tile, left: float, room: float) -> None:
        remark = TextStyle(size=7.5, color=tile.tone)
        for text, style, y in (
            (tile.name, styles.TILE_NAME, 43),
            (tile.figure, styles.TILE_FIGURE, 23),
            (tile.remark, remark, 9),
        ):
            draw_text(self.canv, left, y, fitted(text, style.font, style.size, room), style)


@dataclass(frozen=True, slots=True)
class SignatureField:
    """Where a person signs: what for, and the printed name, which may be empty."""

    heading: str
    name: str
    labels: tuple[str, str, str]
    """Before the name, the signature and the time."""


class SignatureRow(Flowable):  # type: ignore[misc]
    """Fields to sign by hand, side by side, never torn apart by a page end."""

    HEIGHT = 104.0
    GAP = 18.0

    def __init__(self, fields: Sequence[SignatureField], room: float) -> None:
        super().__init__()
        self._fields = fields
        self._room = room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, self.HEIGHT

    def draw(self) -> None:
        each = (self._room - self.GAP * (len(self._fields) - 1)) / len(self._fields)
        for position, field in enumerate(self._fields):
            self._draw_field(field, position * (each + self.GAP), each)

    def _draw_field(self, field: SignatureField, left: float, room: float) -> None:
        self.canv.setStrokeColor(HexColor(styles.LINE))
        self.canv.setLineWidth(0.7)
        self.canv.roundRect(left, 0, room, self.HEIGHT, styles.RADIUS, stroke=1, fill=0)
        bold = styles.CELL_BOLD
        heading = fitted(field.heading, bold.font, bold.size, room - 20)
        draw_text(self.canv, left + 10, self.HEIGHT - 17, heading, bold)
        indent = max(width(label, styles.SMALL.font, styles.SMALL.size) for label in field.labels) + 8
        for row, label in enumerate(field.labels):
            y = self.HEIGHT - 40 - row * 25
            draw_text(self.canv, left + 10, y, label, styles.SMALL)
            self.canv.setStrokeColor(HexColor(styles.STRONG_LINE))
            self.canv.setLineWidth(0.5)
            self.canv.line(left + 10 + indent, y - 2.5, left + room - 10, y - 2.5)
        name = fitted(field.name, styles.CELL.font, styles.CELL.size, room - indent - 24)
        draw_text(self.canv, left + 12 + indent, self.HEIGHT - 40, name, styles.CELL)
