"""Categories as records of a list page: read, written, moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.models.entities.catalogue import (
    LINES,
    Category,
    CategoryDetails,
    CategoryNode,
    Gate,
    demands_in,
    demands_to_dict,
)
from app.models.entities.ids import ArticleId, CategoryId, TeamId
from app.models.entities.knowledge import ArticleRow
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
from app.services.catalogue.rules import PATH_SIGN, effective_demands
from app.services.knowledge.queries import articles
from app.services.people.queries import teams
from app.services.settings.queries import current_configs
from app.services.tickets.use_queries import category_refusals, category_uses
from app.views.base.i18n import current
from app.views.settings.choices import matrix_of, reading_together, shown_name
from app.views.settings.records import RecordKind, Values

_MOST_ARTICLES = 2_000


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
        "catalogue.minutes_bad": "handling_minutes",
        "catalogue.category_refusal_missing": "refusal_text",
        "catalogue.refusal_too_long": "refusal_text",
        "catalogue.too_deep": "parent_id",
        "catalogue.parent_missing": "parent_id",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._may_read_articles = ctx.actor.may("knowledge.read")
        self.nodes: list[CategoryNode] = []
        self.uses: Mapping[int, int] = {}
        self.teams: list[Team] = []
        self.matrix = MatrixDefinition((), (), {})
        self.new_parent: int | None = None
        self.refusals: Mapping[int, int] = {}
        self.linkable: list[ArticleRow] = []
        self.demands: Mapping[CategoryId, Mapping[Gate, tuple[str, ...]]] = {}

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(category_tree, self._ctx, include_retired=True),
            partial(category_uses, self._ctx),
            partial(teams, self._ctx, include_retired=True),
            partial(current_configs, self._ctx, ConfigKind.MATRIX),
            partial(category_refusals, self._ctx),
            # Whoever may not read articles keeps those that are linked, without their titles.
            partial(articles, self._ctx, limit=_MOST_ARTICLES) if self._may_read_articles else list,
        )

    def rows(self, answer: Any) -> Sequence[Category]:
        self.nodes, self.uses, self.teams, versions, self.refusals, self.linkable = answer
        self.linkable.sort(key=lambda article: article.number)
        self.matrix = matrix_of(versions)
        self.demands = effective_demands(node.category for node in self.nodes)
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
            "handling_minutes": details.handling_minutes or 0,
            "is_external": details.is_external,
            **{f"line_{line}": dict(details.line_teams).get(line) for line in LINES},
            "demands": demands_to_dict(details.demands),
            "articles": [int(each) for each in details.article_ids],
            "is_in_scope": details.is_in_scope,
            "refusal_text": details.refusal_text,
            "refusal_text_alt": details.refusal_text_alt,
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
            "handling_minutes": 0,
            "is_external": False,
            **{f"line_{line}": None for line in LINES},
            "demands": {},
            "articles": [],
            "is_in_scope": True,
            "refusal_text": "",
            "refusal_text_alt": "",
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

    def inherited(self, record: Category | None, parent_id: int | None) -> Mapping[Gate, tuple[str, ...]]:
        """Return what holds for a category where it states nothing; a new one's parent is `parent_id`."""
        above = record.parent_id if record is not None else parent_id
        return self.demands.get(CategoryId(above), {}) if above is not None else {}

    def path(self, category_id: int | None) -> str:
        """Return where a category stands, in the reader's language; "" for none."""
        is_alt = current.code.startswith("zh")
        return next(
            (
                PATH_SIGN.join(node.path_alt if is_alt else node.path)
                for node in self.nodes
                if node.category.id == category_id
            ),
            "",
        )

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
        line_teams=tuple(
            (line, TeamId(values[f"line_{line}"])) for line in LINES if values[f"line_{line}"] is not None
        ),
        demands=demands_in(values["demands"]),
        article_ids=tuple(ArticleId(each) for each in values["articles"]),
        handling_minutes=values["handling_minutes"] or None,
        is_external=values["is_external"],
        is_in_scope=values["is_in_scope"],
        refusal_text=values["refusal_text"],
        refusal_text_alt=values["refusal_text_alt"],
    )
