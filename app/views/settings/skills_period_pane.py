"""A period of the desk: who came, who left, and how long people were trained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QVBoxLayout

from app.models.entities.events import PeopleChanged, RosterChanged
from app.services.base.context import Context
from app.services.roster.people_period_queries import PersonPeriod, people_in_period
from app.views.base.columns import CellKind, Column
from app.views.base.i18n import N_, _, pgettext
from app.views.base.pages import PageEnv
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.settings.choices import shown_name
from app.views.settings.frame import SettingsPane


class PeoplePeriodPane(SettingsPane):
    """Only to be looked at: first and last days are among the terms, trainings on their own list."""

    edit_permission = "people.edit"

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env)
        self._rows: Sequence[PersonPeriod] = ()
        today = env.format.local(ctx.clock.now()).date()
        self.first, self.last = _day(today.replace(month=1, day=1)), _day(today)
        self.only_moves = Toggle(_("Only who came or left"), shown=True)
        self.summary = PlainLabel("", "strong")
        self.model: RowsModel[PersonPeriod] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Came, left, trained"))
        self.table.set_empty_widget(
            EmptyState("users", _("Nobody here"), _("Nobody came, left or was trained on these days."))
        )
        self._build()
        self.first.dateChanged.connect(lambda _on: self.refresh())
        self.last.dateChanged.connect(lambda _on: self.refresh())
        self.only_moves.toggled.connect(lambda _on: self._show_rows())
        self.table.sort_asked.connect(self._sort)
        self.refresh_on(RosterChanged)
        self.refresh_on(PeopleChanged)

    def refresh(self) -> None:
        first, last = _date_of(self.first), _date_of(self.last)
        job = partial(people_in_period, self.ctx, min(first, last), max(first, last))
        self.env.tasks.run(job, self._show, self.env.shell.failed, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.first.setAccessibleName(pgettext("period", "From"))
        self.last.setAccessibleName(pgettext("period", "To"))
        head = row_of(
            PlainLabel(pgettext("period", "From"), "muted"),
            self.first,
            PlainLabel(pgettext("period", "To"), "muted"),
            self.last,
            self.only_moves,
            None,
            self.summary,
        )
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        card = Card(flush=True)
        card.body.addLayout(head)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _columns(self) -> tuple[Column[PersonPeriod], ...]:
        return (
            Column("name", N_("Person"), _name, CellKind.PERSON, is_stretched=True),
            Column("department", N_("Department"), _department, width=170),
            Column("joined", N_("First day"), _joined, CellKind.NUMBER, width=110),
            Column("left", N_("Last day"), _left, CellKind.NUMBER, width=110),
            Column("trainings", N_("Trainings"), _trainings, CellKind.NUMBER, width=90),
            Column("hours", N_("Length, h"), self._hours, CellKind.NUMBER, width=104),
        )

    def _show(self, rows: Sequence[PersonPeriod]) -> None:
        self._rows = rows
        said = _("{joined} came · {left} left · {n} trainings, {hours} h")
        self.summary.setText(
            said.format(
                joined=sum(row.has_joined for row in rows),
                left=sum(row.has_left for row in rows),
                n=sum(row.trainings for row in rows),
                hours=self.env.format.number(sum(row.minutes for row in rows) / 60, 1),
            )
        )
        self._show_rows()

    def _show_rows(self) -> None:
        is_narrow = self.only_moves.isChecked()
        rows = [row for row in self._rows if not is_narrow or row.has_joined or row.has_left]
        self.model.set_rows(rows)
        key, descending = self.table.columns_header.sort or ("", False)
        if key:
            self.model.sort_by(key, descending=descending)

    def _sort(self, key: str, descending: bool) -> None:
        self.model.sort_by(key, descending=descending)
        self.table.columns_header.show_sort(key, descending=descending)

    def _hours(self, row: PersonPeriod) -> str:
        return self.env.format.number(row.minutes / 60, 1) if row.minutes else ""


def _day(on: date) -> QDateEdit:
    box = DayEdit("yyyy-MM-dd")
    box.setDate(QDate(on.year, on.month, on.day))
    return box


def _date_of(box: QDateEdit) -> date:
    day = box.date()
    return date(day.year(), day.month(), day.day())


def _name(row: PersonPeriod) -> str:
    return shown_name(row.name, row.name_alt)


def _department(row: PersonPeriod) -> str:
    return shown_name(row.department, row.department_alt)


def _joined(row: PersonPeriod) -> str:
    return row.joined_on.isoformat() if row.joined_on is not None else ""


def _left(row: PersonPeriod) -> str:
    return row.left_on.isoformat() if row.left_on is not None else ""


def _trainings(row: PersonPeriod) -> str:
    return str(row.trainings) if row.trainings else ""
