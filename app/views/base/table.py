"""The one table: every list of the program is this view over a `TableModel`."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.views.base.columns import CellKind
from app.views.base.table_delegate import TableDelegate
from app.views.base.table_header import TableHeader
from app.views.base.table_model import Index, TableModel
from app.views.base.tokens import Size
from app.views.base.windowed_model import WindowedModel

_MINUTE = 60_000
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Table(QTableView):
    """Shows a `RowsModel` or a `WindowedModel`; remembers the current row by its id, not by its place.

    J, K, arrows, Page Up and Down, Home and End move; Enter opens; Space marks and moves on; Ctrl+click
    marks one row, Shift+click all rows up to it; Ctrl+C copies the row's texts.
    """

    current_changed = Signal(object)  # id of the current row, None without one or while it loads
    opened = Signal(object)  # id: Enter or a double click
    sort_asked = Signal(str, bool)  # column key, descending
    menu_asked = Signal(QPoint)  # global position; the current row is the one meant
    layout_changed = Signal()  # columns moved, sized, shown or hidden: worth remembering

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current_id: int | None = None
        self._current_row = 0
        self._hovered_row = -1
        self._empty: QWidget | None = None
        self.columns_header = TableHeader(self)
        self.setHorizontalHeader(self.columns_header)
        self._delegate = TableDelegate(self, self)
        self.setItemDelegate(self._delegate)
        self._set_up_look()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self.tick)
        self.columns_header.sort_asked.connect(self.sort_asked)
        self.columns_header.layout_changed.connect(self.layout_changed)
        self.verticalScrollBar().valueChanged.connect(self._tell_visible)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _set_up_look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_compact(is_compact=False)

    def set_compact(self, *, is_compact: bool) -> None:
        """Choose rows of 26 pixels instead of 34."""
        self._delegate.row_height = Size.ROW_COMPACT if is_compact else Size.ROW
        self.verticalHeader().setMinimumSectionSize(self._delegate.row_height)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self._delegate.forget()

    def set_empty_widget(self, widget: QWidget) -> None:
        """Show `widget` in the middle whenever there is no row at all."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._place_empty()

    # --- the model ---------------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take a `TableModel`; no other kind.

        Raises:
            TypeError: it is another kind of model.
        """
        if not isinstance(model, TableModel):
            raise TypeError("a Table shows a TableModel")
        super().setModel(model)
        self.columns_header.set_columns(model.columns)
        model.rows_changed.connect(self._find_current_again)
        model.modelReset.connect(self._place_empty)
        model.rowsInserted.connect(self._place_empty)
        model.rowsRemoved.connect(self._place_empty)
        self._find_current_again()

    @property
    def rows(self) -> TableModel[Any]:
        """The model, by its own type."""
        model = self.model()
        if not isinstance(model, TableModel):
            raise TypeError("the table has no model yet")
        return model

    @property
    def current_id(self) -> int | None:
        """The id of the current row."""
        return self._current_id

    def go_to_row(self, row: int) -> None:
        """Make a row current and scroll to it; outside the list, the nearest one."""
        count = self.rows.rowCount()
        if count:
            self._set_current(max(0, min(row, count - 1)))

    def go_to_id(self, row_id: int) -> bool:
        """Make the row with this id current; False if it is not loaded."""
        row = self.rows.row_of(row_id)
        if row is not None:
            self._set_current(row)
        return row is not None

    def tick(self) -> None:
        """Let the cells that depend on the time of day be computed again; nothing else is repainted."""
        if self.model() is not None and self.rows.rowCount():
            self.rows.tick(*self._visible_rows())

    # --- what the delegate asks ----------------------------------------------------------------------

    def is_current_row(self, row: int) -> bool:
        """Whether the row is the current one."""
        return row == self._current_row and self.currentIndex().isValid()

    def is_hovered_row(self, row: int) -> bool:
        """Whether the mouse is over the row."""
        return row == self._hovered_row

    def is_first_shown(self, column: int) -> bool:
        """Whether the column is the leftmost one shown."""
        return self.columns_header.sectionPosition(column) == 0

    # --- the current row -----------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Remember the id; rows are repainted whole because the bar and the ground span them."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._current_row = current.row()
            self._remember(self.rows.id_at(current.row()))
        self._update_row(previous.row())
        self._update_row(current.row())

    def _remember(self, row_id: int | None) -> None:
        if row_id != self._current_id:
            self._current_id = row_id
            self.current_changed.emit(row_id)

    def _find_current_again(self) -> None:
        """Other rows stand in the table: follow the current record, or stay at its place if it is gone."""
        model = self.rows
        count = model.rowCount()
        here = model.id_at(self._current_row)
        if not count:
            self._remember(None)
        elif here is None and self.currentIndex().isValid() and self._current_row < count:
            pass  # the current row is further away than what is loaded
        elif here is not None and here == self._current_id and self.currentIndex().isValid():
            pass
        else:
            moved_to = model.row_of(self._current_id) if self._current_id is not None else None
            row = moved_to if moved_to is not None else min(self._current_row, count - 1)
            self._select(row)
            self._remember(model.id_at(row))
        self._tell_visible()

    def _set_current(self, row: int) -> None:
        self._select(row)
        self.scrollTo(self.currentIndex())

    def _select(self, row: int) -> None:
        index = self.rows.index(row, self._leftmost())
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _leftmost(self) -> int:
        header = self.columns_header
        return next(
            n for n in map(header.logicalIndex, range(header.count())) if not header.isSectionHidden(n)
        )

    # --- keys and mouse --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, open, mark; every other key is the screen's."""
        key, modifiers = event.key(), event.modifiers() & ~_Modifier.KeypadModifier
        if modifiers == _Modifier.ControlModifier and key == _Key.Key_C:
            self._copy_row()
        elif modifiers == _Modifier.NoModifier and key in {_Key.Key_J, _Key.Key_K}:
            self.go_to_row(self._current_row + (1 if key == _Key.Key_J else -1))
        elif modifiers == _Modifier.NoModifier and key == _Key.Key_Space:
            self._toggle_mark(self._current_row)
            self.go_to_row(self._current_row + 1)
        elif key in {_Key.Key_Return, _Key.Key_Enter} and modifiers == _Modifier.NoModifier:
            self._open(self._current_row)
        elif key in {_Key.Key_Escape} and self.rows.marked:
            self.rows.clear_marks()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here, and Qt's search would walk through every row."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last row; left and right stay where they are."""
        moves = QAbstractItemView.CursorAction
        if action == moves.MoveHome:
            return self.rows.index(0, self._leftmost())
        if action == moves.MoveEnd:
            return self.rows.index(self.rows.rowCount() - 1, self._leftmost())
        if action in {moves.MoveLeft, moves.MoveRight}:
            return self.currentIndex()
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark by the box, by Ctrl+click or up to a row by Shift+click; else make the row current."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() == _Modifier.ShiftModifier:
                first, last = sorted((self._current_row, index.row()))
                self.rows.set_marked(range(first, last + 1), True)
                return
            if event.modifiers() == _Modifier.ControlModifier or self._is_check(index.column()):
                self._toggle_mark(index.row())
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Keep the hovered row's ground; two rows are repainted, not the table."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is hovered any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Make the row under the mouse current, then let the screen show its menu."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.rowAt(event.pos().y())
            if row >= 0:
                self.go_to_row(row)
        else:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(place)

    def _is_check(self, column: int) -> bool:
        return self.rows.columns[column].kind is CellKind.CHECK

    def _toggle_mark(self, row: int) -> None:
        if any(column.kind is CellKind.CHECK for column in self.rows.columns):
            self.rows.set_marked([row], not self.rows.is_marked(row))

    def _open(self, row: int) -> None:
        row_id = self.rows.id_at(row)
        if row_id is not None:
            self.opened.emit(row_id)

    def _copy_row(self) -> None:
        cells = [self.rows.cell(self._current_row, number) for number in range(self.rows.columnCount())]
        texts = [cell.text for cell in cells if cell is not None and cell.text]
        QGuiApplication.clipboard().setText("\t".join(texts))

    def _hover(self, row: int) -> None:
        if row != self._hovered_row:
            before, self._hovered_row = self._hovered_row, row
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            top, height = self.rowViewportPosition(row), self._delegate.row_height
            self.viewport().update(0, top, self.viewport().width(), height)

    # --- what is visible -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may be visible now."""
        super().resizeEvent(event)
        self._tell_visible()
        self._place_empty()

    def showEvent(self, event: QShowEvent) -> None:
        """Times went on while the table was hidden."""
        super().showEvent(event)
        self.tick()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the time go by."""
        super().hideEvent(event)
        self._minute.stop()

    def _visible_rows(self) -> tuple[int, int]:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(0, first), (last if last >= 0 else self.rows.rowCount() - 1)

    def _tell_visible(self) -> None:
        model = self.model()
        if isinstance(model, WindowedModel):
            model.show_rows(*self._visible_rows())

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self.model() is not None and self.rows.rowCount() == 0)
            self._empty.setGeometry(self.viewport().rect())
