"""What a person does about promised times on a ticket's page: opens the popup, runs the command."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.tickets import OPEN_STATUSES
from app.services.tickets.fact_commands import forget_restored, restore_service, tell_promise
from app.services.tickets.facts import can_be_restored
from app.services.tickets.line_commands import send_to_next_line
from app.views.base.actions import Action
from app.views.base.i18n import N_, _
from app.views.base.widgets.popups import Popup
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.fact_popups import EarlyPopup, RestorePopup, TellPopup

RESTORE_KEY, TELL_KEY, EARLY_KEY, NEXT_LINE_KEY = "Y", "I", "L", "D"  # yes, inform, late, dispatch


class FactAsker(QObject):
    """Popups are made when they are first needed and go with the page."""

    def __init__(self, presenter: TicketPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._page = page
        self.restoring: RestorePopup | None = None
        self.telling: TellPopup | None = None
        self.early: EarlyPopup | None = None

    def actions(self) -> tuple[Action, ...]:
        """Return what the page offers about promised times."""
        return (
            Action(
                "ticket.restore",
                N_("Service works again…"),
                self.restore,
                "plug",
                RESTORE_KEY,
                "tickets.work",
                self.blocked_restoring,
            ),
            Action(
                "ticket.tell",
                N_("Tell the user a time…"),
                self.tell,
                "megaphone",
                TELL_KEY,
                "tickets.note",
                self.blocked_telling,
            ),
            Action(
                "ticket.next_line",
                N_("To the next line"),
                self.send_on,
                "arrow-right",
                NEXT_LINE_KEY,
                "tickets.assign",
                self.blocked_handing_on,
            ),
            Action(
                "ticket.early",
                N_("Cannot be in time…"),
                self.cannot_be_in_time,
                "clock-alert",
                EARLY_KEY,
                "tickets.assign",
                self.blocked_handing_on,
            ),
        )

    # -- what is possible ----------------------------------------------------------------------------

    def blocked_restoring(self) -> str:
        """Return why the service cannot be said to work again, or ""."""
        state = self._presenter.state
        if state is None:
            return _("Choose a ticket first.")
        if not can_be_restored(state.ticket):
            return _("Only incidents and monitoring events have a service to restore.")
        return ""

    def blocked_telling(self) -> str:
        """Return why nothing can be promised to the user now, or ""."""
        return self._not_open(_("Only of an open ticket can a time be told."))

    def blocked_handing_on(self) -> str:
        """Return why the ticket cannot be handed to the next line, or ""."""
        return self._not_open(_("Only an open ticket can be handed on."))

    # -- asking --------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Ask since when the service works again."""
        state = self._presenter.state
        if state is None or self.blocked_restoring():
            return
        if self.restoring is None:
            env = self._presenter.env
            self.restoring = RestorePopup(self._page.window(), env.format, self._presenter.ctx.clock.now)
            self.restoring.confirmed.connect(self._restored)
            self.restoring.taken_back.connect(lambda: self._presenter.run(forget_restored))
            self._keep(self.restoring)
        self.restoring.ask(state)

    def tell(self) -> None:
        """Ask what the user is told."""
        state = self._presenter.state
        if state is None or self.blocked_telling():
            return
        if self.telling is None:
            env = self._presenter.env
            self.telling = TellPopup(self._page.window(), env.format, self._presenter.ctx.clock.now)
            self.telling.confirmed.connect(self._told)
            self.telling.taken_back.connect(lambda: self._presenter.run(partial(tell_promise, at=None)))
            self._keep(self.telling)
        self.telling.ask(state)

    def cannot_be_in_time(self) -> None:
        """Show what is expected, and offer the next line."""
        state = self._presenter.state
        if state is None or self.blocked_handing_on():
            return
        if self.early is None:
            self.early = EarlyPopup(self._page.window())
            self.early.confirmed.connect(self._sent_early)
            self._keep(self.early)
        self.early.ask(state)

    def send_on(self) -> None:
        """Hand the ticket to its category's next line at once; the toast offers to take it back."""
        if not self.blocked_handing_on():
            self._presenter.run(send_to_next_line)

    # -- inside --------------------------------------------------------------------------------------

    def _restored(self) -> None:
        if self.restoring is not None and self.restoring.line.value is not None:
            popup = self.restoring
            popup.close_now()
            self._presenter.run(partial(restore_service, at=popup.line.value))

    def _told(self) -> None:
        popup = self.telling
        if popup is not None and popup.line.value is not None:
            popup.close_now()
            self._presenter.run(
                partial(tell_promise, at=popup.line.value, is_late_agreed=popup.is_late_agreed)
            )

    def _sent_early(self) -> None:
        if self.early is not None:
            self.early.close_now()
            self._presenter.run(partial(send_to_next_line, is_early=True))

    def _not_open(self, reason: str) -> str:
        state = self._presenter.state
        if state is None:
            return _("Choose a ticket first.")
        return "" if state.ticket.status in OPEN_STATUSES else reason

    def _keep(self, popup: Popup) -> None:
        self._page.destroyed.connect(popup.deleteLater)
