"""Holidays and special days of one calendar: listed by year, added, removed, filled in for a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDateEdit, QHeaderView, QLineEdit, QTreeView

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.errors import BadInput
from app.services.base.terms import term
from app.services.calendars.edits import (
    CLOSED_KINDS,
    DatedDay,
    dated_days,
    longest_hours,
    read_windows,
    remove_day,
    set_day,
    set_days,
    windows_text,
)
from app.services.calendars.public_holidays import PublicYear
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext, pgettext
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.rows import TallRows
from app.views.settings.calendar_week import weekday_name
from app.views.settings.calendar_words import hours_error, hours_words

_KINDS = (DayType.HOLIDAY, DayType.DAY_OFF_IN_LIEU, DayType.MAKE_UP_WORKDAY, DayType.WORKDAY)
_ROWS = 9
_ON = Qt.ItemDataRole.UserRole


class DaysList(QTreeView):
    """The dates of a year; Delete takes the current one out."""

    removed = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Holidays and special days"))
        self.setRootIsDecorated(False)
        self.setItemDelegate(TallRows(parent=self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setMinimumHeight(Size.ROW + _ROWS * Size.ROW_SIDE)

    def show_days(self, days: Sequence[DatedDay], names: Mapping[date, str], fmt: Format) -> None:
        """Show these dates; the current one stays current if it is still there."""
        kept = self.on
        self._rows.clear()
        heads = (_("Date"), _("Weekday"), _("Kind of day"), _("Hours"), pgettext("calendar", "Name"))
        self._rows.setHorizontalHeaderLabels(list(heads))
        for day in days:
            texts = (
                fmt.day(day.on),
                weekday_name(day.on.weekday()),
                term(current.texts, day.day_type),
                hours_words(day.windows),
                names.get(day.on, ""),
            )
            items = [QStandardItem(text) for text in texts]
            items[0].setData(day.on, _ON)
            self._rows.appendRow(items)
            if day.on == kept:
                self.setCurrentIndex(items[0].index())
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    @property
    def on(self) -> date | None:
        """The current date, or None."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(_ON) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = self.on
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and on is not None:
            self.removed.emit(on)
        else:
            super().keyPressEvent(event)


