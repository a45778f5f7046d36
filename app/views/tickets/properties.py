"""The properties of a ticket, each changed in its own place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.people import PersonRow
from app.models.entities.tickets import Channel, PrioritySource, TicketType
from app.services.base.undo import Outcome
from app.services.catalogue import rules as catalogue_rules
from app.services.tickets.facts import BEARABLE
from app.views.base.i18n import _
from app.views.base.major_words import major_said
from app.views.base.widgets.cards import Card
from app.views.tickets.detail_names import in_reader_language
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.detail_state import TicketState
from app.views.tickets.fact_rows import FactRows
from app.views.tickets.form_typeahead import TypeAhead
from app.views.tickets.property_rows import (
    PropertyRow,
    choice_editor,
    column_of,
    find_editor,
    line_editor,
    offers_of,
)

_MOST_OFFERS = 9
_NO_MATCH = 9  # what `catalogue.rules.match_grade` says of an entry that does not fit
_CALLER_PAUSE = 120
_TYPES = (TicketType.INCIDENT, TicketType.REQUEST, TicketType.INQUIRY, TicketType.COMPLAINT)


class PropertiesCard(Card):
    """Rows of label and value. A value somebody is typing stays theirs while the page refreshes."""

    levels_asked = Signal()  # impact, urgency or priority
    assign_asked = Signal()
    description_asked = Signal()

    def __init__(self, presenter: TicketPresenter, parent: QWidget | None = None) -> None:
        super().__init__(_("Properties"), parent=parent)
        self.setObjectName("properties")
        self._presenter = presenter
        self._state: TicketState | None = None
        may_edit = presenter.may("tickets.edit")
        may_assign = presenter.may("tickets.assign")
        self.facts = FactRows(presenter, self)
        self.rows: dict[str, PropertyRow] = {}
        for name, label, is_open in (
            ("requester_id", _("Requester"), may_edit),
            ("location", _("Location"), may_edit),
            ("type", _("Type"), may_edit),
            ("channel", _("Channel"), may_edit),
            ("category_id", _("Category"), may_edit),
            ("service_id", _("Service"), may_edit),
            ("impact", _("Impact"), may_edit),
            ("urgency", _("Urgency"), may_edit),
            ("priority", _("Priority"), may_edit),
            ("team_id", _("Team"), may_assign),
            ("assignee_id", _("Assignee"), may_assign),
            ("owner_id", _("Owner"), may_edit),
            ("description", _("Description"), may_edit),
        ):
            self.rows[name] = PropertyRow(label, is_fixed=not is_open)
            if name == "urgency":
                self.rows[BEARABLE] = self.facts.rows[BEARABLE]
        self.rows.update(self.facts.rows)
        # The requester has a card of their own; its field stands there.
        self.body.addLayout(column_of([row for name, row in self.rows.items() if name != "requester_id"]))
        self._connect()

    def show_state(self, state: TicketState) -> None:
        """Show the ticket as it is now; open editors are left alone."""
        self._state = state
        ticket, names = state.ticket, state.names
        shown = {
            "location": ticket.location,
            "type": names.word(ticket.type),
            "channel": names.word(ticket.channel),
            "category_id": names.category(ticket.category_id),
            "service_id": names.service(ticket.service_id),
            "impact": names.impact(ticket.impact),
            "urgency": names.urgency(ticket.urgency),
            "team_id": names.team(ticket.team_id),
            "description": ticket.description,
        }
        for name, text in shown.items():
            self.rows[name].value.show_value(text)
        for name in ("requester_id", "assignee_id", "owner_id"):
            person = names.person(getattr(ticket, name))
            self.rows[name].value.show_value(person, person=person)
        is_by_hand = ticket.priority_source is PrioritySource.OVERRIDE
        source = _("set by hand") if is_by_hand else _("by matrix")
        if ticket.is_major:
            source = major_said()
        self.rows["priority"].value.show_value(source, priority=ticket.priority)
        self.facts.show_state(state)

    def close_editors(self) -> None:
        """Give up what is being changed: another ticket comes."""
        for row in self.rows.values():
            row.close_editor()
        self.facts.fold()

    def edit(self, name: str) -> None:
        """Begin to change a property, as a click on it does."""
        self.rows[name].value.click()

    def _connect(self) -> None:
        for name in ("impact", "urgency", "priority"):
            self.rows[name].begun.connect(self.levels_asked)
        for name in ("team_id", "assignee_id"):
            self.rows[name].begun.connect(self.assign_asked)
        self.rows["description"].begun.connect(self.description_asked)
        self._on("location", self._edit_location)
        self._on("type", self._edit_type)
        self._on("channel", self._edit_channel)
        self._on("category_id", self._edit_category)
        self._on("service_id", self._edit_service)
        self._on("owner_id", self._edit_owner)
        self._on("requester_id", self._edit_requester)

    def _on(self, name: str, begin: Callable[[TicketState], None]) -> None:
        def begun() -> None:
            if self._state is not None:
                begin(self._state)

        self.rows[name].begun.connect(begun)

    def _saver(self, name: str, state: TicketState) -> Callable[[object], None]:
        """Return what saves a property, measured against what the person saw when beginning to type."""
        base = getattr(state.ticket, name)
        row = self.rows[name]

        def saved(_outcome: Outcome) -> None:
            row.close_editor()

        def save(value: object) -> None:
            if value == base:
                row.close_editor()
            else:
                words = {name: row.editor.text()} if isinstance(row.editor, TypeAhead) else {}
                self._presenter.edit({name: value}, {name: base}, state.ticket.version, saved, words)

        return save

    def _edit_location(self, state: TicketState) -> None:
        self.rows["location"].edit_with(line_editor(state.ticket.location, self._saver("location", state)))

    def _edit_type(self, state: TicketState) -> None:
        types = dict.fromkeys((*_TYPES, state.ticket.type))
        choices = [(kind, state.names.word(kind)) for kind in types]
        self.rows["type"].edit_with(choice_editor(choices, state.ticket.type, self._saver("type", state)))

    def _edit_channel(self, state: TicketState) -> None:
        choices = [(channel, state.names.word(channel)) for channel in Channel]
        save = self._saver("channel", state)
        self.rows["channel"].edit_with(choice_editor(choices, state.ticket.channel, save))

    def _edit_category(self, state: TicketState) -> None:
        def asked(typed: str, line: TypeAhead) -> None:
            found = catalogue_rules.suggest_categories(state.terms.categories, typed, _MOST_OFFERS)
            line.offer(
                offers_of(
                    [
                        (
                            each.id,
                            in_reader_language(each.name, each.name_alt),
                            in_reader_language(each.detail, each.detail_alt),
                        )
                        for each in found
                    ]
                )
            )

        self._find("category_id", state, asked, state.names.category(state.ticket.category_id))

    def _edit_service(self, state: TicketState) -> None:
        def asked(typed: str, line: TypeAhead) -> None:
            found = catalogue_rules.suggest_services(state.terms.services, typed, _MOST_OFFERS)
            line.offer(
                offers_of([(each.id, in_reader_language(each.name, each.name_alt), "") for each in found])
            )

        self._find("service_id", state, asked, state.names.service(state.ticket.service_id))

    def _edit_owner(self, state: TicketState) -> None:
        def asked(typed: str, line: TypeAhead) -> None:
            people = [entry for entry in state.terms.staff.values() if entry.is_active]
            graded = sorted(
                (catalogue_rules.match_grade(typed, each.login, each.name, each.name_alt), each.name, each)
                for each in people
            )
            fitting = [each for grade, _name, each in graded if grade < _NO_MATCH]
            line.offer(
                offers_of(
                    [
                        (int(each.id), in_reader_language(each.name, each.name_alt), each.login)
                        for each in fitting[:_MOST_OFFERS]
                    ]
                )
            )

        self._find("owner_id", state, asked, state.names.person(state.ticket.owner_id))

    def _edit_requester(self, state: TicketState) -> None:
        def asked(typed: str, line: TypeAhead) -> None:
            def found(people: Sequence[PersonRow]) -> None:
                line.offer(
                    offers_of(
                        [
                            (int(one.id), one.name, " · ".join(filter(None, (one.department, one.phone))))
                            for one in people
                        ]
                    )
                )

            self._presenter.find_callers(typed, line, found)

        words = state.names.person(state.ticket.requester_id)
        self._find("requester_id", state, asked, words, pause=_CALLER_PAUSE)

    def _find(
        self,
        name: str,
        state: TicketState,
        asked: Callable[[str, TypeAhead], None],
        words: str,
        *,
        pause: int = 0,
    ) -> None:
        key = getattr(state.ticket, name)
        shown = "" if key is None else str(int(key))
        editor = find_editor(_("Type to find"), shown, words, asked, self._saver(name, state), pause=pause)
        self.rows[name].edit_with(editor)
