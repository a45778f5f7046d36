"""The roster's grid: one painted, scrolled widget with frozen names and header, driven by keys and mouse.

It shows a `Board` and says what a person did to it; it changes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from app.models.entities.ids import PersonId, TemplateId
from app.views.base.i18n import _
from app.views.base.theme import theme, tok
from app.views.roster.board import Board, Key
from app.views.roster.grid_cursor import GridCursor
from app.views.roster.grid_frame import paint_rules, paint_sides, paint_top
from app.views.roster.grid_layout import HOURS, LEAST_COLUMN, ROW, GridLayout, Spot, Zone
from app.views.roster.grid_paint import CellPictures, GridState, paint_body
from app.views.roster.grid_texts import GridTexts
from app.views.roster.roster_words import RosterWords

_DAY_SECONDS = 24 * 60 * 60
_LEAST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke paints: a shift, or with None nothing (off)."""

    template_id: TemplateId | None


class RosterGrid(QAbstractScrollArea):
    """People down, days across. One Tab stop.

    Arrows move, Shift extends the selection, a shift's letter paints it, Delete clears. With a brush the mouse
    paints the rectangle it is dragged over, without one it selects.
    """

    painted = Signal(object, object)  # the Keys of one stroke, and the TemplateId or None
    lead_asked = Signal(object)  # Key
    why_asked = Signal(object)  # Spot: by keyboard
    pointed = Signal(object)  # Spot under the mouse, or None when it is nowhere
    menu_asked = Signal(object)  # global QPoint
    brush_dropped = Signal()
    cursor_moved = Signal()

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._board: Board | None = None
        self._stroke: Board | None = None  # with the stroke the mouse is drawing
        self._texts: GridTexts | None = None
        self._weekdays: dict[date, str] = {}
        self._layout = GridLayout((), 0, 0, name_width=0, viewport_width=0)
        self._pictures = CellPictures()
        self._now: datetime | None = None
        self._leading: PersonId | None = None
        self._is_editable = False
        self._brush: Brush | None = None
        self._dragging = ""  # "paint" or "select" while a button is down
        self._hovered: Spot | None = None
        self.cursor_state = GridCursor()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().setSingleStep(LEAST_COLUMN)
        self.verticalScrollBar().setSingleStep(ROW)
        theme.changed.connect(self.viewport().update)
        self._speak()

    # -- what is shown -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show another roster; cursor and selection stay where they are."""
        self._board = board
        self._stroke = None
        self.cursor_state.fit(len(board.people), len(board.days))
        self._arrange()

    def show_now(self, now: datetime, leading: PersonId | None) -> None:
        """Draw the line of now there, and the crown beside whoever leads the shift that runs."""
        self._now, self._leading = now, leading
        self.viewport().update()

    def set_editable(self, editable: bool) -> None:
        """Let keys and mouse paint, or only look."""
        self._is_editable = editable
        self._speak()

    def set_brush(self, brush: Brush | None) -> None:
        """Let the mouse paint with a brush; None lets it select."""
        self._brush = brush
        painting = brush is not None and self._is_editable
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if painting else Qt.CursorShape.ArrowCursor)

    @property
    def current_key(self) -> Key | None:
        """The cell under the cursor, or None in an empty grid."""
        if self._board is None or not self._board.people or not self._board.days:
            return None
        return self._board.key_at(*self.cursor_state.place)

    @property
    def selected_keys(self) -> list[Key]:
        """Every selected cell."""
        board = self._board
        return [] if board is None else [board.key_at(*place) for place in self.cursor_state.places]

    def go_to(self, key: Key) -> None:
        """Move the cursor to a cell and scroll there; a cell not shown changes nothing."""
        place = self._board.place_of(key) if self._board is not None else None
        if place is not None:
            self.cursor_state.go(place)
            self._moved()

    def clear_selected(self) -> None:
        """Make the selected cells off."""
        self._paint_keys(None)

    def cell_rect(self, key: Key) -> QRect:
        """Return where a cell is painted in the viewport; an empty rectangle if it is not shown."""
        place = self._board.place_of(key) if self._board is not None else None
        return self._layout.cell(*place) if place is not None else QRect()

    def spot_rect(self, spot: Spot) -> QRect:
        """Return where a cell or a count of the strip is painted in the viewport."""
        if spot.zone is Zone.STRIP:
            return self._layout.strip_cell(spot.row, spot.day)
        return self._layout.cell(spot.row, spot.day) if spot.zone is Zone.CELL else QRect()

    def sizeHint(self) -> QSize:
        return QSize(900, self._layout.top + self._layout.content_height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._layout.name_width + HOURS + 7 * LEAST_COLUMN, self._layout.top + _LEAST_ROWS * ROW)

    # -- keys ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # A shift whose code is a key of the page (L) is painted; the crown has a button too.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._board is not None and event.text() and self._letter(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if self._board is None or self.current_key is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._escape(event)
        elif key in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.why_asked.emit(Spot(Zone.CELL, *self.cursor_state.place))
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_A:
            last = (len(self._board.people) - 1, len(self._board.days) - 1)
            self.cursor_state.select((0, 0), last)
            self.viewport().update()
        elif self.cursor_state.key(key, modifiers, self._page_rows()):
            self._moved()
        elif not self._edit(event):
            super().keyPressEvent(event)

    def _edit(self, event: QKeyEvent) -> bool:
        """Paint, clear or crown as a key asks; False if it asks for none of these."""
        letter = self._letter(event)
        if letter is not None:
            self._paint_keys(letter)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear_selected()
        elif event.key() == Qt.Key.Key_L and not event.modifiers():
            self.lead_asked.emit(self.current_key)
        else:
            return False
        return True

    def _letter(self, event: QKeyEvent) -> TemplateId | None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or self._board is None or not event.text().strip():
            return None
        template = self._board.brush_of(event.text())
        return template.id if template is not None else None

    def _paint_keys(self, template_id: TemplateId | None) -> None:
        if self._is_editable:
            self.painted.emit(self.selected_keys, template_id)

    def _escape(self, event: QKeyEvent) -> None:
        if self._dragging:
            self._dragging, self._stroke = "", None
            self._arrange()
        elif self._brush is not None:
            self.brush_dropped.emit()
        elif len(self.cursor_state.places) > 1:
            self.cursor_state.go(self.cursor_state.place)
            self._moved()
        else:
            super().keyPressEvent(event)

    def _page_rows(self) -> int:
        return max(1, (self.viewport().height() - self._layout.top) // ROW - 1)

    # -- mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._layout.spot(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or self._board is None:
            super().mousePressEvent(event)
        elif spot.zone is Zone.CELL:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.cursor_state.go((spot.row, spot.day), extend=extend)
            self._dragging = "paint" if self._brush is not None and self._is_editable else "select"
            self._dragged()
        elif spot.zone is Zone.NAME:
            self.cursor_state.select((spot.row, 0), (spot.row, len(self._board.days) - 1))
            self._spoken_update()
        elif spot.zone is Zone.DAY and self._board.people:
            self.cursor_state.select((0, spot.day), (len(self._board.people) - 1, spot.day))
            self._spoken_update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._dragging:
            place = self._layout.nearest_cell(point)
            if place != self.cursor_state.place:
                self.cursor_state.go(place, extend=True)
                self._scroll_to_cursor()
                self._dragged()
            return
        spot = self._layout.spot(point)
        if spot != self._hovered:
            self._hovered = spot
            self.pointed.emit(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, self._dragging = self._dragging, ""
        if dragging == "paint" and self._brush is not None and event.button() == Qt.MouseButton.LeftButton:
            keys = self.selected_keys
            self.cursor_state.go(self.cursor_state.place)
            self.painted.emit(keys, self._brush.template_id)
        self._spoken_update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            spot = self._layout.spot(event.pos())
            if spot.zone is not Zone.CELL:
                return
            if (spot.row, spot.day) not in self.cursor_state.places:
                self.cursor_state.go((spot.row, spot.day))
                self._moved()
            self.menu_asked.emit(event.globalPos())
        elif (key := self.current_key) is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.cell_rect(key).bottomLeft()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.pointed.emit(None)
        super().leaveEvent(event)

    def _dragged(self) -> None:
        """Show what the stroke would paint, before the button is released."""
        if self._dragging == "paint" and self._brush is not None and self._board is not None:
            stroke = self._board.stroke(self.selected_keys, self._brush.template_id)
            self._stroke = self._board.painted(stroke)
            self._retell()
        self._spoken_update()

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        dirty = event.rect()
        painter.fillRect(dirty, tok("card"))
        state = self._state()
        if state is None:
            return
        paint_body(painter, dirty, state, self._layout, self._pictures)
        paint_sides(painter, dirty, state, self._layout)
        paint_top(painter, dirty, state, self._layout)
        foot = self._layout.top + self._layout.content_height - self.verticalScrollBar().value()
        paint_rules(painter, self._layout, min(foot, self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._layout.scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._hovered = None
        self.pointed.emit(None)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def _state(self) -> GridState | None:
        board = self._stroke or self._board
        if board is None or self._texts is None:
            return None
        return GridState(
            board,
            self._texts,
            self.cursor_state.place,
            self.cursor_state.selection,
            self.hasFocus(),
            self._now_in_days(board),
            self._leading,
        )

    def _now_in_days(self, board: Board) -> float | None:
        if self._now is None or not board.days:
            return None
        local = self._words.fmt.local(self._now)
        day = (local.date() - board.days[0]).days
        passed = (local.hour * 60 + local.minute) * 60 / _DAY_SECONDS
        return day + passed if 0 <= day < len(board.days) else None

    def _retell(self) -> None:
        board = self._stroke or self._board
        if board is not None:
            self._texts = GridTexts(board, self._words, self._weekdays)

    def _arrange(self) -> None:
        self._retell()
        board = self._board
        if board is not None and self._texts is not None:
            self._layout = GridLayout(
                [group.size for group in board.groups],
                len(board.days),
                len(board.coverage),
                name_width=self._texts.name_width(),
                viewport_width=self.viewport().width(),
            )
            self._set_scroll_bars()
        self._spoken_update()

    def _set_scroll_bars(self) -> None:
        layout, size = self._layout, self.viewport().size()
        down, across = size.height() - layout.top, layout.body.width()
        self.verticalScrollBar().setPageStep(max(0, down))
        self.verticalScrollBar().setRange(0, max(0, layout.content_height - down))
        self.horizontalScrollBar().setPageStep(across)
        self.horizontalScrollBar().setRange(0, max(0, layout.content_width - across))
        layout.scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _moved(self) -> None:
        self._scroll_to_cursor()
        self._spoken_update()
        self.cursor_moved.emit()

    def _scroll_to_cursor(self) -> None:
        spot = self._layout.cell(*self.cursor_state.place)
        body = self._layout.body
        for bar, near, far, first, last in (
            (
                self.verticalScrollBar(),
                spot.top(),
                spot.bottom(),
                self._layout.top,
                self.viewport().height() - 1,
            ),
            (self.horizontalScrollBar(), spot.left(), spot.right(), body.left(), body.right()),
        ):
            if near < first:
                bar.setValue(bar.value() - (first - near))
            elif far > last:
                bar.setValue(bar.value() + (far - last))

    def _spoken_update(self) -> None:
        self.viewport().update()
        self._speak()

    def _speak(self) -> None:
        """Keep what screen readers say in step with the cursor."""
        key = self.current_key
        board = self._stroke or self._board
        said = _("Roster")
        if key is not None and board is not None:
            said = f"{said}. {self._words.cell(board, key)}"
            chosen = len(self.cursor_state.places)
            if chosen > 1:
                said = f"{said}. {_('{n} cells selected').format(n=chosen)}"
        self.setAccessibleName(said)
        self.setAccessibleDescription(
            _(
                "Arrows move, a shift's letter paints it, Delete clears, L names the duty supervisor, F2 says why"
            )
            if self._is_editable
            else _("Arrows move, F2 says why")
        )
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
