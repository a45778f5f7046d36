"""What the form of a new ticket asks: everything it offers in one read, and whether others report the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.models.entities.catalogue import CategoryNode, Service
from app.models.entities.ids import CategoryId, PersonId, ServiceId, TeamId
from app.models.entities.instants import to_micros
from app.models.entities.people import Team
from app.models.entities.priority import MatrixDefinition
from app.models.entities.roster import OnDuty
from app.models.entities.settings import CodeItem, CodeKind, Script
from app.models.entities.tickets import TicketRow
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.catalogue import queries as catalogue
from app.services.catalogue.rules import tree
from app.services.people import queries as people
from app.services.roster.queries import people_on_duty
from app.services.settings import declared
from app.services.settings import queries as settings
from app.services.settings.current import load_config
from app.services.tickets.listing import read_rows


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Somebody a ticket can be assigned to, with their teams, and whether they are at work now."""

    id: PersonId
    name: str
    team_ids: tuple[TeamId, ...]
    is_on_duty: bool = False


@dataclass(frozen=True)
class FormChoices:
    """Everything a new ticket can be made of. `category_teams` are the default teams, inherited ones too."""

    matrix: MatrixDefinition
    categories: tuple[CategoryNode, ...]
    services: tuple[Service, ...]
    teams: tuple[Team, ...]
    staff: tuple[StaffChoice, ...]
    causes: tuple[CodeItem, ...]
    resolutions: tuple[CodeItem, ...]
    scripts: tuple[Script, ...]
    category_teams: Mapping[CategoryId, TeamId] = field(default_factory=dict)
    number_prefix: str = "#"
    number_width: int = 5
    attachment_limit: int = 25
    desk_phone: str = ""

    def number_text(self, number: int) -> str:
        """Return a ticket's number as people see it: "#10482"."""
        return f"{self.number_prefix}{number:0{self.number_width}d}"


@dataclass(frozen=True, slots=True)
class SameService:
    """How many people reported a service today, and the open ticket that did so first."""

    people: int
    first: TicketRow | None


@query(permission="tickets.create")
def form_choices(ctx: Context, read: Reader) -> FormChoices:
    """Return what the form offers; keep it until catalogue, people, roster or settings change.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    site = load_config(read)
    nodes = tree(catalogue.load_categories(read, include_retired=False))
    on_duty: list[OnDuty] = people_on_duty(read, ctx.clock.now())
    teams = {node.category.id: site.default_team(node.category.id) for node in nodes}
    return FormChoices(
        matrix=site.matrix_definition,
        categories=tuple(nodes),
        services=tuple(catalogue.load_services(read)),
        teams=tuple(people.load_teams(read)),
        staff=_staff(read, frozenset(one.person_id for one in on_duty if not one.is_standby)),
        causes=tuple(settings.load_codes(read, CodeKind.CAUSE)),
        resolutions=tuple(settings.load_codes(read, CodeKind.RESOLUTION)),
        scripts=tuple(settings.load_scripts(read)),
        category_teams={category: team for category, team in teams.items() if team is not None},
        number_prefix=site.settings[declared.NUMBER_PREFIX],
        number_width=site.settings[declared.NUMBER_WIDTH],
        attachment_limit=site.settings[declared.ATTACHMENT_LIMIT],
        desk_phone=site.settings[declared.DESK_PHONE],
    )
