"""Icons: Lucide drawings in any token's colour, sharp at every size and screen scaling.

To add an icon: copy its file from Lucide into `resources/icons` under its own name; use the name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from app.views.base.icon_files import icon_svg
from app.views.base.theme import tok
from app.views.base.tokens import Size


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, colour: str | QColor = "text") -> None:
    """Paint the icon `name` centred in `rect`, as large as fits.

    `colour` is a token's name or a colour; the pixmap is cached by name, colour, size and pixel ratio.
    """
    size = int(min(rect.width(), rect.height()))
    ink = tok(colour) if isinstance(colour, str) else colour
    ratio = painter.device().devicePixelRatioF()
    left = rect.x() + (rect.width() - size) / 2
    top = rect.y() + (rect.height() - size) / 2
    painter.drawPixmap(QPoint(round(left), round(top)), icon_pixmap(name, ink, size, ratio))


def icon_pixmap(name: str, ink: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon in `ink`, `size` device-independent pixels square, for a screen of `ratio`."""
    return _pixmap(name, ink.rgba(), size, ratio)


def icon(name: str, colour: str = "text") -> QIcon:
    """Return a QIcon for menus and actions; it follows the theme, for it asks for its colour when painted."""
    return QIcon(_TintedEngine(name, colour))


@lru_cache(maxsize=1024)
def _pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    ink = QColor.fromRgba(rgba)
    # Read before painting begins: an error under way would end the pixmap before its painter.
    drawing = QSvgRenderer(QByteArray(icon_svg(name, ink, large=size >= Size.ICON_LARGE)))
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(ink.alphaF())
    drawing.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class _TintedEngine(QIconEngine):
    """Draws an icon in its token's colour of the moment; disabled icons are ghosts."""

    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._ink(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        # Qt passes `size` in device pixels.
        edge = min(size.width(), size.height())
        return icon_pixmap(self._name, self._ink(mode), max(1, round(edge / scale)), scale)

    def clone(self) -> QIconEngine:
        # PySide frees a clone's Python half while Qt still uses it, and the program dies: keep it as long.
        self._clones[:] = [engine for engine in self._clones if isValid(engine)]
        copy = _TintedEngine(self._name, self._colour)
        self._clones.append(copy)
        return copy

    def key(self) -> str:
        return "firstline-tinted"

    def _ink(self, mode: QIcon.Mode) -> QColor:
        return tok("ghost" if mode == QIcon.Mode.Disabled else self._colour)
