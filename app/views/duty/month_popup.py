"""A month of presence: how often people were late, left early or were missing, and on which days (S4-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.entities.duty import MonthOfPresence, Presence
from app.services.base.names import name_in
from app.views.base.columns import Column, TextLook
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Size
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH = 860
_PEOPLE_ROWS, _DAY_ROWS = 10, 4
_LATE_LOOK, _BAD_LOOK, _QUIET = TextLook(token="warn"), TextLook(token="bad"), TextLook(token="faint")


class MonthPopup(Popup):
    """Two tables: people, and the days of the one chosen above. Alt+Left and Alt+Right turn the months."""

    month_asked = Signal(str)  # "2026-11"
    correct_asked = Signal(object)  # the Presence of the current day

    def __init__(self, window: QWidget, fmt: Format) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("month_popup")
        self.setFixedWidth(_WIDTH)
        self._format = fmt
        self._first = date.min
        self._last_begun = date.min
        self._days: Sequence[Presence] = ()
        self._is_turned = False  # to a month nothing was chosen in yet
        self.title = PlainLabel("", "section")
        self.earlier = IconButton("chevron-left", _("The month before"), key="Alt+Left", small=True)
        self.later = IconButton("chevron-right", _("The month after"), key="Alt+Right", small=True)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        self.people: RowsModel[MonthOfPresence] = RowsModel(
            self._people_columns(), self, id_of=lambda one: int(one.person_id)
        )
        self.days: RowsModel[Presence] = RowsModel(
            self._day_columns(), self, id_of=lambda one: one.on_date.toordinal()
        )
        self.people_table = _table(self.people, _("Presence of the month"), _PEOPLE_ROWS)
        self.days_table = _table(self.days, _("Days that were not as planned"), _DAY_ROWS)
        keeping = self.days_table.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.days_table.setSizePolicy(keeping)
        self.about = PlainLabel("", "strong")
        self.body.addLayout(row_of(self.title, None, self.earlier, self.later, close))
        self.body.addWidget(self.people_table)
        self.body.addWidget(self.about)
        self.body.addWidget(self.days_table)
        self.earlier.clicked.connect(lambda: self.turn(-1))
        self.later.clicked.connect(lambda: self.turn(1))
        close.clicked.connect(self.close_now)
        self.people_table.current_changed.connect(lambda _id: self._show_days())
        self.days_table.opened.connect(self._correct)

    def ask(self, today: date) -> None:
        """Open on the month of today; `month_asked` asks for what stands in it."""
        self._last_begun = self._first = today.replace(day=1)
        self._ask_month()
        self.open_centred()
        self.people_table.setFocus(Qt.FocusReason.PopupFocusReason)

    def read_again(self) -> None:
        """Ask for the month shown once more."""
        self.month_asked.emit(f"{self._first:%Y-%m}")

    def turn(self, by: int) -> None:
        """Show another month; none that has not begun."""
        wanted = (self._first + timedelta(days=32 if by > 0 else -1)).replace(day=1)
        if wanted <= self._last_begun:
            self._first = wanted
            self._ask_month()

    def show_month(self, month: str, people: Sequence[MonthOfPresence], days: Sequence[Presence]) -> None:
        """Show what was read; an answer for a month that was turned away from is passed over."""
        if month != f"{self._first:%Y-%m}":
            return
        self._days = days
        begun = [one for one in people if one.shifts]
        self.people.set_rows(begun)
        if begun and (self._is_turned or self.people_table.current_id is None):
            with_days = {one.person_id for one in days}
            first = next((one for one in begun if one.person_id in with_days), begun[0])
            self.people_table.go_to_id(int(first.person_id))
        self._is_turned = False
        self._show_days()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key(event.key()) in steps:
            self.turn(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # -- inside ------------------------------------------------------------------------------------------

    def _ask_month(self) -> None:
        month = self._format.texts.date_pattern(self._first, "yMMMM")
        self.title.setText(_("Presence in {month}").format(month=month))
        self.later.setEnabled(self._first < self._last_begun)
        self._is_turned = True
        self.month_asked.emit(f"{self._first:%Y-%m}")

    def _correct(self, day: object) -> None:
        found = next((one for one in self.days.rows if one.on_date.toordinal() == day), None)
        if found is not None:
            self.correct_asked.emit(found)

    def _found(self, one: Presence) -> str:
        attendance = one.attendance
        if attendance is None or not attendance.is_corrected:
            return _unpunctual(one)
        who = name_in(attendance.corrected_name, attendance.corrected_name_alt, self._format.texts.language)
        who = who or _("the command line")
        said = _("corrected by {who}: {reason}").format(who=who, reason=attendance.note)
        return " · ".join(part for part in (_unpunctual(one), said) if part)

    def _show_days(self) -> None:
        chosen = self.people_table.current_id
        rows = [one for one in self._days if int(one.person_id) == chosen]
        self.days.set_rows(rows)
        self.days_table.setVisible(bool(rows))
        if not self.people.rows:
            said = _("No shift of this month has begun.")
        elif rows:
            said = _("{name}: days that were not as planned").format(name=rows[0].person_name)
        else:
            said = _("Every shift as planned.")
        self.about.setText(said)

    def _people_columns(self) -> list[Column[MonthOfPresence]]:
        def number(key: str, title: LazyText, value: str, look: TextLook) -> Column[MonthOfPresence]:
            return Column(
                key,
                title,
                lambda one: str(getattr(one, value)),
                width=80,
                align_right=True,
                look=lambda one: look if getattr(one, value) else _QUIET,
                is_sortable=False,
            )

        def times(key: str, title: LazyText, look: TextLook) -> Column[MonthOfPresence]:
            return Column(
                key,
                title,
                lambda one: _times(getattr(one, f"{key}_times"), getattr(one, f"{key}_minutes")),
                width=124,
                look=lambda one: look if getattr(one, f"{key}_times") else _QUIET,
                is_sortable=False,
            )

        return [
            Column("name", N_("Name"), lambda one: one.person_name, is_stretched=True, is_sortable=False),
            number("shifts", N_("Shifts"), "shifts", TextLook()),
            number("present", N_("Present"), "attended", TextLook()),
            number("missing", N_("Missing"), "missing", _BAD_LOOK),
            times("late", N_("Late"), _LATE_LOOK),
            times("early", N_("Left early"), _LATE_LOOK),
            times("away", N_("Away"), TextLook()),
            number("corrected", N_("Corrected"), "corrected", TextLook()),
        ]

    def _day_columns(self) -> list[Column[Presence]]:
        fmt = self._format
        return [
            Column("day", N_("Date"), lambda one: fmt.day(one.on_date), width=140, is_sortable=False),
            Column(
                "shift",
                N_("Shift"),
                lambda one: f"{one.template_code} {fmt.clock(one.starts_at)} – {fmt.clock(one.ends_at)}",
                width=150,
                is_sortable=False,
            ),
            Column(
                "found",
                N_("What was not as planned"),
                self._found,
                look=lambda one: _BAD_LOOK if one.punctuality.is_missing else _LATE_LOOK,
                is_stretched=True,
                is_sortable=False,
            ),
        ]


def _table(model: RowsModel[MonthOfPresence] | RowsModel[Presence], said: str, rows: int) -> Table:
    table = Table()
    table.setModel(model)
    table.setAccessibleName(said)
    table.setFixedHeight(Size.HEADER + rows * Size.ROW + 2)
    return table


def _times(count: int, minutes: int) -> str:
    if not count:
        return "–"
    return _("{count} × · {minutes} min").format(count=count, minutes=minutes)


def _unpunctual(one: Presence) -> str:
    punctual = one.punctuality
    if punctual.is_missing:
        return _("Did not come")
    parts = []
    if punctual.late:
        parts.append(
            ngettext("{count} min late", "{count} min late", punctual.late).format(count=punctual.late)
        )
    if punctual.early:
        said = ngettext("left {count} min early", "left {count} min early", punctual.early)
        parts.append(said.format(count=punctual.early))
    return " · ".join(parts)
