"""Who is calling: looked up by a few letters, entered in place where unknown, shown with what is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.people import Company, PersonRow
from app.models.entities.tickets import TicketRow
from app.services.base.names import name_in, named
from app.services.tickets.form_choices import Caller
from app.views.base.format import phone
from app.views.base.i18n import _, current, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.tickets.caller_entry import QuickEntry
from app.views.tickets.form_typeahead import Offer, TypeAhead

NEW_CALLER = "new"
LOOK_UP_PAUSE = 120
_AVATAR = 44
_SEARCH, _ENTRY, _KNOWN = range(3)


def caller_offers(
    people: Sequence[PersonRow], typed: str, company_name: Callable[[str], str] = str, *, may_add: bool
) -> list[Offer]:
    """Return the lines of the look-up: the people found, and at the end the one nobody knows yet."""
    offers = [
        Offer(
            str(person.id),
            _both_names(person.name, person.name_alt),
            " · ".join(part for part in _place_of(person, company_name) if part),
            "star" if person.is_vip else "user",
        )
        for person in people
    ]
    if may_add and typed:
        offers.append(Offer(NEW_CALLER, _("New caller: {name}").format(name=typed), icon="user-plus"))
    return offers


class CallerCard(Card):
    """Search line, quick entry, or the card of who is known; always exactly one of them."""

    asked = Signal(str)
    taken = Signal(str)  # a person's id as text, or ""
    add_asked = Signal(object)  # PersonDetails
    ticket_asked = Signal(int)
    history_asked = Signal(int)

    def __init__(self, *, may_add: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._may_add = may_add
        self._person_id = ""
        self.search = TypeAhead(
            _("Who is calling? Name, initials, login or number"), icon="search", pause=LOOK_UP_PAUSE
        )
        self.search.setObjectName("caller")
        self.field = Field(_("Caller"), self.search, hint="Alt+C", required=True)
        self.entry = QuickEntry()
        self.known = _KnownCaller()
        self._parts: tuple[QWidget, ...] = (self.field, self.entry, self.known)
        self._shown = _SEARCH
        for part in self._parts:
            self.body.addWidget(part)
        self._connect()
        self._show(_SEARCH)

    @property
    def person_id(self) -> str:
        """The caller's id as text, or ""."""
        return self._person_id

    def show_callers(self, people: Sequence[PersonRow]) -> None:
        """Offer who was found."""
        typed = self.search.text().strip()
        self.search.offer(caller_offers(people, typed, self.known.company_name, may_add=self._may_add))

    def show_companies(self, companies: Sequence[Company]) -> None:
        """Offer these companies to new callers, and say the names of all in the reader's language."""
        self.entry.show_companies(companies)
        self.known.show_companies(companies)

    def set_person(self, person_id: str) -> None:
        """Take somebody without telling anybody, from a draft; the card follows with `show_caller`."""
        self._person_id = person_id
        if not person_id:
            self.search.show_taken("", "")
            self._show(_SEARCH)

    def show_caller(self, caller: Caller | None, number_text: Callable[[int], str]) -> None:
        """Show who is on the line."""
        if caller is None:
            if self._shown == _KNOWN:
                self._show(_SEARCH)
            return
        self._person_id = str(caller.card.person.id)
        self.known.show_caller(caller, number_text)
        self._show(_KNOWN)

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave out the second line of facts where the window is small."""
        self.known.set_compact(is_compact=is_compact)
        self.set_margins(Space.S if is_compact else Space.M)

    def set_margins(self, above_and_below: int) -> None:
        """Stand closer to the edge of the card."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(1, above_and_below, 1, above_and_below)

    def focus_first(self) -> None:
        """Put the cursor where the next key belongs."""
        if self._shown == _ENTRY:
            self.entry.name.setFocus()
        elif self._shown == _SEARCH:
            self.search.setFocus()
        else:
            self.known.change.setFocus()

    def change_caller(self) -> None:
        """Look for somebody else."""
        self._person_id = ""
        self.search.show_taken("", "")
        self._show(_SEARCH)
        self.search.setFocus()
        self.taken.emit("")

    def _connect(self) -> None:
        self.search.asked.connect(self.asked)
        self.search.taken.connect(self._on_taken)
        self.entry.added.connect(self.add_asked)
        self.entry.left.connect(self.change_caller)
        self.known.change.clicked.connect(self.change_caller)
        self.known.history.clicked.connect(lambda: self.history_asked.emit(int(self._person_id)))
        self.known.ticket_asked.connect(self.ticket_asked)

    def _on_taken(self, key: str) -> None:
        if key == NEW_CALLER:
            typed = self.search.asked_for
            self._show(_ENTRY)
            self.entry.begin(typed)
            return
        self._person_id = key
        self.taken.emit(key)

    def _show(self, which: int) -> None:
        self._shown = which
        for index, part in enumerate(self._parts):
            part.setVisible(index == which)


