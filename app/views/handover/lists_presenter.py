"""What the page lists besides the sheet: the book, opportunities, and what everybody must read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.handover import BookEntry, BookPage, BookVerified, MustRead, Opportunity
from app.models.entities.ids import ArticleId, PersonId
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.handover import must_read, opportunity_commands, opportunity_queries, queries
from app.services.handover.book import verify_book
from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

T = TypeVar("T")


class ListsPresenter(QObject):
    """State and deeds of the three lists. Owns no widgets."""

    book_read = Signal(object)  # Sequence[BookEntry]
    opportunities_read = Signal(object)  # Sequence[Opportunity]
    articles_read = Signal(object)  # Sequence[MustRead]
    noted = Signal()
    failed = Signal(object)

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.entries: Sequence[BookEntry] = ()
        self.more_after: int | None = None
        self.opportunities: Sequence[Opportunity] = ()
        self.articles: Sequence[MustRead] = ()
        self.managers: Sequence[tuple[PersonId, str]] = ()
        self.with_ended = False
        self._text = ""
        self._turn = 0

    @property
    def may_note(self) -> bool:
        """Whether this person may note opportunities."""
        return self._ctx.actor.may("opportunities.write")

    @property
    def may_read_articles(self) -> bool:
        """Whether this person may read articles."""
        return self._ctx.actor.may("knowledge.read")

    # --- the book -----------------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """List the handovers in which every word occurs."""
        self._text = text
        self._ask_book(None)

    def more(self) -> None:
        """Read further back in the book."""
        if self.more_after is not None:
            self._ask_book(self.more_after)

    def verify_book(self) -> None:
        """Compute the whole book again and tell whether it is what was signed; nothing is written."""
        job = partial(verify_book, self._ctx)
        self._env.tasks.run(job, self._tell_verified, self.failed.emit, lane=Lane.LONG, owner=self)

    def _tell_verified(self, found: BookVerified) -> None:
        if found.faults:
            numbers = ", ".join(str(number) for number in sorted({fault.number for fault in found.faults}))
            text = _("The book is not what was signed. “handover verify” names what differs in: {numbers}")
            self._env.shell.say(text.format(numbers=numbers), tone="bad")
            return
        text = ngettext(
            "{count} handover computed again: it is what was signed.",
            "{count} handovers computed again: the book is what was signed.",
            found.checked,
        )
        self._env.shell.say(text.format(count=found.checked))

    def refresh_book(self) -> None:
        """Read the book's newest pages again."""
        self._ask_book(None)

    def _ask_book(self, after: int | None) -> None:
        self._turn += 1
        job = partial(queries.book, self._ctx, self._text, after=after)
        self._run(job, partial(self._keep_book, self._turn, after))

    def _keep_book(self, turn: int, after: int | None, page: BookPage) -> None:
        if turn != self._turn:
            return
        self.entries = (*self.entries, *page.entries) if after is not None else page.entries
        self.more_after = page.after
        self.book_read.emit(self.entries)

    # --- opportunities ------------------------------------------------------------------------------

    def refresh_opportunities(self) -> None:
        """Read opportunities again, and whom they can be passed on to."""
        if not self.may_note:
            return
        self._run(partial(opportunity_queries.receivers, self._ctx), self._keep_receivers)

    def show_ended(self, with_ended: bool) -> None:
        """List those too that came to an end."""
        self.with_ended = with_ended
        self.refresh_opportunities()

    def note(self, text: str, ticket_id: int | None) -> None:
        """Note one, from a ticket or by itself."""
        job = partial(opportunity_commands.note_opportunity, self._ctx, text, ticket_id=ticket_id)  # type: ignore[arg-type]

        def done(outcome: Outcome) -> None:
            self.noted.emit()
            self._did(outcome)

        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)

    def forward(self, opportunity: Opportunity, person_id: PersonId) -> None:
        """Pass one on."""
        deed = opportunity_commands.forward_opportunity
        self._do(partial(deed, self._ctx, opportunity.id, person_id, version=opportunity.version))

    def end(self, opportunity: Opportunity, outcome: str, *, is_won: bool) -> None:
        """Write down what became of one."""
        deed = opportunity_commands.end_opportunity
        self._do(
            partial(deed, self._ctx, opportunity.id, outcome, is_won=is_won, version=opportunity.version)
        )

    def _keep_receivers(self, found: Sequence[tuple[PersonId, str]]) -> None:
        self.managers = found
        job = partial(opportunity_queries.opportunities, self._ctx, include_ended=self.with_ended)
        self._run(job, self._keep_opportunities)

    def _keep_opportunities(self, found: Sequence[Opportunity]) -> None:
        self.opportunities = found
        self.opportunities_read.emit(found)

    # --- what everybody must read -------------------------------------------------------------------

    def refresh_articles(self) -> None:
        """Read again who has read what."""
        if self.may_read_articles:
            self._run(partial(must_read.must_read, self._ctx), self._keep_articles)

    def acknowledge(self, article: MustRead) -> None:
        """Say that one has read an article's present revision."""
        number = ArticleId(article.article_id)
        self._do(partial(must_read.acknowledge, self._ctx, number, revision=article.revision))

    def _keep_articles(self, found: Sequence[MustRead]) -> None:
        self.articles = found
        self.articles_read.emit(found)

    # --- inside -------------------------------------------------------------------------------------

    def _do(self, job: Callable[[], Outcome]) -> None:
        self._env.tasks.run(job, self._did, self._env.shell.failed, owner=self)

    def _did(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.refresh_opportunities()
        self.refresh_articles()

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self.failed.emit, owner=self)
