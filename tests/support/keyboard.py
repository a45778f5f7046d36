"""A person at the keyboard of the running window: every key goes to where the focus is, and is counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.views.base.widgets.popups import Popup
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace


class Keyboard:
    """Types into the window of a stage. `count` is how many keys were pressed since `begin`."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.count = 0

    @property
    def work(self) -> Workspace:
        """What the person works in."""
        found = self._stage.program.workspace
        assert found is not None
        return found

    @property
    def focus(self) -> QWidget:
        """Where the next key goes: an open menu, else the widget with the focus."""
        window = self._stage.program.window
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        if found is None:
            window.activateWindow()
            found = window.focusWidget() or window
        return found

    def begin(self) -> None:
        """Count from here."""
        self.count = 0

    def press(self, *keys: str) -> None:
        """Press keys as they are written in menus: "Ctrl+N", "Enter", "Down"."""
        for text in keys:
            QTest.keySequence(self.focus, QKeySequence(text.replace("Enter", "Return")))
            self.count += 1
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)
            self.count += 1

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Look at the screen until something is so."""
        self._stage.wait_until(is_so, what)

    def wait_for_popup(self, name: str) -> None:
        """Wait until a popup of that name is open."""
        self.wait(lambda: name in self.open_popups, f"the popup {name}")

    @property
    def open_popups(self) -> list[str]:
        """The names of the popups that stand open."""
        return [popup.objectName() for popup in self.work.window().findChildren(Popup) if popup.isVisible()]
