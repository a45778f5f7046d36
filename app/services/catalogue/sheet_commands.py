"""Exporting and importing the catalogue as sheets: previewed, imported as a whole, undone as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.models.entities.catalogue import Category, CategoryDetails, Service
from app.models.entities.catalogue_sheets import ImportPlan, SheetForm, SheetKind, SheetRow
from app.models.entities.errors import RuleViolation
from app.models.entities.events import CatalogueChanged
from app.models.entities.ids import CategoryId, ServiceId
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.catalogue.places import CATEGORIES
from app.services.catalogue.queries import load_category, load_service
from app.services.catalogue.sheet_cells import Wanted
from app.services.catalogue.sheet_files import read_sheet, write_sheet
from app.services.catalogue.sheet_site import COLUMNS, REQUIRED, SheetSite, load_sheet_site
from app.services.catalogue.writing import category_columns, service_columns, write_links


@query(permission="settings.read")
def export_sheet(_ctx: Context, read: Reader, kind: SheetKind, form: SheetForm) -> bytes:
    """Return all entries of a kind, retired ones too, as a file that `preview_import` finds unchanged."""
    cells = load_sheet_site(read, kind).cells().values()
    columns = COLUMNS[kind]
    return write_sheet(columns, [[row[column] for column in columns] for row in cells], form, kind.value)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says, and what importing it would do now."""

    rows: tuple[SheetRow, ...]
    plan: ImportPlan


@query(permission="settings.edit")
def preview_import(_ctx: Context, read: Reader, kind: SheetKind, body: bytes) -> Preview:
    """Return what importing a file would do, row by row, without doing it.

    Raises:
        BadInput: what `sheet_files.read_sheet` raises; what is wrong with single rows stands in the plan.
    """
    rows = read_sheet(body, COLUMNS[kind], REQUIRED)
    return Preview(tuple(rows), load_sheet_site(read, kind).plan(rows).plan)


@command(permission="settings.edit", serializable=True)
def import_sheet(
    ctx: Context,
    tx: Transaction,
    kind: SheetKind,
    rows: Sequence[SheetRow],
    *,
    seen: ImportPlan | None = None,
) -> Outcome:
    """Take in all rows of a file, or none. Entries that are not in it stay as they are; nothing is deleted.

    `seen` is the plan somebody agreed to; where the site has changed so that it would do anything else,
    nothing happens. New entries come last below their parents, in the order of the file.

    Raises:
        RuleViolation: `catalogue.import_refused` (rows cannot be taken), `catalogue.import_outdated` (it
            would do something else now), `catalogue.import_empty` (it would do nothing).
    """
    site = load_sheet_site(tx, kind)
    planned = site.plan(rows)
    if planned.plan.refused:
        first = planned.plan.refused[0]
        raise RuleViolation("catalogue.import_refused", count=len(planned.plan.refused), line=first.line)
    if seen is not None and seen != planned.plan:
        raise RuleViolation("catalogue.import_outdated")
    if not planned.wanted:
        raise RuleViolation("catalogue.import_empty")
    done = _write_all(tx, site, planned.wanted)
    _announce(tx, kind, done)
    back = partial(take_import_back, ctx, kind, tuple(done), code="catalogue.import_undone")
    return Outcome(None, None, Undo("catalogue.imported", back, {"count": len(done)}))


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that an import wrote: as it was before (a new one: as if retired), and as it is now."""

    before: Category | Service
    after: Category | Service


@command(permission="settings.edit", serializable=True)
def take_import_back(
    ctx: Context, tx: Transaction, kind: SheetKind, done: Sequence[Written], *, code: str
) -> Outcome:
    """Put back what an import changed, and retire what it added; `code` names the deed. Its undo is the redo.

    Raises:
        StaleRecord: somebody changed one of these entries since; nothing is put back then.
    """
    back = [Written(each.after, _put_back(tx, each.before, each.after.version)) for each in done]
    _announce(tx, kind, back)
    other = "catalogue.imported" if code == "catalogue.import_undone" else "catalogue.import_undone"
    again = partial(take_import_back, ctx, kind, tuple(back), code=other)
    return Outcome(None, None, Undo(code, again, {"count": len(back)}))


# --- writing -----------------------------------------------------------------------------------------


def _announce(tx: Transaction, kind: SheetKind, done: Sequence[Written]) -> None:
    ids = frozenset(int(each.after.id) for each in done) if kind is SheetKind.CATEGORIES else frozenset()
    tx.announce(CatalogueChanged(ids))


def _write_all(tx: Transaction, site: SheetSite, wanted: Sequence[tuple[str, Wanted[Any]]]) -> list[Written]:
    ids = {code: int(entry.id) for code, entry in site.entries.items()}
    done: list[Written] = []
    # Parents come before what hangs below them, so that the ids of new ones are known by then.
    for code, each in wanted:
        before = site.entries.get(code)
        parent = ids[each.parent] if each.parent else None
        if isinstance(each.details, CategoryDetails):
            written = _write_category(tx, before, each, parent)  # type: ignore[arg-type]
        else:
            written = _write_service(tx, before, each, parent)  # type: ignore[arg-type]
        ids[code] = int(written.after.id)
        done.append(written)
    return done


def _write_category(
    tx: Transaction, before: Category | None, wanted: Wanted[CategoryDetails], parent: int | None
) -> Written:
    # Whoever is used again was not merged away any more.
    merged_into = before.merged_into if before is not None and not wanted.is_active else None
    at = int(before.id) if before is not None else 0
    values = {
        **category_columns(tx, wanted.details, at, merged_into=merged_into),
        "is_active": wanted.is_active,
    }
    if before is None or before.parent_id != parent:
        values |= {"parent_id": parent, "position": len(CATEGORIES.siblings(tx, parent)) + 1}
    category_id = CategoryId(_write(tx, "category", before, values))
    write_links(tx, category_id, wanted.details)
    after = load_category(tx, category_id)
    return Written(before or replace(after, is_active=False), after)


def _write_service(
    tx: Transaction, before: Service | None, wanted: Wanted[Any], parent: int | None
) -> Written:
    details = replace(wanted.details, parent_id=None if parent is None else ServiceId(parent))
    at = int(before.id) if before is not None else 0
    values = {**service_columns(tx, details, at), "is_active": wanted.is_active}
    if before is None:
        values["position"] = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM service")) + 1
    after = load_service(tx, ServiceId(_write(tx, "service", before, values)))
    return Written(before or replace(after, is_active=False), after)


def _write(
    tx: Transaction, table: str, before: Category | Service | None, values: Mapping[str, object]
) -> int:
    if before is None:
        return tx.insert(table, values)
    tx.update_versioned(table, before.id, before.version, values)
    return int(before.id)


def _put_back(tx: Transaction, before: Category | Service, version: int) -> Category | Service:
    """Write an entry as it was over `version`; return it as it is then."""
    if isinstance(before, Service):
        values = {**service_columns(tx, before.details, before.id), "is_active": before.is_active}
        return replace(before, version=tx.update_versioned("service", before.id, version, values))
    values = {
        **category_columns(tx, before.details, before.id, merged_into=before.merged_into),
        "parent_id": before.parent_id,
        "position": before.position,
        "is_active": before.is_active,
    }
    now = tx.update_versioned("category", before.id, version, values)
    write_links(tx, before.id, before.details)
    return replace(before, version=now)
