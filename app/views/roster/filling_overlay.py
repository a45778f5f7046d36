"""Rings around the cells that a proposal changes, over the grid that shows the proposal as a sketch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.models.entities.roster import PaintedCell
from app.views.base.theme import tok
from app.views.roster.grid import RosterGrid

_RADIUS = 5


class FillingOverlay(QWidget):
    """Lies over the grid's cells and lets every click through. Give it no strokes, and it shows nothing."""

    def __init__(self, grid: RosterGrid) -> None:
        super().__init__(grid.viewport())
        self._grid = grid
        self._strokes: tuple[PaintedCell, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.viewport().installEventFilter(self)
        for bar in (grid.horizontalScrollBar(), grid.verticalScrollBar()):
            bar.valueChanged.connect(self.update)
        self.hide()

    @property
    def shown(self) -> int:
        """How many cells have a ring, shown or scrolled away."""
        board = self._grid.board
        if board is None:
            return 0
        return sum(board.place_of((cell.person_id, cell.on_date)) is not None for cell in self._strokes)

    def show_strokes(self, strokes: tuple[PaintedCell, ...]) -> None:
        """Ring these cells, and no others."""
        self._strokes = strokes
        self.setGeometry(self._grid.viewport().rect())
        self.setVisible(bool(strokes))
        self.raise_()
        self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay as large as the grid."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._grid.viewport().rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._grid.places.body)
        for cell in self._strokes:
            place = self._grid.cell_rect((cell.person_id, cell.on_date))
            if place.isEmpty() or not place.intersects(self.rect()):
                continue
            # Dashed where a shift goes away: an empty cell with a whole ring would look like the cursor.
            is_gone = cell.template_id is None
            painter.setPen(
                QPen(tok("accent"), 1.6, Qt.PenStyle.DashLine if is_gone else Qt.PenStyle.SolidLine)
            )
            painter.drawRoundedRect(QRectF(place).adjusted(1.5, 1.5, -1.5, -1.5), _RADIUS, _RADIUS)
