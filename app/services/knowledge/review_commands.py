"""How an author hands a draft in for review, and takes it back: no right to publish is needed."""

from __future__ import annotations

from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.events import KnowledgeChanged
from app.models.entities.ids import ArticleId
from app.models.entities.knowledge import ArticleState
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.knowledge.queries import load_article


@command(permission="knowledge.edit")
def hand_in(ctx: Context, tx: Transaction, article_id: ArticleId, *, version: int) -> Outcome:
    """Ask for the review of a draft.

    Raises:
        RuleViolation: it is no draft.
        StaleRecord: somebody saved it since `version`.
        NotFound: there is no such article.
    """
    new_version, title = _move(tx, article_id, ArticleState.DRAFT, ArticleState.REVIEW, version)
    run = partial(take_back, ctx, article_id, version=new_version)
    return Outcome(article_id, new_version, Undo("knowledge.undo.state", run, {"title": title}))


@command(permission="knowledge.edit")
def take_back(ctx: Context, tx: Transaction, article_id: ArticleId, *, version: int) -> Outcome:
    """Make an article that waits for review a draft again.

    Raises:
        RuleViolation: it does not wait for review.
        StaleRecord: somebody saved it since `version`.
        NotFound: there is no such article.
    """
    new_version, title = _move(tx, article_id, ArticleState.REVIEW, ArticleState.DRAFT, version)
    run = partial(hand_in, ctx, article_id, version=new_version)
    return Outcome(article_id, new_version, Undo("knowledge.undo.state", run, {"title": title}))


def _move(
    tx: Transaction, article_id: ArticleId, before: ArticleState, after: ArticleState, version: int
) -> tuple[int, str]:
    """Change the state; return the new version and the title."""
    article = load_article(tx, article_id)
    if article.state is not before:
        raise RuleViolation("knowledge.move_refused", before=article.state, after=after)
    values = {"state": after.value, "updated_at": tx.now_micros}
    new_version = tx.update_versioned("article", article_id, version, values)
    tx.announce(KnowledgeChanged(frozenset({int(article_id)})))
    return new_version, article.title
