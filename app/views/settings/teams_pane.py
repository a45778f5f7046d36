"""Teams: what each is for, which line it is, and who belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId
from app.models.entities.people import StaffEntry, Team, TeamDetails
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people.commands import (
    LINES,
    add_team,
    edit_team,
    move_team,
    set_team_active,
    set_team_members,
)
from app.services.people.queries import staff_directory, teams
from app.services.roster.leaving_commands import leave_team_and_clear
from app.services.roster.leaving_queries import shifts_lost_with_team
from app.views.base.columns import CellKind, Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.settings.check_list import CheckList
from app.views.settings.choices import reading_together, shown_name, team_name
from app.views.settings.inputs import fill
from app.views.settings.people_leaving_popup import AskLeaving, last_team_question
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of


class TeamKind(RecordKind[Team]):
    """Teams, with everybody who may belong to one."""

    fields_of: Mapping[str, str] = {
        "people.team_code_missing": "code",
        "people.team_code_taken": "code",
        "people.team_name_missing": "name",
        "people.team_line_bad": "line",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.staff: Mapping[PersonId, StaffEntry] = {}

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(teams, self._ctx, include_retired=True), partial(staff_directory, self._ctx)
        )

    def rows(self, answer: Any) -> Sequence[Team]:
        found, self.staff = answer
        rows: Sequence[Team] = found
        return rows

    def name(self, record: Team) -> str:
        return team_name(record)

    def searched(self, record: Team) -> Iterable[str]:
        details = record.details
        return (details.code, details.name, details.name_alt, details.specialty)

    def values(self, record: Team) -> Values:
        details = record.details
        return {
            "name": details.name,
            "name_alt": details.name_alt,
            "code": details.code,
            "line": details.line,
            "specialty": details.specialty,
            "is_field": details.is_field,
            "is_supplier": details.is_supplier,
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "line": 1,
            "specialty": "",
            "is_field": False,
            "is_supplier": False,
        }

    def check(self, values: Values) -> None:
        # The service judges when it is saved; a code and a name are asked for by the form itself.
        del values

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_team, self._ctx, TeamDetails(**values))

    def editing(self, record: Team, values: Values) -> Callable[[], Outcome]:
        return partial(edit_team, self._ctx, record.id, TeamDetails(**values), version=record.version)

    is_ordered = True

    def placing(self, record: Team, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_team, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: Team, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_team_active, self._ctx, record.id, version=record.version, is_active=is_active)

    def with_members(self, record: Team, members: Collection[PersonId]) -> Callable[[], Outcome]:
        """Return the job that says who belongs to a team."""
        return partial(set_team_members, self._ctx, record.id, sorted(members), version=record.version)

    def counting(self, record: Team, person_id: PersonId) -> Callable[[], int]:
        """Return the job that counts somebody's shifts ahead where this is their last team; else 0."""
        return partial(shifts_lost_with_team, self._ctx, person_id, record.id)

    def without(self, record: Team, person_id: PersonId) -> Callable[[], Outcome]:
        """Return the job that takes somebody out and off their shifts to come."""
        return partial(leave_team_and_clear, self._ctx, person_id, record.id, version=record.version)


class TeamsPane(RecordsPane[Team]):
    """Facts wait for Apply; a member is put in or taken out at once."""

    edit_permission = "people.edit"
    events = (PeopleChanged,)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.team_kind = TeamKind(ctx)
        columns = (
            Column("name", N_("Team"), self.team_kind.name, look=look_of, is_stretched=True),
            Column("line", N_("Line"), _line, width=70, look=look_of),
            Column("specialty", N_("Specialty"), _specialty, width=130, look=look_of),
            Column("members", N_("Members"), _members, CellKind.NUMBER, width=90),
        )
        empty = EmptyState("users", _("No team here"), _("Tickets are assigned to teams and their members."))
        super().__init__(ctx, env, self.team_kind, columns, empty, parent=parent)
        self.ask_leaving = AskLeaving(self, env)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New team")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        line = Choose()
        fill(line, [(_("Line {number}").format(number=each), each) for each in LINES])
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("code", _("Code"), QLineEdit(), required=True),
            self.add_field("line", _("Line"), line),
        )
        self.place(self.add_field("specialty", _("Specialty"), QLineEdit()))
        goes_out = Toggle(_("Goes out to people"), shown=True)
        outside = Toggle(_("Another company"), shown=True)
        self.place(
            self.add_field("is_field", _("Field service"), goes_out),
            self.add_field("is_supplier", _("Supplier"), outside),
        )
        self.member_words = PlainLabel(_("Members"), "strong")
        self.members = CheckList(_("Members"), _("Find somebody"))
        self.members.setEnabled(self.may_edit)
        self.fields.addWidget(self.member_words)
        self.fields.addWidget(self.members)
        self.members.ticked.connect(self._set_member)

    def show_record(self, record: Team | None) -> None:
        """Show who belongs to a team that exists."""
        self.member_words.setVisible(record is not None)
        self.members.setVisible(record is not None)
        held = record.member_ids if record is not None else ()
        entries = [
            (int(each.id), shown_name(each.name, each.name_alt))
            for each in self.team_kind.staff.values()
            if each.is_active or each.id in held
        ]
        self.members.show_entries(entries, [int(each) for each in held], nothing=_("Nobody works here yet."))

    def _set_member(self, person_id: int, is_member: bool) -> None:
        team = self.presenter.current
        if team is not None:
            who = PersonId(person_id)
            if is_member:
                self.presenter.run(self.team_kind.with_members(team, {*team.member_ids, who}))
                return
            entry = self.team_kind.staff.get(who)
            name = shown_name(entry.name, entry.name_alt) if entry is not None else ""
            keep = self.team_kind.with_members(team, {*team.member_ids} - {who})
            self.ask_leaving.ask(
                self.team_kind.counting(team, who),
                name,
                partial(self.presenter.run, keep),
                partial(self.presenter.run, self.team_kind.without(team, who)),
                question=last_team_question(name),
                after=self.refresh,  # the tick is back unless something was answered
            )


def _line(team: Team) -> str:
    return str(team.details.line)


def _specialty(team: Team) -> str:
    return team.details.specialty


def _members(team: Team) -> str:
    return str(len(team.member_ids))
