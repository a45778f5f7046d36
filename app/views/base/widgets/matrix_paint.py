"""How the priority matrix is measured and painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.models.entities.priority import Level, MatrixDefinition
from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.paint import paint_text, priority_ink, width_of

_CELL = QSize(66, 28)
_CELL_LARGE = QSize(106, 64)
_WIDEST_CELL = 150
_LEAST_CELL = 44
_WIDEST_HEADING = 180
_GAP = 4
_GAP_LARGE = 6
_HEAD = 24
_HEAD_LARGE = 44


@dataclass(frozen=True, slots=True)
class HeadingLook:
    """A level's heading: its name, the guidance under it (editor only), and whether it is lit."""

    name: str
    guidance: str
    lit: bool


@dataclass(frozen=True, slots=True)
class CellLook:
    """Everything the painting of one cell depends on. `near` shares row or column with the chosen cell."""

    level: int | None
    was: int | None
    odd: bool
    chosen: bool
    cursor: bool
    focused: bool
    hovered: bool
    near: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Where things are: made once per matrix and font."""

    headings: int
    head: int
    cell_size: QSize
    least_width: int
    gap: int
    large: bool

    @classmethod
    def of(
        cls,
        matrix: MatrixDefinition,
        name_of: Callable[[Level], str],
        guidance_of: Callable[[Level], str],
        *,
        large: bool,
    ) -> Measures:
        """Measure for this matrix; `large` is the editor, with guidance under the headings."""
        size = QSize(_CELL_LARGE if large else _CELL)
        below = guidance_of if large else None
        widths = [_heading_width(level, name_of, below) for level in matrix.impacts]
        headings = min(_WIDEST_HEADING, max(widths, default=0)) + Space.L
        across = [_heading_width(level, name_of, below) for level in matrix.urgencies]
        names = [_heading_width(level, name_of) for level in matrix.urgencies]
        size.setWidth(min(_WIDEST_CELL, max(size.width(), *across, 0) + 2))
        least = min(_WIDEST_CELL, max(_LEAST_CELL, *names, 0))
        return cls(
            headings, _HEAD_LARGE if large else _HEAD, size, least, _GAP_LARGE if large else _GAP, large
        )

    def hint(self, columns: int, rows: int) -> QSize:
        """Return the size in which every heading is whole."""
        return QSize(self.headings + columns * (self.cell_size.width() + self.gap), self._height(rows))

    def least(self, columns: int, rows: int) -> QSize:
        """Return the size below which headings would be cut."""
        return QSize(self.headings + columns * (self.least_width + self.gap), self._height(rows))

    def cell(self, row: int, column: int, width: int, columns: int) -> QRect:
        """Return a cell's place; cells share the width, up to a limit."""
        room = (width - self.headings) // max(1, columns) - self.gap
        wide = max(self.least_width, min(room, _WIDEST_CELL))
        left = self.headings + column * (wide + self.gap)
        top = self.head + row * (self.cell_size.height() + self.gap)
        return QRect(left, top, wide, self.cell_size.height())

    def column_heading(self, column: int, width: int, columns: int) -> QRect:
        """Return the place over a column."""
        below = self.cell(0, column, width, columns)
        return QRect(below.x(), 0, below.width(), self.head - Space.XS)

    def row_heading(self, row: int) -> QRect:
        """Return the place left of a row."""
        top = self.head + row * (self.cell_size.height() + self.gap)
        return QRect(0, top, self.headings - Space.L, self.cell_size.height())

    def _height(self, rows: int) -> int:
        return self.head + rows * (self.cell_size.height() + self.gap)


