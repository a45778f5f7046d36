"""What is asked about categories and services: whole trees, in one query each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models.entities.catalogue import (
    Category,
    CategoryDetails,
    CategoryNode,
    Service,
    ServiceDetails,
    Suggestion,
)
from app.models.entities.errors import NotFound
from app.models.entities.ids import CategoryId, ServiceId
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
    return [
        _service(row)
        for row in read.rows(
            _SERVICE + " WHERE is_active = true OR ? = 1 ORDER BY position, id", (int(include_retired),)
        )
    ]


@query(permission="tickets.read")
def matching_categories(_ctx: Context, read: Reader, typed: str, limit: int = 12) -> list[Suggestion]:
    """Return the categories meant by a few letters. A screen that keeps the tree asks `rules` instead."""
    nodes = rules.tree(load_categories(read, include_retired=False))
    return rules.suggest_categories(nodes, typed, limit)


# --- what commands share ---------------------------------------------------------------------------


def load_categories(read: Reader, *, include_retired: bool) -> list[Category]:
    """Return all categories, in no particular order."""
    return [
        category_of(row)
        for row in read.rows(_CATEGORY + " WHERE is_active = true OR ? = 1", (int(include_retired),))
    ]


def load_category(read: Reader, category_id: CategoryId) -> Category:
    """Return one category. NotFound `catalogue.category_missing`."""
    row = read.one(_CATEGORY + " WHERE id = ?", (category_id,))
    if row is None:
        raise NotFound("catalogue.category_missing", id=category_id)
    return category_of(row)


def load_service(read: Reader, service_id: ServiceId) -> Service:
    """Return one service. NotFound `catalogue.service_missing`."""
    row = read.one(_SERVICE + " WHERE id = ?", (service_id,))
    if row is None:
        raise NotFound("catalogue.service_missing", id=service_id)
    return _service(row)


_CATEGORY = (
    "SELECT id, parent_id, code, name, name_alt, default_team_id, is_desk_solvable, default_impact,"
    " default_urgency, position, is_active, version FROM category"
)
_SERVICE = (
    "SELECT id, code, name, name_alt, parent_id, owner_team_id, is_in_scope, refusal_text, refusal_text_alt,"
    " position, is_active, version FROM service"
)


def category_of(row: Sequence[Any]) -> Category:
    """Return the category a row holds."""
    details = CategoryDetails(*[*row[2:6], bool(row[6]), *row[7:9]])
    return Category(CategoryId(row[0]), row[1], details, row[9], bool(row[10]), row[11])


def _service(row: Sequence[Any]) -> Service:
    details = ServiceDetails(*[*row[1:6], bool(row[6]), *row[7:9]])
    return Service(ServiceId(row[0]), details, row[9], bool(row[10]), row[11])
