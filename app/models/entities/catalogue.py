"""What categories and services are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.models.entities.ids import ArticleId, CategoryId, ServiceId, TeamId

LINES = (1, 2, 3)
"""The lines of support a category may have a team for."""


class Gate(StrEnum):
    """Where a category may demand fields of a ticket besides what the desk's rules demand of every one."""

    CREATE = "create"
    ASSIGN = "assign"
    RESOLVE = "resolve"
    CLOSE = "close"


_ALWAYS_ASKABLE = ("requester_id", "service_id", "location", "description")
DEMANDABLE: Mapping[Gate, tuple[str, ...]] = {
    Gate.CREATE: _ALWAYS_ASKABLE,
    Gate.ASSIGN: (*_ALWAYS_ASKABLE, "assignee_id"),
    Gate.RESOLVE: (*_ALWAYS_ASKABLE, "assignee_id", "resolution_code"),
    Gate.CLOSE: (*_ALWAYS_ASKABLE, "assignee_id", "resolution_code"),
}
"""The ticket's fields a gate can demand, in the order of the form. What every gate demands anyway (category
and team, solution, cause, line, knowledge) is not among them."""

Demands = tuple[tuple[Gate, tuple[str, ...]], ...]
"""What a category states itself, by gate in the order of Gate. A gate that is not named is inherited from
above; one with no fields demands nothing, whatever stands above."""


def demands_in(data: object) -> Demands:
    """Read demands out of a JSON object {"assign": ["location"]}; what is unknown here is passed over."""
    if not isinstance(data, Mapping):
        return ()
    return tuple(
        (gate, tuple(name for name in DEMANDABLE[gate] if name in data[gate]))
        for gate in Gate
        if isinstance(data.get(gate.value), list | tuple)
    )


def demands_to_dict(demands: Demands) -> dict[str, list[str]]:
    """Return the JSON form that `demands_in` reads."""
    return {gate.value: list(names) for gate, names in demands}


def demanded_at(line: Iterable[Demands], gate: Gate) -> tuple[str, ...]:
    """Return what a gate demands of a category's tickets.

    `line` holds the demands of the category and of all above it, its own first: the nearest that names the
    gate decides.
    """
    return next((names for demands in line for each, names in demands if each is gate), ())


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """What the column `form_fields` holds: how forms treat a category's tickets, as one JSON object.

    `demands` stand under the gates' names; `refusal` and `refusal_alt` are said where the category is out
    of scope; `merged_into` is the category that took this one's tickets over.
    """

    demands: Demands = ()
    refusal: str = ""
    refusal_alt: str = ""
    merged_into: CategoryId | None = None

    def to_text(self) -> str:
        """Return the JSON text that is stored; equal forms give equal texts."""
        data: dict[str, Any] = dict(demands_to_dict(self.demands))
        rest = {"refusal": self.refusal, "refusal_alt": self.refusal_alt, "merged_into": self.merged_into}
        return json.dumps(
            data | {name: value for name, value in rest.items() if value}, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def from_text(cls, text: str | None) -> CategoryForm:
        """Read a stored text; one that is damaged, or of a newer program, loses only what is unknown here."""
        try:
            data = json.loads(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(data, dict):
            return cls()
        merged = data.get("merged_into")
        return cls(
            demands_in(data),
            str(data.get("refusal") or ""),
            str(data.get("refusal_alt") or ""),
            CategoryId(merged) if isinstance(merged, int) and not isinstance(merged, bool) else None,
        )


@dataclass(frozen=True, slots=True)
class CategoryDetails:
    """Everything about a category that somebody types, besides its place in the tree.

    `default_team_id` is the team a new ticket goes to; `line_teams` are (line, team), by line, and escalation
    goes to that of the next one. `article_ids` are offered first, in this order. `handling_minutes` is how
    long such a ticket usually takes. `is_external`: outside expertise is needed (S2-60). A category out of
    scope, with all below it, is refused with `refusal_text`.
    """

    code: str
    name: str
    name_alt: str = ""
    default_team_id: TeamId | None = None
    is_desk_solvable: bool = False
    default_impact: int | None = None
    default_urgency: int | None = None
    line_teams: tuple[tuple[int, TeamId], ...] = ()
    demands: Demands = ()
    article_ids: tuple[ArticleId, ...] = ()
    handling_minutes: int | None = None
    is_external: bool = False
    is_in_scope: bool = True
    refusal_text: str = ""
    refusal_text_alt: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree. `position` orders it among its siblings.

    `merged_into` names the category that took a retired one's tickets over.
    """

    id: CategoryId
    parent_id: CategoryId | None
    details: CategoryDetails
    position: int
    is_active: bool
    version: int
    merged_into: CategoryId | None = None

    @property
    def name(self) -> str:
        """The main name."""
        return self.details.name


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category in its place: depth 0 at the top, `path` from the top down to itself."""

    category: Category
    depth: int
    path: tuple[str, ...]
    path_alt: tuple[str, ...]
    has_children: bool


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """Everything about a service that somebody types; a service out of scope has a polite text to say.

    Its usual impact and urgency are proposed where the category proposes none.
    """

    code: str
    name: str
    name_alt: str = ""
    parent_id: ServiceId | None = None
    owner_team_id: TeamId | None = None
    is_in_scope: bool = True
    refusal_text: str = ""
    refusal_text_alt: str = ""
    default_impact: int | None = None
    default_urgency: int | None = None
    handling_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """An entry of the service catalogue."""

    id: ServiceId
    details: ServiceDetails
    position: int
    is_active: bool
    version: int

    @property
    def name(self) -> str:
        """The main name."""
        return self.details.name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry offered while somebody types. `detail` tells apart what is called the same."""

    id: int
    name: str
    name_alt: str
    detail: str
    detail_alt: str
