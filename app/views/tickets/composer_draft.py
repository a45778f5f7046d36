"""The draft of one ticket's composer: found when the ticket is opened, kept while one types."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.base.drafts import Draft
from app.views.base.drafts import DraftKeeper
from app.views.base.forms import Form
from app.views.base.i18n import _
from app.views.tickets.composer_presenter import ComposerPresenter
from app.views.tickets.detail_state import TicketState


class ComposerDraft(QObject):
    """Keeps the form for this ticket until another one takes the composer over."""

    restored = Signal()  # a draft stands in the form
    told = Signal(str)  # what to say about it, for the foot of the composer

    def __init__(
        self, composer: QWidget, form: Form, presenter: ComposerPresenter, state: TicketState
    ) -> None:
        super().__init__(composer)
        self._form = form
        self._presenter = presenter
        self._key = presenter.draft_key(state.ticket.id)
        env = presenter.env
        self._is_over = False
        self._keeper = DraftKeeper(
            composer,
            form,
            files=env.drafts,
            tasks=env.tasks,
            clock=presenter.ctx.clock,
            key=self._key,
            base_version=state.ticket.version,
            title=lambda: f"{state.number} {state.ticket.subject}",
        )
        self._keeper.saved.connect(self._tell_saved)
        self._keeper.failed.connect(env.shell.failed)

    def look_for(self) -> None:
        """Look whether something was typed here before, and put it back."""
        self._presenter.find_draft(self._key, self._restore)

    def save_now(self) -> None:
        """Write what is typed to the disk now."""
        if not self._is_over:
            self._keeper.save_now()

    def forget(self) -> None:
        """Delete the draft: its text is saved for good."""
        self._keeper.forget()

    def end(self) -> None:
        """Save for the last time: the composer turns to another ticket."""
        self.save_now()
        self._is_over = True
        self._keeper.deleteLater()
        self.deleteLater()

    def _restore(self, draft: Draft) -> None:
        # What is being typed already goes before what was typed some time ago.
        if self._is_over or self._form.is_dirty:
            return
        self._keeper.restore(draft)
        self.restored.emit()
        when = self._presenter.env.format.when(draft.saved_at, self._presenter.ctx.clock.now())
        self.told.emit(_("Your draft of {time} is back").format(time=when))

    def _tell_saved(self, draft: Draft) -> None:
        if not self._is_over:
            time = self._presenter.env.format.clock(draft.saved_at)
            self.told.emit(_("Draft kept {time}").format(time=time))
