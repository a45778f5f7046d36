"""The header of the one table: clicks ask for an order, columns move, hide, and are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from app.views.base.columns import CellKind, Column
from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space

_NARROWEST = 36
# What the style sheet leaves free beside a title.
_SIDE = 8


class TableHeader(QHeaderView):
    """Knows its columns by key, so that a remembered layout survives columns that come and go."""

    sort_asked = Signal(str, bool)  # column key, descending
    layout_changed = Signal()  # moved, sized, shown or hidden by the person

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column[Any], ...] = ()
        self._sort: tuple[str, bool] | None = None
        self.setFixedHeight(Size.HEADER)
        self.setMinimumSectionSize(_NARROWEST)
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(self._ask_sort)
        self._is_laying_out = False
        self.sectionMoved.connect(self._tell_moved)
        self.sectionResized.connect(self._tell_resized)

    def set_columns(self, columns: tuple[Column[Any], ...]) -> None:
        """Lay the columns out as they were declared. Call it after the model was set."""
        self._is_laying_out = True
        self._columns = columns
        self.setFirstSectionMovable(not columns or columns[0].kind is not CellKind.CHECK)
        for number, column in enumerate(columns):
            self.resizeSection(number, column.width)
            self.setSectionHidden(number, column.is_hidden)
            stretch, fixed, free = (
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.Fixed,
                QHeaderView.ResizeMode.Interactive,
            )
            mode = stretch if column.is_stretched else fixed if column.kind is CellKind.CHECK else free
            self.setSectionResizeMode(number, mode)
        self._is_laying_out = False
        self.fit()

    def fit(self) -> None:
        """Let the stretched column take what is left; where too little is left, let the table scroll."""
        at = next((n for n, column in enumerate(self._columns) if column.is_stretched), None)
        if at is None or self.isSectionHidden(at):
            return
        # Reading a size carries out what was put off, which tells of itself in the middle of this.
        was_laying_out, self._is_laying_out = self._is_laying_out, True
        others = sum(self.sectionSize(n) for n in range(self.count()) if n != at)
        least = self._columns[at].least_width
        is_narrow = self.width() - others < least
        modes = QHeaderView.ResizeMode
        mode = modes.Interactive if is_narrow else modes.Stretch
        if self.sectionResizeMode(at) is not mode:
            self.setSectionResizeMode(at, mode)
        if is_narrow and self.sectionSize(at) != least:
            self.resizeSection(at, least)
        self._is_laying_out = was_laying_out

    @property
    def sort(self) -> tuple[str, bool] | None:
        """The order shown: column key and whether descending."""
        return self._sort

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted; does not ask for it. Unknown keys show no arrow."""
        self._sort = (key, descending)
        self.viewport().update()

    def save_layout(self) -> dict[str, Any]:
        """Return order, widths and hidden columns as plain values for a preference or a saved view."""
        order = sorted(range(len(self._columns)), key=self.visualIndex)
        keys = [column.key for column in self._columns]
        hidden = [number for number in order if self.isSectionHidden(number)]
        return {
            "order": [keys[number] for number in order],
            "widths": {keys[n]: self.sectionSize(n) for n in order if n not in hidden},
            "hidden": [keys[number] for number in hidden],
        }

    def restore_layout(self, layout: Mapping[str, Any]) -> None:
        """Lay out as saved. Unknown columns are skipped; newer columns stay where they are."""
        self._is_laying_out = True
        known = [number for key in layout.get("order", ()) if (number := self._number(key)) is not None]
        for place, number in enumerate(known):
            self.moveSection(self.visualIndex(number), place)
        for key, width in layout.get("widths", {}).items():
            number_or_none = self._number(key)
            if number_or_none is not None and isinstance(width, int):
                self.resizeSection(number_or_none, max(_NARROWEST, width))
        for key in layout.get("hidden", ()):
            number_or_none = self._number(key)
            if number_or_none is not None:
                self.setSectionHidden(number_or_none, True)
        self._is_laying_out = False
        self.fit()

    def show_column(self, key: str, *, is_shown: bool) -> None:
        """Show or hide a column; the last one shown stays."""
        number = self._number(key)
        shown = self.count() - self.hiddenSectionCount()
        if number is None or (not is_shown and shown <= 1):
            return
        self.setSectionHidden(number, not is_shown)
        self.fit()
        self.layout_changed.emit()

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:
        """Paint the title, and the arrow right behind it: the style would put it at the far end."""
        painter.save()
        super().paintSection(painter, rect, number)
        painter.restore()
        column = self._columns[number] if number < len(self._columns) else None
        if column is None or self._sort is None or self._sort[0] != column.key:
            return
        words = self.fontMetrics().horizontalAdvance(str(column.title)) + _SIDE + Space.XS
        at_right = bool(column.alignment & Qt.AlignmentFlag.AlignRight)
        left = rect.right() - words - Size.ICON_SMALL if at_right else rect.x() + words
        spot = QRect(left, rect.center().y() - Size.ICON_SMALL // 2, Size.ICON_SMALL, Size.ICON_SMALL)
        if rect.contains(spot):
            paint_icon(painter, spot, "arrow-down" if self._sort[1] else "arrow-up", "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table has more room, or less."""
        super().resizeEvent(event)
        self.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the columns to show."""
        self.column_menu().popup(event.globalPos())

    def column_menu(self) -> QMenu:
        """Return a menu with one ticked line per column, for the header and for a button beside the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._columns):
            if column.kind is CellKind.CHECK:
                continue
            action = menu.addAction(str(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.toggled.connect(lambda shown, key=column.key: self.show_column(key, is_shown=shown))
        return menu

    def _tell_moved(self) -> None:
        if not self._is_laying_out:
            self.layout_changed.emit()

    def _tell_resized(self, number: int) -> None:
        # A stretched column follows the window; that is nobody's wish.
        if not self._is_laying_out and number < len(self._columns) and not self._columns[number].is_stretched:
            self.fit()
            self.layout_changed.emit()

    def _ask_sort(self, number: int) -> None:
        column = self._columns[number]
        if not column.is_sortable:
            return
        descending = self._sort == (column.key, False)
        self.show_sort(column.key, descending=descending)
        self.sort_asked.emit(column.key, descending)

    def _number(self, key: str) -> int | None:
        return next((n for n, column in enumerate(self._columns) if column.key == key), None)
