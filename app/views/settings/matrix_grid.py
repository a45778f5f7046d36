"""The matrix with what only its editor needs: headings that are renamed and moved, edges that grow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from app.services.priority.edits import Side, levels_of
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space
from app.views.base.widgets.labels import plain_tip, set_tip
from app.views.base.widgets.matrix import MatrixGrid
from app.views.base.widgets.paint import paint_ring

_EDGE = 26

_MOVES = {
    Qt.Key.Key_Up: (Side.IMPACT, -1),
    Qt.Key.Key_Down: (Side.IMPACT, 1),
    Qt.Key.Key_Left: (Side.URGENCY, -1),
    Qt.Key.Key_Right: (Side.URGENCY, 1),
}


class LevelGrid(MatrixGrid):
    """The editor's matrix. F2 renames the row's level, Shift+F2 the column's; Alt+arrow moves a level.

    A double click on a heading renames it too. `cursor_moved` tells when another cell is under the cursor.
    """

    rename_asked = Signal(object, int)  # Side, number
    level_moved = Signal(object, int, int)  # Side, number, by
    cursor_moved = Signal()

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(editable=True, said=said, parent=parent)
        self.previewed.connect(lambda _impact, _urgency: self.cursor_moved.emit())

    def event(self, event: QEvent) -> bool:
        # Alt+Left is "back" in the window: over the grid it moves a level instead.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_move(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            heading = self._heading_at(event.pos())
            if heading is not None:  # guidance is often longer than its column
                QToolTip.showText(event.globalPos(), plain_tip(self._heading_words(*heading)), self)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cell = self.cursor_cell
        if cell is None:
            super().keyPressEvent(event)
        elif _is_move(event):
            side, by = _MOVES[Qt.Key(event.key())]
            self.level_moved.emit(side, cell[0] if side is Side.IMPACT else cell[1], by)
        elif event.key() == Qt.Key.Key_F2:
            is_column = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.rename_asked.emit(
                Side.URGENCY if is_column else Side.IMPACT, cell[1] if is_column else cell[0]
            )
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.cursor_moved.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_at(event.position().toPoint())
        if heading is not None:
            self.rename_asked.emit(*heading)
        else:
            super().mouseDoubleClickEvent(event)

    def follow(self, side: Side, by: int) -> None:
        """Move the cursor with a level that was moved."""
        self._step(by if side is Side.IMPACT else 0, by if side is Side.URGENCY else 0)

    def heading_place(self, side: Side, number: int) -> QRect:
        """Return where a level's heading is painted."""
        columns = len(self._matrix.urgencies)
        if side is Side.IMPACT:
            return self._measures.row_heading(number - 1)
        return self._measures.column_heading(number - 1, self.width(), columns)

    @property
    def cells_place(self) -> QRect:
        """Where the cells are, without the headings; empty while there is no matrix."""
        matrix = self._matrix
        if not matrix.impacts or not matrix.urgencies:
            return QRect()
        first = self.cell_rect((matrix.impacts[0].number, matrix.urgencies[0].number))
        return first.united(self.cell_rect((matrix.impacts[-1].number, matrix.urgencies[-1].number)))

    def _heading_words(self, side: Side, number: int) -> str:
        level = next(level for level in levels_of(self._matrix, side) if level.number == number)
        return "\n".join(part for part in (self._name_of(level), self._guidance_of(level)) if part)

    def _heading_at(self, point: QPoint) -> tuple[Side, int] | None:
        for side, levels in ((Side.IMPACT, self._matrix.impacts), (Side.URGENCY, self._matrix.urgencies)):
            for level in levels:
                if self.heading_place(side, level.number).contains(point):
                    return side, level.number
        return None


def _is_move(event: QKeyEvent) -> bool:
    alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return alone == Qt.KeyboardModifier.AltModifier and event.key() in _MOVES


class EdgeButton(QAbstractButton):
    """A dashed strip along an edge of the matrix that adds a level there."""

    def __init__(self, said: str, *, down: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._down = down
        self._said = said
        self.setAccessibleName(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, said)
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if down else grows, grows if down else fixed)

    def wait_for(self, reason: str) -> None:
        """Disable the strip and say why; "" enables it."""
        self.setEnabled(not reason)
        set_tip(self, reason or self._said)
        self.setAccessibleDescription(reason)

    def sizeHint(self) -> QSize:
        return QSize(_EDGE, 120) if self._down else QSize(200, _EDGE)

    def minimumSizeHint(self) -> QSize:
        return QSize(_EDGE, _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        live = self.isEnabled()
        if live and self.underMouse():
            painter.setBrush(tok("hover"))
        painter.setPen(QPen(tok("edge" if live else "ghost"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        spot = QRect(0, 0, Size.ICON, Size.ICON)
        spot.moveCenter(self.rect().center())
        paint_icon(painter, spot, "plus", "muted" if live else "ghost")
        if self.hasFocus():
            paint_ring(painter, self.rect())


class EdgedGrid(QWidget):
    """The grid with its two edges beside the cells."""

    def __init__(self, grid: LevelGrid, add_impact: EdgeButton, add_urgency: EdgeButton) -> None:
        super().__init__()
        self._grid = grid
        self._below = add_impact
        self._beside = add_urgency
        for part in (grid, add_impact, add_urgency):
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._grid.sizeHint() + QSize(_EDGE + Space.S, _EDGE + Space.S)

    def minimumSizeHint(self) -> QSize:
        return self._grid.minimumSizeHint() + QSize(_EDGE + Space.S, _EDGE + Space.S)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the edges where the cells end; called when the matrix has other levels."""
        self._grid.setGeometry(0, 0, self.width() - _EDGE - Space.S, self._grid.sizeHint().height())
        cells = self._grid.cells_place
        self._beside.setGeometry(cells.right() + Space.S + 2, cells.top(), _EDGE, cells.height())
        self._below.setGeometry(cells.left(), cells.bottom() + Space.S + 2, cells.width(), _EDGE)
        self.updateGeometry()
