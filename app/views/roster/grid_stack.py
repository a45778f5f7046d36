"""The place of the grid, and what stands there while there is none: reading, nobody to plan, an error."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.widgets.states import Skeleton

_SKELETON_AFTER = 300  # milliseconds


class GridStack(QStackedWidget):
    """Nothing at first; a skeleton once reading takes so long that one would wonder; then the grid's card."""

    def __init__(self, grid: QWidget) -> None:
        super().__init__()
        self._card = QFrame()
        self._card.setProperty("surface", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 6)
        inside.addWidget(grid)
        self._skeleton = Skeleton(12, said=_("The roster is being read"))
        self._instead: QWidget | None = None
        for part in (QWidget(), self._skeleton, self._card):
            self.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SKELETON_AFTER)
        self._timer.timeout.connect(lambda: self.setCurrentWidget(self._skeleton))

    def wait(self) -> None:
        """Something is being read, and nothing is there to look at."""
        self._timer.start()

    def show_grid(self) -> None:
        """Show the grid."""
        self._timer.stop()
        self.setCurrentWidget(self._card)

    def show_instead(self, state: QWidget) -> None:
        """Show something else where the grid would be."""
        self._timer.stop()
        if self._instead is not None:
            self.removeWidget(self._instead)
            self._instead.deleteLater()
        self._instead = state
        self.addWidget(state)
        self.setCurrentWidget(state)
