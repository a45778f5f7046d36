"""The priority matrix, painted: a field to choose a cell in, and the editor of the cells themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.models.entities.priority import (
    HIGHEST_PRIORITY,
    LOWEST_PRIORITY,
    Cells,
    Level,
    MatrixDefinition,
)
from app.views.base.i18n import _
from app.views.base.widgets.labels import plain_tip
from app.views.base.widgets.matrix_paint import CellLook, HeadingLook, Measures, paint_cell, paint_heading

Cell = tuple[int, int]
"""(impact, urgency), both level numbers."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def _own_name(level: Level) -> str:
    return level.name


def _own_guidance(level: Level) -> str:
    return level.guidance


class MatrixGrid(QWidget):
    """Impact down, urgency across, the priority in each cell. One Tab stop; arrows move inside.

    As a field (`editable=False`) Enter, Space or a click chooses the cell, and `previewed` tells of the cell
    under cursor or mouse so that the promised times can be shown while one moves. As an editor 1..5 or
    Delete set the cell, a click moves the cursor, and the caller answers `cell_set` with `show_matrix`.
    """

    chosen = Signal(int, int)
    previewed = Signal(int, int)
    cell_set = Signal(int, int, object)  # the new priority, or None for an emptied cell

    def __init__(self, *, editable: bool = False, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = editable
        self._said = said or _("Impact and urgency")
        self._matrix = MatrixDefinition((), (), {})
        self._saved: Cells = {}
        self._odd: frozenset[Cell] = frozenset()
        self._name_of: Callable[[Level], str] = _own_name
        self._guidance_of: Callable[[Level], str] = _own_guidance
        self._measures = self._measured()
        self._cursor = QPoint(0, 0)  # x: column, y: row
        self._hovered: Cell | None = None
        self._chosen: Cell | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._speak()

    def show_matrix(
        self,
        matrix: MatrixDefinition,
        *,
        saved: MatrixDefinition | None = None,
        odd: Collection[Cell] = (),
        name_of: Callable[[Level], str] = _own_name,
        guidance_of: Callable[[Level], str] = _own_guidance,
    ) -> None:
        """Show this matrix; cells that differ from `saved` say what they were, `odd` ones are marked.

        `odd` are the cells whose priority falls where it should not (the rule decides which). `name_of`
        and `guidance_of` give a level's name and its meaning in the reader's language.
        """
        self._matrix = matrix
        self._saved = saved.cells if saved is not None else {}
        self._odd = frozenset(odd)
        self._name_of = name_of
        self._guidance_of = guidance_of
        self._measures = self._measured()
        self._cursor = QPoint(
            min(self._cursor.x(), max(0, len(matrix.urgencies) - 1)),
            min(self._cursor.y(), max(0, len(matrix.impacts) - 1)),
        )
        self.updateGeometry()
        self._speak()
        self.update()

    @property
    def cell(self) -> Cell | None:
        """The chosen cell, or None; in the editor, the cell under the cursor."""
        return self.cursor_cell if self._editable else self._chosen

    @property
    def cursor_cell(self) -> Cell | None:
        """The cell the arrows are at, or None while there is no matrix."""
        if not self._matrix.impacts or not self._matrix.urgencies:
            return None
        impact = self._matrix.impacts[self._cursor.y()].number
        return impact, self._matrix.urgencies[self._cursor.x()].number

    def choose(self, cell: Cell | None) -> None:
        """Choose a cell without telling anybody; the cursor goes there too. None chooses nothing."""
        self._chosen = cell
        if cell is not None:
            self._move_to(cell)
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        return self._measures.hint(len(self._matrix.urgencies), len(self._matrix.impacts))

    def minimumSizeHint(self) -> QSize:
        return self._measures.least(len(self._matrix.urgencies), len(self._matrix.impacts))

    def cell_rect(self, cell: Cell) -> QRect:
        """Return where a cell is painted, in the widget's coordinates."""
        row = [level.number for level in self._matrix.impacts].index(cell[0])
        column = [level.number for level in self._matrix.urgencies].index(cell[1])
        return self._measures.cell(row, column, self.width(), len(self._matrix.urgencies))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._hovered is not None:
            QToolTip.showText(
                self.mapToGlobal(self.cell_rect(self._hovered).center()),
                plain_tip(self._words(self._hovered)),
            )
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measures = self._measured()
            self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        cell = self.cursor_cell
        if cell is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif self._editable and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cell_set.emit(*cell, None)
        elif self._editable and event.text().isdigit():
            self._type(cell, int(event.text()))
        elif not self._editable and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pick(cell)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell != self._hovered:
            self._hovered = cell
            if cell is not None:
                self.previewed.emit(*cell)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._move_to(cell)
        self._speak()
        self.update()
        if not self._editable:
            self._pick(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        if self._chosen is not None:
            self.previewed.emit(*self._chosen)
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        lit = self._hovered or (self.cursor_cell if self.hasFocus() else None) or self.cell
        columns = len(self._matrix.urgencies)
        for column, level in enumerate(self._matrix.urgencies):
            place = self._measures.column_heading(column, self.width(), columns)
            look = HeadingLook(
                self._name_of(level), self._guidance_of(level), lit is not None and lit[1] == level.number
            )
            paint_heading(painter, place, look, self._measures, across=True)
        for row, level in enumerate(self._matrix.impacts):
            look = HeadingLook(
                self._name_of(level), self._guidance_of(level), lit is not None and lit[0] == level.number
            )
            paint_heading(painter, self._measures.row_heading(row), look, self._measures, across=False)
            for column, urgency in enumerate(self._matrix.urgencies):
                place = self._measures.cell(row, column, self.width(), columns)
                paint_cell(painter, place, self._look((level.number, urgency.number)), self._measures)

    def _measured(self) -> Measures:
        return Measures.of(self._matrix, self._name_of, self._guidance_of, large=self._editable)

    def _look(self, cell: Cell) -> CellLook:
        now = self._matrix.cells.get(cell)
        before = self._saved.get(cell)
        return CellLook(
            level=now,
            was=before if before != now else None,
            odd=cell in self._odd,
            chosen=not self._editable and cell == self._chosen,
            cursor=cell == self.cursor_cell and (self._editable or self.hasFocus()),
            focused=self.hasFocus(),
            hovered=cell == self._hovered,
            near=self._chosen is not None and (cell[0] == self._chosen[0] or cell[1] == self._chosen[1]),
        )

    def _cell_at(self, point: QPoint) -> Cell | None:
        for impact in self._matrix.impacts:
            for urgency in self._matrix.urgencies:
                cell = (impact.number, urgency.number)
                if self.cell_rect(cell).adjusted(-2, -2, 2, 2).contains(point):
                    return cell
        return None

    def _move_to(self, cell: Cell) -> None:
        rows = [level.number for level in self._matrix.impacts]
        columns = [level.number for level in self._matrix.urgencies]
        if cell[0] in rows and cell[1] in columns:
            self._cursor = QPoint(columns.index(cell[1]), rows.index(cell[0]))

    def _step(self, down: int, right: int) -> None:
        column = min(max(0, self._cursor.x() + right), len(self._matrix.urgencies) - 1)
        row = min(max(0, self._cursor.y() + down), len(self._matrix.impacts) - 1)
        self._cursor = QPoint(column, row)
        self._speak()
        self.update()
        if self.cursor_cell is not None:
            self.previewed.emit(*self.cursor_cell)

    def _type(self, cell: Cell, level: int) -> None:
        lowest = max((one.number for one in self._matrix.priorities), default=LOWEST_PRIORITY)
        if HIGHEST_PRIORITY <= level <= lowest:
            self.cell_set.emit(*cell, level)

    def _pick(self, cell: Cell) -> None:
        self._chosen = cell
        self._speak()
        self.update()
        self.chosen.emit(*cell)

    def _words(self, cell: Cell) -> str:
        """Say a cell in words: "Department x Work stopped: P1"."""
        impact = next(level for level in self._matrix.impacts if level.number == cell[0])
        urgency = next(level for level in self._matrix.urgencies if level.number == cell[1])
        level = self._matrix.cells.get(cell)
        said = _("{impact} \u00d7 {urgency}: {priority}").format(
            impact=self._name_of(impact),
            urgency=self._name_of(urgency),
            priority=f"P{level}" if level is not None else _("empty"),
        )
        before = self._saved.get(cell)
        if before is not None and before != level:
            said = ", ".join((said, _("was {priority}").format(priority=f"P{before}")))
        return said

    def _speak(self) -> None:
        """Keep what screen readers say in step with the cursor and with the chosen cell."""
        cell = self.cursor_cell
        self.setAccessibleName(self._said if cell is None else f"{self._said}. {self._words(cell)}")
        picked = self._chosen
        self.setAccessibleDescription(
            _("Chosen: {cell}").format(cell=self._words(picked)) if picked is not None else ""
        )
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
