"""What the site has, as sheets see it: entries by code, and the codes and numbers that stand for ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.models.entities.catalogue import Category, CategoryDetails, Service
from app.models.entities.catalogue_sheets import SheetKind, SheetRow
from app.models.entities.ids import ArticleId, CategoryId, ServiceId, TeamId
from app.models.transactions import Reader
from app.services.catalogue import rules
from app.services.catalogue.queries import load_categories, load_services
from app.services.catalogue.sheet_cells import (
    CATEGORY_COLUMNS,
    SERVICE_COLUMNS,
    Wanted,
    category_cells,
    service_cells,
    wanted_category,
    wanted_service,
)
from app.services.catalogue.sheet_plan import Known, Planned, plan_import
from app.services.catalogue.sheet_reading import Lookups

COLUMNS: Mapping[SheetKind, Sequence[str]] = {
    SheetKind.CATEGORIES: CATEGORY_COLUMNS,
    SheetKind.SERVICES: SERVICE_COLUMNS,
}
REQUIRED = ("code", "name")


@dataclass(frozen=True)
class SheetSite:
    """All entries of one kind by code, in the order of their list, and what stands for ids in their cells."""

    kind: SheetKind
    entries: Mapping[str, Category | Service]
    lookups: Lookups

    def cells(self) -> dict[str, dict[str, str]]:
        """Return every entry's cells, by code."""
        return {code: _cells(entry, self.lookups) for code, entry in self.entries.items()}

    def plan(self, rows: Sequence[SheetRow]) -> Planned[Any]:
        """Return what importing these rows would do."""
        known = {code: Known(cells) for code, cells in self.cells().items()}
        return plan_import(self.kind, rows, known, self._read, self._cells_of)

    def _read(self, row: SheetRow) -> Wanted[Any]:
        before = self.entries.get(row.code)
        if self.kind is SheetKind.CATEGORIES:
            category = wanted_category(row.cells, before, self.lookups)  # type: ignore[arg-type]
            rules.check_category(category.details)
            return category
        service = wanted_service(row.cells, before, self.lookups)  # type: ignore[arg-type]
        rules.check_service(service.details)
        return service

    def _cells_of(self, wanted: Wanted[Any]) -> dict[str, str]:
        """Return the cells of what a row wants; its parent may not be there yet, so it is named by code."""
        entry: Category | Service
        if isinstance(wanted.details, CategoryDetails):
            entry = Category(CategoryId(0), None, wanted.details, 0, wanted.is_active, 0)
        else:
            entry = Service(ServiceId(0), replace(wanted.details, parent_id=None), 0, wanted.is_active, 0)
        return {**_cells(entry, self.lookups), "parent": wanted.parent}


def load_sheet_site(read: Reader, kind: SheetKind) -> SheetSite:
    """Return what the site has of a kind, retired entries included."""
    entries: list[Category | Service]
    if kind is SheetKind.CATEGORIES:
        nodes = rules.tree(load_categories(read, include_retired=True))
        entries = [node.category for node in nodes]
    else:
        entries = list(load_services(read, include_retired=True))
    lookups = Lookups(
        teams={row[0]: TeamId(row[1]) for row in read.rows("SELECT code, id FROM team ORDER BY id")},
        articles={row[0]: ArticleId(row[1]) for row in read.rows("SELECT number, id FROM article")},
        parents={int(entry.id): entry.details.code for entry in entries},
    )
    return SheetSite(kind, {entry.details.code: entry for entry in entries}, lookups)


def _cells(entry: Category | Service, lookups: Lookups) -> dict[str, str]:
    if isinstance(entry, Category):
        return category_cells(entry, lookups)
    return service_cells(entry, lookups)
