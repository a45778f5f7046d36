"""How cells edited in place are painted, and what edits them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Size
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.paint import paint_ground, paint_ring
from app.views.settings.edited_cells import CHANGED, PAD, ROW, AnyIndex, plain
from app.views.settings.edited_table import EditedTable


class EditedDelegate(QStyledItemDelegate):
    """Paints a cell's ground, rule and ring, and makes its editor: a line that is understood as one types.

    What a kind of table adds: `choices` where a cell is picked from a list, `held` for what it holds then,
    and `paint_words`.
    """

    def __init__(self, table: EditedTable) -> None:
        super().__init__(table)
        self._edited = table

    def choices(self, _index: AnyIndex) -> list[tuple[str, Any]] | None:
        """Return the words and values of a cell that is picked from a list; None where it is typed."""
        return None

    def held(self, _index: AnyIndex) -> Any:
        """Return the value of a cell that is picked from a list."""
        return None

    def paint_words(self, painter: QPainter, inside: QRect, index: AnyIndex) -> None:
        """Paint what a cell says."""
        raise NotImplementedError

    # -- Qt ------------------------------------------------------------------------------------------

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(80, ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        choices = self.choices(index)
        return self._line(parent, index) if choices is None else self._list(parent, choices)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, Choose):
            editor.setCurrentIndex(editor.findData(self.held(index)))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
            self._edited.tell_understood(plain(index), editor.text())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        value = editor.currentData() if isinstance(editor, Choose) else ""
        model.setData(plain(index), editor.text() if isinstance(editor, QLineEdit) else value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        cell: QRect = option.rect
        box = QRect(cell.left() + 2, cell.center().y() - Size.CONTROL // 2, cell.width() - 4, Size.CONTROL)
        editor.setGeometry(box)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect
        now = self._edited.currentIndex()
        painter.save()
        if index.row() == now.row():
            painter.fillRect(rect, tok("sel"))
        if index.data(CHANGED):
            paint_ground(painter, rect.adjusted(3, 4, -3, -5), "warn_tint", "warn")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tok("line"))
        self.paint_words(painter, rect.adjusted(PAD, 0, -PAD, 0), index)
        if self._edited.hasFocus() and (index.row(), index.column()) == (now.row(), now.column()):
            paint_ring(painter, rect.adjusted(2, 2, -2, -3))
        painter.restore()

    # -- inside --------------------------------------------------------------------------------------

    def _line(self, parent: QWidget, index: AnyIndex) -> QLineEdit:
        place = QPersistentModelIndex(index)
        line = QLineEdit(parent)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        line.textChanged.connect(lambda text: self._edited.tell_understood(plain(place), text))
        return line

    def _list(self, parent: QWidget, choices: list[tuple[str, Any]]) -> Choose:
        box = Choose(parent)
        for words, value in choices:
            box.addItem(words, value)
        box.activated.connect(lambda _at: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _finish(self, box: Choose) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
