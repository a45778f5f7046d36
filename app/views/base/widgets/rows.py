"""Rows of plain lists and trees that are as tall as everywhere else."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.views.base.tokens import Size


class TallRows(QStyledItemDelegate):
    """The stock delegate with a row height of its own.

    A style sheet's `min-height` for items is ignored by views that are laid out before they are polished
    (rows of 16 px instead of 30), and by the lists of combo boxes.
    """

    def __init__(self, height: int = Size.ROW_SIDE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._height)
