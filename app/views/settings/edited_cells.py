"""What the cells of tables edited in place share: roles, heads, and how two lines are painted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter

from app.views.base.i18n import LazyText
from app.views.base.tokens import Type
from app.views.base.widgets.paint import paint_text

AnyIndex = QModelIndex | QPersistentModelIndex
SMALL_TEXT = Qt.ItemDataRole.UserRole
"""The second line of a cell: what its value means."""
CHANGED = Qt.ItemDataRole.UserRole + 1
"""Whether a cell differs from what is saved."""
ROW = 50
PAD = 8
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed text means: a title, lines under it, and whether it can be taken."""

    is_right: bool
    title: str
    lines: tuple[str, ...]


class EditedModel(QAbstractTableModel):
    """A table of named columns. `HEADS` are their names in order; those in `RIGHTMOST` stand to the right."""

    HEADS: ClassVar[Mapping[int, LazyText]] = {}
    RIGHTMOST: ClassVar[frozenset[int]] = frozenset()

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return str(self.HEADS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return (RIGHT if section in self.RIGHTMOST else LEFT) | Qt.AlignmentFlag.AlignVCenter
        return None


def paint_two_lines(
    painter: QPainter,
    inside: QRect,
    text: str,
    small: str,
    *,
    ink: str = "text",
    strong: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint a cell's value with its second line under it; without one the value stands in the middle."""
    if not small:
        paint_text(painter, inside, text, ink, strong=strong, align=align)
        return
    middle = inside.center().y()
    upper = QRect(inside.left(), middle - 18, inside.width(), 19)
    lower = QRect(inside.left(), middle + 1, inside.width(), 16)
    paint_text(painter, upper, text, ink, strong=strong, align=align)
    paint_text(painter, lower, small, "muted", pixels=Type.SMALL, align=align)


def plain(index: AnyIndex) -> QModelIndex:
    """Return an index as models take it; of a row that is gone an invalid one."""
    return index.model().index(index.row(), index.column()) if index.isValid() else QModelIndex()
