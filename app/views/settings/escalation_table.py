"""The table of escalation steps: cells edited in place, rows added and taken out, all by the keyboard too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.entities.escalation import Recipient
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.views.base.i18n import _, current
from app.views.base.theme import tok
from app.views.base.tokens import Size, Type
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text
from app.views.settings.checks_button import ChecksPopup, Option
from app.views.settings.edited_table import ROW, EditedTable
from app.views.settings.escalation_model import At, StepsModel
from app.views.settings.escalation_words import clock_name, down_to_text, recipient_name
from app.views.settings.level_words import priorities
from app.views.settings.sla_model import CHANGED, SMALL_TEXT, Understood

_Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_LEAST: dict[int, int] = {
    At.PERCENT: 92,
    At.CLOCK: 108,
    At.RECIPIENTS: 170,
    At.SENDS_ON: 76,
    At.TYPES: 110,
    At.DOWN_TO: 100,
    At.WHEN: 116,
}
_SHARES: dict[int, float] = {At.RECIPIENTS: 0.5, At.TYPES: 0.2, At.PERCENT: 0.0, At.SENDS_ON: 0.0}
_NARROWEST = 480
_LISTS = frozenset({At.RECIPIENTS, At.TYPES})
_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space})
STEP_CLOCKS = (
    ClockKind.RESPONSE,
    ClockKind.FIRST_LINE,
    ClockKind.RESOLUTION,
    ClockKind.UPDATE_DUE,
    ClockKind.TASK_ACCEPT,
)
"""Clocks a policy can promise something for."""


class StepsTable(EditedTable):
    """Arrows move; Enter, F2, Space or a double click change a cell, digits a percentage.

    Insert adds a step, Ctrl+D copies one, Delete takes one out.
    """

    add_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()

    def __init__(self, model: StepsModel, said: str) -> None:
        super().__init__(model, said, least=_LEAST, shares=_SHARES, narrowest=_NARROWEST)
        self._steps = model
        self._place = (0, "", int(At.PERCENT))  # row, step and column to come back to after new rows
        self.setItemDelegate(StepsDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._come_back)
        self.doubleClicked.connect(self.change_cell)

    def go_to(self, code: str, at: At = At.PERCENT) -> None:
        """Put the cursor on a step."""
        row = self._steps.row_of(code)
        if row >= 0:
            self.setCurrentIndex(self._steps.index(row, at))

    def event(self, event: QEvent) -> bool:
        # Ctrl+D and Insert belong to the table while it has the focus, whatever the window does with them.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._asked(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter came up from the editor, which has taken it already
            return
        asked = self._asked(event)
        if asked is not None:
            asked()
        elif event.key() in _OPENERS:
            self.change_cell(self.currentIndex())
        elif self.currentIndex().column() == At.DOWN_TO and event.text() in {"1", "2", "3", "4", "5"}:
            self._steps.setData(self.currentIndex(), int(event.text()))
        elif self.currentIndex().column() != At.PERCENT and event.text().isprintable() and event.text():
            event.ignore()  # only percentages are typed: elsewhere a letter would open an editor
        else:
            super().keyPressEvent(event)

    def change_cell(self, index: QModelIndex) -> None:
        """Open a cell: a line, a list of boxes, a drop-down; a yes or no changes at once."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        at = At(index.column())
        step = self._steps.step(index.row())
        if at is At.SENDS_ON and step is not None:
            self._steps.setData(index, not step.to_next_line)
        elif at in _LISTS:
            self.open_list(index)
        else:
            self.edit(index)

    def open_list(self, index: QModelIndex) -> ChecksPopup | None:
        """Open the boxes of a cell under it."""
        step = self._steps.step(index.row())
        if step is None:
            return None
        if index.column() == At.RECIPIENTS:
            options = [Option(one, recipient_name(one, self._steps.names)) for one in Recipient]
            popup = ChecksPopup(self.window(), _("Whom this step tells"), options, step.recipients)
            popup.none.hide()
        else:
            options = [Option(one, term(current.texts, one)) for one in TicketType]
            popup = ChecksPopup(self.window(), _("Ticket types this step is for"), options, step.types)
        place = QPersistentModelIndex(index)
        popup.chosen.connect(lambda keys: self._steps.setData(_plain(place), keys))
        cell = self.visualRect(index)
        corner = self.viewport().mapTo(self.window(), QPoint(cell.left(), cell.bottom() + 2))
        popup.open_at(corner.x(), corner.y())
        return popup

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self._steps.understand(index.row(), text)

    # -- inside --------------------------------------------------------------------------------------

    def _asked(self, event: QKeyEvent) -> Callable[[], None] | None:
        if not self._steps.may_edit or self.state() == QAbstractItemView.State.EditingState:
            return None
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = Qt.Key(event.key())
        if plain and key == Qt.Key.Key_Insert:
            return self.add_asked.emit
        if plain and key == Qt.Key.Key_Delete:
            return self.remove_asked.emit
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_D:
            return self.copy_asked.emit
        return None

    def _remember(self) -> None:
        index = self.currentIndex()
        step = self._steps.step(index.row())
        self._place = (max(0, index.row()), step.code if step is not None else "", max(0, index.column()))

    def _come_back(self) -> None:
        self.updateGeometry()
        row, code, column = self._place
        found = self._steps.row_of(code)
        wanted = found if found >= 0 else min(row, self._steps.rowCount() - 1)
        if wanted >= 0:
            self.setCurrentIndex(self._steps.index(wanted, column))


