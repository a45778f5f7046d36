"""What every table's model shares, and `RowsModel` for short lists; `windowed_model.py` has the long ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.views.base.columns import Cell, Column

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class TableModel(QAbstractTableModel, Generic[R]):
    """What both models share: columns, prepared cells, ids, marks. Rows are immutable values."""

    rows_changed = Signal()  # other rows stand in the table: whoever remembers a row by id looks again
    marks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        id_of: Callable[[R], int] = attrgetter("id"),
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self._id_of = id_of
        self._cells: dict[int, list[Cell]] = {}
        self._marked: dict[int, R] = {}
        self._ticking = [number for number, column in enumerate(self.columns) if column.ticks]

    def row_at(self, row: int) -> R | None:
        """Return the row object, or None while it is not loaded."""
        raise NotImplementedError

    def row_of(self, row_id: int) -> int | None:
        """Return where a loaded row with this id stands."""
        raise NotImplementedError

    def id_at(self, row: int) -> int | None:
        """Return the id of a loaded row."""
        found = self.row_at(row)
        return None if found is None else self._id_of(found)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the prepared cell, or None while the row is not loaded (a skeleton is painted)."""
        cells = self._cells.get(row)
        if cells is None:
            found = self.row_at(row)
            if found is None:
                return None
            cells = [each.cell(found) for each in self.columns]
            self._cells[row] = cells
        return cells[column]

    def tick(self, first: int, last: int) -> None:
        """Compute the cells that depend on the time of day again, from row `first` to `last`, no others."""
        for number in self._ticking:
            for row in range(first, last + 1):
                cells, found = self._cells.get(row), self.row_at(row)
                if cells is not None and found is not None:
                    cells[number] = self.columns[number].cell(found)
            self.dataChanged.emit(self.index(first, number), self.index(last, number))

    @property
    def marked(self) -> tuple[R, ...]:
        """The rows a person marked, as they were when last seen, in the order of marking."""
        return tuple(self._marked.values())

    def is_marked(self, row: int) -> bool:
        """Whether the row is loaded and marked."""
        return bool(self._marked) and self.id_at(row) in self._marked

    def set_marked(self, rows: Iterable[int], is_marked: bool) -> None:
        """Mark or unmark loaded rows; others are left out."""
        for row in rows:
            found = self.row_at(row)
            if found is not None and is_marked:
                self._marked[self._id_of(found)] = found
            elif found is not None:
                self._marked.pop(self._id_of(found), None)
        self._tell_marks()

    def clear_marks(self) -> None:
        """Unmark everything, loaded or not."""
        self._marked.clear()
        self._tell_marks()

    def _tell_marks(self) -> None:
        self._repaint()
        self.marks_changed.emit()

    def _repaint(self) -> None:
        if self.rowCount() and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Hand out prepared texts; everything visual is the delegate's."""
        if role not in {Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return None
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == Role.ToolTipRole:
            return cell.hint or None
        return cell.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Column titles; rows have none."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return str(self.columns[section].title)
        if role == Role.TextAlignmentRole:
            return self.columns[section].alignment
        return None


class RowsModel(TableModel[R]):
    """A list held in full. For settings, links, tasks: up to some 200 rows."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        id_of: Callable[[R], int] = attrgetter("id"),
    ) -> None:
        super().__init__(columns, parent, id_of=id_of)
        self._rows: list[R] = []

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show these rows; marks of rows that are gone are forgotten."""
        self.beginResetModel()
        self._rows = list(rows)
        self._cells.clear()
        present = {self._id_of(row): row for row in self._rows}
        self._marked = {row_id: present[row_id] for row_id in self._marked if row_id in present}
        self.endResetModel()
        self.rows_changed.emit()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column's `sort_value`, or by its text; equal rows keep their order. None goes last."""
        column = next(each for each in self.columns if each.key == key)
        value = column.sort_value or column.text
        with_value = [row for row in self._rows if value(row) is not None]
        without = [row for row in self._rows if value(row) is None]
        self.set_rows([*sorted(with_value, key=value, reverse=descending), *without])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, row: int) -> R | None:
        """See `TableModel.row_at`."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, row_id: int) -> int | None:
        """See `TableModel.row_of`."""
        return next((at for at, row in enumerate(self._rows) if self._id_of(row) == row_id), None)
