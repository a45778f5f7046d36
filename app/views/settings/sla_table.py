"""The table of targets: cells edited in place, with a word on what was understood while one types."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.paint import paint_ground, paint_priority, paint_ring, paint_text
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import cast_shadow
from app.views.settings.sla_model import CHANGED, CLOCK_AT, SMALL_TEXT, At, TargetsModel, Understood
from app.views.settings.sla_words import calendar_name

_Index = QModelIndex | QPersistentModelIndex
_ROW = 50
_PAD = 8
_POPUP_WIDTH = 300
_NARROWEST = 560  # below it the columns scroll
_LEAST = {
    At.PRIORITY: 112,
    At.RESPONSE: 80,
    At.FIRST_LINE: 80,
    At.RESOLUTION: 82,
    At.UPDATE: 74,
    At.ACCEPT: 86,
    At.CALENDAR: 90,
    At.DUE: 132,
}


class TargetsTable(QTableView):
    """Arrows move; typing, F2, Enter or a double click edit a cell; Delete empties it."""

    row_chosen = Signal(int)

    def __init__(self, model: TargetsModel, said: str) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self._targets = model
        self.popup: UnderstoodPopup | None = None
        self.setModel(model)
        self.setItemDelegate(TargetsDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(Size.ROW)
        model.modelReset.connect(self._start)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_chosen.emit(now.row()))

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if self.viewport().width() < sum(_LEAST.values()) else 0
        return QSize(sum(_LEAST.values()), Size.ROW + _ROW * max(1, self.model().rowCount()) + 2 + below)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Times get what they need; the calendar's name takes what is left.
        spare = max(0, self.viewport().width() - sum(_LEAST.values()))
        for at, least in _LEAST.items():
            share = {At.CALENDAR: 0.3, At.PRIORITY: 0.1}.get(at, 0.1)
            self.setColumnWidth(at, least + int(spare * share))
        self.updateGeometry()

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

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self._hide_popup()
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def reset(self) -> None:
        """Begin again on new rows. Qt drops an open editor here without closing it: so goes what it told."""
        self._hide_popup()
        super().reset()

    def hideEvent(self, event: QHideEvent) -> None:
        self._hide_popup()
        super().hideEvent(event)

    def tell_understood(self, index: QModelIndex, text: str) -> None:
        """Say under the cell that is edited what the typed text means."""
        if self.popup is None:
            self.popup = UnderstoodPopup(self.window())
        self.popup.say(self._targets.understand(index.row(), At(index.column()), text))
        cell = self.visualRect(index)
        below = self.viewport().mapTo(self.window(), QPoint(cell.left(), cell.bottom() + 2))
        above = self.viewport().mapTo(self.window(), cell.topLeft())
        self.popup.open_under(below, above)

    def _hide_popup(self) -> None:
        if self.popup is not None:
            self.popup.hide()
            self.popup.deleteLater()
            self.popup = None

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
        return QSize(80, _ROW)

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


class UnderstoodPopup(QFrame):
    """Under the cell one types in: what was understood, due when now and before. Never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("understood")
        self.setProperty("surface", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._icon = IconSpot("circle-check", "ok")
        self.title = PlainLabel("", "strong", wrap=True)
        self.lines = PlainLabel("", "muted", wrap=True)
        keys = row_of(
            KeyCap("Enter"),
            PlainLabel(_("take it"), "small"),
            KeyCap("Esc"),
            PlainLabel(_("back"), "small"),
            None,
            spacing=6,
        )
        head = row_of(self._icon, self.title)
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addLayout(keys)
        self.setFixedWidth(_POPUP_WIDTH)
        self.hide()
        cast_shadow(self)

    def say(self, understood: Understood) -> None:
        """Show what a text means."""
        name, ink = ("circle-check", "ok") if understood.is_right else ("circle-alert", "bad")
        self._icon.show_icon(name, ink)
        self.title.setText(understood.title)
        self.lines.setText("\n".join(understood.lines))
        self.setAccessibleName(f"{understood.title}. {self.lines.text()}")

    def open_under(self, below: QPoint, above: QPoint) -> None:
        """Show under a cell, or over it where there is no room under it."""
        self.setFixedHeight(self.sizeHint().height() if not self.hasHeightForWidth() else self._height())
        top = below.y()
        if top + self.height() > self._window.height() - Space.S:
            top = above.y() - self.height() - 2
        left = min(below.x(), self._window.width() - self.width() - Space.S)
        self.move(left, top)
        self.show()
        self.raise_()

    def _height(self) -> int:
        return self.heightForWidth(_POPUP_WIDTH)
