"""The popup that declares a major incident or withdraws one: what follows, who is told, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.views.base.i18n import _
from app.views.base.major_words import MAJOR_ICON
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Field
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant, few, told

_TEXT_HEIGHT = 96


class MajorPopup(ActionPopup):
    """Asks about one ticket: an ordinary one is declared, a major one withdrawn. The reason is required."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Declare"))
        self.setObjectName("major_popup")
        self.ticket: Meant | None = None
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(_TEXT_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self.follows = Notice("", tone="warn", icon=MAJOR_ICON)
        self.content.addWidget(self.follows)
        self.content.addWidget(Field(_("Reason"), self.reason, required=True))
        self.reason.textChanged.connect(self._wait)

    def ask(self, ticket: Meant, called: Sequence[str]) -> None:
        """Ask why; `called` are the names of those who would be told now."""
        self.ticket = ticket
        said = _("Withdraw the major incident {ticket}") if ticket.is_major else _("Major incident: {ticket}")
        self.say(said.format(ticket=told([ticket])), ticket.subject)
        self.act.say(_("Withdraw") if ticket.is_major else _("Declare"))
        self.follows.say(_follows(ticket, called), tone="info" if ticket.is_major else "warn")
        self.reason.clear()
        self._wait()
        self.open_on(self.reason)

    @property
    def text(self) -> str:
        """The reason as typed."""
        return self.reason.toPlainText().strip()

    def _wait(self) -> None:
        self.act.wait_for("" if self.text else _("Say why first."))


def _follows(ticket: Meant, called: Sequence[str]) -> str:
    if ticket.is_major:
        said = _("It gets its former priority back. Told at once, whatever the hour: {names}.")
        alone = _("It gets its former priority back. Nobody else leads here whom the program could tell.")
    else:
        said = _("It becomes P1 until it is withdrawn. Told at once, whatever the hour: {names}.")
        alone = _("It becomes P1 until it is withdrawn. Nobody else leads here whom the program could tell.")
    return said.format(names=few(called)) if called else alone
