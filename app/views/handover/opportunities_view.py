"""Opportunities: noted in one line, passed on to a manager, their outcome written down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.handover import Opportunity, OpportunityState
from app.models.entities.ids import PersonId
from app.services.handover.opportunity_rules import LONGEST_TEXT, OPEN_STATES
from app.services.handover.words import HandoverWords
from app.views.base.i18n import N_, _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.handover.row_list import ListRow, RowList

STATES = {
    OpportunityState.NOTED: (N_("Noted"), "lightbulb", "accent"),
    OpportunityState.FORWARDED: (N_("Passed on"), "forward", "info"),
    OpportunityState.WON: (N_("Came true"), "circle-check", "ok"),
    OpportunityState.DROPPED: (N_("Came to nothing"), "circle-slash", ""),
}
_SIDE = 340


class OpportunitiesView(QWidget):
    """The list, and beside it what can be done with the chosen one."""

    noted = Signal(str, object)  # text, ticket id or None
    forwarded = Signal(object, object)  # Opportunity, person id
    ended = Signal(object, str, bool)  # Opportunity, outcome, something came of it
    ended_asked = Signal(bool)
    ticket_asked = Signal(int)

    def __init__(self, words: HandoverWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._found: Sequence[Opportunity] = ()
        self._ticket_id: int | None = None
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST_TEXT)
        self.text.setPlaceholderText(_("What does somebody need, or what could be offered?"))
        self.text.setAccessibleName(_("Note an opportunity"))
        self.about_ticket = PlainLabel("", "muted", parent=self)
        self.about_ticket.hide()
        self.note = Button(_("Note it"), icon="plus")
        self.with_ended = QCheckBox(_("Also those that came to an end"))
        self.list = RowList(_("Opportunities"))
        self.empty = EmptyState(
            "lightbulb",
            _("No opportunity noted"),
            _("What callers wish for and what could be offered: note it here, or from a ticket."),
            tone="accent",
        )
        self.whole = PlainLabel("", wrap=True)
        self.facts = PlainLabel("", "muted", wrap=True)
        self.ticket = Button(_("Open the ticket"), ButtonKind.LINK, small=True)
        self.receiver = Choose()
        self.forward = Button(_("Pass on"), icon="forward")
        self.outcome = QLineEdit()
        self.outcome.setMaxLength(LONGEST_TEXT)
        self.won = Button(_("Came true"), icon="circle-check")
        self.dropped = Button(_("Came to nothing"), icon="circle-slash")
        self._build()
        self._connect()
        self.show_found((), ())

    def begin(self, ticket_id: int | None, number: str) -> None:
        """Put the cursor where one is noted; from a ticket it is kept with it."""
        self._ticket_id = ticket_id
        self.about_ticket.setText(_("From ticket {number}").format(number=number) if number else "")
        self.about_ticket.setVisible(bool(number))
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """What was typed is noted."""
        self.text.clear()
        self._ticket_id = None
        self.about_ticket.hide()

    def show_found(self, found: Sequence[Opportunity], receivers: Sequence[tuple[PersonId, str]]) -> None:
        """Show these; the chosen one stays chosen."""
        self._found = found
        chosen = self.receiver.currentData()
        self.receiver.clear()
        for person_id, name in receivers:
            self.receiver.addItem(name, person_id)
        self.receiver.setCurrentIndex(max(0, self.receiver.findData(chosen)) if receivers else -1)
        self.list.show_rows([self._row(one) for one in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_chosen()

    @property
    def chosen(self) -> Opportunity | None:
        """The opportunity the list stands on."""
        return next((one for one in self._found if one.id == self.list.key), None)

    def _row(self, one: Opportunity) -> ListRow:
        name, icon, tone = STATES[one.state]
        number = f"#{one.ticket_number}" if one.ticket_number else ""
        to = _("to {name}").format(name=one.forwarded_to) if one.forwarded_to else ""
        parts = (self._words.when(one.noted_at), one.noted_by, number, one.requester, to, one.outcome)
        return ListRow(
            one.id,
            one.text.replace("\n", " "),
            " · ".join(part for part in parts if part),
            icon,
            tone or "muted",
            pill=str(name),
            pill_tone=tone,
            is_faded=one.state not in OPEN_STATES,
        )

    def _build(self) -> None:
        top = row_of(self.text, self.about_ticket, self.note)
        top.setStretch(0, 1)
        left = Card(flush=True)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.empty, 1)
        self.side = Card()
        self.side.setFixedWidth(_SIDE)
        self._deeds = QWidget()
        deeds = QVBoxLayout(self._deeds)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(Space.M)
        deeds.addWidget(Field(_("Pass on to"), self.receiver))
        deeds.addLayout(row_of(self.forward, None))
        deeds.addWidget(Field(_("What became of it"), self.outcome))
        deeds.addLayout(row_of(self.won, self.dropped, None))
        self.side.body.addWidget(self.whole)
        self.side.body.addWidget(self.facts)
        self.side.body.addLayout(row_of(self.ticket, None))
        self.side.body.addWidget(self._deeds)
        self.side.body.addStretch(1)
        panes = QHBoxLayout()
        panes.setSpacing(Space.M)
        panes.addWidget(left, 1)
        panes.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self.with_ended)
        column.addLayout(panes, 1)

    def _connect(self) -> None:
        self.text.returnPressed.connect(self._note)
        self.note.clicked.connect(self._note)
        self.text.textChanged.connect(lambda _text: self._wait())
        self.outcome.textChanged.connect(lambda _text: self._wait())
        self.with_ended.toggled.connect(self.ended_asked)
        self.list.chosen.connect(lambda _key: self._show_chosen())
        self.list.entered.connect(lambda _key: self._open_ticket())
        self.ticket.clicked.connect(self._open_ticket)
        self.forward.clicked.connect(self._forward)
        self.won.clicked.connect(lambda: self._end(True))
        self.dropped.clicked.connect(lambda: self._end(False))

    def _show_chosen(self) -> None:
        one = self.chosen
        self.side.setVisible(one is not None)
        if one is None:
            self._wait()
            return
        self.whole.setText(one.text)
        self.facts.setText(self._row(one).facts)
        self.ticket.setVisible(one.ticket_id is not None)
        self._deeds.setVisible(one.state in OPEN_STATES)
        self._wait()

    def _wait(self) -> None:
        self.note.wait_for("" if self.text.text().strip() else _("Type something first."))
        self.forward.wait_for("" if self.receiver.currentData() is not None else _("Nobody can be chosen."))
        why = "" if self.outcome.text().strip() else _("Write what became of it.")
        self.won.wait_for(why)
        self.dropped.wait_for(why)

    def _note(self) -> None:
        if self.text.text().strip():
            self.noted.emit(self.text.text(), self._ticket_id)

    def _forward(self) -> None:
        if self.chosen is not None:
            self.forwarded.emit(self.chosen, self.receiver.currentData())

    def _end(self, is_won: bool) -> None:
        if self.chosen is not None and self.outcome.text().strip():
            self.ended.emit(self.chosen, self.outcome.text(), is_won)
            self.outcome.clear()

    def _open_ticket(self) -> None:
        one = self.chosen
        if one is not None and one.ticket_id is not None:
            self.ticket_asked.emit(one.ticket_id)
