"""From a category or a service to the cells of a row, and back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.models.entities.catalogue import (
    LINES,
    Category,
    CategoryDetails,
    Demands,
    Gate,
    Service,
    ServiceDetails,
)
from app.services.catalogue.sheet_reading import FIELD_WORDS, NO, NOTHING, YES, Cells, Lookups

D = TypeVar("D", CategoryDetails, ServiceDetails)

_SHARED = ("in_scope", "refusal", "refusal_zh", "impact", "urgency", "minutes", "active")
CATEGORY_COLUMNS = (
    "code", "parent", "name", "name_zh", "team", *(f"team_line_{line}" for line in LINES), "desk_solves",
    "external", *_SHARED[:-1], *(f"needs_{gate.value}" for gate in Gate), "articles", "active",
)  # fmt: skip
SERVICE_COLUMNS = ("code", "parent", "name", "name_zh", "team", *_SHARED)
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Wanted(Generic[D]):
    """An entry as a row wants it; its parent is named by code, "" for the top."""

    details: D
    parent: str
    is_active: bool


def category_cells(category: Category, lookups: Lookups) -> dict[str, str]:
    """Return the cells of a category's row, by column."""
    details = category.details
    teams = dict(details.line_teams)
    demands = dict(details.demands)
    return {
        **_shared_cells(details, category.is_active),
        "parent": lookups.parents.get(category.parent_id or 0, ""),
        "team": lookups.team_code(details.default_team_id),
        **{f"team_line_{line}": lookups.team_code(teams.get(line)) for line in LINES},
        "desk_solves": _yes(details.is_desk_solvable),
        "external": _yes(details.is_external),
        **{f"needs_{gate.value}": _needs(demands.get(gate)) for gate in Gate},
        "articles": _BETWEEN.join(f"KB-{lookups.article_number(one):04d}" for one in details.article_ids),
    }


def service_cells(service: Service, lookups: Lookups) -> dict[str, str]:
    """Return the cells of a service's row, by column."""
    details = service.details
    return {
        **_shared_cells(details, service.is_active),
        "parent": lookups.parents.get(details.parent_id or 0, ""),
        "team": lookups.team_code(details.owner_team_id),
    }


def wanted_category(
    cells: Mapping[str, str], before: Category | None, lookups: Lookups
) -> Wanted[CategoryDetails]:
    """Return what a row wants; a column it does not have keeps what `before` has.

    Raises:
        BadInput: `catalogue.cell_*`, naming the column and what stands there.
    """
    read = Cells(cells)
    base = before.details if before is not None else CategoryDetails(read.text("code", ""), "")
    teams = dict(base.line_teams)
    lines = {line: read.team(f"team_line_{line}", teams.get(line), lookups) for line in LINES}
    details = replace(
        _shared_details(read, base),
        default_team_id=read.team("team", base.default_team_id, lookups),
        line_teams=tuple((line, team) for line, team in lines.items() if team is not None),
        is_desk_solvable=read.flag("desk_solves", base.is_desk_solvable),
        is_external=read.flag("external", base.is_external),
        demands=_demands(read, base.demands),
        article_ids=read.articles("articles", base.article_ids, lookups),
    )
    parent = lookups.parents.get(before.parent_id or 0, "") if before is not None else ""
    is_active = before.is_active if before is not None else True
    return Wanted(details, read.text("parent", parent), read.flag("active", is_active, empty=True))


def wanted_service(
    cells: Mapping[str, str], before: Service | None, lookups: Lookups
) -> Wanted[ServiceDetails]:
    """Return what a row wants; a column it does not have keeps what `before` has.

    Raises:
        BadInput: `catalogue.cell_*`, naming the column and what stands there.
    """
    read = Cells(cells)
    base = before.details if before is not None else ServiceDetails(read.text("code", ""), "")
    details = replace(
        _shared_details(read, base), owner_team_id=read.team("team", base.owner_team_id, lookups)
    )
    parent = lookups.parents.get(base.parent_id or 0, "")
    is_active = before.is_active if before is not None else True
    return Wanted(details, read.text("parent", parent), read.flag("active", is_active, empty=True))


# --- cells -------------------------------------------------------------------------------------------


def _shared_cells(details: CategoryDetails | ServiceDetails, is_active: bool) -> dict[str, str]:
    return {
        "code": details.code,
        "name": details.name,
        "name_zh": details.name_alt,
        "in_scope": _yes(details.is_in_scope),
        "refusal": details.refusal_text,
        "refusal_zh": details.refusal_text_alt,
        "impact": _number(details.default_impact),
        "urgency": _number(details.default_urgency),
        "minutes": _number(details.handling_minutes),
        "active": _yes(is_active),
    }


def _shared_details(read: Cells, base: D) -> D:
    return replace(
        base,
        name=read.text("name", base.name),
        name_alt=read.text("name_zh", base.name_alt),
        is_in_scope=read.flag("in_scope", base.is_in_scope, empty=True),
        refusal_text=read.text("refusal", base.refusal_text),
        refusal_text_alt=read.text("refusal_zh", base.refusal_text_alt),
        default_impact=read.number("impact", base.default_impact),
        default_urgency=read.number("urgency", base.default_urgency),
        handling_minutes=read.number("minutes", base.handling_minutes),
    )


def _yes(value: bool) -> str:
    return YES if value else NO


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _needs(names: tuple[str, ...] | None) -> str:
    if names is None:
        return ""
    return _BETWEEN.join(FIELD_WORDS[name] for name in names) or NOTHING


def _demands(read: Cells, base: Demands) -> Demands:
    stated = dict(base)
    found: list[tuple[Gate, tuple[str, ...]]] = []
    for gate in Gate:
        names = read.demanded(f"needs_{gate.value}", gate, stated.get(gate))
        if names is not None:
            found.append((gate, names))
    return tuple(found)
