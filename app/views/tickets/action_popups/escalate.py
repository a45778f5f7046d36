"""The popup that calls the supervisor on duty to a ticket: who will be told, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.views.base.i18n import _
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Field
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant, few, told

_TEXT_HEIGHT = 96


class EscalatePopup(ActionPopup):
    """The reason is required: whoever is called reads it before anything else."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Escalate"))
        self.setObjectName("escalate_popup")
        self.ticket: Meant | None = None
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(_TEXT_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self.called = Notice("", tone="info", icon="crown")
        self.content.addWidget(self.called)
        self.content.addWidget(Field(_("Why the supervisor is needed"), self.reason, required=True))
        self.reason.textChanged.connect(self._wait)

    def ask(self, ticket: Meant, called: Sequence[str]) -> None:
        """Ask why; `called` are the names of those who would be told now."""
        self.ticket = ticket
        self.say(_("Escalate {ticket}").format(ticket=told([ticket])), ticket.subject)
        self.called.say(_told_to(called), tone="info" if called else "warn")
        self.reason.clear()
        self._wait()
        self.open_on(self.reason)

    @property
    def text(self) -> str:
        """The reason as typed."""
        return self.reason.toPlainText().strip()

    def _wait(self) -> None:
        self.act.wait_for("" if self.text else _("Say why first."))


def _told_to(called: Sequence[str]) -> str:
    if not called:
        return _("The roster names no supervisor for this hour, and nobody holds that role.")
    said = _("Told at once, whatever the hour: {names}. The ticket stays where it is.")
    return said.format(names=few(called))
