"""The ledger of fairness behind the bars: read once for the days shown, counted again with every stroke."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.roster_plan import Fairness
from app.services.base.context import Context
from app.services.roster import fairness_queries
from app.views.base.tasks import Lane, Tasks
from app.views.roster.board_keeper import BoardKeeper
from app.views.roster.fair_shares import FairBars, fair_bars

MONTHS = 12
_AFTER = 60  # milliseconds after the last stroke: a drag need not be counted cell by cell


class FairKeeper(QObject):
    """How evenly nights, weekends and holidays are shared over twelve months and the days being painted."""

    changed = Signal()

    def __init__(self, ctx: Context, tasks: Tasks, keeper: BoardKeeper) -> None:
        super().__init__(keeper)
        self._ctx = ctx
        self._tasks = tasks
        self._keeper = keeper
        self.fair = FairBars()
        self._ledger: Fairness | None = None
        self._until: date | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER)
        self._timer.timeout.connect(self.count)
        keeper.board_changed.connect(self._timer.start)

    def count(self) -> None:
        """Count again, and read the ledger if other days are shown."""
        board = self._keeper.board
        if board is None or not board.days:
            return
        if self._until != board.days[0]:
            self._until, self._ledger = board.days[0], None
            job = partial(fairness_queries.fairness, self._ctx, self._until, months=MONTHS)
            self._tasks.run(
                job, partial(self._take, self._until), self._keeper.failed.emit, lane=Lane.LONG, owner=self
            )
        self.fair = fair_bars(board, self._ledger)
        self.changed.emit()

    def _take(self, until: date, ledger: Fairness) -> None:
        if until == self._until:
            self._ledger = ledger
            self._timer.start()
