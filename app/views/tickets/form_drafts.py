"""The drafts of new tickets: the one being typed, those parked while another call came, those of a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.services.base.clock import Clock
from app.services.base.drafts import Draft, DraftFiles, DraftKey
from app.views.base.drafts import DraftKeeper
from app.views.base.tasks import Lane, Tasks
from app.views.tickets.draft_words import FORM, NUMBER, OPENED_AT, PARKED
from app.views.tickets.form_state import CallForm


class DraftShelf(QObject):
    """Keeps what is typed under an id of its own; any number of other drafts wait beside it."""

    listed = Signal(object)  # list[Draft], the newest first, without the one in the form
    kept = Signal(object)  # Draft: written just now
    failed = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        form: CallForm,
        *,
        files: DraftFiles,
        tasks: Tasks,
        clock: Clock,
        user: str,
        epoch: str,
        title: Callable[[], str],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._form = form
        self._files = files
        self._tasks = tasks
        self._clock = clock
        self._key = DraftKey(user, epoch, FORM)
        self._title = title
        self._keeper: DraftKeeper | None = None
        self._current_id = ""
        self.drafts: list[Draft] = []
        self._highest = 0

    @property
    def number(self) -> int:
        """The number of the draft in the form: "draft 3"."""
        return int(self._form.facts.get(NUMBER, 0))

    @property
    def current_id(self) -> str:
        """The id of the draft in the form, "" before it was first written."""
        return self._current_id

    def begin(self, opened_at: datetime) -> None:
        """Start keeping an empty form."""
        self._renew_keeper()
        self._form.facts = {OPENED_AT: opened_at.isoformat(), NUMBER: self._highest + 1}

    def resume(self, draft: Draft) -> datetime:
        """Put a draft into the empty form and go on keeping it; return when it was opened."""
        self._renew_keeper()
        opened_at = _opened_at(draft)
        number = draft.values.get(NUMBER)
        self._form.facts = {
            OPENED_AT: opened_at.isoformat(),
            NUMBER: number if isinstance(number, int) else 0,
        }
        self._current_id = draft.id
        if self._keeper is not None:
            self._keeper.restore(draft)
        self._list([each for each in self.drafts if each.id != draft.id])
        return opened_at

    def save_now(self) -> None:
        """Write what is typed at once."""
        if self._keeper is not None:
            self._keeper.save_now()

    def park(self) -> None:
        """Put what is typed aside; the form may then be emptied."""
        self._form.facts = {**self._form.facts, PARKED: True}
        self.save_now()
        self._highest = max(self._highest, self.number)
        self._renew_keeper()
        self.load()

    def forget(self) -> None:
        """Delete the draft in the form: it is saved, or not wanted."""
        if self._keeper is not None:
            self._keeper.forget()
        self._current_id = ""

    def discard(self, draft: Draft) -> None:
        """Delete a draft that is not in the form."""
        self._tasks.run(partial(self._files.delete, draft.id), lane=Lane.FILES)
        self._list([each for each in self.drafts if each.id != draft.id])

    def add(self, draft: Draft) -> None:
        """Keep a draft that came back from somewhere else."""
        self._tasks.run(
            partial(self._files.save, draft),
            lambda _: self.load(),
            self.failed.emit,
            lane=Lane.FILES,
            owner=self,
        )

    def keep_aside(self, draft_id: str, title: str, values: dict[str, object]) -> None:
        """Keep a submission that was refused later as a draft again."""
        self.add(Draft(draft_id, self._key, 0, self._clock.now(), title, values))

    def load(self) -> None:
        """Read which drafts there are."""
        job = partial(self._files.offers, self._key.user, self._key.epoch)
        self._tasks.run(job, self._on_read, lane=Lane.FILES, owner=self)

    def _on_read(self, offers: list[Draft]) -> None:
        mine = [draft for draft in offers if draft.key.form == FORM]
        numbers = [number for draft in mine if isinstance(number := draft.values.get(NUMBER), int)]
        self._highest = max([self._highest, *numbers])
        if not self._current_id and self.number <= self._highest:
            self._form.facts[NUMBER] = self._highest + 1
        self._list([draft for draft in mine if draft.id != self._current_id])

    def _list(self, drafts: list[Draft]) -> None:
        self.drafts = drafts
        self.listed.emit(drafts)

    def _renew_keeper(self) -> None:
        old = self._keeper
        if old is not None:
            delete(old)  # at once: the next key belongs to another draft
        self._current_id = ""
        self._keeper = DraftKeeper(
            self._screen,
            self._form,
            files=self._files,
            tasks=self._tasks,
            clock=self._clock,
            key=self._key,
            title=self._title,
        )
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self.failed)

    def _on_saved(self, draft: Draft) -> None:
        self._current_id = draft.id
        self._highest = max(self._highest, self.number)
        self.kept.emit(draft)


def _opened_at(draft: Draft) -> datetime:
    try:
        opened_at = datetime.fromisoformat(str(draft.values[OPENED_AT]))
    except (KeyError, ValueError):
        return draft.saved_at
    return opened_at if opened_at.tzinfo is not None else draft.saved_at
