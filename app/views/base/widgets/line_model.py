"""The model of a list whose lines a delegate paints whole; what a screen reader says is the line's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

_Index = QModelIndex | QPersistentModelIndex
_SAID = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class Said(Protocol):
    """A line of such a list."""

    @property
    def said(self) -> str:
        """What a screen reader says."""


LineT = TypeVar("LineT", bound=Said)


class LineModel(QAbstractListModel, Generic[LineT]):
    """The lines as they stand."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[LineT] = ()

    def set_lines(self, lines: Sequence[LineT]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.lines[index.row()].said if role in _SAID else None
