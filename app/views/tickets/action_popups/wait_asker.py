"""Setting tickets waiting: reads the reasons, asks, and hands the command on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.settings import WaitingReason
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import queries as settings_queries
from app.services.tickets import commands, edit_commands
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.action_popups.waiting import WaitPopup

Job = Callable[[], Outcome]


class WaitAsker(QObject):
    """Asks what tickets wait for."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        page: QWidget,
        run: Callable[[Job], None],
        run_many: Callable[[Sequence[Meant], Job], None],
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self._run_many = run_many
        self.popup: WaitPopup | None = None

    def ask(self, meant: Sequence[Meant]) -> None:
        """Read the reasons in use, then ask."""

        def read(reasons: list[WaitingReason]) -> None:
            if self.popup is None:
                self.popup = WaitPopup(self._page.window())
                self.popup.confirmed.connect(self._confirmed)
            self.popup.ask(meant, reasons)

        job = partial(settings_queries.waiting_reasons, self._ctx)
        self._env.tasks.run(job, read, self._env.shell.failed, owner=self)

    def _confirmed(self) -> None:
        popup = self.popup
        if popup is None or popup.reason_id is None:
            return
        popup.close_now()
        if len(popup.meant) > 1:
            seen = tuple((ticket.id, ticket.version) for ticket in popup.meant)
            many = partial(edit_commands.set_waiting_many, self._ctx, seen, reason_id=popup.reason_id)
            self._run_many(popup.meant, many)
            return
        (ticket,) = popup.meant
        self._run(
            partial(
                commands.set_waiting,
                self._ctx,
                ticket.id,
                version=ticket.version,
                reason_id=popup.reason_id,
                note=popup.text,
            )
        )