class StepsDelegate(QStyledItemDelegate):
    """Paints the cells and makes the editors: a line for a percentage, lists for clock and priorities."""

    def __init__(self, table: StepsTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        place = QPersistentModelIndex(index)
        if index.column() == At.PERCENT:
            line = QLineEdit(parent)
            line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            line.textChanged.connect(lambda text: self._table.tell_understood(_plain(place), text))
            return line
        box = Choose(parent)
        step = self._table._steps.step(index.row())
        if index.column() == At.CLOCK:
            # A clock no policy promises may still be in a document; it must not be lost by looking.
            for clock in dict.fromkeys((*STEP_CLOCKS, *([step.clock] if step is not None else ()))):
                box.addItem(clock_name(clock), clock)
        else:
            for priority in reversed(priorities()):
                box.addItem(down_to_text(priority), priority)
            if step is not None and box.findData(step.mildest) < 0:
                box.addItem(down_to_text(step.mildest), step.mildest)
        box.activated.connect(lambda _at: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        step = self._table._steps.step(index.row())
        if isinstance(editor, Choose) and step is not None:
            held = step.clock if index.column() == At.CLOCK else step.mildest
            editor.setCurrentIndex(editor.findData(held))
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
        now = self._table.currentIndex()
        painter.save()
        if index.row() == now.row():
            painter.fillRect(rect, tok("sel"))
        if index.data(CHANGED):
            paint_ground(painter, rect.adjusted(3, 4, -3, -5), "warn_tint", "warn")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tok("line"))
        self._paint_words(painter, rect.adjusted(_PAD, 0, -_PAD, 0), index)
        if self._table.hasFocus() and (index.row(), index.column()) == (now.row(), now.column()):
            paint_ring(painter, rect.adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRect, index: _Index) -> None:
        at = At(index.column())
        text, small = str(index.data() or ""), str(index.data(SMALL_TEXT) or "")
        align = Qt.AlignmentFlag.AlignRight if at is At.WHEN else Qt.AlignmentFlag.AlignLeft
        strong = at in {At.PERCENT, At.WHEN}
        step = self._table._steps.step(index.row())
        is_missing = at is At.RECIPIENTS and step is not None and not step.recipients
        ink = "warn" if is_missing and step is not None and not step.to_next_line else "text"
        if not small:
            paint_text(painter, inside, text, ink, strong=strong, align=align)
            return
        middle = inside.center().y()
        upper = QRect(inside.left(), middle - 18, inside.width(), 19)
        lower = QRect(inside.left(), middle + 1, inside.width(), 16)
        paint_text(painter, upper, text, ink, strong=strong, align=align)
        paint_text(painter, lower, small, "muted", pixels=Type.SMALL, align=align)

    def _finish(self, box: Choose) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _plain(index: _Index) -> QModelIndex:
    return index.model().index(index.row(), index.column()) if index.isValid() else QModelIndex()
