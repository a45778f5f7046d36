"""What a person does about promised times from the list: the ticket's popups, without opening its page.

The popups ask what only a page reads (surroundings, forecast), so the ticket is read first, then asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.errors import NotFound
from app.services.base.context import Context
from app.views.base.actions import Action
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.fact_asker import EARLY_KEY, RESTORE_KEY, TELL_KEY, FactAsker


class ListFacts(QObject):
    """One ticket at a time; `meant` tells which."""

    def __init__(
        self, ctx: Context, env: PageEnv, page: QWidget, meant: Callable[[], Sequence[Meant]]
    ) -> None:
        super().__init__(page)
        self._env = env
        self._meant = meant
        self._presenter = TicketPresenter(ctx, env, self)
        self.asker = FactAsker(self._presenter, page)
        self._waiting: tuple[Callable[[], str], Callable[[], None]] | None = None
        self._presenter.shown.connect(lambda _state: self._go_on())
        self._presenter.unreadable.connect(self._fail)

    def actions(self) -> tuple[Action, ...]:
        """Return what the list offers about promised times."""
        asker = self.asker
        return (
            Action(
                "tickets.restore",
                N_("Service works again…"),
                lambda: self._ask(asker.blocked_restoring, asker.restore),
                "plug",
                RESTORE_KEY,
                "tickets.work",
                self.not_one,
            ),
            Action(
                "tickets.tell",
                N_("Tell the user a time…"),
                lambda: self._ask(asker.blocked_telling, asker.tell),
                "megaphone",
                TELL_KEY,
                "tickets.note",
                self.not_one,
            ),
            Action(
                "tickets.early",
                N_("Cannot be in time…"),
                lambda: self._ask(asker.blocked_handing_on, asker.cannot_be_in_time),
                "clock-alert",
                EARLY_KEY,
                "tickets.assign",
                self.not_one,
            ),
        )

    def not_one(self) -> str:
        """Return why nothing can be asked now, or "": a time is told of one ticket."""
        meant = self._meant()
        if not meant:
            return _("Choose a ticket first.")
        return "" if len(meant) == 1 else _("Choose one ticket only.")

    def _ask(self, blocked: Callable[[], str], ask: Callable[[], None]) -> None:
        """Read the ticket anew, then ask; somebody may have changed it since the list was read."""
        if self.not_one():
            return
        self._waiting = (blocked, ask)
        self._presenter.open(self._meant()[0].id)
        self._presenter.refresh()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return  # read again after something was done
        blocked, ask = waiting
        if reason := blocked():
            self._env.shell.say(reason, tone="info")
        else:
            ask()

    def _fail(self, error: Exception) -> None:
        self._waiting = None
        if isinstance(error, NotFound) or self._presenter.state is None:
            self._env.shell.failed(error)
