"""Articles everybody must have read, such as norms and rules of conduct: who has said so, and who has not.

An article is one of these by its keyword. What is acknowledged is a revision: a changed article is read anew.
"""

from __future__ import annotations

import re
from functools import partial

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.events import KnowledgeChanged
from app.models.entities.handover import MustRead
from app.models.entities.ids import ArticleId
from app.models.entities.knowledge import ArticleState
from app.models.transactions import Reader, Row, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.names import named
from app.services.base.undo import Outcome, Undo
from app.services.roster.queries import load_people
from app.services.search.tokens import norm

KEYWORDS = frozenset({"sop", "制度"})
_BETWEEN = re.compile(r"[\s,;，；、]+")


def is_must_read(keywords: str) -> bool:
    """Tell whether an article's keywords make it one that everybody must read."""
    return not KEYWORDS.isdisjoint(_BETWEEN.split(norm(keywords)))


@query(permission="knowledge.read")
def must_read(ctx: Context, read: Reader) -> list[MustRead]:
    """Return the published articles all on the roster must read, each with who has not, by number."""
    people = load_people(read)
    rows = read.rows(
        "SELECT id, number, title, revision, keywords FROM article"
        " WHERE state = ? AND keywords <> '' ORDER BY number",
        (ArticleState.PUBLISHED.value,),
    )
    found = []
    for row in (row for row in rows if is_must_read(row[4])):
        done = _who_has_read(read, row[0], row[3])
        missing = tuple(named(person, ctx.language) for person in people if person.id not in done)
        is_mine = ctx.actor.person_id is None or ctx.actor.person_id in done
        read_by = len([person for person in people if person.id in done])
        found.append(MustRead(row[0], row[1], row[2], row[3], read_by, missing, is_mine))
    return found


@command(permission="knowledge.read")
def acknowledge(ctx: Context, tx: Transaction, article_id: ArticleId, *, revision: int) -> Outcome:
    """Say that one has read a revision of such an article; said twice it counts once.

    Raises:
        NotFound: `knowledge.not_found`.
        RuleViolation: `knowledge.not_must_read`, `knowledge.nobody_to_acknowledge`.
    """
    row = _load(tx, article_id)
    if not is_must_read(row[1]):
        raise RuleViolation("knowledge.not_must_read")
    if ctx.actor.person_id is None:
        raise RuleViolation("knowledge.nobody_to_acknowledge")
    tx.execute(
        "INSERT INTO acknowledgement (article_id, revision, person_id, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (article_id, revision, person_id) DO NOTHING",
        (article_id, revision, ctx.actor.person_id, tx.now_micros),
    )
    tx.announce(KnowledgeChanged(frozenset({article_id})))
    back = partial(_take_back, ctx, article_id, revision=revision)
    return Outcome(article_id, None, Undo("knowledge.undo.read", back, {"title": row[0]}))


@command(permission="knowledge.read")
def _take_back(ctx: Context, tx: Transaction, article_id: ArticleId, *, revision: int) -> Outcome:
    row = _load(tx, article_id)
    tx.execute(
        "DELETE FROM acknowledgement WHERE article_id = ? AND revision = ? AND person_id = ?",
        (article_id, revision, ctx.actor.person_id),
    )
    tx.announce(KnowledgeChanged(frozenset({article_id})))
    back = partial(acknowledge, ctx, article_id, revision=revision)
    return Outcome(article_id, None, Undo("knowledge.undo.read", back, {"title": row[0]}))


def _load(read: Reader, article_id: ArticleId) -> Row:
    row = read.one("SELECT title, keywords FROM article WHERE id = ?", (article_id,))
    if row is None:
        raise NotFound("knowledge.not_found", id=article_id)
    return row


def _who_has_read(read: Reader, article_id: int, revision: int) -> frozenset[int]:
    rows = read.rows(
        "SELECT person_id FROM acknowledgement WHERE article_id = ? AND revision = ?", (article_id, revision)
    )
    return frozenset(row[0] for row in rows)
