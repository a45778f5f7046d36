"""One's own shifts of the next four weeks, and a calendar file of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.roster import ShiftKind
from app.services.roster.own_shifts import OwnShift
from app.views.base.columns import Column, TextLook
from app.views.base.i18n import N_, _, pgettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.leave.leave_words import LeaveWords


class OwnShiftsView(QWidget):
    """A table by date; Enter opens the roster at the shift."""

    save_asked = Signal()
    offer_asked = Signal(object)  # the date
    opened = Signal(object)  # the date

    def __init__(self, words: LeaveWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_shifts")
        self._words = words
        self.note = PlainLabel("", "muted")
        self.save = Button(_("Save as calendar file…"), icon="download", key="Ctrl+S")
        self.save.clicked.connect(self.save_asked)
        self.offer = Button(_("Offer this shift…"), icon="repeat", key="Alt+O")
        self.offer.clicked.connect(self._offer)
        self.model: RowsModel[OwnShift] = RowsModel(self._columns(), self, id_of=_key)
        self.table = Table()
        self.table.setAccessibleName(_("My shifts"))
        self.table.setModel(self.model)
        self.table.set_empty_widget(
            EmptyState(
                "calendar-days", _("No shifts"), _("The roster plans nothing for you in the next four weeks.")
            )
        )
        self.table.opened.connect(self._open)
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row_of(self.note, None, self.offer, self.save))
        column.addWidget(card, 1)
        self.setFocusProxy(self.table)

    @property
    def chosen(self) -> OwnShift | None:
        """The shift of the current row."""
        row = self.model.row_of(self.table.current_id) if self.table.current_id is not None else None
        return self.model.row_at(row) if row is not None else None

    def show_shifts(self, shifts: Sequence[OwnShift]) -> None:
        """Show the shifts and how many hours they are."""
        minutes = sum(
            (one.ends_at - one.starts_at).total_seconds() / 60
            for one in shifts
            if one.template.kind is ShiftKind.WORK
        )
        self.note.setText(
            _("{count} shifts, {hours} h in four weeks").format(
                count=sum(one.template.kind is ShiftKind.WORK for one in shifts),
                hours=self._words.hours(minutes),
            )
        )
        reason = "" if shifts else _("There is nothing to save.")
        self.save.wait_for(reason)
        self.offer.wait_for(reason)
        self.model.set_rows(shifts)

    def _columns(self) -> list[Column[OwnShift]]:
        def hours(one: OwnShift) -> str:
            if one.template.kind is ShiftKind.ABSENCE:
                return ""
            fmt = self._words.fmt
            return f"{fmt.clock(one.starts_at)}–{fmt.clock(one.ends_at)}"

        def shift(one: OwnShift) -> str:
            name = self._words.shift(one.template)
            return _("{shift} (draft)").format(shift=name) if one.is_draft else name

        return [
            Column("date", N_("Date"), lambda one: self._words.day(one.on_date), width=140),
            Column("code", N_("Code"), lambda one: one.template.code, width=64),
            Column("shift", N_("Shift"), shift, width=140, look=_look),
            Column("hours", N_("Hours"), hours, width=120),
            Column("team", N_("Team"), lambda one: one.team, width=140),
            Column("lead", N_("Duty supervisor"), _leader, is_stretched=True),
        ]

    def _offer(self) -> None:
        if self.chosen is not None:
            self.offer_asked.emit(self.chosen.on_date)

    def _open(self, _row_id: object) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen.on_date)


def _key(one: OwnShift) -> int:
    return one.on_date.toordinal()


def _look(one: OwnShift) -> TextLook:
    if one.is_draft:  # what may still change does not stand out
        return TextLook(token="muted")
    return TextLook(is_strong=one.template.kind is not ShiftKind.ABSENCE)


def _leader(one: OwnShift) -> str:
    if one.is_supervisor:
        return _("you")
    return pgettext("between things", ", ").join(one.leaders)
