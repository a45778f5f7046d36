"""When the popup that says why appears, with what, and when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _
from app.views.roster.grid_layout import Spot, Zone
from app.views.roster.why_popup import Reason, WhyPopup

if TYPE_CHECKING:
    from app.views.roster.grid import RosterGrid
    from app.views.roster.roster_presenter import RosterPresenter
    from app.views.roster.roster_words import FixItem

_SHOW_AFTER = 250  # milliseconds the mouse rests on a mark
_HIDE_AFTER = 350


class Why(QObject):
    """Shows the reasons of a spot of the grid: when the mouse rests there, or when a key asks.

    The mouse shows it only where a rule is broken or people are missing; a key also says that all is well.
    """

    def __init__(self, grid: RosterGrid, presenter: RosterPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._grid = grid
        self._presenter = presenter
        self._page = page
        self.popup: WhyPopup | None = None
        self._spot: Spot | None = None
        self._wanted: Spot | None = None
        self._show_timer = self._timer(_SHOW_AFTER, self._show_wanted)
        self._hide_timer = self._timer(_HIDE_AFTER, self.hide)
        grid.pointed.connect(self._point)
        grid.why_asked.connect(self._ask)
        grid.cursor_moved.connect(self.hide)
        grid.painted.connect(self.hide)
        presenter.board_changed.connect(self._recheck)
        grid.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is said now; "" while nothing is."""
        return self.popup.text if self.popup is not None and self.popup.isVisible() else ""

    def show_current(self) -> None:
        """Explain the cell under the cursor."""
        if self._grid.current_key is not None:
            self._ask(Spot(Zone.CELL, *self._grid.cursor_state.place))

    def show_item(self, item: FixItem) -> None:
        """Go to what is to mend and explain it."""
        spot = self._grid.spot_of(item.on, item.person_id, item.template_id)
        if spot is not None:
            self._ask(spot)

    def hide(self) -> None:
        """Say nothing any more."""
        self._show_timer.stop()
        self._hide_timer.stop()
        self._spot = None
        if self.popup is not None:
            self.popup.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let Escape close the popup before anything else."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.text:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _timer(self, after: int, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(run)
        return timer

    def _point(self, spot: Spot | None) -> None:
        self._show_timer.stop()
        self._wanted = spot
        if spot is not None and spot == self._spot:
            self._hide_timer.stop()
        elif spot is not None and self._reasons(spot):
            self._show_timer.start()
        elif self.text:
            self._hide_timer.start()

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            self._explain(self._wanted, self._reasons(self._wanted))

    def _ask(self, spot: Spot) -> None:
        if spot.zone is Zone.CELL:
            self._explain(spot, self._reasons(spot) or self._all_well(spot))
        else:
            self._explain(spot, self._reasons(spot))

    def _explain(self, spot: Spot, reasons: list[Reason]) -> None:
        if not reasons:
            self.hide()
            return
        if self.popup is None or self.popup.parent() is not self._page.window():
            self._make()
        assert self.popup is not None
        self._hide_timer.stop()
        self._spot = spot
        is_broken = bool(self._reasons(spot))
        can_clear = spot.zone is Zone.CELL and is_broken and self._presenter.may_edit
        window = self._page.window()
        place = self._grid.spot_rect(spot)
        beside = QRect(self._grid.viewport().mapTo(window, place.topLeft()), place.size())
        tone = ("bad" if spot.zone is Zone.CELL else "warn") if is_broken else "info"
        self.popup.explain(reasons, beside, tone=tone, can_clear=can_clear)

    def _recheck(self) -> None:
        """Say it anew, or nothing, when the board changed below an open popup."""
        spot = self._spot
        if spot is not None and self.text:
            self._explain(spot, self._reasons(spot))

    def _make(self) -> None:
        popup = WhyPopup(self._page.window())
        popup.cleared.connect(self._clear)
        popup.entered.connect(self._hide_timer.stop)
        popup.left.connect(self._hide_timer.start)
        self._page.destroyed.connect(popup.deleteLater)
        self.popup = popup

    def _clear(self) -> None:
        board, spot = self._presenter.board, self._spot
        if board is not None and spot is not None:
            key = board.key_at(spot.row, spot.day)
            self.hide()
            self._presenter.paint([key], None)

    def _reasons(self, spot: Spot) -> list[Reason]:
        board = self._presenter.board
        if board is None or spot.day >= len(board.days):
            return []
        words = self._presenter.words
        if spot.zone is Zone.CELL and spot.row < len(board.people):
            broken = board.violations_at.get(board.key_at(spot.row, spot.day), ())
            return [(words.violation_title(each), words.violation(board, each)) for each in broken]
        if spot.zone is Zone.STRIP:
            return words.strip_reasons(board, spot.row, spot.day)
        return []

    def _all_well(self, spot: Spot) -> list[Reason]:
        board = self._presenter.board
        if board is None:
            return []
        said = self._presenter.words.cell(board, board.key_at(spot.row, spot.day))
        return [("", said), ("", _("No rule is broken here."))]
