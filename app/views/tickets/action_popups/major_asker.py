"""Declaring and withdrawing a major incident: reads who would be told, asks why, hands the command on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.tickets import MAJOR_TYPES, OPEN_STATUSES
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.tickets.escalating_queries import told_of_major_now
from app.services.tickets.major_commands import declare_major, withdraw_major
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.major import MajorPopup
from app.views.tickets.action_popups.meant import Meant

MAJOR_KEY = "M"
MAJOR_RIGHT = "priority.major"

Job = Callable[[], Outcome]
Run = Callable[[Job], None]


class MajorAsker(QObject):
    """Asks why a ticket is a major incident, or why it is none any more."""

    def __init__(self, ctx: Context, env: PageEnv, page: QWidget, run: Run) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self.popup: MajorPopup | None = None

    def blocked_declaring(self, meant: Sequence[Meant]) -> str:
        """Return why these tickets cannot be declared a major incident now, or ""."""
        if reason := self._lacking(meant):
            return reason
        if meant[0].is_major:
            return _("This is a major incident already.")
        if meant[0].type not in MAJOR_TYPES:
            return _("Only an incident or an event of monitoring can be a major incident.")
        return ""

    def blocked_withdrawing(self, meant: Sequence[Meant]) -> str:
        """Return why these tickets cannot be withdrawn as a major incident now, or ""."""
        return self._lacking(meant) or ("" if meant[0].is_major else _("This is no major incident."))

    def declare(self, meant: Sequence[Meant]) -> None:
        """Ask why, and declare the one ticket meant."""
        if not self.blocked_declaring(meant):
            self._ask(meant[0])

    def withdraw(self, meant: Sequence[Meant]) -> None:
        """Ask why, and withdraw the one ticket meant."""
        if not self.blocked_withdrawing(meant):
            self._ask(meant[0])

    def _lacking(self, meant: Sequence[Meant]) -> str:
        if not meant:
            return _("Choose a ticket first.")
        if not self._ctx.actor.may(MAJOR_RIGHT):
            return _("You lack the right to do this.")
        if len(meant) > 1:
            return _("One ticket at a time: each has its own reason.")
        return "" if meant[0].status in OPEN_STATUSES else _("Only an open ticket can be a major incident.")

    def _ask(self, ticket: Meant) -> None:
        def read(called: list[str]) -> None:
            if self.popup is None:
                self.popup = MajorPopup(self._page.window())
                self.popup.confirmed.connect(self._confirmed)
            self.popup.ask(ticket, called)

        job = partial(told_of_major_now, self._ctx, ticket.id)
        self._env.tasks.run(job, read, self._env.shell.failed, owner=self)

    def _confirmed(self) -> None:
        popup = self.popup
        if popup is None or popup.ticket is None or not popup.text:
            return
        popup.close_now()
        ticket = popup.ticket
        command = withdraw_major if ticket.is_major else declare_major
        self._run(partial(command, self._ctx, ticket.id, version=ticket.version, reason=popup.text))
