"""The base of small painted widgets, and the plainest of them: an icon, alone or on a disc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.icons import paint_icon
from app.views.base.tokens import Size
from app.views.base.widgets.paint import paint_ground

_DISC = 52


class Painted(QWidget):
    """A widget that draws itself, is exactly as large as its hint, and says in words what it shows."""

    def __init__(self, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
        super().changeEvent(event)


class IconSpot(Painted):
    """One icon in a token's colour. Decoration: what it means must stand in words beside it."""

    def __init__(
        self, name: str, ink: str = "muted", size: int = Size.ICON, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._name = name
        self._ink = ink
        self._size = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, ink: str = "muted") -> None:
        """Show another icon, or the same in another colour."""
        self._name = name
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self.rect(), self._name, self._ink)


class IconDisc(Painted):
    """An icon on a tinted disc, 52 px: the face of an empty state. `tone` as in Notice, or ""."""

    def __init__(
        self, name: str, tone: str = "", *, size: int = _DISC, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._name = name
        self._tone = tone
        self._size = size

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint, ink = disc_colours(self._tone)
        paint_ground(painter, self.rect(), tint, ink, self._size / 2)
        drawn = round(self._size * 0.46)
        spot = QRect(0, 0, drawn, drawn)
        spot.moveCenter(self.rect().center())
        paint_icon(painter, spot, self._name, ink)


def disc_colours(tone: str) -> tuple[str, str]:
    """Return (tint, ink) for "ok", "warn", "bad", "info", "accent", or a neutral pair for ""."""
    if not tone:
        return "well", "muted"
    return ("sel", "accent") if tone == "accent" else (f"{tone}_tint", tone)
