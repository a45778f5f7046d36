"""From details to columns and rows: what the commands of one entry, of a merge and of an import share."""

from __future__ import annotations

from app.models.entities.catalogue import CategoryDetails, CategoryForm, ServiceDetails
from app.models.entities.errors import NotFound
from app.models.entities.ids import CategoryId
from app.models.transactions import Transaction
from app.services.catalogue.places import CATEGORIES, SERVICES


def category_columns(
    tx: Transaction, details: CategoryDetails, category_id: int, *, merged_into: CategoryId | None = None
) -> dict[str, object]:
    """Return the columns of a category's own row; 0 is one that is being added.

    Raises:
        BadInput: `catalogue.code_taken`.
    """
    return {
        "code": CATEGORIES.code_for(tx, details.code, details.name, category_id),
        "name": details.name.strip(),
        "name_alt": details.name_alt.strip(),
        "default_team_id": details.default_team_id,
        "is_desk_solvable": details.is_desk_solvable,
        "default_impact": details.default_impact,
        "default_urgency": details.default_urgency,
        "form_fields": form_text(details, merged_into),
        "handling_minutes": details.handling_minutes,
        "is_external": details.is_external,
        "is_in_scope": details.is_in_scope,
    }


def form_text(details: CategoryDetails, merged_into: CategoryId | None = None) -> str:
    """Return what the column `form_fields` holds for a category."""
    refusal, refusal_alt = details.refusal_text.strip(), details.refusal_text_alt.strip()
    return CategoryForm(details.demands, refusal, refusal_alt, merged_into).to_text()


def service_columns(tx: Transaction, details: ServiceDetails, service_id: int) -> dict[str, object]:
    """Return the columns of a service; 0 is one that is being added.

    Raises:
        BadInput: `catalogue.code_taken`.
    """
    return {
        "code": SERVICES.code_for(tx, details.code, details.name, service_id),
        "name": details.name.strip(),
        "name_alt": details.name_alt.strip(),
        "parent_id": details.parent_id,
        "owner_team_id": details.owner_team_id,
        "is_in_scope": details.is_in_scope,
        "refusal_text": details.refusal_text.strip(),
        "refusal_text_alt": details.refusal_text_alt.strip(),
        "default_impact": details.default_impact,
        "default_urgency": details.default_urgency,
        "handling_minutes": details.handling_minutes,
    }


def write_links(tx: Transaction, category_id: CategoryId, details: CategoryDetails) -> None:
    """Replace a category's teams and articles by those of the details.

    The caller writes the category's row too, with a new version: that is how other programs learn of it.

    Raises:
        NotFound: `people.team_not_found`, `knowledge.not_found`.
    """
    if lost := _missing(tx, "team", {int(team) for _line, team in details.line_teams}):
        raise NotFound("people.team_not_found", id=lost)
    if lost := _missing(tx, "article", {int(one) for one in details.article_ids}):
        raise NotFound("knowledge.not_found", id=lost)
    tx.execute("DELETE FROM category_team WHERE category_id = ?", (category_id,))
    tx.execute("DELETE FROM category_article WHERE category_id = ?", (category_id,))
    tx.execute_many(
        "INSERT INTO category_team (category_id, line, team_id) VALUES (?, ?, ?)",
        [(category_id, line, team) for line, team in details.line_teams],
    )
    tx.execute_many(
        "INSERT INTO category_article (category_id, article_id, position) VALUES (?, ?, ?)",
        [(category_id, article, at) for at, article in enumerate(details.article_ids, 1)],
    )


def _missing(tx: Transaction, table: str, ids: set[int]) -> int:
    """Return the first of these ids that is none of the table's, 0 where all are."""
    if not ids:
        return 0
    marks = ", ".join("?" * len(ids))
    found = {row[0] for row in tx.rows(f'SELECT id FROM "{table}" WHERE id IN ({marks})', sorted(ids))}
    return min(ids - found, default=0)
