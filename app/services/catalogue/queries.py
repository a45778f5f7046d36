"""What is asked about categories and services: whole trees, in one query each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.entities.catalogue import (
    Category,
    CategoryDetails,
    CategoryForm,
    CategoryNode,
    Service,
    ServiceDetails,
    Suggestion,
)
from app.models.entities.errors import NotFound
from app.models.entities.ids import ArticleId, CategoryId, ServiceId, TeamId
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.catalogue import rules


@query(permission="tickets.read")
def category_tree(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[CategoryNode]:
    """Return the tree as shown, parents before children; keep it until CatalogueChanged."""
    return rules.tree(load_categories(read, include_retired=include_retired))


@query(permission="tickets.read")
def category(_ctx: Context, read: Reader, category_id: CategoryId) -> CategoryNode:
    """Return one category in its place, retired or not.

    Raises:
        NotFound: `catalogue.category_missing`.
    """
    for node in rules.tree(load_categories(read, include_retired=True)):
        if node.category.id == category_id:
            return node
    raise NotFound("catalogue.category_missing", id=category_id)


@query(permission="tickets.read")
def services(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[Service]:
    """Return the service catalogue in its order, out-of-scope entries too; keep it until CatalogueChanged."""
    return load_services(read, include_retired=include_retired)


@query(permission="tickets.read")
def matching_categories(_ctx: Context, read: Reader, typed: str, limit: int = 12) -> list[Suggestion]:
    """Return the categories meant by a few letters. A screen that keeps the tree asks `rules` instead."""
    nodes = rules.tree(load_categories(read, include_retired=False))
    return rules.suggest_categories(nodes, typed, limit)


# --- what commands share ---------------------------------------------------------------------------


def load_categories(read: Reader, *, include_retired: bool) -> list[Category]:
    """Return all categories, in no particular order."""
    links = _links(read)
    return [
        _category(row, links)
        for row in read.rows(_CATEGORY + " WHERE is_active = true OR ? = 1", (int(include_retired),))
    ]


def load_category(read: Reader, category_id: CategoryId) -> Category:
    """Return one category. NotFound `catalogue.category_missing`."""
    row = read.one(_CATEGORY + " WHERE id = ?", (category_id,))
    if row is None:
        raise NotFound("catalogue.category_missing", id=category_id)
    return _category(row, _links(read, category_id))


def load_services(read: Reader, *, include_retired: bool) -> list[Service]:
    """Return the service catalogue in its order."""
    rows = read.rows(
        _SERVICE + " WHERE is_active = true OR ? = 1 ORDER BY position, id", (int(include_retired),)
    )
    return [_service(row) for row in rows]


def load_service(read: Reader, service_id: ServiceId) -> Service:
    """Return one service. NotFound `catalogue.service_missing`."""
    row = read.one(_SERVICE + " WHERE id = ?", (service_id,))
    if row is None:
        raise NotFound("catalogue.service_missing", id=service_id)
    return _service(row)


_CATEGORY = (
    "SELECT id, parent_id, code, name, name_alt, default_team_id, is_desk_solvable, default_impact,"
    " default_urgency, form_fields, handling_minutes, is_external, is_in_scope, position, is_active, version"
    " FROM category"
)
_SERVICE = (
    "SELECT id, code, name, name_alt, parent_id, owner_team_id, is_in_scope, refusal_text, refusal_text_alt,"
    " default_impact, default_urgency, handling_minutes, position, is_active, version FROM service"
)


@dataclass(frozen=True, slots=True)
class _Links:
    """What hangs on categories, by category: teams by line, and articles in their order."""

    teams: Mapping[int, tuple[tuple[int, TeamId], ...]]
    articles: Mapping[int, tuple[ArticleId, ...]]


def _links(read: Reader, category_id: int | None = None) -> _Links:
    where, parameters = ("", ()) if category_id is None else (" WHERE category_id = ?", (category_id,))
    teams: dict[int, list[tuple[int, TeamId]]] = {}
    for one, line, team in read.rows(
        f"SELECT category_id, line, team_id FROM category_team{where} ORDER BY category_id, line", parameters
    ):
        teams.setdefault(one, []).append((line, TeamId(team)))
    articles: dict[int, list[ArticleId]] = {}
    for one, article in read.rows(
        f"SELECT category_id, article_id FROM category_article{where} ORDER BY category_id, position, id",
        parameters,
    ):
        articles.setdefault(one, []).append(ArticleId(article))
    return _Links(
        {one: tuple(each) for one, each in teams.items()},
        {one: tuple(each) for one, each in articles.items()},
    )


def _category(row: Sequence[Any], links: _Links) -> Category:
    category_id = CategoryId(row[0])
    form = CategoryForm.from_text(row[9])
    details = CategoryDetails(
        code=row[2],
        name=row[3],
        name_alt=row[4],
        default_team_id=row[5],
        is_desk_solvable=bool(row[6]),
        default_impact=row[7],
        default_urgency=row[8],
        line_teams=links.teams.get(category_id, ()),
        demands=form.demands,
        article_ids=links.articles.get(category_id, ()),
        handling_minutes=row[10],
        is_external=bool(row[11]),
        is_in_scope=bool(row[12]),
        refusal_text=form.refusal,
        refusal_text_alt=form.refusal_alt,
    )
    return Category(category_id, row[1], details, row[13], bool(row[14]), row[15], form.merged_into)


def _service(row: Sequence[Any]) -> Service:
    details = ServiceDetails(*[*row[1:6], bool(row[6]), *row[7:12]])
    return Service(ServiceId(row[0]), details, row[12], bool(row[13]), row[14])
