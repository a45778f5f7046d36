"""What is known about the article being read, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, StaleRecord
from app.models.entities.ids import ArticleId, TicketId
from app.models.entities.knowledge import Article, ArticleState
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.knowledge import commands, queries, review_commands, rules
from app.services.knowledge.markup import Rendered, plain_text, render
from app.services.tickets import desk_queries
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.knowledge.lines import number_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sight:
    """An article with its text ready to be shown."""

    article: Article
    rendered: Rendered


class ArticlePresenter(QObject):
    """One article: reads it, moves it through its states, records whether it helped. Owns no widgets."""

    shown = Signal(object)  # Sight
    revisions_read = Signal(object)  # list[ArticleRevision], the newest first
    tickets_read = Signal(object)  # list[TicketRow]: what it solved
    judged = Signal(bool)
    unreadable = Signal(object)  # FirstlineError

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.article: Article | None = None
        self.ticket_id: TicketId | None = None
        self._wanted: ArticleId | None = None

    @property
    def article_id(self) -> ArticleId | None:
        """Which article is shown or on its way."""
        return self._wanted

    def open(self, article_id: int) -> None:
        """Show an article."""
        self._wanted = ArticleId(article_id)
        self.refresh()

    def refresh(self) -> None:
        """Read the article again; answers for one no longer wanted are dropped."""
        wanted = self._wanted
        if wanted is None:
            return
        job = partial(queries.article, self._ctx, wanted)
        self._env.tasks.run(job, partial(self._keep, wanted), self._on_failed, owner=self)

    @property
    def moves(self) -> tuple[ArticleState, ...]:
        """The states this person may give the article now."""
        return moves_for(self.article, self._ctx.actor.may) if self.article is not None else ()

    @property
    def text_to_insert(self) -> str:
        """The article as plain text for a ticket, with its number so that others find it."""
        if self.article is None:
            return ""
        head = f"{self.article.title} ({number_text(self.article.number)})"
        return f"{head}\n\n{plain_text(self.article.body)}"

    def move(self, state: ArticleState) -> None:
        """Send the article to review, publish it, take it back or retire it."""
        article = self.article
        if article is None:
            return
        if self._ctx.actor.may("knowledge.publish"):
            job = partial(commands.set_state, self._ctx, article.id, state, version=article.version)
        elif state is ArticleState.REVIEW:
            job = partial(review_commands.hand_in, self._ctx, article.id, version=article.version)
        else:
            job = partial(review_commands.take_back, self._ctx, article.id, version=article.version)
        self._run(job, self._moved)

    def judge(self, *, has_helped: bool) -> None:
        """Record whether it helped, and at which ticket if it was opened from one."""
        if self.article is None:
            return
        job = partial(
            commands.judge_article,
            self._ctx,
            self.article.id,
            has_helped=has_helped,
            ticket_id=self.ticket_id,
        )
        self._run(job, lambda _outcome: self._tell_judged(has_helped))

    def _moved(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.refresh()

    def _tell_judged(self, has_helped: bool) -> None:
        self.judged.emit(has_helped)
        self._env.shell.say(_("Thank you: it is counted and changes the order of what is found."))
        self.refresh()

    def _keep(self, wanted: ArticleId, article: Article) -> None:
        if wanted != self._wanted:
            return
        self.article = article
        self._run(partial(render, article.body), partial(self._tell, article))
        self._run(partial(queries.article_revisions, self._ctx, wanted), self.revisions_read.emit)
        if self._ctx.actor.may("tickets.read"):
            self._run(partial(desk_queries.tickets_of_article, self._ctx, wanted), self.tickets_read.emit)

    def _tell(self, article: Article, rendered: Rendered) -> None:
        if article is self.article:
            self.shown.emit(Sight(article, rendered))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            self.unreadable.emit(error)
        self._env.shell.failed(error)

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self._env.shell.failed(error)
        if isinstance(error, StaleRecord):
            self.refresh()


def moves_for(article: Article, may: Callable[[str], bool]) -> tuple[ArticleState, ...]:
    """Return the states somebody with these rights may give an article.

    Authors without the right to publish hand in drafts and take them back; the rest is the reviewers'.
    """
    allowed = rules.moves_from(article.state)
    if may("knowledge.publish"):
        return allowed
    if not may("knowledge.edit"):
        return ()
    own = {ArticleState.DRAFT: ArticleState.REVIEW, ArticleState.REVIEW: ArticleState.DRAFT}
    return tuple(state for state in allowed if own.get(article.state) is state)
