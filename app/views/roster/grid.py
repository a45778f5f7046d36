"""The roster's grid: people down, days across, driven by keys and mouse.

It shows a `Board` and says what a person did to it; but for sketches it changes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.models.entities.ids import TemplateId
from app.views.base.i18n import _
from app.views.base.widgets.labels import plain_tip
from app.views.roster.board import Board
from app.views.roster.grid_carry import CarryGrid
from app.views.roster.grid_layout import ROW, Spot, Zone
from app.views.roster.grid_tips import tip_of
from app.views.roster.roster_words import RosterWords
from app.views.roster.strokes import Span

_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke paints: a shift, or with None nothing (off)."""

    template_id: TemplateId | None


class RosterGrid(CarryGrid):
    """One Tab stop. Arrows move, Shift extends the selection, a shift's letter paints it, Delete clears.

    With a brush the mouse paints the rectangle it is dragged over, without one it selects, with Alt it
    carries cells to swap them.
    """

    painted = Signal(object, object)  # the Keys of one stroke, and the TemplateId or None
    lead_asked = Signal(object)  # Key
    why_asked = Signal(object)  # Spot: by keyboard
    menu_asked = Signal(object)  # global QPoint
    brush_dropped = Signal()
    day_asked = Signal(int)  # so many days later, where one day is shown

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._is_editable = False
        self._brush: Brush | None = None
        self._dragging = ""  # "paint", "select" or "carry" while a button is down
        self._hovered: Spot | None = None
        self.set_editable(False)

    def show_board(self, board: Board) -> None:
        super().show_board(board)
        # News from elsewhere must not wipe out the stroke being drawn.
        if self.is_carrying:
            self.carry_to(self.cursor_state.place)
        elif self._dragging:
            self._dragged()

    def set_editable(self, editable: bool) -> None:
        """Let keys and mouse paint, or only look."""
        self._is_editable = editable
        self.help = (
            _(
                "Arrows move, a shift's letter paints it, Delete clears, L names who leads, Ctrl+X swaps, "
                "F2 says why"
            )
            if editable
            else _("Arrows move, F2 says why")
        )
        self.speak()

    def set_brush(self, brush: Brush | None) -> None:
        """Let the mouse paint with a brush; None lets it select."""
        self._brush = brush
        painting = brush is not None and self._is_editable
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if painting else Qt.CursorShape.ArrowCursor)

    def clear_selected(self) -> None:
        """Make the selected cells off."""
        self._paint_keys(None)

    def pick_up(self, span: Span | None = None) -> None:
        if self._is_editable:
            super().pick_up(span)

    # -- keys ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # A shift whose code is a key of the page (L) is painted; the crown has a button too.
        if event.type() == QEvent.Type.ShortcutOverride and self._is_letter(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._tell(cast("QHelpEvent", event).pos())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if self.board is None or self.current_key is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._escape(event)
        elif self.is_carrying and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.put_down()
        elif key in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.why_asked.emit(Spot(Zone.CELL, *self.cursor_state.place))
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_A:
            last = (len(self.board.people) - 1, len(self.board.days) - 1)
            self.cursor_state.select((0, 0), last)
            self.show_change()
        elif len(self.board.days) == 1 and key in _SIDEWAYS and not modifiers:
            self.day_asked.emit(_SIDEWAYS[key])
        elif self.cursor_state.key(key, modifiers, self._page_rows()):
            if self.is_carrying:
                self.carry_to(self.cursor_state.place)
            self.moved()
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

    def _is_letter(self, event: QKeyEvent) -> bool:
        return self._letter(event) is not None

    def _letter(self, event: QKeyEvent) -> TemplateId | None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or self.board is None or not event.text().strip():
            return None
        template = self.board.brush_of(event.text())
        return template.id if template is not None else None

    def _paint_keys(self, template_id: TemplateId | None) -> None:
        if self._is_editable and not self.is_carrying:
            self.painted.emit(self.selected_keys, template_id)

    def _escape(self, event: QKeyEvent) -> None:
        if self.is_carrying:
            self._dragging = ""
            self.let_go()
        elif self._dragging:
            self._dragging = ""
            if self.board is not None:
                self.board.drop_sketch()
            self.show_change()
        elif self._brush is not None:
            self.brush_dropped.emit()
        elif len(self.cursor_state.places) > 1:
            self.cursor_state.go(self.cursor_state.place)
            self.moved()
        else:
            super().keyPressEvent(event)

    def _page_rows(self) -> int:
        return max(1, (self.viewport().height() - self.places.top) // ROW - 1)

    # -- mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.places.spot(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or self.board is None:
            super().mousePressEvent(event)
        elif spot.zone is Zone.CELL:
            self._press(spot, event.modifiers())
        elif spot.zone is Zone.NAME:
            self.cursor_state.select((spot.row, 0), (spot.row, len(self.board.days) - 1))
            self.show_change()
        elif spot.zone is Zone.DAY and self.board.people:
            self.cursor_state.select((0, spot.day), (len(self.board.people) - 1, spot.day))
            self.show_change()

    def _press(self, spot: Spot, modifiers: Qt.KeyboardModifier) -> None:
        place = (spot.row, spot.day)
        if modifiers & Qt.KeyboardModifier.AltModifier and self._is_editable:
            self._dragging = "carry"
            span = self.selected_span if place in self.cursor_state.places else Span(*place)
            self.cursor_state.go(place)
            self.pick_up(span)
            return
        self.let_go()
        self.cursor_state.go(place, extend=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        self._dragging = "paint" if self._brush is not None and self._is_editable else "select"
        self._dragged()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._dragging:
            self._drag(point)
            return
        spot = self.places.spot(point)
        if spot != self._hovered:
            self._hovered = spot
            self.pointed.emit(spot)

    def _drag(self, point: QPoint) -> None:
        place = self.places.nearest_cell(point)
        if place == self.cursor_state.place:
            return
        if self._dragging == "carry":
            self.cursor_state.go(place)
            self.carry_to(place)
        else:
            self.cursor_state.go(place, extend=True)
            self._dragged()
        self.scroll_to_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, self._dragging = self._dragging, ""
        is_left = event.button() == Qt.MouseButton.LeftButton
        if dragging == "carry":
            self.put_down()
        elif dragging == "paint" and self._brush is not None and is_left:
            keys = self.selected_keys
            self.cursor_state.go(self.cursor_state.place)
            self.painted.emit(keys, self._brush.template_id)
        self.show_change()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            spot = self.places.spot(event.pos())
            if spot.zone is not Zone.CELL:
                return
            if (spot.row, spot.day) not in self.cursor_state.places:
                self.cursor_state.go((spot.row, spot.day))
                self.moved()
            self.menu_asked.emit(event.globalPos())
        elif (key := self.current_key) is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.cell_rect(key).bottomLeft()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.pointed.emit(None)
        super().leaveEvent(event)

    def _dragged(self) -> None:
        """Show what the stroke would paint, before the button is released."""
        if self._dragging == "paint" and self._brush is not None and self.board is not None:
            self.board.drop_sketch()
            self.board.sketch(self.board.stroke(self.selected_keys, self._brush.template_id))
        self.show_change()

    def _tell(self, point: QPoint) -> None:
        """Say what the picture only hints at: what was agreed with somebody, a wish, leave, who has what."""
        board, spot = self.board, self.places.spot(point)
        said = tip_of(spot, board, self.words) if board is not None else ""
        QToolTip.showText(self.viewport().mapToGlobal(point), plain_tip(said), self)