class _KnownCaller(QWidget):
    """The card: name and marks, where to find them, what they still wait for, the last 90 days."""

    ticket_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._words = ""
        self._companies: dict[str, str] = {}
        self.avatar = Avatar("", _AVATAR)
        self.name = PlainLabel("", "record")
        self.vip = Pill(_("VIP"), "warn", icon="star")
        self.open_pill = Pill("", "accent", icon="inbox")
        self.facts = ElidedLabel("", "muted")
        self.recent = PlainLabel("", "muted")
        self.history = Button(_("History"), ButtonKind.LINK, icon="history", small=True)
        self.change = Button(_("Change"), icon="arrow-left-right")
        self.tickets = QHBoxLayout()
        self.tickets.setSpacing(Space.XS)
        self._line = rule()
        self._second = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(row_of(self.name, self.vip, self.open_pill, None))
        words.addWidget(self.facts)
        head = self._head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self.avatar)
        head.addLayout(words, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        second = self._second_row = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.addLayout(self.tickets, 1)
        second.addWidget(self.recent)
        second.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._line)
        column.addWidget(self._second)

    def show_caller(self, caller: Caller, number_text: Callable[[int], str]) -> None:
        """Show who is on the line."""
        card = caller.card
        details = card.person.details
        self.avatar.show_person(name_in(details.name, details.name_alt, current.code))
        self.name.setText(_both_names(details.name, details.name_alt))
        self.vip.setVisible(details.is_vip)
        is_open = ngettext("{count} open", "{count} open", card.open_count)
        self.open_pill.say(is_open.format(count=card.open_count), "accent")
        self.open_pill.setVisible(card.open_count > 0)
        phones = [phone(each.number) for each in card.person.phones[:2]]
        company = self.company_name(details.company)
        facts = (company, details.department, details.title, details.location, *phones, details.email)
        self._words = " · ".join(part for part in facts if part) or _("Nothing else is known yet")
        recent = ngettext("{count} ticket in 90 days", "{count} tickets in 90 days", card.recent_count)
        self.recent.setText(recent.format(count=card.recent_count))
        self._show_facts()
        self._show_tickets(caller.open_tickets, number_text)

    def show_companies(self, companies: Sequence[Company]) -> None:
        """Know these companies' names in the reader's language."""
        self._companies = {company.name: named(company, current.code) for company in companies}

    def company_name(self, name: str) -> str:
        """Return a company's name as the reader says it."""
        return self._companies.get(name, name)

    def set_compact(self, *, is_compact: bool) -> None:
        """Show one line of facts instead of two."""
        self._compact = is_compact
        self._line.setVisible(not is_compact)
        self._second.setVisible(not is_compact)
        if is_compact:
            self._head.insertWidget(2, self.history, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._second_row.addWidget(self.history)
        self._show_facts()

    def _show_facts(self) -> None:
        parts = [self.recent.text(), self._words] if self._compact and self.recent.text() else [self._words]
        self.facts.setText(" · ".join(parts))

    def _show_tickets(self, tickets: Sequence[TicketRow], number_text: Callable[[int], str]) -> None:
        while (item := self.tickets.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for ticket in tickets[:1]:
            button = IconButton(
                "external-link", _("Open {number}").format(number=number_text(ticket.number)), small=True
            )
            button.clicked.connect(lambda _checked=False, at=ticket.id: self.ticket_asked.emit(at))
            label = ElidedLabel(f"{number_text(ticket.number)} {ticket.subject}")
            self.tickets.addWidget(button)
            self.tickets.addWidget(label, 1)
        if not tickets:
            self.tickets.addWidget(PlainLabel(_("No open tickets"), "muted"), 1)


def _place_of(person: PersonRow, company_name: Callable[[str], str]) -> tuple[str, ...]:
    return company_name(person.company), person.department, phone(person.phone)


def _both_names(name: str, name_alt: str) -> str:
    """The reader's name first, the other one after it: callers say either."""
    first = name_in(name, name_alt, current.code)
    other = name if first == name_alt else name_alt
    return f"{first} {other}" if other and other != first else first
