"""What the reading pane shows of the current ticket, and what is written from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.errors import FirstlineError
from app.models.entities.events import CatalogueChanged, PeopleChanged, SettingsChanged
from app.models.entities.ids import TicketId
from app.models.entities.people import Person
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import Channel
from app.services.audit.reading import note_opened
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.knowledge import queries as knowledge_queries
from app.services.knowledge.queries import ArticleHit
from app.services.tickets import note_commands, page_queries, queries
from app.services.tickets.page_queries import DeskTerms, TicketSurroundings
from app.views.base.i18n import _
from app.views.base.lanes import Running
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.tickets.detail_names import Names
from app.views.tickets.reading_drafts import PaneDrafts, Unsent, Writing

# While somebody runs through the list, nothing is read for tickets passed over.
_PAUSE = 80
# Looking for articles costs as much as all the rest: only for a ticket somebody stays with.
_STAY = 600
_ANSWERING = (Channel.EMAIL, Channel.PHONE, Channel.VISIT, Channel.WEB, Channel.VIDEO, Channel.FAX)


@dataclass(frozen=True)
class Reading:
    """One ticket as the pane shows it. `requester` and `article` follow a moment later."""

    detail: TicketDetail
    names: Names
    now: datetime
    requester: Person | None = None
    article: ArticleHit | None = None


class ReadingPresenter(QObject):
    """State of the pane. Owns no widgets."""

    shown = Signal(object)  # Reading
    emptied = Signal()
    unreadable = Signal(object)  # FirstlineError
    draft_found = Signal(object)  # Unsent: typed for this ticket some time ago
    sent = Signal()  # what was written is saved: the composer is empty again

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._ticket_id: TicketId | None = None
        self._terms: DeskTerms | None = None
        self._jobs: list[Running] = []
        self._drafts = PaneDrafts(ctx, env, self)
        self._drafts.found.connect(self._tell_draft)
        self.reading: Reading | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(_STAY)
        self._stay.timeout.connect(self._stayed)
        for kind in (PeopleChanged, CatalogueChanged, SettingsChanged):
            env.bridge.listen(kind, self, lambda _event: self._forget_terms())

    @property
    def ticket_id(self) -> TicketId | None:
        """Which ticket is shown or on its way."""
        return self._ticket_id

    def show(self, ticket_id: int | None) -> None:
        """Show another ticket after a short pause; None shows nothing."""
        if ticket_id == self._ticket_id:
            return
        self._drop()
        self._ticket_id = None if ticket_id is None else TicketId(ticket_id)
        self.reading = None
        if ticket_id is None:
            self._pause.stop()
            self.emptied.emit()
        else:
            self._pause.start()

    def refresh(self) -> None:
        """Read the ticket again, now."""
        if self._ticket_id is None:
            return
        self._drop()
        if self._terms is None:
            self._run(partial(page_queries.desk_terms, self._ctx), self._keep_terms)
        else:
            self._read()

    def tick(self) -> None:
        """Show the times of now without reading anything."""
        if self.reading is not None:
            self._show(replace(self.reading, now=self._ctx.clock.now()))

    # -- writing -------------------------------------------------------------------------------------

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Through which channels one can answer; the one the ticket came by stands first."""
        came_by = self.reading.detail.ticket.channel if self.reading is not None else Channel.EMAIL
        first = (came_by,) if came_by in _ANSWERING else ()
        return (*first, *(channel for channel in _ANSWERING if channel not in first))

    def typed(self, unsent: Unsent) -> None:
        """Hear what stands in the composer, so that moving through the list loses nothing."""
        self._drafts.typed(unsent)

    def begin_writing(self) -> None:
        """Look for what was typed for the ticket shown; `draft_found` tells."""
        if self.reading is not None:
            ticket = self.reading.detail.ticket
            title = f"{self.reading.names.number(ticket.number)} {ticket.subject}"
            self._drafts.find(ticket.id, title, ticket.version)

    def keep_drafts(self) -> None:
        """Write what is typed to the disk now, and read no ticket that was only passed over."""
        self._pause.stop()
        self._stay.stop()
        self._drafts.flush()

    def send(self, unsent: Unsent, channel: Channel) -> None:
        """Save a note or a reply; a solution is asked for by the popup, with the rest it needs."""
        if self._ticket_id is None or not unsent.text.strip():
            return
        if unsent.writing is Writing.REPLY:
            job = partial(note_commands.add_reply, self._ctx, self._ticket_id, unsent.text, channel=channel)
            said = _("Reply recorded")
        else:
            job = partial(note_commands.add_note, self._ctx, self._ticket_id, unsent.text)
            said = _("Note added")
        sent_for = self._ticket_id

        def saved(outcome: Outcome) -> None:
            self._env.shell.did(outcome, said)
            self.forget_draft(sent_for)

        self._env.tasks.run(job, saved, self._env.shell.failed, owner=self)

    def forget_draft(self, ticket_id: TicketId) -> None:
        """The text is saved for good: nothing stays in the composer of that ticket."""
        self._drafts.forget(ticket_id)
        if ticket_id == self._ticket_id:
            self.sent.emit()
            self.refresh()

    def _tell_draft(self, ticket_id: int, unsent: Unsent) -> None:
        if ticket_id == self._ticket_id:
            self.draft_found.emit(unsent)

    # -- inside --------------------------------------------------------------------------------------

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None], *, lane: Lane = Lane.SCREEN) -> None:
        self._jobs.append(self._env.tasks.run(job, done, self._failed, lane=lane, owner=self))

    def _drop(self) -> None:
        self._stay.stop()
        for job in self._jobs:
            job.cancel()  # what has not begun never begins
            job.drop()
        self._jobs = []

    def _keep_terms(self, terms: DeskTerms) -> None:
        self._terms = terms
        self._read()

    def _forget_terms(self) -> None:
        self._terms = None

    def _read(self) -> None:
        if self._ticket_id is not None:
            self._run(partial(queries.ticket_detail, self._ctx, self._ticket_id), self._keep)

    def _keep(self, detail: TicketDetail) -> None:
        terms = self._terms
        if terms is None or detail.ticket.id != self._ticket_id:
            return
        names = Names(terms, self._env.format, detail.names)
        before = self.reading
        is_same = before is not None and before.detail.ticket.id == detail.ticket.id
        requester = before.requester if is_same and before is not None else None
        article = before.article if is_same and before is not None else None
        self._show(Reading(detail, names, self._ctx.clock.now(), requester, article))
        around = partial(page_queries.ticket_surroundings, self._ctx, detail.ticket.id)
        self._run(around, self._surround, lane=Lane.LONG)
        if not is_same:
            self._stay.start()

    def _stayed(self) -> None:
        """Somebody reads this ticket instead of passing over it."""
        if self.reading is not None:
            job = partial(note_opened, self._ctx, self.reading.detail.ticket.id)
            self._env.tasks.run(job, lane=Lane.LONG)
        if self._ctx.actor.may("knowledge.read"):
            self._find_article()

    def _find_article(self) -> None:
        if self.reading is not None:
            ticket = self.reading.detail.ticket
            text = f"{ticket.subject} {ticket.description}"
            job = partial(
                knowledge_queries.suggested_articles,
                self._ctx,
                text,
                category_id=ticket.category_id,
                limit=1,
            )
            self._run(job, self._suggest, lane=Lane.LONG)

    def _surround(self, around: TicketSurroundings) -> None:
        if self.reading is not None:
            names = replace(self.reading.names, articles=around.articles)
            self._show(replace(self.reading, requester=around.requester, names=names))

    def _suggest(self, hits: list[ArticleHit]) -> None:
        if self.reading is not None and hits:
            self._show(replace(self.reading, article=hits[0]))

    def _show(self, reading: Reading) -> None:
        self.reading = reading
        self.shown.emit(reading)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            self.unreadable.emit(error)
        self._env.shell.failed(error)
