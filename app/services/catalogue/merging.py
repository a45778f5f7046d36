"""What may be merged into what, and what the target takes over. Pure; the merge itself moves tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.models.entities.catalogue import LINES, Category
from app.models.entities.errors import FirstlineError, RuleViolation
from app.models.entities.ids import ArticleId, CategoryId, TeamId
from app.services.catalogue import rules

Categories = Mapping[CategoryId, Category]


def check_merge(categories: Categories, source_id: CategoryId, target_id: CategoryId) -> None:
    """Refuse a merge that cannot be.

    Raises:
        RuleViolation: `catalogue.merge_itself`, `catalogue.merge_below` (the target hangs below what would
            be retired), `catalogue.merge_retired` (the target is not used any more), `catalogue.too_deep`.
    """
    source, target = categories[source_id], categories[target_id]
    if source_id == target_id:
        raise RuleViolation("catalogue.merge_itself", name=source.name)
    if source_id in [one.id for one in _line(categories, target_id)]:
        raise RuleViolation("catalogue.merge_below", name=source.name, into=target.name)
    if not target.is_active:
        raise RuleViolation("catalogue.merge_retired", into=target.name)
    parents = {one.id: one.parent_id for one in categories.values()}
    for child in children(categories, source_id):
        rules.check_place(parents, child, target_id)


def refusal_of(categories: Categories, source_id: CategoryId, target_id: CategoryId) -> FirstlineError | None:
    """Return why a merge cannot be, or None: for a list of targets to choose from."""
    try:
        check_merge(categories, source_id, target_id)
    except FirstlineError as refused:
        return refused
    return None


def children(categories: Categories, category_id: CategoryId) -> list[CategoryId]:
    """Return what hangs directly below a category, retired ones too, in its order."""
    below = [one for one in categories.values() if one.parent_id == category_id]
    return [one.id for one in sorted(below, key=lambda each: (each.position, each.id))]


def lines_taken_over(
    categories: Categories, source_id: CategoryId, target_id: CategoryId
) -> tuple[tuple[int, TeamId], ...]:
    """Return the source's own teams of those lines for which the target and all above it have none."""
    own = dict(categories[source_id].details.line_teams)
    taken = {line for one in _line(categories, target_id) for line, _team in one.details.line_teams}
    return tuple((line, own[line]) for line in LINES if line in own and line not in taken)


def new_links(source: Category, target: Category) -> tuple[ArticleId, ...]:
    """Return the articles linked to the source and not to the target."""
    return tuple(one for one in source.details.article_ids if one not in target.details.article_ids)


def _line(categories: Categories, category_id: CategoryId | None) -> Iterator[Category]:
    seen: set[CategoryId] = set()
    while category_id is not None and category_id in categories and category_id not in seen:
        seen.add(category_id)
        yield categories[category_id]
        category_id = categories[category_id].parent_id
