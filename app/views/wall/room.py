"""The wall alone on a whole monitor, large enough to be read across a room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.labels import PlainLabel
from app.views.wall.canvas import WallCanvas
from app.views.wall.layout import ROOM
from app.views.wall.wall_words import WallWords

_LEAVE = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_F11})


class RoomWindow(QWidget):
    """A window of its own, so that the other monitor goes on with the day's work. Esc or F11 leaves it."""

    left = Signal()

    def __init__(self, words: WallWords, page: QWidget) -> None:
        super().__init__(page, Qt.WindowType.Window)
        self.setObjectName("room")
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Heat wall"))
        self.canvas = WallCanvas(words, scale=ROOM)
        self.title = PlainLabel(_("Heat wall"), "page")
        self.duty = PlainLabel("", "record")
        self.note = PlainLabel("", "record")
        head = QHBoxLayout()
        head.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        head.setSpacing(Space.XL)
        head.addWidget(self.title)
        head.addWidget(self.note)
        head.addStretch(1)
        head.addWidget(self.duty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.canvas, 1)

    def fill(self) -> None:
        """Take a whole monitor: another one than the page's where there are two."""
        page = self.parentWidget()
        own = None if page is None else page.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        if others:
            self.setGeometry(others[0].geometry())
        self.showFullScreen()
        self.canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVE:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().hideEvent(event)  # type: ignore[arg-type]
