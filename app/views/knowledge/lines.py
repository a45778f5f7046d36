"""What a line of the list of articles says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.entities.errors import BadInput
from app.models.entities.knowledge import ArticleRow, ArticleState
from app.services.base.terms import term
from app.services.knowledge.queries import ArticleHit
from app.services.search.ranking import Segment, highlight
from app.services.search.rules import Query, parse
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext

_BETWEEN = " · "
# Per state: icon and tone of its pill.
STATE_LOOK: dict[ArticleState, tuple[str, str]] = {
    ArticleState.DRAFT: ("pencil", ""),
    ArticleState.REVIEW: ("eye", "warn"),
    ArticleState.PUBLISHED: ("circle-check", "ok"),
    ArticleState.RETIRED: ("archive", ""),
}


class SortBy(StrEnum):
    """By what the list of articles may be sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_USED = "most_used"
    MOST_HELPFUL = "most_helpful"


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article in the list. Title and snippet are (text, is_hit) parts; `facts` is the line under them."""

    id: int
    number: str
    state: ArticleState
    state_text: str
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    facts: str
    is_overdue: bool

    @property
    def said(self) -> str:
        """The line as it is read aloud."""
        return f"{_joined(self.title)}, {self.number}, {self.state_text}. {_joined(self.snippet)}"


def number_text(number: int) -> str:
    """Return an article's number as people say it: "KB-0231"."""
    return f"KB-{number:04d}"


def is_overdue(state: ArticleState, review_due_at: datetime | None, now: datetime) -> bool:
    """Tell whether a published article should have been looked at again by now."""
    return state is ArticleState.PUBLISHED and review_due_at is not None and review_due_at < now


def line_of(
    row: ArticleRow, fmt: Format, now: datetime, asked: Query | None = None, hit: ArticleHit | None = None
) -> ArticleLine:
    """Return a row, or a hit of a search, as a line."""
    title = tuple(highlight(row.title, asked)) if asked is not None else ((row.title, False),)
    overdue = is_overdue(row.state, row.review_due_at, now)
    return ArticleLine(
        row.id,
        number_text(row.number),
        row.state,
        term(current.texts, row.state),
        title,
        hit.snippet if hit is not None else _opening(row),
        _facts(row, fmt, now, overdue=overdue),
        overdue,
    )


def query_of(text: str) -> Query | None:
    """Return what was typed as a query, or None where it cannot be read (the search itself says why)."""
    try:
        return parse(text)
    except BadInput:
        return None


def helped_share(helped: int, not_helped: int) -> float | None:
    """Return the share of "helped" among the answers as they are; None without any."""
    return helped / (helped + not_helped) if helped + not_helped else None


def sorted_rows(rows: Sequence[ArticleRow], by: SortBy) -> list[ArticleRow]:
    """Return the rows in another order; by relevance they stay as they came."""
    if by is SortBy.NEWEST:
        return sorted(rows, key=lambda row: row.updated_at, reverse=True)
    if by is SortBy.MOST_USED:
        return sorted(rows, key=lambda row: row.used_count, reverse=True)
    if by is SortBy.MOST_HELPFUL:
        return sorted(
            rows,
            key=lambda row: (helped_share(row.helped_count, row.not_helped_count) or 0.0, row.helped_count),
            reverse=True,
        )
    return list(rows)


def _opening(row: ArticleRow) -> tuple[Segment, ...]:
    return ((row.opening, False),) if row.opening else ()


def _facts(row: ArticleRow, fmt: Format, now: datetime, *, overdue: bool) -> str:
    parts = []
    if overdue and row.review_due_at is not None:
        parts.append(_("review due since {day}").format(day=fmt.day(fmt.local(row.review_due_at).date())))
    if row.used_count:
        used = ngettext("used {count} time", "used {count} times", row.used_count)
        parts.append(used.format(count=fmt.count(row.used_count)))
    share = helped_share(row.helped_count, row.not_helped_count)
    if share is not None:
        parts.append(_("{share} helped").format(share=fmt.percent(share)))
    parts.append(fmt.when(row.updated_at, now))
    return _BETWEEN.join(parts)


def _joined(parts: Sequence[Segment]) -> str:
    return "".join(text for text, _is_hit in parts)
