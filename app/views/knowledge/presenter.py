"""What the knowledge page knows: which articles are listed, what was searched for, which one is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.catalogue import CategoryNode
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.ids import CategoryId
from app.models.entities.knowledge import ArticleRow, ArticleState
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.catalogue import queries as catalogue_queries
from app.services.knowledge import queries
from app.services.knowledge.queries import ArticleHit, ArticleTotals
from app.views.base.i18n import current
from app.views.base.pages import PageEnv
from app.views.base.tree_model import Node
from app.views.knowledge.lines import ArticleLine, SortBy, line_of, query_of, sorted_rows

T = TypeVar("T")


class ScopeKind(StrEnum):
    """Which articles are listed while nothing is searched for."""

    ALL = "all"
    CATEGORY = "category"
    REVIEW = "review"
    OVERDUE = "overdue"
    DRAFT = "draft"
    RETIRED = "retired"


_STATES = {
    ScopeKind.REVIEW: ArticleState.REVIEW,
    ScopeKind.DRAFT: ArticleState.DRAFT,
    ScopeKind.RETIRED: ArticleState.RETIRED,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """A folder of the tree, or one of the lists under it."""

    kind: ScopeKind = ScopeKind.ALL
    category_id: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows. `is_search` tells whether words were searched for, in which `words` they stand."""

    lines: tuple[ArticleLine, ...]
    is_search: bool
    words: str
    scope: Scope


class KnowledgePresenter(QObject):
    """Finds articles. A search looks everywhere in the chosen folder; without words the folder is listed."""

    tree_read = Signal(object)  # list[Node]
    totals_read = Signal(object)  # dict[ScopeKind, int]
    listed = Signal(object)  # Listed
    unreadable = Signal(object)  # FirstlineError: the list could not be read

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.scope = Scope()
        self.words = ""
        self.sort = SortBy.RELEVANCE
        self.categories: Sequence[CategoryNode] = ()
        self._counts: dict[CategoryId | None, int] | None = None
        self._rows: Sequence[ArticleRow] = ()
        self._hits: dict[int, ArticleHit] = {}
        self._asked = 0

    def refresh(self) -> None:
        """Read everything again."""
        if self._ctx.actor.may("tickets.read"):  # the catalogue belongs to tickets
            self._run(partial(catalogue_queries.category_tree, self._ctx), self._keep_categories)
        self._run(partial(queries.article_counts, self._ctx), self._keep_counts)
        self._run(partial(queries.article_totals, self._ctx), self._keep_totals)
        self.list_again()

    def choose(self, scope: Scope) -> None:
        """List another folder; the words searched for stay."""
        self.scope = scope
        self.list_again()

    def search(self, words: str) -> None:
        """Look for words; none lists the folder again."""
        self.words = words.strip()
        self.list_again()

    def sort_by(self, sort: SortBy) -> None:
        """Show what was found in another order."""
        self.sort = sort
        self._tell()

    def list_again(self) -> None:
        """Ask for the list; an answer that comes after a newer question is dropped."""
        self._asked += 1
        job = self._search_job() if self.words else self._folder_job()
        self._env.tasks.run(
            job, partial(self._keep_listed, self._asked), partial(self._on_failed, self._asked), owner=self
        )

    def category_name(self, category_id: int | None) -> str:
        """Return a category with the one above it, in the reader's language; "" for an unknown one."""
        for node in self.categories:
            if int(node.category.id) == category_id:
                names = [name_in(*pair, current.code) for pair in zip(node.path, node.path_alt, strict=True)]
                return " › ".join(names[-2:])
        return ""

    def _search_job(self) -> Callable[[], Sequence[ArticleHit]]:
        ids = self._category_ids() if self.scope.kind is ScopeKind.CATEGORY else None
        return partial(queries.search_articles, self._ctx, self.words, category_ids=ids)

    def _folder_job(self) -> Callable[[], Sequence[ArticleRow]]:
        if self.scope.kind is ScopeKind.OVERDUE:
            return partial(queries.overdue_articles, self._ctx)
        if self.scope.kind is ScopeKind.CATEGORY:
            return partial(queries.articles, self._ctx, category_ids=self._category_ids())
        state = _STATES.get(self.scope.kind, ArticleState.PUBLISHED)
        return partial(queries.articles, self._ctx, state=state)

    def _category_ids(self) -> list[CategoryId]:
        """The chosen category and everything below it."""
        wanted = {self.scope.category_id}
        for node in self.categories:  # parents come before their children
            if node.category.parent_id in wanted:
                wanted.add(int(node.category.id))
        return [CategoryId(each) for each in sorted(wanted)]

    def _keep_categories(self, nodes: Sequence[CategoryNode]) -> None:
        self.categories = nodes
        self._tell_tree()

    def _keep_counts(self, counts: dict[CategoryId | None, int]) -> None:
        self._counts = counts
        self._tell_tree()

    def _keep_totals(self, totals: ArticleTotals) -> None:
        by_state = totals.by_state
        self.totals_read.emit(
            {
                ScopeKind.ALL: by_state.get(ArticleState.PUBLISHED, 0),
                ScopeKind.OVERDUE: totals.overdue,
                **{kind: by_state.get(state, 0) for kind, state in _STATES.items()},
            }
        )

    def _tell_tree(self) -> None:
        if self._counts is None:  # folders without counts would be drawn as empty ones
            return
        totals: dict[int, int] = {}
        for node in reversed(self.categories):  # children before their parents
            own = int(node.category.id)
            totals[own] = totals.get(own, 0) + self._counts.get(node.category.id, 0)
            if node.category.parent_id is not None:
                above = int(node.category.parent_id)
                totals[above] = totals.get(above, 0) + totals[own]
        self.tree_read.emit(
            [
                Node(
                    int(node.category.id),
                    None if node.category.parent_id is None else int(node.category.parent_id),
                    name_in(node.path[-1], node.path_alt[-1], current.code),
                    "folder",
                    count=totals[int(node.category.id)],
                    is_dimmed=not totals[int(node.category.id)],
                )
                for node in self.categories
            ]
        )

    def _keep_listed(self, asked: int, found: Sequence[ArticleHit] | Sequence[ArticleRow]) -> None:
        if asked != self._asked:
            return
        self._hits = {hit.row.id: hit for hit in found if isinstance(hit, ArticleHit)}
        self._rows = [each.row if isinstance(each, ArticleHit) else each for each in found]
        self._tell()

    def _tell(self) -> None:
        now = self._ctx.clock.now()
        asked = query_of(self.words) if self.words else None
        lines = [
            line_of(row, self._env.format, now, asked, self._hits.get(row.id))
            for row in sorted_rows(self._rows, self.sort)
        ]
        self.listed.emit(Listed(tuple(lines), bool(self.words), self.words, self.scope))

    def _on_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked and isinstance(error, FirstlineError):
            self.unreadable.emit(error)
        # Half a word typed is no news; everything else is.
        if not isinstance(error, BadInput):
            self._env.shell.failed(error)

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)
