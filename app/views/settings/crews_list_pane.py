"""Crews: their names, and who is in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.roster import RosterPerson
from app.models.entities.roster_plan import Crew
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.crew_commands import add_crew, edit_crew, move_crew, set_crew_active
from app.services.roster.crew_member_commands import put_in_crew
from app.services.roster.crew_queries import crews
from app.services.roster.lists import Names
from app.services.roster.plan_queries import planned_people
from app.services.settings.rules import check_names
from app.views.base.columns import CellKind, Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.check_list import CheckList
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of

LONGEST_CODE, LONGEST_NAME = 16, 60
LIST_ERRORS: Mapping[str, str] = {
    "settings.name_missing": "name",
    "settings.code_missing": "code",
    "settings.code_taken": "code",
    "catalogue.text_too_long": "name",
}


class CrewKind(RecordKind[Crew]):
    """Crews with the people of the roster."""

    fields_of = LIST_ERRORS

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.people: list[RosterPerson] = []

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(crews, self._ctx, include_retired=True), partial(planned_people, self._ctx)
        )

    def rows(self, answer: Any) -> Sequence[Crew]:
        found, self.people = answer
        rows: Sequence[Crew] = found
        return rows

    def name(self, record: Crew) -> str:
        return shown_name(record.name, record.name_alt)

    def searched(self, record: Crew) -> Iterable[str]:
        members = (name for each in self.of(record) for name in (each.name, each.name_alt))
        return (record.code, record.name, record.name_alt, *members)

    def of(self, crew: Crew) -> list[RosterPerson]:
        """Return who is in a crew."""
        return [each for each in self.people if each.crew_id == crew.id]

    def values(self, record: Crew) -> Values:
        return {"name": record.name, "name_alt": record.name_alt, "code": record.code}

    def blank(self) -> Values:
        return {"name": "", "name_alt": "", "code": ""}

    def check(self, values: Values) -> None:
        check_names(values["code"], values["name"])

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_crew, self._ctx, Names(**_trimmed(values)))

    def editing(self, record: Crew, values: Values) -> Callable[[], Outcome]:
        return partial(edit_crew, self._ctx, record.id, Names(**_trimmed(values)), version=record.version)

    is_ordered = True

    def placing(self, record: Crew, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_crew, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: Crew, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_crew_active, self._ctx, record.id, version=record.version, is_active=is_active)

    def joining(self, crew: Crew, person_id: int, *, is_member: bool) -> Callable[[], Outcome]:
        """Return the job that puts somebody into a crew, or takes them out."""
        return partial(put_in_crew, self._ctx, person_id, int(crew.id) if is_member else None)


class CrewsListPane(RecordsPane[Crew]):
    """Names wait for Apply; who is in a crew acts at once, with its Undo."""

    edit_permission = "roster.edit"
    events = (RosterChanged, PeopleChanged)

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self.crew_kind = CrewKind(ctx)
        columns = (
            Column("code", N_("Code"), _code, width=80, look=look_of),
            Column("name", N_("Crew"), self.crew_kind.name, look=look_of, is_stretched=True),
            Column("people", N_("People"), self._count, CellKind.NUMBER, width=80),
        )
        empty = EmptyState("users", _("No crew here"), _("People of a crew work the same pattern together."))
        super().__init__(ctx, env, self.crew_kind, columns, empty)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New crew")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        place_names(self)
        self.member_words = PlainLabel(_("Who is in this crew"), "strong")
        self.members = CheckList(_("Who is in this crew"), _("Find a person"))
        self.members.setEnabled(self.may_edit)
        self.members.ticked.connect(self._join)
        for part in (self.member_words, self.members):
            self.fields.addWidget(part)
        said = _("A tick acts at once and takes the person out of another crew; Undo takes it back.")
        self.fields.addWidget(PlainLabel(said, "small", wrap=True))

    def show_record(self, record: Crew | None) -> None:
        """Show who is in the crew, and for the others where they are."""
        for part in (self.member_words, self.members):
            part.setVisible(record is not None)
        if record is None:
            return
        names = {each.id: self.kind.name(each) for each in self.presenter.rows}
        entries = [(int(each.id), self._told(each, record, names)) for each in self.crew_kind.people]
        ticked = [int(each.id) for each in self.crew_kind.of(record)]
        self.members.show_entries(entries, ticked, nothing=_("Nobody is planned yet."))

    def _told(self, person: RosterPerson, crew: Crew, names: Mapping[int, str]) -> str:
        name = shown_name(person.name, person.name_alt)
        if person.crew_id is None or person.crew_id == crew.id:
            return name
        return _("{name} · {crew}").format(name=name, crew=names.get(person.crew_id, ""))

    def _join(self, person_id: int, is_member: bool) -> None:
        record = self.presenter.current
        if record is not None:
            self.presenter.run(self.crew_kind.joining(record, person_id, is_member=is_member))

    def _count(self, crew: Crew) -> str:
        count = len(self.crew_kind.of(crew))
        return self.env.format.number(count) if count else ""


def place_names(
    pane: RecordsPane[Any], longest_code: int = LONGEST_CODE, longest_name: int = LONGEST_NAME
) -> None:
    """Place code and both names, as every list of the roster has them."""
    name, name_alt, code = QLineEdit(), QLineEdit(), QLineEdit()
    name.setMaxLength(longest_name)
    name_alt.setMaxLength(longest_name)
    code.setMaxLength(longest_code)
    fields: list[QWidget] = [
        pane.add_field("name", _("Name in English"), name, required=True),
        pane.add_field("name_alt", _("Name in Chinese"), name_alt),
    ]
    pane.place(*fields)
    pane.place(pane.add_field("code", _("Code"), code, required=True))


def _code(crew: Crew) -> str:
    return crew.code


def _trimmed(values: Values) -> dict[str, str]:
    return {name: values[name] for name in ("code", "name", "name_alt")}
