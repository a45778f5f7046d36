"""What a knowledge article is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.entities.ids import ArticleId, CategoryId, PersonId


class ArticleState(StrEnum):
    """The life of an article."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article in a list or a search result; of its text only the `opening`, as plain words."""

    id: ArticleId
    number: int
    title: str
    language: str
    category_id: CategoryId | None
    state: ArticleState
    updated_at: datetime
    review_due_at: datetime | None
    used_count: int
    helped_count: int
    not_helped_count: int
    version: int
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article; `body` is Markdown."""

    id: ArticleId
    number: int
    title: str
    body: str
    keywords: str
    language: str
    category_id: CategoryId | None
    state: ArticleState
    author_id: PersonId | None
    author_name: str
    reviewer_id: PersonId | None
    reviewer_name: str
    created_at: datetime
    updated_at: datetime
    review_due_at: datetime | None
    revision: int
    used_count: int
    helped_count: int
    not_helped_count: int
    version: int


@dataclass(frozen=True, slots=True)
class ArticleRevision:
    """One earlier or present text of an article, with the five columns of S4-1."""

    revision: int
    title: str
    body: str
    change_text: str
    author_name: str
    reviewer_name: str
    at: datetime
