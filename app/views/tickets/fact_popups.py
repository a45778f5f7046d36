"""Popups around promised times: the service works again, what the user is told, handing on early."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services.tickets.facts import is_after_due
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Field
from app.views.base.widgets.moment_line import MomentLine
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.detail_state import TicketState
from app.views.tickets.fact_words import forecast_words

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class MomentPopup(ActionPopup):
    """Asks for one time. Enter takes it; `taken_back` asks to forget the one that stands."""

    taken_back = Signal()

    def __init__(
        self,
        window: QWidget,
        fmt: Format,
        now: Callable[[], datetime],
        *,
        action: str,
        label: str,
        forget: str,
        is_ahead: bool,
    ) -> None:
        super().__init__(window, action)
        self.state: TicketState | None = None
        self._now = now
        self.line = MomentLine(fmt, now, is_ahead=is_ahead)
        self.field = Field(label, self.line)
        self.notice = Notice("", tone="info")
        self.forget = Button(forget)
        self.content.addWidget(self.field)
        self.content.addWidget(self.notice)
        self.buttons.insertWidget(0, self.forget)
        self.line.refused.connect(self._show_refusal)
        self.line.textChanged.connect(lambda _text: self.follow())
        self.forget.clicked.connect(self._forget)

    def begin(self, state: TicketState, value: datetime | None, *, has_one: bool) -> None:
        """Show the popup on a time to start from."""
        self.state = state
        self.forget.setVisible(has_one)
        self.line.show_value(value)
        self.notice.hide()
        self.follow()
        self.open_on(self.line)
        self.line.selectAll()

    def follow(self) -> None:
        """Let the button wait for a time that can be read."""
        is_time = self.line.is_readable and self.line.value is not None
        self.act.wait_for("" if is_time else _("Type a time first."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in _ENTER and not self.forget.hasFocus() and not self.cancel.hasFocus():
            self.line.settle()
            if self.act.isEnabled() and not self.field.error:
                self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _show_refusal(self, text: str) -> None:
        self.field.set_error(text)
        self.fit()

    def _forget(self) -> None:
        self.close_now()
        self.taken_back.emit()


class RestorePopup(MomentPopup):
    """Since when the service works again: now, or a time that has passed."""

    def __init__(self, window: QWidget, fmt: Format, now: Callable[[], datetime]) -> None:
        super().__init__(
            window,
            fmt,
            now,
            action=_("It works again"),
            label=_("Works again since"),
            forget=_("It does not work yet"),
            is_ahead=False,
        )
        self.setObjectName("restore_popup")

    def ask(self, state: TicketState) -> None:
        """Ask for this ticket; the cause may still be looked for."""
        title = _("The service of {number} works again").format(number=state.number)
        self.say(title, _("The ticket stays open until the cause is put right."))
        known = state.ticket.restored_at
        self.begin(state, known or state.ticket.resolved_at or self._now(), has_one=known is not None)


class TellPopup(MomentPopup):
    """By when the user is told it will be solved: what the SLA promises, or another time."""

    def __init__(self, window: QWidget, fmt: Format, now: Callable[[], datetime]) -> None:
        super().__init__(
            window,
            fmt,
            now,
            action=_("Told"),
            label=_("Solved by"),
            forget=_("It no longer holds"),
            is_ahead=True,
        )
        self.setObjectName("tell_popup")
        self.is_late_agreed = False

    def ask(self, state: TicketState) -> None:
        """Offer what the SLA promises, as long as that lies ahead."""
        ticket, fmt, now = state.ticket, state.format, self._now()
        due = ticket.resolution_due_at
        is_ahead = due is not None and due > now
        self.is_late_agreed = False
        if due is not None and is_ahead:
            note = _("Tell them: solved by {time}").format(time=fmt.when(due, now))
        elif due is not None:
            note = _("The SLA’s time, {time}, is over.").format(time=fmt.when(due, now))
        else:
            note = _("The SLA promises no time for this ticket.")
        self.say(_("What the user of {number} is told").format(number=state.number), note)
        told = ticket.promised_at
        self.begin(state, told or (due if is_ahead else None), has_one=told is not None)

    def follow(self) -> None:
        super().follow()
        state, at = self.state, self.line.value
        self.is_late_agreed = False
        if state is None:
            return
        is_time = self.line.is_readable and at is not None
        is_past = is_time and at is not None and at <= self._now()
        if is_past:
            self.act.wait_for(_("Type a time ahead."))
        is_late = is_time and at is not None and is_after_due(state.ticket, at) and not is_past
        self.act.say(_("Tell it all the same") if is_late else _("Told"))
        due = state.ticket.resolution_due_at
        if is_late and due is not None and at is not None:
            said = _(
                "{time} is later than the SLA promises ({due}). Do you mean it? Enter tells it all the same."
            )
            now = self._now()
            words = {"time": state.format.when(at, now), "due": state.format.when(due, now)}
            self.notice.say(said.format_map(words), tone="warn")
            self.is_late_agreed = True
        elif state.around.outlook.forecast is not None:
            forecast = state.around.outlook.forecast
            tone = "warn" if forecast.is_late else "info"
            self.notice.say(forecast_words(forecast, state.format, self._now()), tone=tone)
        self.notice.setVisible(is_late or state.around.outlook.forecast is not None)
        self.fit()


class EarlyPopup(ActionPopup):
    """Whether the ticket will be in time, and who takes it if it is handed on early. Enter hands it on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Hand on"))
        self.setObjectName("early_popup")
        self.notice = Notice("", tone="warn", icon="clock-alert")
        self.content.addWidget(self.notice)

    def ask(self, state: TicketState) -> None:
        """Show what is expected of this ticket."""
        outlook, names = state.around.outlook, state.names
        team = names.team(outlook.next_team_id)
        self.say(_("{number} cannot be in time").format(number=state.number), state.ticket.subject)
        if outlook.forecast is None:
            self.notice.say(_("Nobody knows how long this takes; only you can tell."), tone="info")
        else:
            said = forecast_words(outlook.forecast, state.format, state.detail.read_at)
            self.notice.say(said, tone="warn" if outlook.forecast.is_late else "info")
        self.act.say(_("Send to {team}").format(team=team) if team else _("Hand on"), "arrow-right")
        lacking = _("The category names no team of a next line.")
        if state.ticket.category_id is None:
            lacking = _("Choose a category first.")
        self.act.wait_for("" if team else lacking)
        self.open_on(self.act if team else self.cancel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.act.isEnabled() and not self.cancel.hasFocus():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
