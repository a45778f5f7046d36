"""The properties around promised times: until when the user can wait, what they were told, the estimate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from app.models.entities.errors import BadInput
from app.models.entities.tickets import MAJOR_TYPES
from app.services.base.undo import Outcome
from app.services.tickets.facts import BEARABLE, ESTIMATES, RESTORED, TOLD
from app.services.tickets.typed_values import read_amount, read_minutes, read_moment
from app.views.base.i18n import _, ngettext
from app.views.base.widgets.moment_line import MomentLine
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.detail_state import TicketState
from app.views.tickets.fact_words import restored_words
from app.views.tickets.property_rows import PropertyRow, line_editor

ESTIMATE = "estimate"


class FactRows(QObject):
    """Makes the rows and edits them; the card places them. The estimate is folded until it is asked for."""

    restore_asked = Signal()
    tell_asked = Signal()

    def __init__(self, presenter: TicketPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._state: TicketState | None = None
        may_edit, may_work = presenter.may("tickets.edit"), presenter.may("tickets.work")
        self.rows = {
            BEARABLE: PropertyRow(_("Can wait until"), is_fixed=not may_edit),
            TOLD: PropertyRow(_("Time told"), is_fixed=not presenter.may("tickets.note")),
            RESTORED: PropertyRow(_("Works again"), is_fixed=not may_work),
            ESTIMATE: PropertyRow(_("Estimate")),
            "estimate_minutes": PropertyRow(_("Time needed"), is_fixed=not may_edit),
            "estimate_people": PropertyRow(_("People"), is_fixed=not may_edit),
            "estimate_cost": PropertyRow(_("Cost"), is_fixed=not may_edit),
        }
        for name in (*ESTIMATES, TOLD, RESTORED):
            self.rows[name].hide()
        self.rows[BEARABLE].begun.connect(self._edit_bearable)
        self.rows[TOLD].begun.connect(self.tell_asked)
        self.rows[RESTORED].begun.connect(self.restore_asked)
        self.rows[ESTIMATE].begun.connect(self.toggle_estimate)
        for name in ESTIMATES:
            self.rows[name].begun.connect(partial(self._edit_estimate, name))

    def show_state(self, state: TicketState) -> None:
        """Show the ticket as it is now; open editors are left alone."""
        self._state = state
        ticket, names, fmt, now = state.ticket, state.names, state.format, state.detail.read_at
        until, told = ticket.bearable_until, ticket.promised_at
        restored = restored_words(ticket, fmt, now)
        self.rows[BEARABLE].value.show_value(fmt.when(until, now) if until else "")
        self.rows[TOLD].value.show_value(fmt.when(told, now) if told else "")
        self.rows[TOLD].setVisible(told is not None)
        self.rows[RESTORED].value.show_value(restored)
        is_known = ticket.restored_at is not None
        self.rows[RESTORED].setVisible(is_known or (bool(restored) and ticket.type in MAJOR_TYPES))
        people = ticket.estimate_people
        shown = {
            "estimate_minutes": names.minutes(ticket.estimate_minutes),
            "estimate_people": fmt.number(people) if people is not None else "",
            "estimate_cost": names.money(ticket.estimate_cost),
        }
        for name, text in shown.items():
            self.rows[name].value.show_value(text)
        if people is not None:
            shown["estimate_people"] = ngettext("{count} person", "{count} people", people).format(
                count=people
            )
        summary = " · ".join(text for text in shown.values() if text)
        self.rows[ESTIMATE].value.show_value(summary or self._usual(state))

    def toggle_estimate(self) -> None:
        """Unfold the estimate, or fold it again."""
        is_folded = self.rows["estimate_minutes"].isHidden()
        for name in ESTIMATES:
            self.rows[name].setVisible(is_folded)

    def fold(self) -> None:
        """Another ticket comes: its estimate is folded."""
        for name in ESTIMATES:
            self.rows[name].hide()

    def _usual(self, state: TicketState) -> str:
        usual = state.around.outlook.usual_minutes
        return "" if usual is None else _("usually {length}").format(length=state.names.minutes(usual))

    def _edit_bearable(self) -> None:
        state = self._state
        if state is None:
            return
        now = self._presenter.ctx.clock.now
        line = MomentLine(state.format, now)
        line.show_value(state.ticket.bearable_until)
        line.selectAll()

        def read(text: str) -> object:
            return line.value if not line.isModified() else read_moment(text, now(), state.format.zone)

        self._edit(BEARABLE, state, line, read)

    def _edit_estimate(self, name: str) -> None:
        state = self._state
        if state is None:
            return
        value = getattr(state.ticket, name)
        text = "" if value is None else str(value)
        usual = state.around.outlook.usual_minutes
        if name == "estimate_minutes" and value is None and usual is not None:
            text = str(usual)
        line = line_editor(text, lambda _typed: None)
        examples = {
            "estimate_minutes": _("90 · 1 h 30 min"),
            "estimate_people": "2",
            "estimate_cost": "1,200",
        }
        line.setPlaceholderText(examples[name])
        read: Callable[[str], object] = read_minutes if name == "estimate_minutes" else read_amount
        self._edit(name, state, line, read)

    def _edit(self, name: str, state: TicketState, line: QLineEdit, read: Callable[[str], object]) -> None:
        row, base = self.rows[name], getattr(state.ticket, name)

        def saved(_outcome: Outcome) -> None:
            row.close_editor()

        def give() -> None:
            try:
                value = read(line.text())
            except BadInput as error:
                self._presenter.env.shell.failed(error)
                return
            if value == base:
                row.close_editor()
            else:
                self._presenter.edit({name: value}, {name: base}, state.ticket.version, saved)

        line.returnPressed.connect(give)
        row.edit_with(line)
