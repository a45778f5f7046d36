"""What may happen to an article: its states, its gates, and when it is due for review. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.knowledge import ArticleState

LONGEST_TITLE = 200
LONGEST_BODY = 100_000
# Articles nobody looked at for eight months mislead more than they help (U51).
REVIEW_AFTER = timedelta(days=240)

_MOVES: dict[ArticleState, frozenset[ArticleState]] = {
    ArticleState.DRAFT: frozenset({ArticleState.REVIEW, ArticleState.PUBLISHED, ArticleState.RETIRED}),
    ArticleState.REVIEW: frozenset({ArticleState.DRAFT, ArticleState.PUBLISHED, ArticleState.RETIRED}),
    ArticleState.PUBLISHED: frozenset({ArticleState.REVIEW, ArticleState.RETIRED}),
    ArticleState.RETIRED: frozenset({ArticleState.DRAFT}),
}


def check_move(before: ArticleState, after: ArticleState) -> None:
    """Refuse a state an article cannot go to.

    Raises:
        RuleViolation: `knowledge.move_refused`.
    """
    if after not in _MOVES[before]:
        raise RuleViolation("knowledge.move_refused", before=before, after=after)


def moves_from(state: ArticleState) -> tuple[ArticleState, ...]:
    """Return the states an article may go to, in the order of the enum."""
    return tuple(after for after in ArticleState if after in _MOVES[state])


def check_text(title: str, body: str) -> None:
    """Refuse an article without a title or a text, or with too much of either.

    Raises:
        RuleViolation: `knowledge.no_title`, `knowledge.no_body`.
        BadInput: `knowledge.title_too_long`, `knowledge.body_too_long`.
    """
    if not title.strip():
        raise RuleViolation("knowledge.no_title")
    if not body.strip():
        raise RuleViolation("knowledge.no_body")
    if len(title) > LONGEST_TITLE:
        raise BadInput("knowledge.title_too_long", longest=LONGEST_TITLE)
    if len(body) > LONGEST_BODY:
        raise BadInput("knowledge.body_too_long", longest=LONGEST_BODY)


def review_due(published_at: datetime) -> datetime:
    """Return when an article published now must be looked at again."""
    return published_at + REVIEW_AFTER


def helpfulness(helped: int, not_helped: int) -> float | None:
    """Return the share of "helped" among the answers, None without any.

    Used for ranking, so one lucky answer must not beat twelve of fourteen: one "yes" and one "no" are
    added to every article (Laplace's rule of succession).
    """
    if helped + not_helped == 0:
        return None
    return (helped + 1) / (helped + not_helped + 2)
