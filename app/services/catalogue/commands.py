"""What people do to categories and services. Each function is one transaction and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.models.entities.catalogue import CategoryDetails, ServiceDetails
from app.models.entities.errors import RuleViolation
from app.models.entities.events import CatalogueChanged
from app.models.entities.ids import CategoryId, ServiceId
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.catalogue import rules
from app.services.catalogue.places import CATEGORIES, SERVICES
from app.services.catalogue.queries import load_category, load_service
from app.services.catalogue.writing import category_columns, form_text, service_columns, write_links


@command(permission="settings.edit", serializable=True)
def add_category(
    ctx: Context, tx: Transaction, details: CategoryDetails, *, parent_id: CategoryId | None = None
) -> Outcome:
    """Add a category as the last below `parent_id`, or at the top. An empty code is made of the name.

    Raises:
        BadInput: what `rules.check_category` raises, `catalogue.code_taken`.
        RuleViolation: what `rules.check_place` raises.
    """
    rules.check_category(details)
    rules.check_place(CATEGORIES.parents(tx), None, parent_id)
    position = len(CATEGORIES.siblings(tx, parent_id)) + 1
    values = {**category_columns(tx, details, 0), "parent_id": parent_id, "position": position}
    category_id = CategoryId(tx.insert("category", values))
    write_links(tx, category_id, details)
    _announce(tx, category_id)
    back = partial(retire_category, ctx, category_id, version=1)
    return Outcome(category_id, 1, Undo("catalogue.category_added", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def edit_category(
    ctx: Context, tx: Transaction, category_id: CategoryId, details: CategoryDetails, *, version: int
) -> Outcome:
    """Change what is said about a category, with its teams and articles; its place stays.

    Raises:
        BadInput: what `rules.check_category` raises, `catalogue.code_taken`.
        NotFound, StaleRecord: as every edit.
    """
    rules.check_category(details)
    before = load_category(tx, category_id)
    kept = replace(details, code=details.code.strip() or before.details.code)
    columns = category_columns(tx, kept, category_id, merged_into=before.merged_into)
    new = tx.update_versioned("category", category_id, version, columns)
    write_links(tx, category_id, kept)
    _announce(tx, category_id)
    back = partial(edit_category, ctx, category_id, before.details, version=new)
    return Outcome(category_id, new, Undo("catalogue.category_changed", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def move_category(
    ctx: Context,
    tx: Transaction,
    category_id: CategoryId,
    *,
    version: int,
    parent_id: CategoryId | None,
    before_id: CategoryId | None = None,
) -> Outcome:
    """Hang a category, with all below it, under another parent (None: the top), or reorder it there.

    It comes to stand before `before_id`, or last.

    Raises:
        RuleViolation: `catalogue.circle`, `catalogue.too_deep`, `catalogue.parent_missing`.
        NotFound, StaleRecord: as every edit.
    """
    before = load_category(tx, category_id)
    rules.check_place(CATEGORIES.parents(tx), category_id, parent_id)
    old_next = CATEGORIES.next_of(tx, category_id, before.parent_id)
    new = tx.update_versioned("category", category_id, version, {"parent_id": parent_id})
    siblings = CATEGORIES.siblings(tx, parent_id)
    CATEGORIES.write_order(tx, rules.new_order(siblings, category_id, before_id))
    _announce(tx, category_id)
    back = partial(
        move_category,
        ctx,
        category_id,
        version=new,
        parent_id=before.parent_id,
        before_id=None if old_next is None else CategoryId(old_next),
    )
    return Outcome(category_id, new, Undo("catalogue.category_moved", back, {"name": before.name}))


@command(permission="settings.edit", serializable=True)
def retire_category(ctx: Context, tx: Transaction, category_id: CategoryId, *, version: int) -> Outcome:
    """Offer a category no longer; tickets keep it.

    Raises:
        RuleViolation: `catalogue.has_children`; categories in use hang below it, retire those first.
        NotFound, StaleRecord: as every edit.
    """
    before = load_category(tx, category_id)
    if tx.one("SELECT 1 FROM category WHERE parent_id = ? AND is_active = true", (category_id,)):
        raise RuleViolation("catalogue.has_children", name=before.name)
    new = tx.update_versioned("category", category_id, version, {"is_active": False})
    _announce(tx, category_id)
    back = partial(restore_category, ctx, category_id, version=new)
    return Outcome(category_id, new, Undo("catalogue.category_retired", back, {"name": before.name}))


@command(permission="settings.edit", serializable=True)
def restore_category(ctx: Context, tx: Transaction, category_id: CategoryId, *, version: int) -> Outcome:
    """Offer a retired category again, also one that was merged into another; its tickets stay there.

    Raises:
        RuleViolation: `catalogue.parent_retired`; restore that one first, or move this one.
        NotFound, StaleRecord: as every edit.
    """
    before = load_category(tx, category_id)
    if before.parent_id is not None and not load_category(tx, before.parent_id).is_active:
        raise RuleViolation("catalogue.parent_retired", name=before.name)
    columns = {"is_active": True, "form_fields": form_text(before.details)}
    new = tx.update_versioned("category", category_id, version, columns)
    _announce(tx, category_id)
    back = partial(retire_category, ctx, category_id, version=new)
    return Outcome(category_id, new, Undo("catalogue.category_restored", back, {"name": before.name}))


@command(permission="settings.edit", serializable=True)
def add_service(ctx: Context, tx: Transaction, details: ServiceDetails) -> Outcome:
    """Add a service as the last of the catalogue. An empty code is made of the name.

    Raises:
        BadInput: what `rules.check_service` raises, `catalogue.code_taken`.
        RuleViolation: what `rules.check_place` raises.
    """
    rules.check_service(details)
    rules.check_place(SERVICES.parents(tx), None, details.parent_id)
    position = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM service")) + 1
    values = {**service_columns(tx, details, 0), "position": position}
    service_id = ServiceId(tx.insert("service", values))
    tx.announce(CatalogueChanged())
    back = partial(set_service_active, ctx, service_id, version=1, is_active=False)
    return Outcome(service_id, 1, Undo("catalogue.service_added", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def edit_service(
    ctx: Context, tx: Transaction, service_id: ServiceId, details: ServiceDetails, *, version: int
) -> Outcome:
    """Change a service; raises as `add_service`, and NotFound, StaleRecord as every edit."""
    rules.check_service(details)
    before = load_service(tx, service_id)
    rules.check_place(SERVICES.parents(tx), service_id, details.parent_id)
    kept = replace(details, code=details.code.strip() or before.details.code)
    new = tx.update_versioned("service", service_id, version, service_columns(tx, kept, service_id))
    tx.announce(CatalogueChanged())
    back = partial(edit_service, ctx, service_id, before.details, version=new)
    return Outcome(service_id, new, Undo("catalogue.service_changed", back, {"name": details.name}))


@command(permission="settings.edit")
def set_service_active(
    ctx: Context, tx: Transaction, service_id: ServiceId, *, version: int, is_active: bool
) -> Outcome:
    """Retire a service, or offer it again. NotFound, StaleRecord as every edit."""
    before = load_service(tx, service_id)
    new = tx.update_versioned("service", service_id, version, {"is_active": is_active})
    tx.announce(CatalogueChanged())
    back = partial(set_service_active, ctx, service_id, version=new, is_active=not is_active)
    code = "catalogue.service_restored" if is_active else "catalogue.service_retired"
    return Outcome(service_id, new, Undo(code, back, {"name": before.name}))


@command(permission="settings.edit", serializable=True)
def move_service(
    ctx: Context, tx: Transaction, service_id: ServiceId, *, version: int, before_id: int | None
) -> Outcome:
    """Let a service stand before another; None: last. NotFound, StaleRecord as every edit."""
    before = load_service(tx, service_id)
    new, old_next = move_before(tx, "service", service_id, version, before_id)
    tx.announce(CatalogueChanged())
    back = partial(move_service, ctx, service_id, version=new, before_id=old_next)
    return Outcome(service_id, new, Undo("settings.entry_moved", back, {"name": before.name}))


def _announce(tx: Transaction, category_id: CategoryId) -> None:
    tx.announce(CatalogueChanged(frozenset({category_id})))
