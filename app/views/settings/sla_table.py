"""The table of targets: cells edited in place, with a word on what was understood while one types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from app.views.base.tokens import Size, Space
from app.views.base.widgets.paint import paint_priority, paint_text
from app.views.settings.edited_cells import (
    LEFT,
    PAD,
    RIGHT,
    SMALL_TEXT,
    AnyIndex,
    Understood,
    paint_two_lines,
)
from app.views.settings.edited_delegate import EditedDelegate
from app.views.settings.edited_table import EditedTable
from app.views.settings.sla_model import CLOCK_AT, At, TargetsModel
from app.views.settings.sla_words import calendar_name

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
        self.targets = model
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
                self.targets.setData(index, "")
        else:
            super().keyPressEvent(event)

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self.targets.understand(index.row(), At(index.column()), text)

    def _start(self) -> None:
        self.updateGeometry()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, At.RESPONSE))


class TargetsDelegate(EditedDelegate):
    """Paints two lines per cell; calendars are picked from a list, times typed."""

    def __init__(self, table: TargetsTable) -> None:
        super().__init__(table)
        self._table = table

    def choices(self, index: AnyIndex) -> list[tuple[str, Any]] | None:
        if index.column() != At.CALENDAR:
            return None
        return [(calendar_name(one, code), code) for code, one in self._table.targets.calendars.items()]

    def held(self, index: AnyIndex) -> Any:
        return self._table.targets.calendar_of(index.row())

    def paint_words(self, painter: QPainter, inside: QRect, index: AnyIndex) -> None:
        if index.column() == At.PRIORITY:
            paint_priority(painter, inside.adjusted(0, 0, PAD, 0), index.row() + 1)
            words = inside.adjusted(Size.CHIP_WIDTH + Space.S, 0, PAD, 0)
            paint_text(painter, words, str(index.data() or ""))
            return
        is_due = index.column() == At.DUE
        paint_two_lines(
            painter,
            inside,
            str(index.data() or "–"),
            str(index.data(SMALL_TEXT) or ""),
            strong=index.column() in CLOCK_AT or is_due,
            align=RIGHT if is_due else LEFT,
        )
