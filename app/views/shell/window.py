"""The program's one window: first start, sign-in or the workspace, in its remembered place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.views.base.i18n import _
from app.views.shell.session import Workplace

SMALLEST = (1280, 720)
USUAL = (1440, 900)


class ShellWindow(QMainWindow):
    """Shows one face at a time. `closing` is emitted once, before the window is gone."""

    closing = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(_("Firstline"))
        self.setMinimumSize(960, 600)
        self._place = place
        self._restore_place()

    @property
    def face(self) -> QWidget | None:
        """What the window shows."""
        return self.centralWidget()

    def show_face(self, face: QWidget, title: str = "") -> None:
        """Show another face; the one before is thrown away."""
        self.setWindowTitle(f"{title} – {_('Firstline')}" if title else _("Firstline"))
        self.setCentralWidget(face)
        face.show()  # not only when the window next arranges itself

    def keep_place(self, state: dict[str, Any] | None = None) -> None:
        """Remember size and place, and what the workspace says comes back."""
        kept = dict(self._place.prefs.values.window)
        kept["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        if state is not None:
            kept["workspace"] = state
        self._place.prefs.change(window=kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _restore_place(self) -> None:
        geometry = self._place.prefs.values.window.get("geometry")
        self.resize(*USUAL)
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
