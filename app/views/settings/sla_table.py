"""The table of targets: cells edited in place, with a word on what was understood while one types."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.paint import paint_ground, paint_priority, paint_ring, paint_text
from app.views.settings.edited_table import ROW, EditedTable
from app.views.settings.sla_model import CHANGED, CLOCK_AT, SMALL_TEXT, At, TargetsModel, Understood
from app.views.settings.sla_words import calendar_name

_Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_NARROWEST = 560  # below it the columns scroll
_LEAST: dict[int, int] = {
    At.PRIORITY: 112,
    At.RESPONSE: 80,
    At.FIRST_LINE: 80,
    At.RESOLUTION: 82,
    At.UPDATE: 74,
    At.ACCEPT: 86,
    At.CALENDAR: 90,
    At.DUE: 132,
}


class TargetsTable(EditedTable):
    """Arrows move; typing, F2, Enter or a double click edit a cell; Delete empties it."""

    def __init__(self, model: TargetsModel, said: str) -> None:
        # Times get what they need; the calendar's name takes what is left.
        super().__init__(model, said, least=_LEAST, shares={At.CALENDAR: 0.3}, narrowest=_NARROWEST)
        self._targets = model
        self.setItemDelegate(TargetsDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        model.modelReset.connect(self._start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter came up from the editor, which has taken it already
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and index.column() in CLOCK_AT:
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._targets.setData(index, "")
        else:
            super().keyPressEvent(event)

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self._targets.understand(index.row(), At(index.column()), text)

    def _start(self) -> None:
        self.updateGeometry()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, At.RESPONSE))


class TargetsDelegate(QStyledItemDelegate):
    """Paints two lines per cell and makes the editors: a line for times, a list for calendars."""

    def __init__(self, table: TargetsTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        place = _plain(index)
        if index.column() == At.CALENDAR:
            box = Choose(parent)
            for code, calendar in self._table._targets.calendars.items():
                box.addItem(calendar_name(calendar, code), code)
            box.activated.connect(lambda _at: self._finish(box))
            QTimer.singleShot(0, box, box.showPopup)
            return box
        line = QLineEdit(parent)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        line.textChanged.connect(lambda text: self._table.tell_understood(place, text))
        return line

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, Choose):
            code = self._table._targets.calendar_of(index.row())
            editor.setCurrentIndex(editor.findData(code))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
            self._table.tell_understood(_plain(index), editor.text())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        value = editor.currentData() if isinstance(editor, Choose) else ""
        model.setData(_plain(index), editor.text() if isinstance(editor, QLineEdit) else value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        cell: QRect = option.rect
        box = QRect(cell.left() + 2, cell.center().y() - Size.CONTROL // 2, cell.width() - 4, Size.CONTROL)
        editor.setGeometry(box)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, rect, index)
        if index.column() == At.PRIORITY:
            paint_priority(painter, rect.adjusted(_PAD, 0, 0, 0), index.row() + 1)
            words = rect.adjusted(_PAD + Size.CHIP_WIDTH + Space.S, 0, 0, 0)
            paint_text(painter, words, str(index.data() or ""))
        else:
            self._paint_lines(painter, rect, index)
        is_current = index.row() == self._table.currentIndex().row() and (
            index.column() == self._table.currentIndex().column()
        )
        if is_current and (state & QStyle.StateFlag.State_HasFocus or self._table.hasFocus()):
            paint_ring(painter, rect.adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        if index.row() == self._table.currentIndex().row():
            painter.fillRect(rect, tok("sel"))
        if index.data(CHANGED):
            paint_ground(painter, rect.adjusted(3, 4, -3, -5), "warn_tint", "warn")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tok("line"))

    def _paint_lines(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        text, small = str(index.data() or ""), str(index.data(SMALL_TEXT) or "")
        is_due = index.column() == At.DUE
        align = Qt.AlignmentFlag.AlignRight if is_due else Qt.AlignmentFlag.AlignLeft
        inside = rect.adjusted(_PAD, 0, -_PAD, 0)
        strong = index.column() in CLOCK_AT or is_due
        if not text:
            text = "–"
        if not small:
            paint_text(painter, inside, text, strong=strong, align=align)
            return
        middle = rect.center().y()
        upper = QRect(inside.left(), middle - 18, inside.width(), 19)
        lower = QRect(inside.left(), middle + 1, inside.width(), 16)
        paint_text(painter, upper, text, strong=strong, align=align)
        paint_text(painter, lower, small, "muted", pixels=Type.SMALL, align=align)

    def _finish(self, box: Choose) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _plain(index: _Index) -> QModelIndex:
    return index.model().index(index.row(), index.column())
