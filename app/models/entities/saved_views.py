"""What a saved view is: a named list of tickets, one person's own or everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.models.entities.ids import PersonId, ViewId


class ViewSection(StrEnum):
    """Under which heading a view stands."""

    MINE = "mine"  # about me, or saved by me
    DESK = "desk"  # the desk's own work lists, shipped with the program
    SHARED = "shared"  # what somebody shared


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query with a name. Without an owner everybody sees it.

    `query` is text as a person could have typed it. `layout` holds how its table was laid out and sorted
    when it was saved: plain JSON values that only the list reads; what a person moves later is kept apart.
    """

    id: ViewId
    owner_id: PersonId | None
    name: str
    name_alt: str
    query: str
    section: ViewSection
    position: int
    version: int
    layout: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_shared(self) -> bool:
        """Whether everybody sees it."""
        return self.owner_id is None