class DaysCard(Card):
    """`edited` tells the changed calendar; `year_asked` and `fill_asked` want a country's days."""

    edited = Signal(object)  # BusinessCalendar
    year_asked = Signal(int)
    fill_asked = Signal(str, int)

    def __init__(self, fmt: Format, year: int, today: date) -> None:
        super().__init__(_("Holidays and special days"))
        self._format = fmt
        self._calendar: BusinessCalendar | None = None
        self._names: dict[date, str] = {}
        self.year = NumberField(1990, 2100)
        self.year.setValue(year)
        self.country = Choose()
        self.fill = Button("", icon="wand-sparkles")
        self.list = DaysList()
        self.notice = Notice("", tone="info")
        self.date = QDateEdit(QDate(today.year, today.month, today.day))
        self.kind = Choose()
        self.hours = QLineEdit()
        self.hours_field = Field(_("Hours"), self.hours)
        self.add = Button(_("Add"), icon="calendar-plus")
        self.remove = Button(_("Remove"), icon="trash-2")
        self._build()
        self._connect()

    @property
    def wrong(self) -> str:
        """What is wrong with the row being added; it never blocks Apply, for nothing was added yet."""
        return self.hours_field.error

    def show_calendar(self, calendar: BusinessCalendar, *, may_edit: bool) -> None:
        """Show the dates of the chosen year."""
        self._calendar = calendar
        days = dated_days(calendar, self.year.value())
        self.list.show_days(days, self._names, self._format)
        count = len(days)
        self.set_note(ngettext("{n} date", "{n} dates", count).format(n=count))
        self.fill.say(_("Fill in {year}").format(year=self.year.value()))
        for part in (self.fill, self.add, self.remove, self.date, self.kind, self.hours):
            part.setEnabled(may_edit and not calendar.always_open)
        if calendar.always_open:
            self.notice.say(_("Open all the time: holidays do not stop these clocks."), tone="info")
            self.notice.show()

    def show_countries(self, countries: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these countries."""
        with QSignalBlocker(self.country):
            self.country.clear()
            for code, name in countries:
                self.country.addItem(name, code)
            self.country.setCurrentIndex(max(0, self.country.findData(chosen)))

    def show_names(self, public: PublicYear) -> None:
        """Name the dates as the country does."""
        self._names = {day.on: day.name for day in public.days if day.name}
        if self._calendar is not None:
            self.list.show_days(dated_days(self._calendar, self.year.value()), self._names, self._format)

    def fill_in(self, public: PublicYear) -> None:
        """Take a country's days of a year over; dates it says nothing about stay as they are."""
        if self._calendar is None:
            return
        usual = longest_hours(self._calendar)
        days = [
            DatedDay(day.on, day.day_type, () if day.day_type in CLOSED_KINDS else usual)
            for day in public.days
        ]
        self.show_names(public)
        self._tell_filled(public)
        self.edited.emit(set_days(self._calendar, days))

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        for kind in _KINDS:
            text = _("Other hours") if kind is DayType.WORKDAY else term(current.texts, kind)
            self.kind.addItem(text, kind)
        top = row_of(Field(_("Year"), self.year), Field(_("Country"), self.country), spacing=Space.M)
        top.setStretch(1, 1)
        top.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(top)
        self.body.addWidget(self.notice)
        self.notice.hide()
        self.body.addWidget(self.list)
        new = row_of(Field(_("Date"), self.date), Field(_("Kind of day"), self.kind), spacing=Space.M)
        new.addWidget(self.hours_field, 1)
        foot = row_of(PlainLabel(_("Delete takes a date out of the list."), "small"), None, self.remove)
        self.body.addLayout(foot)
        self.body.addLayout(new)
        new.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)

    def _connect(self) -> None:
        self.year.valueChanged.connect(self._other_year)
        self.country.currentIndexChanged.connect(lambda _at: self.year_asked.emit(self.year.value()))
        self.fill.clicked.connect(
            lambda: self.fill_asked.emit(str(self.country.currentData()), self.year.value())
        )
        self.list.removed.connect(self._remove)
        self.remove.clicked.connect(lambda: self._remove(self.list.on))
        self.kind.currentIndexChanged.connect(lambda _at: self._offer_hours())
        self.add.clicked.connect(self._add)
        self.hours.returnPressed.connect(self._add)
        self._offer_hours()

    def _other_year(self, year: int) -> None:
        self.notice.hide()
        self.year_asked.emit(year)
        if self._calendar is not None:
            self.show_calendar(self._calendar, may_edit=self.add.isEnabled())

    def _offer_hours(self) -> None:
        """Closed kinds have no hours; the others begin with the longest weekday's."""
        is_closed = self._kind in CLOSED_KINDS
        self.hours_field.setVisible(not is_closed)
        self.hours_field.set_error("")
        if not is_closed and not self.hours.text() and self._calendar is not None:
            self.hours.setText(windows_text(longest_hours(self._calendar)))

    # -- what a person does --------------------------------------------------------------------------

    @property
    def _kind(self) -> DayType:
        return DayType(self.kind.currentData())  # Qt hands a text back

    def _add(self) -> None:
        if self._calendar is None:
            return
        kind = self._kind
        try:
            windows = () if kind in CLOSED_KINDS else read_windows(self.hours.text())
        except BadInput as error:
            self.hours_field.set_error(hours_error(error, self._format))
            return
        self.hours_field.set_error("")
        chosen = self.date.date()
        on = date(chosen.year(), chosen.month(), chosen.day())
        self.year.setValue(on.year)
        self.edited.emit(set_day(self._calendar, DatedDay(on, kind, windows)))

    def _remove(self, on: date | None) -> None:
        if on is not None and self._calendar is not None and self.remove.isEnabled():
            self.edited.emit(remove_day(self._calendar, on))

    def _tell_filled(self, public: PublicYear) -> None:
        country = self.country.currentText()
        if public.is_complete:
            text = _("{n} dates of {country} for {year} were filled in; Apply saves them.")
            said = text.format(n=len(public.days), country=country, year=public.year)
            self.notice.say(said, tone="ok")
        else:
            said = _(
                "As far as this program knows, {country} has not published its moved workdays of {year} yet."
                " The fixed holidays were filled in; add the others when they are announced."
            ).format(country=country, year=public.year)
            self.notice.say(said, tone="warn")
        self.notice.show()
