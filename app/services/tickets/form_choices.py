"""What the form of a new ticket offers and whom it shows, put together from the features that own it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.entities.catalogue import CategoryNode, Gate, Service
from app.models.entities.ids import CategoryId, PersonId, TeamId
from app.models.entities.people import CallerCard, Company, Team
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import CodeItem, CodeKind, ConfigKind, Script
from app.models.entities.tickets import TicketRow
from app.services.base.context import Context
from app.services.catalogue import queries as catalogue
from app.services.catalogue.rules import effective_demands
from app.services.people import queries as people
from app.services.roster import queries as roster
from app.services.settings import declared
from app.services.settings import queries as settings
from app.services.settings.current import SITE_DOCUMENT
from app.services.tickets import form_queries


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Somebody a ticket can be assigned to, with their teams, and whether they are at work now."""

    id: PersonId
    name: str
    name_alt: str
    team_ids: tuple[TeamId, ...]
    is_on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is on the line: the card, and the newest of their tickets that are still open."""

    card: CallerCard
    open_tickets: tuple[TicketRow, ...] = ()


@dataclass(frozen=True)
class FormChoices:
    """Everything a new ticket can be made of.

    `category_teams` are the default teams, and `demands` the fields each gate demands, inherited ones too.
    """

    matrix: MatrixDefinition
    categories: tuple[CategoryNode, ...] = ()
    services: tuple[Service, ...] = ()
    teams: tuple[Team, ...] = ()
    staff: tuple[StaffChoice, ...] = ()
    causes: tuple[CodeItem, ...] = ()
    resolutions: tuple[CodeItem, ...] = ()
    scripts: tuple[Script, ...] = ()
    companies: tuple[Company, ...] = ()
    category_teams: Mapping[CategoryId, TeamId] = field(default_factory=dict)
    demands: Mapping[CategoryId, Mapping[Gate, tuple[str, ...]]] = field(default_factory=dict)
    calendar_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    number_prefix: str = "#"
    number_width: int = 5
    attachment_limit: int = 25
    desk_phone: str = ""

    def number_text(self, number: int) -> str:
        """Return a ticket's number as people see it: "#10482"."""
        return f"{self.number_prefix}{number:0{self.number_width}d}"

    def category(self, category_id: int | None) -> CategoryNode | None:
        """Return a category in its place, None for one that is not offered."""
        return next((node for node in self.categories if node.category.id == category_id), None)

    def service(self, service_id: int | None) -> Service | None:
        """Return a service, None for one that is not offered."""
        return next((service for service in self.services if service.id == service_id), None)

    def team(self, team_id: int | None) -> Team | None:
        """Return a team, None for one that is not offered."""
        return next((team for team in self.teams if team.id == team_id), None)

    def person(self, person_id: int | None) -> StaffChoice | None:
        """Return somebody of the staff, None for anybody else."""
        return next((one for one in self.staff if one.id == person_id), None)


def read_form_choices(ctx: Context) -> FormChoices:
    """Return what the form offers; keep it until catalogue, people, roster or settings change.

    Raises:
        NotAllowed: the actor may not see tickets.
        NotFound: `settings.config_missing`; the site is not set up.
    """
    nodes = tuple(catalogue.category_tree(ctx))
    values = settings.site_settings(ctx)
    document = settings.current_config(ctx, ConfigKind.MATRIX, SITE_DOCUMENT)
    return FormChoices(
        matrix=MatrixDefinition.from_dict(document.body),
        categories=nodes,
        services=tuple(catalogue.services(ctx)),
        teams=tuple(people.teams(ctx)),
        staff=_staff(ctx),
        causes=tuple(settings.code_items(ctx, CodeKind.CAUSE)),
        resolutions=tuple(settings.code_items(ctx, CodeKind.RESOLUTION)),
        scripts=tuple(settings.scripts(ctx)),
        companies=tuple(people.companies(ctx)) if ctx.actor.may("people.read") else (),
        category_teams=_default_teams(nodes),
        demands=effective_demands(node.category for node in nodes),
        calendar_names={
            calendar.code: (str(calendar.body.get("name", "")), str(calendar.body.get("name_alt", "")))
            for calendar in settings.current_configs(ctx, ConfigKind.CALENDAR)
        },
        number_prefix=values[declared.NUMBER_PREFIX],
        number_width=values[declared.NUMBER_WIDTH],
        attachment_limit=values[declared.ATTACHMENT_LIMIT],
        desk_phone=values[declared.DESK_PHONE],
    )


def read_caller(ctx: Context, person_id: PersonId) -> Caller:
    """Return who is calling.

    Raises:
        NotFound: `people.not_found`.
        NotAllowed: the actor may not see people or tickets.
    """
    card = people.caller_card(ctx, person_id)
    return Caller(card, tuple(form_queries.open_tickets_of(ctx, person_id)))


def _staff(ctx: Context) -> tuple[StaffChoice, ...]:
    on_duty: set[PersonId] = set()
    if ctx.actor.may("roster.read"):
        found = roster.on_duty_at(ctx, ctx.clock.now())
        on_duty = {one.person_id for one in found if not one.is_standby}
    return tuple(
        StaffChoice(entry.id, entry.name, entry.name_alt, entry.team_ids, entry.id in on_duty)
        for entry in people.staff_directory(ctx).values()
        if entry.is_active
    )


def _default_teams(nodes: tuple[CategoryNode, ...]) -> dict[CategoryId, TeamId]:
    """Return each category's own team, or that of the nearest category above; parents come first."""
    teams: dict[CategoryId, TeamId] = {}
    for node in nodes:
        category = node.category
        above = teams.get(category.parent_id) if category.parent_id is not None else None
        team = category.details.default_team_id or above
        if team is not None:
            teams[category.id] = team
    return teams
