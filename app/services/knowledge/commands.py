"""What people do to articles. Each function is one transaction; every text is kept as a revision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from app.models.entities.errors import NotFound
from app.models.entities.events import KnowledgeChanged
from app.models.entities.ids import ArticleId, CategoryId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.knowledge import Article, ArticleState
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.knowledge import rules
from app.services.knowledge.queries import load_article
from app.services.search.index import SearchTable, put

COUNTER = "article"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an author writes: a title, Markdown, words people would search for, language and category."""

    title: str
    body: str
    keywords: str = ""
    language: str = "en"
    category_id: CategoryId | None = None


@command(permission="knowledge.edit")
def write_article(ctx: Context, tx: Transaction, text: ArticleText) -> Outcome:
    """Begin an article as a draft with a number of its own.

    Raises:
        RuleViolation: title or text is missing.
        BadInput: title or text is too long.
    """
    rules.check_text(text.title, text.body)
    values = _columns(text)
    article_id = tx.insert(
        "article",
        {
            **values,
            "number": tx.next_number(COUNTER),
            "state": ArticleState.DRAFT.value,
            "author_id": ctx.actor.person_id,
            "created_at": tx.now_micros,
            "updated_at": tx.now_micros,
        },
    )
    _keep_revision(ctx, tx, article_id, 1, text, "")
    _index(tx, article_id, text)
    tx.announce(KnowledgeChanged(frozenset({article_id})))
    return Outcome(article_id, 1)


@command(permission="knowledge.edit")
def revise_article(
    ctx: Context, tx: Transaction, article_id: ArticleId, text: ArticleText, *, version: int, change_text: str
) -> Outcome:
    """Change an article's text; the one before stays as a revision, with what was changed and by whom.

    Raises:
        RuleViolation: title or text is missing.
        BadInput: title or text is too long.
        StaleRecord: somebody saved it since `version`.
        NotFound: there is no such article.
    """
    rules.check_text(text.title, text.body)
    before = load_article(tx, article_id)
    revision = before.revision + 1
    values = {**_columns(text), "revision": revision, "updated_at": tx.now_micros}
    new_version = tx.update_versioned("article", article_id, version, values)
    _keep_revision(ctx, tx, article_id, revision, text, change_text)
    _index(tx, article_id, text)
    tx.announce(KnowledgeChanged(frozenset({int(article_id)})))
    run = partial(
        revise_article, ctx, article_id, _text_of(before), version=new_version, change_text=change_text
    )
    return Outcome(article_id, new_version, Undo("knowledge.undo.revised", run, {"title": before.title}))


@command(permission="knowledge.publish")
def set_state(
    ctx: Context, tx: Transaction, article_id: ArticleId, state: ArticleState, *, version: int
) -> Outcome:
    """Send an article to review, publish it, take it back to draft or retire it.

    Publishing names the publisher as reviewer and sets the next review date.

    Raises:
        RuleViolation: the present state does not allow it.
        StaleRecord: somebody saved it since `version`.
    """
    before = load_article(tx, article_id)
    rules.check_move(before.state, state)
    values: dict[str, object] = {"state": state.value, "updated_at": tx.now_micros}
    if state is ArticleState.PUBLISHED:
        values["reviewer_id"] = ctx.actor.person_id
        values["review_due_at"] = to_micros(rules.review_due(tx.now))
    new_version = tx.update_versioned("article", article_id, version, values)
    tx.announce(KnowledgeChanged(frozenset({int(article_id)})))
    run = partial(_put_state_back, ctx, article_id, before.state, version=new_version)
    return Outcome(article_id, new_version, Undo("knowledge.undo.state", run, {"title": before.title}))


@command(permission="knowledge.publish")
def _put_state_back(
    ctx: Context, tx: Transaction, article_id: ArticleId, state: ArticleState, *, version: int
) -> Outcome:
    before = load_article(tx, article_id)
    values = {"state": state.value, "updated_at": tx.now_micros}
    new_version = tx.update_versioned("article", article_id, version, values)
    tx.announce(KnowledgeChanged(frozenset({int(article_id)})))
    run = partial(_put_state_back, ctx, article_id, before.state, version=new_version)
    return Outcome(article_id, new_version, Undo("knowledge.undo.state", run, {"title": before.title}))


@command(permission="knowledge.rate")
def judge_article(
    ctx: Context,
    tx: Transaction,
    article_id: ArticleId,
    *,
    has_helped: bool,
    ticket_id: TicketId | None = None,
) -> Outcome:
    """Record whether an article helped, and where; the counts rank it among its like.

    Raises:
        NotFound: there is no such article.
    """
    # Two fixed statements: a column name is never put together.
    changed = tx.execute(
        "UPDATE article SET helped_count = helped_count + 1 WHERE id = ?"
        if has_helped
        else "UPDATE article SET not_helped_count = not_helped_count + 1 WHERE id = ?",
        (article_id,),
    )
    if not changed:
        raise NotFound("knowledge.not_found", id=article_id)
    tx.insert(
        "article_feedback",
        {
            "article_id": article_id,
            "person_id": ctx.actor.person_id,
            "ticket_id": ticket_id,
            "has_helped": has_helped,
            "at": tx.now_micros,
        },
    )
    tx.announce(KnowledgeChanged(frozenset({int(article_id)})))
    return Outcome(article_id)


def _columns(text: ArticleText) -> dict[str, object]:
    return {
        "title": text.title.strip(),
        "body": text.body,
        "keywords": text.keywords.strip(),
        "language": text.language,
        "category_id": text.category_id,
    }


def _text_of(article: Article) -> ArticleText:
    return ArticleText(article.title, article.body, article.keywords, article.language, article.category_id)


def _keep_revision(
    ctx: Context, tx: Transaction, article_id: int, revision: int, text: ArticleText, change_text: str
) -> None:
    tx.insert(
        "article_revision",
        {
            "article_id": article_id,
            "revision": revision,
            "title": text.title.strip(),
            "body": text.body,
            "change_text": change_text.strip(),
            "author_id": ctx.actor.person_id,
            "at": tx.now_micros,
        },
    )


def _index(tx: Transaction, article_id: int, text: ArticleText) -> None:
    put(tx, SearchTable.ARTICLES, article_id, f"{text.title}\n{text.keywords}\n{text.body}")
