"""What is asked about articles: the tree's counts, lists, search with snippets, one article whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.entities.errors import NotFound
from app.models.entities.ids import ArticleId, CategoryId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.knowledge import Article, ArticleRevision, ArticleRow, ArticleState
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.knowledge.marks import prose
from app.services.knowledge.rules import helpfulness
from app.services.search.index import MOST_HITS, SearchTable, matching, matching_ids
from app.services.search.ranking import scorer, snippet
from app.services.search.rules import Query, parse
from app.services.search.similar import alike

SNIPPET_WIDTH = 140
_TITLE_WEIGHT, _KEYWORD_WEIGHT, _BODY_WEIGHT = 4.0, 2.0, 1.0
_MOST_SUGGESTED = 200
_OPENING_WIDTH = 400
_ROW = (
    "SELECT id, number, title, language, category_id, state, updated_at, review_due_at, used_count,"
    f" helped_count, not_helped_count, version, substr(body, 1, {_OPENING_WIDTH}) FROM article"
)
# What the reader can read at once stands before what has to be translated on the telephone.
_OWN_FIRST = "CASE WHEN language = ? THEN 0 ELSE 1 END"


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """A search result: the article, how well it answers, and the text around the hits as (text, is_hit).

    `is_linked`: the ticket's category, or one above it, names the article itself.
    """

    row: ArticleRow
    score: float
    snippet: tuple[tuple[str, bool], ...]
    is_linked: bool = False


@dataclass(frozen=True)
class ArticleTotals:
    """How many articles stand in each state (missing: none), and how many published ones are overdue."""

    by_state: Mapping[ArticleState, int]
    overdue: int = 0


@query(permission="knowledge.read")
def articles(
    ctx: Context,
    read: Reader,
    *,
    category_ids: Sequence[CategoryId] | None = None,
    state: ArticleState | None = ArticleState.PUBLISHED,
    limit: int = 200,
) -> list[ArticleRow]:
    """Return articles of some categories (None: of all) in one state (None: in any).

    Those in the reader's language come first; among them the newest change.
    """
    conditions = ["1 = 1"]
    parameters: list[object] = []
    if category_ids is not None:
        if not category_ids:
            return []
        conditions.append(f"category_id IN ({', '.join('?' * len(category_ids))})")
        parameters.extend(category_ids)
    if state is not None:
        conditions.append("state = ?")
        parameters.append(state.value)
    text = f"{_ROW} WHERE {' AND '.join(conditions)} ORDER BY {_OWN_FIRST}, updated_at DESC, id DESC LIMIT ?"
    return [_row(row) for row in read.rows(text, (*parameters, ctx.language, limit))]


@query(permission="knowledge.read")
def article_counts(
    _ctx: Context, read: Reader, state: ArticleState | None = ArticleState.PUBLISHED
) -> dict[CategoryId | None, int]:
    """Return how many articles each category holds itself, by category; None counts those without one."""
    condition, parameters = (" WHERE state = ?", (state.value,)) if state is not None else ("", ())
    text = f"SELECT category_id, COUNT(*) FROM article{condition} GROUP BY category_id"
    return dict(read.rows(text, parameters))


@query(permission="knowledge.read")
def overdue_articles(ctx: Context, read: Reader, limit: int = 200) -> list[ArticleRow]:
    """Return published articles whose review is due, the longest overdue first."""
    text = f"{_ROW} WHERE state = ? AND review_due_at < ? ORDER BY review_due_at, id LIMIT ?"
    parameters = (ArticleState.PUBLISHED.value, to_micros(ctx.clock.now()), limit)
    return [_row(row) for row in read.rows(text, parameters)]


@query(permission="knowledge.read")
def article_totals(ctx: Context, read: Reader) -> ArticleTotals:
    """Return how many articles there are in each state, and how many are overdue for review."""
    rows = read.rows("SELECT state, COUNT(*) FROM article GROUP BY state")
    overdue = read.value(
        "SELECT COUNT(*) FROM article WHERE state = ? AND review_due_at < ?",
        (ArticleState.PUBLISHED.value, to_micros(ctx.clock.now())),
    )
    return ArticleTotals({ArticleState(state): count for state, count in rows}, overdue)


@query(permission="knowledge.read")
def article(ctx: Context, read: Reader, article_id: ArticleId) -> Article:
    """Return one article whole.

    Raises:
        NotFound: there is no such article.
    """
    return load_article(read, article_id, ctx.language)


@query(permission="knowledge.read")
def article_revisions(ctx: Context, read: Reader, article_id: ArticleId) -> list[ArticleRevision]:
    """Return every text an article had, the newest first, with author, change, date and reviewer (S4-1)."""
    rows = read.rows(
        "SELECT revision, article_revision.title, body, change_text,"
        f" {person_column('author', ctx.language)}, {person_column('reviewer', ctx.language)}, at"
        " FROM article_revision"
        " LEFT JOIN person author ON author.id = article_revision.author_id"
        " LEFT JOIN person reviewer ON reviewer.id = article_revision.reviewer_id"
        " WHERE article_id = ? ORDER BY revision DESC",
        (article_id,),
    )
    return [
        ArticleRevision(row[0], row[1], row[2], row[3], row[4] or "", row[5] or "", from_micros(row[6]))
        for row in rows
    ]


@query(permission="knowledge.read")
def search_articles(
    ctx: Context,
    read: Reader,
    text: str,
    *,
    category_ids: Sequence[CategoryId] | None = None,
    limit: int = 50,
) -> list[ArticleHit]:
    """Return published articles that hold all words of `text`: the reader's language first, then the best.

    Raises:
        BadInput: the text cannot be read.
    """
    asked = parse(text)
    if not asked.words:
        return []
    hits = _ranked(read, asked, matching_ids(read, SearchTable.ARTICLES, asked, MOST_HITS), MOST_HITS)
    if category_ids is not None:
        hits = [hit for hit in hits if hit.row.category_id in category_ids]
    return sorted(hits, key=lambda hit: hit.row.language != ctx.language)[:limit]


@query(permission="knowledge.read")
def suggested_articles(
    _ctx: Context, read: Reader, text: str, *, category_id: CategoryId | None = None, limit: int = 4
) -> list[ArticleHit]:
    """Return published articles for a ticket: those linked to its category, then those that share its words.

    Linked ones come in the order in which they were linked, those of the nearest category first, whatever is
    typed. Of the others those that helped come first; one of the ticket's own category is preferred among
    equals.
    """
    linked = _linked(read, category_id, text)[:limit]
    known = {hit.row.id for hit in linked}
    others = [hit for hit in _sharing_words(read, text, category_id) if hit.row.id not in known]
    return [*linked, *others][:limit]


def _sharing_words(read: Reader, text: str, category_id: CategoryId | None) -> list[ArticleHit]:
    found_words = alike(text)
    if found_words is None:
        return []
    asked, match = found_words
    select, parameters = matching(read, SearchTable.ARTICLES, match)
    found = read.rows(
        f"SELECT id FROM article WHERE state = ? AND id IN ({select}) ORDER BY id DESC LIMIT ?",
        (ArticleState.PUBLISHED.value, *parameters, _MOST_SUGGESTED),
    )
    hits = _ranked(read, asked, [row[0] for row in found], _MOST_SUGGESTED)
    hits.sort(key=lambda hit: hit.row.category_id == category_id and category_id is not None, reverse=True)
    return sorted(hits, key=lambda hit: hit.score, reverse=True)


def _linked(read: Reader, category_id: CategoryId | None, text: str) -> list[ArticleHit]:
    """Return the published articles linked to a category and to those above it, each once."""
    if category_id is None:
        return []
    parents: dict[int, int | None] = dict(read.rows("SELECT id, parent_id FROM category"))
    line: list[int] = []
    at: int | None = category_id
    while at is not None and at in parents and at not in line:
        line.append(at)
        at = parents[at]
    if not line:
        return []
    marks = ", ".join("?" * len(line))
    links = read.rows(
        f"SELECT category_id, article_id FROM category_article WHERE category_id IN ({marks})"
        " ORDER BY position, id",
        line,
    )
    ids = list(dict.fromkeys(article for _one, article in sorted(links, key=lambda row: line.index(row[0]))))
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    rows = read.rows(f"{_ROW} WHERE state = ? AND id IN ({marks})", (ArticleState.PUBLISHED.value, *ids))
    shown = {row[0]: _row(row) for row in rows}
    words = alike(text)
    return [
        ArticleHit(shown[one], 0.0, _around(shown[one].opening, words[0] if words else None), is_linked=True)
        for one in ids
        if one in shown
    ]


def _around(opening: str, asked: Query | None) -> tuple[tuple[str, bool], ...]:
    if asked is None:
        return ((opening[:SNIPPET_WIDTH], False),)
    return tuple(snippet(opening, asked, SNIPPET_WIDTH))


def load_article(read: Reader, article_id: ArticleId, language: str = "en") -> Article:
    """Return one article whole, inside a transaction or a read; people are named for a reader of `language`.

    Raises:
        NotFound: there is no such article.
    """
    row = read.one(
        "SELECT article.id, number, article.title, body, keywords, article.language, category_id, state,"
        f" author_id, {person_column('author', language)}, reviewer_id,"
        f" {person_column('reviewer', language)}, created_at, updated_at, review_due_at, revision,"
        " used_count, helped_count, not_helped_count, article.version FROM article"
        " LEFT JOIN person author ON author.id = article.author_id"
        " LEFT JOIN person reviewer ON reviewer.id = article.reviewer_id WHERE article.id = ?",
        (article_id,),
    )
    if row is None:
        raise NotFound("knowledge.not_found", id=article_id)
    return Article(
        id=row[0],
        number=row[1],
        title=row[2],
        body=row[3],
        keywords=row[4],
        language=row[5],
        category_id=row[6],
        state=ArticleState(row[7]),
        author_id=row[8],
        author_name=row[9] or "",
        reviewer_id=row[10],
        reviewer_name=row[11] or "",
        created_at=from_micros(row[12]),
        updated_at=from_micros(row[13]),
        review_due_at=from_micros_or_none(row[14]),
        revision=row[15],
        used_count=row[16],
        helped_count=row[17],
        not_helped_count=row[18],
        version=row[19],
    )


def _ranked(read: Reader, asked: Query, ids: Sequence[int], limit: int) -> list[ArticleHit]:
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    rows = read.rows(
        f"SELECT id, title, keywords, body FROM article WHERE state = ? AND id IN ({marks})",
        (ArticleState.PUBLISHED.value, *ids),
    )
    rate = scorer(asked)
    shown = {row[0]: _row(row) for row in read.rows(f"{_ROW} WHERE id IN ({marks})", ids)}
    hits = []
    for article_id, title, keywords, body in rows:
        words = rate(((title, _TITLE_WEIGHT), (keywords, _KEYWORD_WEIGHT), (body, _BODY_WEIGHT)))
        row = shown[article_id]
        share = helpfulness(row.helped_count, row.not_helped_count)
        score = words * (0.5 + (0.5 if share is None else share))
        hits.append(ArticleHit(row, score, tuple(snippet(prose(body), asked, SNIPPET_WIDTH))))
    hits.sort(key=lambda hit: (hit.score, hit.row.id), reverse=True)
    return hits[:limit]


def _row(row: Row) -> ArticleRow:
    return ArticleRow(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        ArticleState(row[5]),
        from_micros(row[6]),
        from_micros_or_none(row[7]),
        row[8],
        row[9],
        row[10],
        row[11],
        prose(row[12]),
    )
