"""Carrying a block of cells to another person or date, to swap it with what stands there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _
from app.views.roster.board import Stroke
from app.views.roster.grid_canvas import GridCanvas
from app.views.roster.grid_cursor import Place
from app.views.roster.grid_paint import Ghost
from app.views.roster.roster_words import RosterWords
from app.views.roster.strokes import Span, swap, tone_of


class CarryGrid(GridCanvas):
    """A grid whose cells can be picked up and put down elsewhere, by mouse or by keys.

    While a block is carried the board shows the roster as it would be, and the ghost how that turns out.
    """

    stroke_asked = Signal(object)  # the cells to paint, as one step

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._carried: Span | None = None
        self._held: Place = (0, 0)  # where in the block it is held
        self._swap: Stroke | None = None

    @property
    def is_carrying(self) -> bool:
        """Whether a block is picked up."""
        return self._carried is not None

    @property
    def selected_span(self) -> Span:
        """The selected block."""
        chosen = self.cursor_state.selection
        return Span(chosen.top(), chosen.left(), chosen.height(), chosen.width())

    def pick_up(self, span: Span | None = None) -> None:
        """Pick up a block, or the selected cells, held at the cursor."""
        if self.board is None or not self.board.people:
            return
        span = span or self.selected_span
        row, day = self.cursor_state.place
        self._carried = span
        self._held = (row - span.row, day - span.day)
        self.carry_to(self.cursor_state.place)

    def carry_to(self, place: Place) -> None:
        """Hold the carried block over a place, and show what a swap there would do."""
        span, board = self._carried, self.board
        if span is None or board is None:
            return
        row = min(max(0, place[0] - self._held[0]), len(board.people) - span.rows)
        day = min(max(0, place[1] - self._held[1]), len(board.days) - span.days)
        target = span.moved(row, day)
        board.drop_sketch()
        self._swap = None if target == span else swap(board, span, row, day)
        if target == span:
            tone, text = "ok", _("Swap with…")
        elif self._swap is None:
            tone, text = "bad", _("Does not fit here")
        else:
            change = board.sketch(self._swap)
            tone, text = tone_of(change), self.words.outcome(board, change.added)
        self.ghost = Ghost(span, target, tone, text)
        self.show_change()

    def put_down(self) -> None:
        """Swap the carried block with the one below it; where it does not fit, nothing happens."""
        stroke, span, ghost = self._swap, self._carried, self.ghost
        self.let_go()
        if stroke and span is not None and ghost is not None:
            at = ghost.target
            self.cursor_state.select((at.row, at.day), (at.row + at.rows - 1, at.day + at.days - 1))
            self.stroke_asked.emit(stroke)
            self.show_change()

    def let_go(self) -> None:
        """Carry nothing any more; what was carried stays where it is."""
        self._carried = self._swap = self.ghost = None
        if self.board is not None:
            self.board.drop_sketch()
        self.show_change()
