"""Categories as records of a list page: read, written, moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.models.entities.catalogue import Category, CategoryDetails, CategoryNode
from app.models.entities.ids import CategoryId, TeamId
from app.models.entities.people import Team
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.catalogue import rules
from app.services.catalogue.commands import (
    add_category,
    edit_category,
    move_category,
    restore_category,
    retire_category,
)
from app.services.catalogue.queries import category_tree
from app.services.people.queries import teams
from app.services.settings.queries import current_configs
from app.services.tickets.use_queries import category_uses
from app.views.settings.choices import matrix_of, reading_together, shown_name
from app.views.settings.records import RecordKind, Values


@dataclass(frozen=True, slots=True)
class Place:
    """Where a category goes: below a parent (None: the top), before a sibling (None: last)."""

    parent_id: int | None
    before_id: int | None


class CategoryKind(RecordKind[Category]):
    """The form's values are the details and the parent; one that exists changes its parent by moving."""

    fields_of: Mapping[str, str] = {
        "catalogue.name_missing": "name",
        "catalogue.text_too_long": "name",
        "catalogue.code_taken": "code",
        "catalogue.level_bad": "default_impact",
        "catalogue.too_deep": "parent_id",
        "catalogue.parent_missing": "parent_id",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.nodes: list[CategoryNode] = []
        self.uses: Mapping[int, int] = {}
        self.teams: list[Team] = []
        self.matrix = MatrixDefinition((), (), {})
        self.new_parent: int | None = None

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(category_tree, self._ctx, include_retired=True),
            partial(category_uses, self._ctx),
            partial(teams, self._ctx, include_retired=True),
            partial(current_configs, self._ctx, ConfigKind.MATRIX),
        )

    def rows(self, answer: Any) -> Sequence[Category]:
        self.nodes, self.uses, self.teams, versions = answer
        self.matrix = matrix_of(versions)
        return [node.category for node in self.nodes]

    def name(self, record: Category) -> str:
        return shown_name(record.details.name, record.details.name_alt)

    def searched(self, record: Category) -> Iterable[str]:
        return (record.details.code, record.details.name, record.details.name_alt)

    def values(self, record: Category) -> Values:
        details = record.details
        return {
            "name": details.name,
            "name_alt": details.name_alt,
            "code": details.code,
            "parent_id": record.parent_id,
            "default_team_id": details.default_team_id,
            "is_desk_solvable": details.is_desk_solvable,
            "default_impact": details.default_impact,
            "default_urgency": details.default_urgency,
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "parent_id": self.new_parent,
            "default_team_id": None,
            "is_desk_solvable": False,
            "default_impact": None,
            "default_urgency": None,
        }

    def check(self, values: Values) -> None:
        rules.check_category(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        parent = values["parent_id"]
        return partial(
            add_category,
            self._ctx,
            _details(values),
            parent_id=None if parent is None else CategoryId(parent),
        )

    def editing(self, record: Category, values: Values) -> Callable[[], Outcome]:
        return partial(edit_category, self._ctx, record.id, _details(values), version=record.version)

    def switching(self, record: Category, *, is_active: bool) -> Callable[[], Outcome]:
        switch = restore_category if is_active else retire_category
        return partial(switch, self._ctx, record.id, version=record.version)

    def renaming(self, record: Category, name: str, *, is_alt: bool) -> Callable[[], Outcome]:
        """Return the job that changes one of a category's names and nothing else."""
        values = self.values(record) | {"name_alt" if is_alt else "name": name}
        return self.editing(record, values)

    def moving(self, record: Category, place: Place) -> Callable[[], Outcome]:
        """Return the job that hangs a category, with all below it, elsewhere."""
        return partial(
            move_category,
            self._ctx,
            record.id,
            version=record.version,
            parent_id=None if place.parent_id is None else CategoryId(place.parent_id),
            before_id=None if place.before_id is None else CategoryId(place.before_id),
        )


def _details(values: Values) -> CategoryDetails:
    team = values["default_team_id"]
    return CategoryDetails(
        code=values["code"],
        name=values["name"],
        name_alt=values["name_alt"],
        default_team_id=None if team is None else TeamId(team),
        is_desk_solvable=values["is_desk_solvable"],
        default_impact=values["default_impact"],
        default_urgency=values["default_urgency"],
    )
