"""Popups of the ticket page alone: confirm and close, change the description, open or save a file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.models.entities.tickets import Attachment, Channel
from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import set_tip
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.attachment_files import VIEWED, ending_of
from app.views.tickets.detail_state import TicketState

_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.VISIT, Channel.WEB, Channel.VIDEO, Channel.INTERNAL)
_TEXT_HEIGHT = 220


class ConfirmPopup(ActionPopup):
    """How the requester confirmed that it is solved, and what they said."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Confirm and close"))
        self.setObjectName("confirm_popup")
        self.channel = Choose()
        self.remark = QLineEdit()
        self.content.addWidget(Field(_("Confirmed how"), self.channel))
        self.content.addWidget(Field(_("What they said"), self.remark, hint=_("may be empty")))

    def ask(self, state: TicketState) -> None:
        """Ask for this ticket."""
        title = _("The requester confirms that {number} is solved").format(number=state.number)
        self.say(title, state.ticket.subject)
        self.channel.clear()
        for channel in _CHANNELS:
            self.channel.addItem(state.names.word(channel), str(channel))
        self.remark.clear()
        self.open_on(self.channel)

    @property
    def chosen(self) -> Channel:
        """Through which channel."""
        return Channel(str(self.channel.currentData()))

    @property
    def text(self) -> str:
        """What was said."""
        return self.remark.text().strip()


class DescriptionPopup(ActionPopup):
    """The description, to be changed. It keeps the ticket as it was when the person began."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Save"), width=600)
        self.setObjectName("description_popup")
        self.state: TicketState | None = None
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.content.addWidget(Field(_("Description"), self.text))

    def ask(self, state: TicketState) -> None:
        """Show this ticket's description."""
        self.state = state
        self.say(_("Description of {number}").format(number=state.number), state.ticket.subject)
        self.text.setPlainText(state.ticket.description)
        self.open_on(self.text)


class FilePopup(ActionPopup):
    """What to do with a file: look at it where that is harmless, or save it."""

    view_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Save as…"))
        self.setObjectName("file_popup")
        self.file: Attachment | None = None
        self.view = Button(_("Open"), icon="external-link")
        self.buttons.insertWidget(2, self.view)
        self.view.clicked.connect(self.view_asked)

    def ask(self, file: Attachment, state: TicketState) -> None:
        """Ask for this file."""
        self.file = file
        told = (
            state.format.file_size(file.size),
            state.names.actor(file.added_by),
            state.format.exact(file.added_at),
        )
        self.say(file.name, " · ".join(told))
        is_harmless = ending_of(file.name) in VIEWED
        why = _("Files of this kind are only saved, never opened from here.")
        self.view.wait_for("" if is_harmless else why)
        if is_harmless:
            set_tip(self.view, _("Look at a copy"))
        self.open_on(self.view if is_harmless else self.act)
