"""What tables edited in place share besides their look: the roles of a cell, heads, painting and editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.base.i18n import LazyText
from app.views.base.theme import tok
from app.views.base.tokens import Size, Type
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text

if TYPE_CHECKING:
    from app.views.settings.edited_table import EditedTable

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
