"""The names behind the ids of a ticket: teams, colleagues and categories, read once and kept up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.catalogue import CategoryNode
from app.models.entities.events import CatalogueChanged, PeopleChanged
from app.models.entities.ids import CategoryId, PersonId, TeamId
from app.models.entities.people import StaffEntry, Team
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.catalogue import queries as catalogue_queries
from app.services.people import queries as people_queries
from app.views.base.i18n import current
from app.views.base.pages import PageEnv

_BETWEEN = " · "


class DeskNames(QObject):
    """Knows the names in the reader's language; an id it does not know is shown as nothing.

    Reads by itself when it is made and whenever people or the catalogue change.
    """

    changed = Signal()

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.teams: Sequence[Team] = ()
        self.staff: Mapping[PersonId, StaffEntry] = {}
        self.categories: Sequence[CategoryNode] = ()
        self._nodes: dict[int, CategoryNode] = {}
        env.bridge.listen(PeopleChanged, self, lambda _event: self._read_people())
        env.bridge.listen(CatalogueChanged, self, lambda _event: self._read_categories())
        self._read_people()
        self._read_categories()

    def team(self, team_id: TeamId | None) -> str:
        """Return a team's name."""
        found = next((team for team in self.teams if team.id == team_id), None)
        return "" if found is None else self.name_of_team(found)

    def line(self, team_id: TeamId | None) -> int | None:
        """Return the line a team belongs to; None for no team, or one nobody knows."""
        found = next((team for team in self.teams if team.id == team_id), None)
        return None if found is None else found.details.line

    def name_of_team(self, team: Team) -> str:
        """Return a team's name in the reader's language."""
        return name_in(team.details.name, team.details.name_alt, current.code)

    def person(self, person_id: PersonId | None) -> str:
        """Return the name of somebody who works or worked at the desk."""
        found = self.staff.get(person_id) if person_id is not None else None
        return "" if found is None else name_in(found.name, found.name_alt, current.code)

    def category(self, category_id: CategoryId | None) -> str:
        """Return a category with the one above it: "Finance · ERP"."""
        node = self._nodes.get(category_id) if category_id is not None else None
        return "" if node is None else _BETWEEN.join(self.path(node)[-2:])

    def path(self, node: CategoryNode) -> tuple[str, ...]:
        """Return a category's names from the top down to itself, each in the reader's language."""
        pairs = zip(node.path, node.path_alt, strict=True)
        return tuple(name_in(name, alt, current.code) for name, alt in pairs)

    def default_team(self, category_id: CategoryId | None) -> TeamId | None:
        """Return the team a category's tickets go to: its own, or that of the nearest one above."""
        seen: set[int] = set()
        while category_id is not None and category_id in self._nodes and category_id not in seen:
            seen.add(category_id)
            category = self._nodes[category_id].category
            if category.details.default_team_id is not None:
                return category.details.default_team_id
            category_id = category.parent_id
        return None

    def members(self, team_id: TeamId) -> list[StaffEntry]:
        """Return the colleagues of a team who still work here, by name."""
        return [entry for entry in self.staff.values() if entry.is_active and team_id in entry.team_ids]

    def _read_people(self) -> None:
        self._env.tasks.run(
            partial(people_queries.teams, self._ctx), self._keep_teams, self._env.shell.failed, owner=self
        )
        self._env.tasks.run(
            partial(people_queries.staff_directory, self._ctx),
            self._keep_staff,
            self._env.shell.failed,
            owner=self,
        )

    def _read_categories(self) -> None:
        job = partial(catalogue_queries.category_tree, self._ctx)
        self._env.tasks.run(job, self._keep_categories, self._env.shell.failed, owner=self)

    def _keep_teams(self, teams: list[Team]) -> None:
        self.teams = teams
        self.changed.emit()

    def _keep_staff(self, staff: dict[PersonId, StaffEntry]) -> None:
        self.staff = staff
        self.changed.emit()

    def _keep_categories(self, nodes: list[CategoryNode]) -> None:
        self.categories = nodes
        self._nodes = {int(node.category.id): node for node in nodes}
        self.changed.emit()
