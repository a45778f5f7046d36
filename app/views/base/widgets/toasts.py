"""Short messages at the foot of the window: what happened, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import cast_shadow

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

_TONES = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "bad": "circle-alert"}
SHOWN_FOR = 8_000
"""Milliseconds a toast stays; it stays longer while the mouse or the keyboard is on it."""
_MOST = 3
_LEAST_WIDTH = 400


class Toast(QFrame):
    """One message with a tone, perhaps one action with its shortcut, and a cross."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        *,
        tone: str = "ok",
        icon: str = "",
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "popup")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(IconSpot(icon or _TONES[tone], "accent" if icon and tone == "info" else tone))
        row.addSpacing(Space.XS)
        row.addWidget(PlainLabel(text))
        row.addStretch(1)
        if action:
            self.action = Button(action, ButtonKind.LINK, small=True)
            self.action.clicked.connect(lambda: self._act(run))
            row.addWidget(self.action)
            if key:
                row.addWidget(KeyCap(key))
        self.cross = IconButton("x", _("Close"), small=True)
        self.cross.clicked.connect(self.close_now)
        row.addWidget(self.cross)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_now)
        cast_shadow(self)

    def start(self, milliseconds: int = SHOWN_FOR) -> None:
        """Begin to count down to closing."""
        self._timer.start(milliseconds)

    def close_now(self) -> None:
        """Go away."""
        self._timer.stop()
        self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(SHOWN_FOR)
        super().leaveEvent(event)

    def _act(self, run: Callable[[], None] | None) -> None:
        if run is not None:
            run()
        self.close_now()


class ToastHost(QObject):
    """Stacks the toasts of one window at its bottom centre, newest lowest, three at most."""

    def __init__(self, window: QWidget, *, foot: int = 40) -> None:
        super().__init__(window)
        self._window = window
        self._foot = foot
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    @property
    def shown(self) -> list[Toast]:
        """The toasts on the window now, oldest first."""
        return list(self._toasts)

    def say(
        self,
        text: str,
        *,
        tone: str = "ok",
        icon: str = "",
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
    ) -> Toast:
        """Show a message. `action` names what `run` does ("Undo"), `key` its shortcut ("Ctrl+Z")."""
        while len(self._toasts) >= _MOST:
            self._toasts[0].close_now()
        toast = Toast(text, tone=tone, icon=icon, action=action, run=run, key=key, parent=self._window)
        toast.closed.connect(lambda: self._drop(toast))
        self._toasts.append(toast)
        toast.show()
        toast.start()
        self._place()
        # The focus stays where it is, so a screen reader has to be told.
        said = ", ".join(part for part in (text, action and f"{action} {key}".strip()) if part)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, said))
        return toast

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _drop(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._window.height() - self._foot
        for toast in reversed(self._toasts):
            room = self._window.width() - 2 * Space.XL
            toast.resize(min(max(toast.sizeHint().width(), _LEAST_WIDTH), room), toast.sizeHint().height())
            bottom -= toast.height()
            toast.move((self._window.width() - toast.width()) // 2, bottom)
            toast.raise_()
            bottom -= Space.M
