"""The one table of all reports: plain words in columns, broken over pages between rows.

reportlab's own Table gets slow with many rows and fails when one row is taller than a page. Here a cell's
lines are counted once, a row that would not fit a page continues in the next row, and splitting only
moves an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.styles import TextStyle
from app.services.reports.pdf.text import fitted, lines

_MOST_LINES = 30
"""A cell with more lines continues in another row, so that every row fits on a page."""

_ROW_PAD = 4.5
_HEADER_HEIGHT = 19.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column `width` points wide; 0 takes an equal share of what the others leave."""

    title: str
    width: float = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table: `text`, under it in a smaller style `below`, before it a coloured `dot`."""

    text: str
    style: TextStyle = styles.CELL
    below: str = ""
    below_style: TextStyle = styles.SMALL
    dot: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. A total stands on a darker ground under a strong line."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A heading over several columns, first and last included."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A row ready to draw: lines and dot of each cell; `ends` unless the next row continues it."""

    cells: tuple[tuple[_Line, ...], ...]
    dots: tuple[str, ...]
    height: float
    is_total: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    """Column positions and headings; shared by all parts of a table that was split."""

    columns: tuple[Column, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    bands: tuple[Band, ...]
    room: float

    @property
    def header_height(self) -> float:
        if not any(column.title for column in self.columns):
            return 0.0
        return _HEADER_HEIGHT + (12.0 if self.bands else 0.0)


class Grid(Flowable):  # type: ignore[misc] # reportlab ships no types
    """A table whose headings are repeated on each page."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row], room: float, *, bands: Sequence[Band] = ()
    ) -> None:
        super().__init__()
        self._shape = _shape(columns, bands, room)
        self._rows = [part for row in rows for part in _prepare(row, self._shape)]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._shape.room, self._shape.header_height + sum(row.height for row in self._rows)

    def split(self, _width: float, height: float) -> list[Flowable]:
        left = height - self._shape.header_height
        fits = 0
        while fits < len(self._rows) and self._rows[fits].height <= left:
            left -= self._rows[fits].height
            fits += 1
        if fits == 0:
            return []
        return [self._part(self._rows[:fits]), self._part(self._rows[fits:])]

    def draw(self) -> None:
        y = self._shape.header_height + sum(row.height for row in self._rows)
        if self._shape.header_height:
            y -= self._shape.header_height
            _draw_header(self.canv, self._shape, y)
        for row in self._rows:
            y -= row.height
            _draw_row(self.canv, self._shape, row, y)

    def _part(self, rows: list[_Prepared]) -> Grid:
        part = Grid((), (), self._shape.room)
        part._shape = self._shape
        part._rows = rows
        return part


def _shape(columns: Sequence[Column], bands: Sequence[Band], room: float) -> _Shape:
    free = sum(1 for column in columns if not column.width)
    share = (room - sum(column.width for column in columns)) / free if free else 0.0
    widths = tuple(column.width or share for column in columns)
    lefts = tuple(sum(widths[:position]) for position in range(len(widths)))
    return _Shape(tuple(columns), lefts, widths, tuple(bands), room)


def _prepare(row: Row, shape: _Shape) -> Iterator[_Prepared]:
    cells = [
        list(_cell_lines(cell, cell_width)) for cell, cell_width in zip(row.cells, shape.widths, strict=True)
    ]
    dots = tuple(cell.dot for cell in row.cells)
    tallest = max(len(cell) for cell in cells)
    for start in range(0, tallest, _MOST_LINES):
        part = tuple(tuple(cell[start : start + _MOST_LINES]) for cell in cells)
        height = max(sum(line.style.leading for line in cell) for cell in part) + 2 * _ROW_PAD
        yield _Prepared(
            part,
            dots if start == 0 else ("",) * len(dots),
            height,
            row.is_total,
            ends=start + _MOST_LINES >= tallest,
        )


def _cell_lines(cell: Cell, cell_width: float) -> Iterator[_Line]:
    room = cell_width - 2 * styles.CELL_PAD - _indent(cell.dot)
    for text, style in ((cell.text, cell.style), (cell.below, cell.below_style)):
        if text:
            yield from (_Line(line, style) for line in lines(text, style.font, style.size, room))


def _indent(dot: str) -> float:
    return 4 * styles.DOT if dot else 0.0


def _anchor(shape: _Shape, position: int) -> float:
    left, cell_width = shape.lefts[position], shape.widths[position]
    align = shape.columns[position].align
    if align == "right":
        return left + cell_width - styles.CELL_PAD
    return left + cell_width / 2 if align == "center" else left + styles.CELL_PAD


def _draw_header(canvas: Canvas, shape: _Shape, y: float) -> None:
    canvas.setFillColor(HexColor(styles.WELL))
    canvas.rect(0, y, shape.room, shape.header_height, stroke=0, fill=1)
    style = styles.HEADER
    for position, column in enumerate(shape.columns):
        title = fitted(column.title, style.font, style.size, shape.widths[position] - styles.CELL_PAD)
        draw_text(canvas, _anchor(shape, position), y + 6.5, title, style, column.align)
    for band in shape.bands:
        left = shape.lefts[band.first] + styles.CELL_PAD
        right = shape.lefts[band.last] + shape.widths[band.last] - styles.CELL_PAD
        title = fitted(band.title, style.font, style.size, right - left)
        draw_text(canvas, (left + right) / 2, y + 20.5, title, style, "center")
        _rule(canvas, left, right, y + 17, styles.LINE, 0.6)


def _draw_row(canvas: Canvas, shape: _Shape, row: _Prepared, y: float) -> None:
    if row.is_total:
        canvas.setFillColor(HexColor(styles.WELL))
        canvas.rect(0, y, shape.room, row.height, stroke=0, fill=1)
    for position, cell in enumerate(row.cells):
        x = _anchor(shape, position)
        top = y + row.height - _ROW_PAD
        if row.dots[position] and cell:
            canvas.setFillColor(HexColor(row.dots[position]))
            canvas.circle(x + styles.DOT, top - cell[0].style.leading / 2, styles.DOT, stroke=0, fill=1)
            x += _indent(row.dots[position])
        for line in cell:
            top -= line.style.leading
            rise = (line.style.leading - line.style.size) / 2 + line.style.size * 0.14
            draw_text(canvas, x, top + rise, line.text, line.style, shape.columns[position].align)
    if row.ends:
        _rule(canvas, 0, shape.room, y, styles.LINE, 0.6)


def _rule(canvas: Canvas, left: float, right: float, y: float, color: str, weight: float) -> None:
    canvas.setStrokeColor(HexColor(color))
    canvas.setLineWidth(weight)
    canvas.line(left, y, right, y)
