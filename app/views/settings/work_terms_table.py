"""The table of terms: every cell by the keyboard, as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.services.roster.terms_queries import TermsSheet
from app.views.base.theme import tok
from app.views.base.tokens import Size, Type
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.paint import paint_ring, paint_text
from app.views.settings.edited_cells import SMALL_TEXT, Understood
from app.views.settings.edited_table import EditedTable
from app.views.settings.work_terms_model import INK, TermsModel
from app.views.settings.work_terms_rows import (
    CHOSEN,
    FLAGS,
    TYPED,
    At,
    TermsRow,
    crew_choices,
    people_choices,
    superior_choices,
)

_Index = QModelIndex | QPersistentModelIndex
_ROW = 42
_PAD = 8
_INDENT = 16
_LEAST: dict[int, int] = {
    At.NAME: 140,
    At.NIGHTS: 54,
    At.WEEKENDS: 72,
    At.HOLIDAYS: 70,
    At.HOURS: 66,
    At.NIGHTS_MOST: 86,
    At.REACHABLE: 46,
    At.CREW: 64,
    At.SUBSTITUTE: 78,
    At.SUPERIOR: 78,
    At.JOINED: 86,
    At.LEFT: 86,
}
_SHARES: dict[int, float] = {
    **dict.fromkeys(At, 0.03),
    At.NAME: 0.4,
    At.CREW: 0.1,
    At.SUBSTITUTE: 0.15,
    At.SUPERIOR: 0.15,
}
_SMALLEST = (480, 300)
_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})


class TermsTable(EditedTable):
    """Arrows move. Space turns a yes into a no; digits type hours, nights and dates; Enter opens a cell.

    Delete empties a cell, Ctrl+Delete lets the department's terms hold for the line again.
    """

    clear_asked = Signal()

    def __init__(self, model: TermsModel, said: str) -> None:
        super().__init__(model, said, least=_LEAST, shares=_SHARES, narrowest=_SMALLEST[0])
        self._terms = model
        self._key: tuple[int | None, int | None] = (None, None)
        self._column = int(At.NIGHTS)
        self.setItemDelegate(TermsDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.doubleClicked.connect(self.change_cell)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._come_back)

    def sizeHint(self) -> QSize:
        return QSize(*_SMALLEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(*_SMALLEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter came up from the editor, which has taken it already
            return
        now, text = self.currentIndex(), event.text()
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Delete and now.isValid():
            self.clear_asked.emit() if is_control else self._terms.empty(now)
        elif event.key() in _OPENERS or event.key() == Qt.Key.Key_Space:
            self.change_cell(now)
        elif text.isprintable() and text and not (now.column() in TYPED and text.isdecimal()):
            event.ignore()  # only figures are typed: elsewhere a letter would open an editor
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was = self.currentIndex()
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_click = event.button() == Qt.MouseButton.LeftButton
        if is_click and index.isValid() and index == was and index.column() in FLAGS:
            self.change_cell(index)

    def change_cell(self, index: QModelIndex) -> None:
        """Open a cell to type or choose; a yes or no changes at once."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        if index.column() in FLAGS:
            self._terms.toggle(index)
        else:
            self.edit(index)

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self._terms.understand(index, text)

    def _remember(self) -> None:
        now = self.currentIndex()
        if now.isValid() and now.row() < len(self._terms.rows):
            self._key, self._column = self._terms.rows[now.row()].key, now.column()

    def _come_back(self) -> None:
        row = max(0, self._terms.row_of(self._key))
        if self._terms.rows:
            self.setCurrentIndex(self._terms.index(row, self._column))


class TermsDelegate(QStyledItemDelegate):
    """Paints the cells, and makes a line for what is typed and a drop-down for what is chosen."""

    def __init__(self, table: TermsTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        model = self._table._terms
        if index.column() in TYPED:
            line = QLineEdit(parent)
            line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            place = QPersistentModelIndex(index)
            line.textChanged.connect(lambda text: self._table.tell_understood(_plain(place), text))
            return line
        box = Choose(parent)
        row = model.rows[index.row()]
        for value, text in self._choices(model.sheet, row, index.column()):
            box.addItem(text, value)
        box.activated.connect(lambda _at: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _choices(self, sheet: TermsSheet, row: TermsRow, column: int) -> list[tuple[int | None, str]]:
        if column == At.CREW:
            return crew_choices(sheet, row.terms.crew_id)
        if column == At.SUPERIOR:
            return superior_choices(sheet, row)
        return [choice for choice in people_choices(sheet) if choice[0] != row.person_id]

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, Choose):
            held = getattr(self._table._terms.rows[index.row()].terms, CHOSEN[At(index.column())])
            places = (at for at in range(editor.count()) if editor.itemData(at) == held)
            editor.setCurrentIndex(next(places, 0))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
            self._table.tell_understood(_plain(index), editor.text())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, Choose):
            model.setData(_plain(index), editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(_plain(index), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        cell: QRect = option.rect
        box = QRect(cell.left() + 2, cell.center().y() - Size.CONTROL // 2, cell.width() - 4, Size.CONTROL)
        editor.setGeometry(box)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        now, row = self._table.currentIndex(), self._table._terms.rows[index.row()]
        painter.save()
        if index.row() == now.row():
            painter.fillRect(rect, tok("sel"))
        elif not row.is_person:
            painter.fillRect(rect, tok("page"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tok("line"))
        inside = rect.adjusted(_PAD, 0, -4, 0)
        text, small = str(index.data() or ""), str(index.data(SMALL_TEXT) or "")
        ink = str(index.data(INK))
        if index.column() == At.NAME:
            inside.adjust(_INDENT if row.is_person else 0, 0, 0, 0)
            upper = QRect(inside.left(), inside.center().y() - 18, inside.width(), 19)
            lower = QRect(inside.left(), inside.center().y() + 1, inside.width(), 16)
            paint_text(painter, upper if small else inside, text, ink, strong=not row.is_person)
            paint_text(painter, lower, small, "muted", pixels=Type.SMALL)
        else:
            paint_text(painter, inside, text, ink)
        if self._table.hasFocus() and (index.row(), index.column()) == (now.row(), now.column()):
            paint_ring(painter, rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _finish(self, box: Choose) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _plain(index: _Index) -> QModelIndex:
    return index.model().index(index.row(), index.column()) if index.isValid() else QModelIndex()
