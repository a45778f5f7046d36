"""When the popup that says why appears, with what, and when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.entities.roster import Violation
from app.views.base.i18n import _
from app.views.roster.board import Board, Stroke
from app.views.roster.grid_layout import Spot, Zone
from app.views.roster.why_popup import Reason, Way, WhyPopup

if TYPE_CHECKING:
    from app.views.roster.grid import RosterGrid
    from app.views.roster.roster_presenter import RosterPresenter
    from app.views.roster.roster_words import FixItem

_PAD = Qt.KeyboardModifier.KeypadModifier
_DIGITS = frozenset("123456789")
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
        grid.stroke_asked.connect(self.hide)
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
        spot = self._grid.spot_of(item.on, item.person_id, item.template_id, item.team_id)
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
        """Let Escape close the popup, and a digit mend, before anything else."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or not self.text or event.modifiers() & ~_PAD:
            return False
        number = int(event.text()) if event.text() in _DIGITS else 0
        is_mending = self.popup is not None and 0 < number <= len(self.popup.ways)
        if event.type() == QEvent.Type.ShortcutOverride and is_mending:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return is_mending and self.popup is not None and self.popup.run(number)

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
        elif spot is not None and self._is_broken(spot):
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
        is_broken = self._is_broken(spot)
        can_clear = spot.zone is Zone.CELL and is_broken and self._presenter.may_edit
        window = self._page.window()
        place = self._grid.spot_rect(spot)
        beside = QRect(self._grid.viewport().mapTo(window, place.topLeft()), place.size())
        self.popup.explain(reasons, beside, can_clear=can_clear)

    def _recheck(self) -> None:
        """Say it anew, or nothing, when the board changed below an open popup."""
        spot = self._spot
        if spot is not None and self.text:
            self._explain(spot, self._reasons(spot))

    def _make(self) -> None:
        popup = WhyPopup(self._page.window())
        popup.cleared.connect(self._clear)
        popup.mended.connect(self._mend)
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

    def _is_broken(self, spot: Spot) -> bool:
        board = self._presenter.board
        if board is None or spot.day >= len(board.days):
            return False
        if spot.zone is Zone.CELL and spot.row < len(board.people):
            return bool(board.broken_at(board.key_at(spot.row, spot.day)))
        if spot.zone is Zone.STRIP and spot.row < len(board.coverage):
            return bool(board.broken_in_strip(spot.row, spot.day))
        return False

    def _mend(self, stroke: Stroke) -> None:
        self.hide()
        self._presenter.paint_stroke(stroke)

    def _reasons(self, spot: Spot) -> list[Reason]:
        board = self._presenter.board
        if board is None or spot.day >= len(board.days):
            return []
        if spot.zone is Zone.CELL and spot.row < len(board.people):
            return [self._reason(board, one) for one in board.broken_at(board.key_at(spot.row, spot.day))]
        if spot.zone is Zone.STRIP and spot.row < len(board.coverage):
            return [self._reason(board, one) for one in board.broken_in_strip(spot.row, spot.day)]
        return []

    def _reason(self, board: Board, violation: Violation) -> Reason:
        words = self._presenter.words
        ways = tuple(
            Way(words.remedy(board, remedy), remedy.cells, remedy.code)
            for remedy in self._presenter.remedies(violation)
        )
        sentence = words.violation(board, violation)
        return Reason(words.strip_title(board, violation), sentence, violation.severity, ways)

    def _all_well(self, spot: Spot) -> list[Reason]:
        board = self._presenter.board
        if board is None:
            return []
        said = self._presenter.words.cell(board, board.key_at(spot.row, spot.day))
        return [Reason("", said), Reason("", _("No rule is broken here."))]
