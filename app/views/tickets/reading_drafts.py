"""What is typed in the reading pane, kept as the same drafts that the ticket's own page offers again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.ids import TicketId
from app.services.base.context import Context
from app.services.base.drafts import Draft, DraftKey
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

# The name of the form on the ticket's page: a text begun here is found there.
FORM = "tickets.composer"
_SAVE_AFTER = 800


class Writing(StrEnum):
    """What the composer writes."""

    NOTE = "note"
    REPLY = "reply"
    SOLUTION = "solution"


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed for a ticket and not sent yet."""

    text: str = ""
    writing: Writing = Writing.NOTE


@dataclass(slots=True)
class _Kept:
    ticket_id: TicketId
    draft_id: str
    title: str = ""
    version: int = 0
    unsent: Unsent = Unsent()
    is_saved: bool = False


class PaneDrafts(QObject):
    """Saves what is typed 0.8 s after the first unsaved key, and at once when another ticket is shown."""

    found = Signal(int, object)  # ticket id, Unsent: typed here or on the ticket's page some time ago

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._kept: _Kept | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER)
        self._timer.timeout.connect(self.flush)

    def find(self, ticket_id: TicketId, title: str, version: int) -> None:
        """Begin with a ticket: look for what was typed for it before."""
        self.flush()
        self._kept = _Kept(ticket_id, uuid4().hex, title, version)
        key = self._key(ticket_id)

        def offered(drafts: list[Draft]) -> None:
            before = next((draft for draft in drafts if draft.key == key), None)
            if before is not None:
                self._restore(ticket_id, before)

        job = partial(self._env.drafts.offers, key.user, key.epoch)
        self._env.tasks.run(job, offered, self._env.shell.failed, lane=Lane.FILES, owner=self)

    def typed(self, unsent: Unsent) -> None:
        """Hear what stands in the composer now."""
        if self._kept is not None and unsent != self._kept.unsent:
            self._kept.unsent = unsent
            if not self._timer.isActive():
                self._timer.start()

    def flush(self) -> None:
        """Write what is not written yet; an emptied composer has no draft."""
        self._timer.stop()
        kept = self._kept
        if kept is None:
            return
        if kept.unsent.text.strip():
            kept.is_saved = True
            values = {"mode": kept.unsent.writing.value, "text": kept.unsent.text}
            draft = Draft(
                kept.draft_id,
                self._key(kept.ticket_id),
                kept.version,
                self._ctx.clock.now(),
                kept.title,
                values,
            )
            job = partial(self._env.drafts.save, draft)
            self._env.tasks.run(job, None, self._env.shell.failed, lane=Lane.FILES)
        elif kept.is_saved:
            self._delete(kept)

    def forget(self, ticket_id: TicketId) -> None:
        """The text is saved for good."""
        if self._kept is not None and self._kept.ticket_id == ticket_id:
            self._timer.stop()
            self._delete(self._kept)
            self._kept.unsent = Unsent()

    def _restore(self, ticket_id: TicketId, before: Draft) -> None:
        kept = self._kept
        # What is being typed already goes before what was typed some time ago.
        if kept is None or kept.ticket_id != ticket_id or kept.unsent.text:
            return
        mode, text = before.values.get("mode"), before.values.get("text")
        writing = Writing(mode) if mode in set(Writing) else Writing.NOTE
        kept.draft_id, kept.is_saved = before.id, True
        kept.unsent = Unsent(str(text or ""), writing)
        self.found.emit(int(ticket_id), kept.unsent)

    def _delete(self, kept: _Kept) -> None:
        if kept.is_saved:
            kept.is_saved = False
            self._env.tasks.run(partial(self._env.drafts.delete, kept.draft_id), lane=Lane.FILES)

    def _key(self, ticket_id: TicketId) -> DraftKey:
        actor = self._ctx.actor
        user = str(actor.person_id) if actor.person_id is not None else actor.name
        return DraftKey(user, self._env.epoch, FORM, str(int(ticket_id)))
