"""Folders, results and article side by side, as wide as they were left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_WIDTHS = (228, 336, 804)


class Panes(QSplitter):
    """Gives the first two of three panes the widths a person chose; the last one takes the rest.

    A window made small squeezes all of them; made large again, each is as wide as before.
    """

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.widths = list(_WIDTHS)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for pane in panes:
            self.addWidget(pane)
        self.setStretchFactor(len(panes) - 1, 1)
        self.splitterMoved.connect(self._keep)

    def restore(self, widths: object) -> None:
        """Take widths kept earlier; anything else leaves them as they are."""
        if isinstance(widths, list) and len(widths) == len(_WIDTHS):
            self.widths = [int(width) for width in widths]
            self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width."""
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        *lists, last = self.widths
        self.setSizes([*lists, max(last, self.width() - sum(lists))])

    def _keep(self) -> None:
        if all(self.sizes()):  # while one pane is hidden, the others say nothing about it
            self.widths = self.sizes()
