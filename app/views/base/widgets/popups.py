"""Popups inside the window: a surface with a shadow, and the scrim behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from app.views.base.theme import theme, tok
from app.views.base.tokens import Space

_BLUR = 34


def cast_shadow(widget: QWidget) -> None:
    """Let a popup cast its shadow; none in the contrast theme, where its outline does the work.

    The parent must be larger than the widget, or the blur is cut.
    """
    if theme.outlined:
        return
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(_BLUR)
    shadow.setOffset(QPointF(0, 6))
    shadow.setColor(tok("shadow"))
    widget.setGraphicsEffect(shadow)


class Popup(QFrame):
    """A surface over the page: a child of the window, so focus and flicker are no matter. Esc closes it.

    Fill it through `body`. With `scrim` the page behind is dimmed and a click there closes the popup.
    The Tab key goes round inside it. Focus returns to where it was, if that can still be seen.
    """

    closed = Signal()

    def __init__(self, window: QWidget, *, scrim: bool = False) -> None:
        # Qt lets Tab go round inside a child of this type, as it does inside a window.
        super().__init__(window, Qt.WindowType.SubWindow)
        self.setProperty("surface", "popup")
        self._window = window
        self._scrim = _Scrim(window) if scrim else None
        self._came_from: QWidget | None = None
        if self._scrim is not None:
            self._scrim.clicked.connect(self.close_now)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self.body.setSpacing(Space.M)
        self.hide()
        cast_shadow(self)

    def open_at(self, left: int, top: int) -> None:
        """Show the popup with its upper left corner there, moved so that all of it is on the window."""
        self._came_from = self._window.focusWidget()
        if self._scrim is not None:
            self._scrim.cover()
        self.adjustSize()
        right = max(Space.S, self._window.width() - self.width() - Space.S)
        bottom = max(Space.S, self._window.height() - self.height() - Space.S)
        self.move(min(max(left, Space.S), right), min(max(top, Space.S), bottom))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def open_centred(self) -> None:
        """Show the popup in the middle, a little above it."""
        self.adjustSize()
        left = (self._window.width() - self.width()) // 2
        self.open_at(left, (self._window.height() - self.height()) // 3)

    def close_now(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._scrim is not None:
            self._scrim.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)


class _Scrim(QWidget):
    """Dims the whole window behind a popup."""

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lie over everything on the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tok("scrim"))