def paint_heading(
    painter: QPainter, place: QRect, look: HeadingLook, measures: Measures, *, across: bool
) -> None:
    """Paint a level's name, accented when lit, with its guidance in small where there is room for it."""
    align = Qt.AlignmentFlag.AlignHCenter if across else Qt.AlignmentFlag.AlignRight
    roomy = measures.large and place.width() >= width_of(look.name, Type.BASE, strong=True)
    pixels = Type.BASE if roomy else Type.NUMBER
    ink = "accent" if look.lit else "text" if measures.large else "muted"
    strong = measures.large or look.lit
    if not measures.large or not look.guidance:
        paint_text(painter, place, look.name, ink, pixels=pixels, strong=strong, align=align)
        return
    middle = place.center().y()
    name = QRect(place.x(), middle - 18, place.width(), 18)
    guidance = QRect(place.x(), middle + 1, place.width(), 16)
    paint_text(painter, name, look.name, ink, pixels=pixels, strong=strong, align=align)
    paint_text(painter, guidance, look.guidance, "muted", pixels=Type.SMALL, align=align)


def paint_cell(painter: QPainter, place: QRect, look: CellLook, measures: Measures) -> None:
    """Paint one cell: ground, priority, what it was, and its rings."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_cell_ground(painter, QRectF(place), look)
    middle = Qt.AlignmentFlag.AlignHCenter
    if look.level is None:
        paint_text(painter, place, "\u2013", "faint", align=middle)
    else:
        ink = priority_ink(1) if look.chosen and look.level == 1 else f"p{look.level}"
        colour = _on_solid() if look.chosen else tok(ink)
        pixels = Type.RECORD if measures.large else Type.NUMBER
        strong = measures.large or look.chosen or look.near
        lifted = place.adjusted(0, 0, 0, -18) if look.was is not None and measures.large else place
        paint_text(painter, lifted, f"P{look.level}", colour, pixels=pixels, strong=strong, align=middle)
    if look.was is not None and measures.large:
        foot = QRect(place.x(), place.bottom() - 24, place.width(), 16)
        said = _("was {priority}").format(priority=f"P{look.was}")
        ink = f"p{look.level}" if look.level is not None else "muted"
        paint_text(painter, foot, said, ink, pixels=Type.SMALL, align=middle)
    _paint_marks(painter, QRectF(place), look, measures)


def _paint_cell_ground(painter: QPainter, box: QRectF, look: CellLook) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if look.level is None:
        painter.setBrush(tok("card"))
        painter.setPen(QPen(tok("edge"), 1, Qt.PenStyle.DashLine))
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    elif look.chosen:
        painter.setBrush(tok(f"p{look.level}"))
    else:
        painter.setBrush(tok(f"p{look.level}_tint"))
        if look.hovered or (theme.outlined and not look.odd):
            painter.setPen(QPen(tok(f"p{look.level}"), 1))
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)


def _paint_marks(painter: QPainter, box: QRectF, look: CellLook, measures: Measures) -> None:
    """Paint the dashed outline of an odd cell, the ring of the chosen one, and the cursor."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.odd:
        painter.setPen(QPen(tok("warn"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)
        if measures.large:
            spot = QRectF(box.right() - 20, box.y() + 6, 14, 14)
            paint_icon(painter, spot, "triangle-alert", "warn")
    if look.chosen:
        painter.setPen(QPen(tok("card"), 1.5))
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), Radius.CONTROL, Radius.CONTROL)
        painter.setPen(QPen(tok("accent"), 2))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), Radius.CONTROL, Radius.CONTROL)
    elif look.cursor:
        painter.setPen(QPen(tok("accent" if look.focused else "edge"), 2))
        inner = 4 if look.odd else 1
        painter.drawRoundedRect(box.adjusted(inner, inner, -inner, -inner), Radius.CONTROL, Radius.CONTROL)


def _on_solid() -> QColor:
    """Return the ink on a cell filled with its priority's colour: every theme's P1 pair reads on all five."""
    return tok("on_p1")


def _heading_width(
    level: Level, name_of: Callable[[Level], str], guidance_of: Callable[[Level], str] | None = None
) -> int:
    """Return the room a heading takes; one with guidance below has the larger name of the editor."""
    if guidance_of is None:
        return width_of(name_of(level), Type.NUMBER, strong=True) + 4
    name = width_of(name_of(level), Type.BASE, strong=True)
    return max(name, width_of(guidance_of(level), Type.SMALL)) + 4
