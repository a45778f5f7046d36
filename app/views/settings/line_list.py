"""A short list edited in place: one line of inputs for each entry, and a button that adds one."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.settings.inputs import lock


class EditedLine(QWidget):
    """One entry: inputs side by side, then the button that removes it."""

    changed = Signal()

    def __init__(self, remove: str) -> None:
        super().__init__()
        self.remove = IconButton("x", remove)
        self._inputs: list[QWidget] = []

    def lay_out(self, *inputs: tuple[QWidget, int]) -> None:
        """Place the inputs, each with its share of the width."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        for widget, share in inputs:
            row.addWidget(widget, share)
        row.addWidget(self.remove)
        self._inputs = [widget for widget, _share in inputs]

    def set_locked(self) -> None:
        """Show the entry without letting it change."""
        for widget in self._inputs:
            lock(widget)
        self.remove.hide()


L = TypeVar("L", bound=EditedLine)


class LineList(QWidget, Generic[L]):
    """The lines and the button below. Derived lists say what `add` adds."""

    changed = Signal()

    def __init__(self, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[L] = []
        self._is_locked = False
        self.add = Button(add, ButtonKind.LINK, icon="plus", small=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.XS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.XS)
        whole.addLayout(self._column)
        whole.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def set_locked(self) -> None:
        """Show the lines without letting them change."""
        self._is_locked = True
        self.add.hide()
        for line in self._lines:
            line.set_locked()

    def append(self, line: L) -> L:
        """Add a line below the others."""
        self._lines.append(line)
        self._column.addWidget(line)
        line.changed.connect(self.changed)
        line.remove.clicked.connect(lambda: self._remove(line))
        if self._is_locked:
            line.set_locked()
        return line

    def clear(self) -> None:
        """Drop every line without telling anybody."""
        for line in list(self._lines):
            self._drop(line)

    def _remove(self, line: L) -> None:
        self._drop(line)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, line: L) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
