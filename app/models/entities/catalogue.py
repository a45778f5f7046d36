"""What categories and services are."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ids import CategoryId, ServiceId, TeamId


@dataclass(frozen=True, slots=True)
class CategoryDetails:
    """Everything about a category that somebody types, besides its place in the tree."""

    code: str
    name: str
    name_alt: str = ""
    default_team_id: TeamId | None = None
    is_desk_solvable: bool = False
    default_impact: int | None = None
    default_urgency: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree. `position` orders it among its siblings."""

    id: CategoryId
    parent_id: CategoryId | None
    details: CategoryDetails
    position: int
    is_active: bool
    version: int

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
    """Everything about a service that somebody types; a service out of scope has a polite text to say."""

    code: str
    name: str
    name_alt: str = ""
    parent_id: ServiceId | None = None
    owner_team_id: TeamId | None = None
    is_in_scope: bool = True
    refusal_text: str = ""
    refusal_text_alt: str = ""


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
