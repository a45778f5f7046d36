"""From the selected cells to what is wished for them: one's own days, or anybody's for who plans."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from app.models.entities.wishes import Wished
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.wish_commands import put_wishes
from app.views.base.actions import Action
from app.views.base.i18n import N_, _
from app.views.base.tasks import Tasks
from app.views.base.tokens import Space
from app.views.roster.board import Key
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.wish_popup import WishPopup


class WishDeeds(QObject):
    """Keeps the popup that is open; what it does is told as everything else of the page is."""

    def __init__(
        self, ctx: Context, tasks: Tasks, grid: RosterGrid, presenter: RosterPresenter, page: QWidget
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._tasks = tasks
        self._grid = grid
        self._presenter = presenter
        self._page = page
        self.popup: WishPopup | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        """What is offered at the selected cells."""
        ask = "roster.ask"
        return (
            Action("roster.wish", N_("Wish for these days…"), self.ask, "star", "Alt+W", ask, self._nobody),
            Action(
                "roster.unwish", N_("Take the wishes back"), self.clear, "undo-2", "Alt+Shift+W", ask,
                self._nobody,
            ),
        )  # fmt: skip

    def ask(self) -> None:
        """Ask what is wished for the selected cells."""
        board, keys = self._presenter.board, self._keys()
        if board is None or not keys:
            self._refuse()
            return
        self.popup = WishPopup(self._page.window(), self._presenter.words, board, keys)
        self.popup.noted.connect(partial(self._put, keys))
        self.popup.closed.connect(self._forget)
        below = self._grid.cell_rect(keys[-1]).bottomLeft() + QPoint(0, Space.XS)
        at = self._grid.viewport().mapTo(self._page.window(), below)
        self.popup.ask(at.x(), at.y())

    def clear(self) -> None:
        """Take back what is wished for the selected cells."""
        board, keys = self._presenter.board, self._keys()
        if board is None or not keys:
            self._refuse()
            return
        wished = [key for key in keys if key in board.wishes]
        if wished:
            self._put(wished, None)
        else:
            self._presenter.told.emit(_("Nothing is wished there."), "info")

    # -- inside --------------------------------------------------------------------------------------

    def _keys(self) -> list[Key]:
        """Return the selected cells one may wish for: those of one's own row, all of them for who plans."""
        found = self._grid.selected_keys
        if self._presenter.may_edit:
            return list(found)
        return [key for key in found if key[0] == self._ctx.actor.person_id]

    def _nobody(self) -> str:
        is_somebody = self._ctx.actor.person_id is not None or self._presenter.may_edit
        return "" if is_somebody else _("Nobody is signed in.")

    def _refuse(self) -> None:
        self._presenter.told.emit(_("Choose days of your own row first."), "info")

    def _put(self, keys: list[Key], wished: Wished | None) -> None:
        job = partial(put_wishes, self._ctx, dict.fromkeys(keys, wished))
        self._tasks.run(job, self._did, self._failed, owner=self)

    def _did(self, outcome: Outcome) -> None:
        if self.popup is not None:
            self.popup.close_now()
        if outcome.undo is not None:
            self._presenter.done.emit(outcome, "")
        self._presenter.read_board()

    def _failed(self, error: Exception) -> None:
        if self.popup is not None:
            self.popup.refuse(error)
        else:
            self._presenter.failed.emit(error)

    def _forget(self) -> None:
        self.popup = None
