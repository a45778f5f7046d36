"""The popups of one ticket's page: why a clock stands so, confirm and close, the description, a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Attachment
from app.services.base.undo import Outcome
from app.views.base.widgets.popups import Popup
from app.views.tickets.composer_presenter import ComposerPresenter
from app.views.tickets.detail_popups import ConfirmPopup, DescriptionPopup, FilePopup
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.detail_state import TicketState
from app.views.tickets.explain_panel import ExplainPopup


def show_with_system(path: Path) -> None:
    """Show a file with the viewer the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class TicketPopups(QObject):
    """Opens each popup over the page's window; they are made when first needed and go with the page."""

    def __init__(self, presenter: TicketPresenter, writing: ComposerPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._writing = writing
        self._page = page
        self.open_file: Callable[[Path], None] = show_with_system
        self.why: ExplainPopup | None = None
        self.confirmation: ConfirmPopup | None = None
        self.description: DescriptionPopup | None = None
        self.file: FilePopup | None = None

    def explain(self, kind: ClockKind) -> None:
        """Say why a clock shows what it shows."""
        state = self._presenter.state
        if state is None or kind not in state.around.reasons:
            return
        if self.why is None:
            self.why = ExplainPopup(self._page.window())
            self._keep(self.why)
        self.why.explain(state.names.word(kind), state.around.reasons[kind], state.names)
        self._presenter.suppose(partial(self.why.offer, kind))

    def confirm(self, state: TicketState) -> None:
        """Ask how the requester confirmed, then close."""
        if self.confirmation is None:
            self.confirmation = ConfirmPopup(self._page.window())
            self.confirmation.confirmed.connect(self._confirmed)
            self._keep(self.confirmation)
        self.confirmation.ask(state)

    def edit_description(self) -> None:
        """Let the person change the description."""
        if self._presenter.state is None:
            return
        if self.description is None:
            self.description = DescriptionPopup(self._page.window())
            self.description.confirmed.connect(self._description_given)
            self._keep(self.description)
        self.description.ask(self._presenter.state)

    def ask_about_file(self, file: Attachment) -> None:
        """Ask whether to look at a file or save it."""
        if self._presenter.state is None:
            return
        if self.file is None:
            self.file = FilePopup(self._page.window())
            self.file.confirmed.connect(partial(self._with_file, self._writing.save))
            self.file.view_asked.connect(partial(self._with_file, self._view))
            self._keep(self.file)
        self.file.ask(file, self._presenter.state)

    def _keep(self, popup: Popup) -> None:
        self._page.destroyed.connect(popup.deleteLater)

    def _confirmed(self) -> None:
        if self.confirmation is not None:
            self.confirmation.close_now()
            self._presenter.confirm(self.confirmation.chosen, self.confirmation.text)

    def _description_given(self) -> None:
        popup = self.description
        if popup is None or popup.state is None:
            return
        ticket, text = popup.state.ticket, popup.text.toPlainText()
        if text == ticket.description:
            popup.close_now()
            return

        def saved(_outcome: Outcome) -> None:
            popup.close_now()

        base = {"description": ticket.description}
        self._presenter.edit({"description": text}, base, ticket.version, saved)

    def _with_file(self, act: Callable[[Attachment], None]) -> None:
        if self.file is not None and self.file.file is not None:
            self.file.close_now()
            act(self.file.file)

    def _view(self, file: Attachment) -> None:
        self._writing.view(file, self.open_file)
