"""What merging one category into another would do, and what must be known to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.entities.ids import ArticleId, CategoryId, TicketId


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do, counted now.

    `tickets` of which `open_tickets` are open are moved; `subcategories` (names of those directly below) come
    to stand below the target with all they hold; `articles` were written for the category, `linked` are
    offered first in it and not in the target yet; `lines` are those of support for which the target has no
    team, so it takes this one's; `policies` of the SLA table in force name the category and will name the
    target instead.
    """

    tickets: int = 0
    open_tickets: int = 0
    subcategories: tuple[str, ...] = ()
    articles: int = 0
    linked: int = 0
    lines: tuple[int, ...] = ()
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoneMerge:
    """What a merge did, with what it overwrote.

    `version` is the merged category's after it, `batch` the operation whose log lines moved the tickets.
    `places` are the former places of its subcategories by id. `sla_number` is the version of the SLA table
    it wrote, 0 for none, and `sla_before` the table it replaced.
    """

    source_id: CategoryId
    target_id: CategoryId
    version: int
    was_active: bool
    was_merged_into: CategoryId | None
    batch: str
    ticket_ids: tuple[TicketId, ...] = ()
    places: Mapping[CategoryId, int] = field(default_factory=dict)
    article_ids: tuple[ArticleId, ...] = ()
    linked_ids: tuple[ArticleId, ...] = ()
    lines: tuple[int, ...] = ()
    sla_number: int = 0
    sla_before: Mapping[str, Any] = field(default_factory=dict)
