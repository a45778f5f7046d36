"""Escalating a ticket by hand: reads who would be told, asks why, and hands the command on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.tickets.escalating_commands import escalate
from app.services.tickets.escalating_queries import called_now
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.escalate import EscalatePopup
from app.views.tickets.action_popups.meant import Meant, told

Job = Callable[[], Outcome]
Run = Callable[[Job, Callable[[Outcome], None]], None]


class EscalateAsker(QObject):
    """Asks why the supervisor is needed."""

    def __init__(self, ctx: Context, env: PageEnv, page: QWidget, run: Run) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self.popup: EscalatePopup | None = None

    def ask(self, ticket: Meant) -> None:
        """Read who would be told, then ask."""

        def read(called: list[str]) -> None:
            if self.popup is None:
                self.popup = EscalatePopup(self._page.window())
                self.popup.confirmed.connect(self._confirmed)
            self.popup.ask(ticket, called)

        self._env.tasks.run(partial(called_now, self._ctx), read, self._env.shell.failed, owner=self)

    def _confirmed(self) -> None:
        popup = self.popup
        if popup is None or popup.ticket is None or not popup.text:
            return
        popup.close_now()
        ticket = popup.ticket
        job = partial(escalate, self._ctx, ticket.id, version=ticket.version, reason=popup.text)
        self._run(job, partial(self._tell, ticket))

    def _tell(self, ticket: Meant, _outcome: Outcome) -> None:
        # Nothing to take back: who was told was told. So the toast says it without an undo.
        self._env.shell.say(_("Escalated {ticket} to the duty supervisor").format(ticket=told([ticket])))
