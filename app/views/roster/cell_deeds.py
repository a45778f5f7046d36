"""What keys and menus do to the selected cells: copy, paste, fill, fix, lend, swap, lay a pattern."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import TeamId
from app.models.entities.roster_plan import ShiftPattern
from app.services.base.context import Context
from app.services.roster import crew_queries
from app.views.base.i18n import _, ngettext
from app.views.base.tasks import Tasks
from app.views.roster.board import Board, Stroke
from app.views.roster.grid import RosterGrid
from app.views.roster.pattern_popup import POPUP_SIZE, PatternPopup
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.strokes import (
    Block,
    Span,
    block_of_text,
    copied,
    filled,
    fixed,
    pasted,
    standing_in,
    text_of,
    week_before,
)

_EDGE = 16  # pixels between the popup and the edge of the page


class CellDeeds(QObject):
    """Turns what is asked of the selection into strokes; keeps the copied block and the pattern's popup."""

    def __init__(
        self, ctx: Context, tasks: Tasks, grid: RosterGrid, presenter: RosterPresenter, page: QWidget
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._tasks = tasks
        self._grid = grid
        self._presenter = presenter
        self._page = page
        self._block: Block | None = None
        self._block_text = ""
        self.popup: PatternPopup | None = None
        presenter.board_changed.connect(self._keep_preview)

    def copy(self) -> None:
        """Copy the selected cells, for pasting here and, as codes, elsewhere."""
        board = self._grid.board
        if board is None:
            return
        span = self._grid.selected_span
        self._block = copied(board, span)
        self._block_text = text_of(board, self._block)
        QGuiApplication.clipboard().setText(self._block_text)
        count = span.rows * span.days
        said = ngettext("{n} cell copied", "{n} cells copied", count).format(n=count)
        self._presenter.told.emit(said, "ok")

    def paste(self) -> None:
        """Paste what was copied, here or as codes in a spreadsheet, from the selection's corner on."""
        board = self._grid.board
        if board is None:
            return
        text = QGuiApplication.clipboard().text()
        is_ours = self._block is not None and text in {self._block_text, ""}
        block = self._block if is_ours else block_of_text(board, text)
        if block is None:
            self._presenter.told.emit(_("There are no shifts to paste: copy some cells first."), "info")
            return
        self._paint(pasted(board, block, self._grid.selected_span))

    def fill_down(self) -> None:
        """Fill the selection with the shifts of its first row."""
        self._with(lambda board, span: filled(board, span, down=True))

    def fill_right(self) -> None:
        """Fill the selection with the shifts of its first day."""
        self._with(lambda board, span: filled(board, span, down=False))

    def fix(self) -> None:
        """Fix the selected shifts, so that no filling changes them; again, and they are free."""
        board = self._grid.board
        if board is not None:
            self._paint(fixed(board, self._grid.selected_keys))

    def lend(self, team_id: TeamId | None) -> None:
        """Let the people of the selected shifts work them for a team."""
        board = self._grid.board
        if board is not None:
            self._paint(standing_in(board, self._grid.selected_keys, team_id))

    def pick_up(self) -> None:
        """Pick up the selected cells, to swap them with others: arrows carry, Enter swaps."""
        self._grid.pick_up()

    def copy_last_week(self) -> None:
        """Copy the week before onto that of the cursor, for the people of the selected rows."""
        rows, day = range(0), self._grid.cursor_state.place[1]
        span = self._grid.selected_span
        rows = range(span.row, span.row + span.rows)
        self._with(lambda board, _span: week_before(board, rows, day))

    def lay_pattern(self) -> None:
        """Ask which pattern to lay for the selected people."""
        job = partial(crew_queries.patterns, self._ctx)
        self._tasks.run(job, self._ask_pattern, self._presenter.failed.emit, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _with(self, stroke: Callable[[Board, Span], Stroke]) -> None:
        board = self._grid.board
        if board is None or not board.people:
            return
        found = stroke(board, self._grid.selected_span)
        if not found:
            self._presenter.told.emit(_("Nothing would change."), "info")
        self._paint(found)

    def _paint(self, stroke: Stroke) -> None:
        if stroke:
            self._grid.stroke_asked.emit(stroke)

    def _ask_pattern(self, patterns: list[ShiftPattern]) -> None:
        board, grid = self._grid.board, self._grid
        if board is None or not board.people:
            return
        if not patterns:
            self._presenter.told.emit(
                _("There is no pattern yet. Patterns are set up with the shifts in the settings."), "info"
            )
            return
        span = grid.selected_span
        people = [board.people[row].id for row in range(span.row, span.row + span.rows)]
        days = board.days[span.day : span.day + span.days] if span.days > 1 else board.days[span.day :]
        crews = self._presenter.crews
        self.popup = PatternPopup(self._page.window(), self._presenter.words, patterns, crews)
        self.popup.previewed.connect(grid.show_change)
        self.popup.confirmed.connect(self._paint)
        self.popup.closed.connect(self._forget_popup)
        self.popup.open_for(board, people, days, self._beside(span))

    def _beside(self, span: Span) -> QPoint:
        """Return where the popup hides least of the cells it is about: a corner of the page."""
        window, page, grid = self._page.window(), self._page, self._grid
        rows = grid.places.span(span)
        rows.moveTo(grid.viewport().mapTo(window, rows.topLeft()))
        left, top = page.mapTo(window, QPoint(0, 0)).toTuple()
        room = QRect(left, top, page.width(), page.height()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        corners = [QRect(QPoint(0, 0), POPUP_SIZE) for _corner in range(4)]
        corners[0].moveBottomRight(room.bottomRight())
        corners[1].moveTopRight(room.topRight())
        corners[2].moveBottomLeft(room.bottomLeft())
        corners[3].moveTopLeft(room.topLeft())
        hidden = [corner.intersected(rows) for corner in corners]
        areas = [part.width() * part.height() if part.isValid() else 0 for part in hidden]
        return corners[areas.index(min(areas))].topLeft()

    def _forget_popup(self) -> None:
        if self.popup is not None:
            self.popup.deleteLater()
            self.popup = None

    def _keep_preview(self) -> None:
        board = self._presenter.board
        if self.popup is not None and board is not None and self.popup.isVisible():
            self.popup.refresh(board)
