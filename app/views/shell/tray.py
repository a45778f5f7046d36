"""The icon in the system's tray, behind one small interface: where there is no tray, nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app.views.base.i18n import _
from app.views.base.widgets.labels import no_key
from app.views.shell.rail import Logo

_SIZES = (16, 32, 64)


class Tray(Protocol):
    """What the window wants of a tray."""

    def tell(self, title: str, text: str) -> None:
        """Show a balloon."""
        ...

    def say(self, text: str) -> None:
        """Say under the mouse what there is to know."""
        ...

    def list_people(self, entries: Sequence[str]) -> None:
        """Offer everybody on duty as entries of the icon's menu; a click opens the window."""
        ...

    def remove(self) -> None:
        """Take the icon away."""
        ...


MakeTray = Callable[[QWidget, Callable[[], None]], Tray]
"""Makes the tray of a window; the function is called when somebody clicks on the icon or a balloon."""


class NoTray:
    """Where the system has no tray, and where nobody watches."""

    def __init__(self, window: QWidget, asked: Callable[[], None]) -> None:
        del window, asked

    def tell(self, title: str, text: str) -> None:
        """See `Tray.tell`."""
        del title, text

    def say(self, text: str) -> None:
        """See `Tray.say`."""
        del text

    def list_people(self, entries: Sequence[str]) -> None:
        """See `Tray.list_people`."""
        del entries

    def remove(self) -> None:
        """See `Tray.remove`."""


class SystemTray:
    """The system's own tray."""

    def __init__(self, window: QWidget, asked: Callable[[], None]) -> None:
        icon = QIcon()
        for size in _SIZES:
            icon.addPixmap(Logo(size).grab())
        self._icon = QSystemTrayIcon(icon, window)
        self._icon.setToolTip(_("Firstline"))
        self._asked = asked
        self._menu = QMenu(window)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(asked)
        self._icon.show()

    def tell(self, title: str, text: str) -> None:
        """See `Tray.tell`."""
        self._icon.showMessage(title, text, self._icon.icon())

    def say(self, text: str) -> None:
        """See `Tray.say`."""
        self._icon.setToolTip(text)

    def list_people(self, entries: Sequence[str]) -> None:
        """See `Tray.list_people`."""
        self._menu.clear()
        for entry in entries:
            self._menu.addAction(no_key(entry)).triggered.connect(lambda _checked: self._asked())
        if entries:
            self._menu.addSeparator()
        self._menu.addAction(no_key(_("Show the notices"))).triggered.connect(lambda _checked: self._asked())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:  # that opens the menu
            self._asked()

    def remove(self) -> None:
        """See `Tray.remove`."""
        self._icon.hide()
        self._icon.deleteLater()


def system_tray(window: QWidget, asked: Callable[[], None]) -> Tray:
    """Return the system's tray, or nothing that acts like one."""
    is_there = QSystemTrayIcon.isSystemTrayAvailable()
    return SystemTray(window, asked) if is_there else NoTray(window, asked)
