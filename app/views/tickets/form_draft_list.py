"""The drafts that wait beside the form, as the page shows them: an offer after a crash, and a menu of all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from app.services.base.clock import Clock
from app.services.base.drafts import Draft
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.widgets.labels import no_key
from app.views.tickets.draft_words import PARKED, draft_words
from app.views.tickets.form_drafts import DraftShelf
from app.views.tickets.form_view import NewTicketView


class DraftList(QObject):
    """Follows the shelf. A draft that was wanted by its id is taken as soon as it is found."""

    resumed = Signal(object)  # Draft

    def __init__(self, view: NewTicketView, shelf: DraftShelf, fmt: Format, clock: Clock) -> None:
        super().__init__(view)
        self._view = view
        self._shelf = shelf
        self._format = fmt
        self._clock = clock
        self._wanted = ""
        shelf.listed.connect(self._show)
        shelf.kept.connect(self._show_kept)
        view.header.drafts.clicked.connect(self._open_menu)

    def resume_named(self, draft_id: str) -> None:
        """Go on with a draft known by its id."""
        self._wanted = draft_id
        self._shelf.load()

    def _show(self, drafts: list[Draft]) -> None:
        wanted = next((draft for draft in drafts if draft.id == self._wanted), None)
        self._wanted = ""
        if wanted is not None:
            self.resumed.emit(wanted)
            return
        header = self._view.header
        header.drafts.setVisible(bool(drafts))
        header.drafts.say(_("Drafts {count}").format(count=len(drafts)))
        left_over = next((draft for draft in drafts if not draft.values.get(PARKED)), None)
        sentence = ""
        if left_over is not None:
            at = self._format.when(left_over.saved_at, self._clock.now())
            sentence = _("Unsaved text of {time}").format(time=at)
        self._view.show_offer(left_over, sentence)

    def _open_menu(self) -> None:
        menu = QMenu(self._view)
        for draft in self._shelf.drafts:
            words = draft_words(draft, self._format, self._clock.now())
            menu.addAction(no_key(words), partial(self.resumed.emit, draft))
        button = self._view.header.drafts
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_kept(self, draft: Draft) -> None:
        at = self._format.clock(draft.saved_at)
        words = _("Draft {number} kept {time}").format(number=self._shelf.number, time=at)
        self._view.header.draft.setText(words)
