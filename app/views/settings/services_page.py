"""Services: what the desk supports, and what it says politely about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.catalogue import Service, ServiceDetails
from app.models.entities.catalogue_sheets import SheetKind
from app.models.entities.events import CatalogueChanged, PeopleChanged
from app.models.entities.ids import ServiceId, TeamId
from app.models.entities.people import Team
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.catalogue import rules
from app.services.catalogue.commands import add_service, edit_service, move_service, set_service_active
from app.services.catalogue.queries import services
from app.services.people.queries import teams
from app.services.settings.queries import current_configs
from app.services.tickets.use_queries import service_refusals, service_uses
from app.views.base.columns import CellKind, Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.settings.choices import (
    level_choices,
    matrix_of,
    reading_together,
    shown_name,
    team_choices,
    team_name,
)
from app.views.settings.inputs import fill, minutes_box, text_box
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of
from app.views.settings.sheet_exchange import SheetExchange


class ServiceKind(RecordKind[Service]):
    """Services with the teams they may belong to."""

    fields_of: Mapping[str, str] = {
        "catalogue.name_missing": "name",
        "catalogue.text_too_long": "name",
        "catalogue.code_taken": "code",
        "catalogue.refusal_missing": "refusal_text",
        "catalogue.refusal_too_long": "refusal_text",
        "catalogue.level_bad": "default_impact",
        "catalogue.minutes_bad": "handling_minutes",
        "catalogue.circle": "parent_id",
        "catalogue.too_deep": "parent_id",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.services: list[Service] = []
        self.uses: Mapping[int, int] = {}
        self.teams: list[Team] = []
        self.refusals: Mapping[int, int] = {}
        self.matrix = MatrixDefinition((), (), {})

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(services, self._ctx, include_retired=True),
            partial(service_uses, self._ctx),
            partial(teams, self._ctx, include_retired=True),
            partial(service_refusals, self._ctx),
            partial(current_configs, self._ctx, ConfigKind.MATRIX),
        )

    def rows(self, answer: Any) -> Sequence[Service]:
        self.services, self.uses, self.teams, self.refusals, versions = answer
        self.matrix = matrix_of(versions)
        return self.services

    def name(self, record: Service) -> str:
        return shown_name(record.details.name, record.details.name_alt)

    def owner(self, record: Service) -> str:
        """Return the name of the team that looks after a service, or ""."""
        wanted = record.details.owner_team_id
        return next((team_name(team) for team in self.teams if team.id == wanted), "")

    def searched(self, record: Service) -> Iterable[str]:
        return (record.details.code, record.details.name, record.details.name_alt, self.owner(record))

    def values(self, record: Service) -> Values:
        details = record.details
        return {
            "name": details.name,
            "name_alt": details.name_alt,
            "code": details.code,
            "parent_id": details.parent_id,
            "owner_team_id": details.owner_team_id,
            "is_in_scope": details.is_in_scope,
            "refusal_text": details.refusal_text,
            "refusal_text_alt": details.refusal_text_alt,
            "default_impact": details.default_impact,
            "default_urgency": details.default_urgency,
            "handling_minutes": details.handling_minutes or 0,
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "parent_id": None,
            "owner_team_id": None,
            "is_in_scope": True,
            "refusal_text": "",
            "refusal_text_alt": "",
            "default_impact": None,
            "default_urgency": None,
            "handling_minutes": 0,
        }

    def check(self, values: Values) -> None:
        rules.check_service(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_service, self._ctx, _details(values))

    def editing(self, record: Service, values: Values) -> Callable[[], Outcome]:
        return partial(edit_service, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: Service, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_service, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: Service, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_service_active, self._ctx, record.id, version=record.version, is_active=is_active)


class ServicesPane(RecordsPane[Service]):
    """The catalogue in its order; a service out of scope has the words to refuse with."""

    events = (CatalogueChanged, PeopleChanged)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.catalogue = ServiceKind(ctx)
        empty = EmptyState(
            "layers", _("No service here"), _("Services say what the desk supports; tickets name them.")
        )
        super().__init__(ctx, env, self.catalogue, self._make_columns(), empty, parent=parent)
        self.exchange = SheetExchange(ctx, env, self, SheetKind.SERVICES, self.presenter.run)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New service")

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """Files first, then the button that adds."""
        return (*self.exchange.buttons(may_edit=self.may_edit), *super().header_buttons)

    def _make_columns(self) -> Sequence[Column[Service]]:
        kind = self.catalogue
        return (
            Column("name", N_("Service"), kind.name, look=look_of, is_stretched=True),
            Column("owner", N_("Team"), kind.owner, width=180, look=look_of),
            Column("scope", N_("In scope"), _scope, width=90, look=look_of),
            Column(
                "uses",
                N_("Tickets"),
                lambda each: str(kind.uses.get(each.id, "")),
                CellKind.NUMBER,
                width=70,
            ),
            Column(
                "refused",
                N_("Refused"),
                lambda each: str(kind.refusals.get(each.id, "")),
                CellKind.NUMBER,
                width=70,
            ),
        )

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        self.team = Choose()
        self.parent_box = Choose()
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("code", _("Code"), QLineEdit(), hint=_("empty: made of the name")),
            self.add_field("parent_id", _("Below"), self.parent_box),
        )
        self.place(self.add_field("owner_team_id", _("Team that looks after it"), self.team))
        self.impact, self.urgency = Choose(), Choose()
        self.place(
            self.add_field("default_impact", _("Usual impact"), self.impact),
            self.add_field("default_urgency", _("Usual urgency"), self.urgency),
        )
        self.minutes, shown = minutes_box(rules.MOST_MINUTES)
        self.place(self.add_field("handling_minutes", _("Usually takes"), self.minutes, binding=shown))
        scope = Toggle(_("The desk supports it"), shown=True)
        self.place(self.add_field("is_in_scope", _("In scope"), scope))
        self.refusal = self.add_field(
            "refusal_text", _("What is said when it is asked for, in English"), text_box()
        )
        self.refusal_alt = self.add_field("refusal_text_alt", _("The same in Chinese"), text_box())
        self.place(self.refusal)
        self.place(self.refusal_alt)
        scope.toggled.connect(self._show_refusal)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        fill(self.team, team_choices(self.catalogue.teams, kept=self.form.values["owner_team_id"]))
        fill(self.impact, level_choices(self.catalogue.matrix.impacts))
        fill(self.urgency, level_choices(self.catalogue.matrix.urgencies))
        others = [
            (self.kind.name(each), int(each.id))
            for each in self.catalogue.services
            if each.is_active and each.id != self.presenter.chosen
        ]
        fill(self.parent_box, [(_("The top"), None), *others])

    def show_record(self, _record: Service | None) -> None:
        """Ask for a refusal only where something is refused."""
        self._show_refusal(bool(self.form.values["is_in_scope"]))

    def _show_refusal(self, is_in_scope: bool) -> None:
        self.refusal.setVisible(not is_in_scope)
        self.refusal_alt.setVisible(not is_in_scope)


def _scope(service: Service) -> str:
    return _("Yes") if service.details.is_in_scope else _("No")


def _details(values: Values) -> ServiceDetails:
    parent, team = values["parent_id"], values["owner_team_id"]
    return ServiceDetails(
        code=values["code"],
        name=values["name"],
        name_alt=values["name_alt"],
        parent_id=None if parent is None else ServiceId(parent),
        owner_team_id=None if team is None else TeamId(team),
        is_in_scope=values["is_in_scope"],
        refusal_text=values["refusal_text"],
        refusal_text_alt=values["refusal_text_alt"],
        default_impact=values["default_impact"],
        default_urgency=values["default_urgency"],
        handling_minutes=values["handling_minutes"] or None,
    )
