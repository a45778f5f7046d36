"""How the grid is looked at: what its tools say of the selection, fairness beside it, teams or crews."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.base.context import Context
from app.views.base.i18n import _
from app.views.base.tasks import Tasks
from app.views.roster.board_parts import Grouping
from app.views.roster.fair_keeper import FairKeeper
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.tools_bar import ToolsBar


class GridLook(QObject):
    """Keeps tools and grid in step with what is selected and what was asked to be shown."""

    def __init__(
        self, ctx: Context, tasks: Tasks, grid: RosterGrid, presenter: RosterPresenter, tools: ToolsBar
    ) -> None:
        super().__init__(grid)
        self._grid = grid
        self._presenter = presenter
        self._tools = tools
        self.fairness = FairKeeper(ctx, tasks, presenter)
        self.shows_fairness = False
        self.fairness.changed.connect(self._show_fair)
        grid.selection_changed.connect(self.show_hint)
        presenter.board_changed.connect(self._show_grouping)

    def show_hint(self) -> None:
        """Say what is selected; with one cell, how to paint, or who may."""
        presenter, board = self._presenter, self._grid.board
        keys = self._grid.selected_keys
        if board is not None and len(keys) > 1:
            self._tools.say(presenter.words.selection(board, keys))
        elif not presenter.may_edit:
            self._tools.say(presenter.why_read_only)
        else:
            self._tools.say(_("Drag to paint · Alt+drag swaps · Del clears"), may_wait=True)

    def toggle_fairness(self) -> None:
        """Show nights, weekends and holidays of everybody beside the hours, or leave them out."""
        self.shows_fairness = not self.shows_fairness
        self.fairness.count()
        self._show_fair()

    def toggle_crews(self) -> None:
        """Let people stand below their crews, or below their teams again."""
        is_team = self._presenter.grouping is Grouping.TEAM
        self._presenter.group_by(Grouping.CREW if is_team else Grouping.TEAM)

    def _show_fair(self) -> None:
        fair = self.fairness.fair
        self._tools.show_score(fair.score, shown=self.shows_fairness)
        self._grid.show_fair(fair, shown=self.shows_fairness)

    def _show_grouping(self) -> None:
        board = self._presenter.board
        if board is not None:
            self._tools.show_grouping(self._presenter.grouping, has_crews=board.has_crews)
