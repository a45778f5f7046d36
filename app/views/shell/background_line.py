"""The line of the status bar that says who does the background work; a click says what to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.shell.background_words import NOTHING, BackgroundFace

_HEIGHT = 26


class BackgroundLine(QAbstractButton):
    """An icon and a few words; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self.face = NOTHING
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_face(self, face: BackgroundFace) -> None:
        """Show another line."""
        self.face = face
        self.setAccessibleName(face.text)
        self.setAccessibleDescription(face.advice)
        set_tip(self, "\n".join(part for part in (face.text, face.advice) if part))
        self.setVisible(bool(face.text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        is_strong = bool(self.face.tone)
        words = width_of(self.face.text, strong=is_strong) + 2
        return QSize(2 * Space.S + Size.ICON_SMALL + 6 + words, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            paint_ground(painter, self.rect(), "press", "press")
        ink = self.face.tone or "muted"
        spot = QRect(Space.S, (self.height() - Size.ICON_SMALL) // 2, Size.ICON_SMALL, Size.ICON_SMALL)
        paint_icon(painter, spot, self.face.icon, ink)
        words = self.rect().adjusted(Space.S + Size.ICON_SMALL + 6, 0, 0, 0)
        paint_text(painter, words, self.face.text, ink, strong=bool(self.face.tone))
        if self.hasFocus():
            paint_ring(painter, self.rect())
