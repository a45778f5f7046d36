"""Holidays and special days of one calendar: painted in a year, listed, taken over from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QMenu, QWidget

from app.models.entities.calendars import LONGEST_DAY_NAME, BusinessCalendar, DayType
from app.models.entities.errors import BadInput
from app.services.base.terms import term
from app.services.calendars.day_files import DayFormat
from app.services.calendars.day_lists import FIRST_YEAR, LAST_YEAR, DayList, days_for
from app.services.calendars.edits import (
    CLOSED_KINDS,
    DatedDay,
    compare_days,
    dated_day,
    dated_days,
    longest_hours,
    read_windows,
    remove_day,
    set_days,
    windows_text,
)
from app.services.calendars.holiday_gaps import gaps_in, keeps_holidays, watched_years
from app.services.calendars.painting import Brush, paint
from app.services.calendars.public_holidays import PublicYear
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, MenuButton
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.calendar_brushes import BrushBar
from app.views.settings.calendar_day_words import (
    Names,
    day_sentence,
    gap_sentences,
    range_words,
    unpublished_sentence,
    year_looks,
)
from app.views.settings.calendar_list import DaysList, DaysPreview
from app.views.settings.calendar_words import hours_error
from app.views.settings.calendar_year import YearGrid, YearShown
from app.views.settings.level_words import told

_KINDS = (
    DayType.HOLIDAY,
    DayType.DAY_OFF_IN_LIEU,
    DayType.MAKE_UP_WORKDAY,
    DayType.WORKDAY,
    DayType.WEEKEND,
)


class DaysCard(Card):
    """`edited` tells the changed calendar; the other signals want what takes time or another window."""

    edited = Signal(object)  # BusinessCalendar
    public_asked = Signal(str, object)  # a country's days of these years
    fill_asked = Signal(str, int)
    import_asked = Signal()
    export_asked = Signal(object)  # DayFormat
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, fmt: Format, year: int, today: date) -> None:
        super().__init__(_("Holidays and special days"))
        self._format = fmt
        self._today = today
        self._calendar: BusinessCalendar | None = None
        self._saved: BusinessCalendar | None = None
        self._public: dict[int, PublicYear] = {}
        self._may_edit = True
        self._said = ""  # what the last deed came to; it stands until the next one
        self.year = NumberField(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(year)
        self.country = Choose()
        self.fill = Button("", icon="wand-sparkles")
        self.load = Button(_("Import…"), icon="file-up")
        self.export = MenuButton(_("Export"), self._export_menu(), icon="download")
        self.notice = Notice("", tone="info")
        self.brushes = BrushBar()
        self.grid = YearGrid(today)
        self.list = DaysList()
        self.chosen = PlainLabel("", "strong")
        self.date = QDateEdit(QDate(today.year, today.month, today.day))
        self.kind = Choose()
        self.hours = QLineEdit()
        self.hours_field = Field(_("Hours"), self.hours)
        self.name = QLineEdit()
        self.name_alt = QLineEdit()
        self.add = Button("", icon="calendar-plus")
        self.remove = Button(_("Remove"), icon="trash-2")
        self._build()
        self._connect()

    @property
    def wrong(self) -> str:
        """What is wrong with the day being typed; it never blocks Apply, for nothing was set yet."""
        return self.hours_field.error

    # -- what is shown -------------------------------------------------------------------------------

    def show_calendar(
        self, calendar: BusinessCalendar, *, may_edit: bool, saved: BusinessCalendar | None = None
    ) -> None:
        """Show the chosen year; dates that differ from `saved` are marked."""
        if saved is not None and saved != self._saved:
            self._said = ""
        self._calendar, self._saved, self._may_edit = calendar, saved or calendar, may_edit
        days = dated_days(calendar, self.year.value())
        self.list.show_days(days, self._names, self._format)
        self.set_note(ngettext("{n} date", "{n} dates", len(days)).format(n=len(days)))
        self.fill.say(_("Fill in {year}").format(year=self.year.value()))
        self.grid.may_paint = may_edit
        self._show_year()
        for part in (self.fill, self.load, self.add, self.remove, self.brushes, *self._inputs):
            part.setEnabled(may_edit)
        self._notify()

    def show_countries(self, countries: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these countries."""
        with QSignalBlocker(self.country):
            self.country.clear()
            for code, name in countries:
                self.country.addItem(name, code)
            self.country.setCurrentIndex(max(0, self.country.findData(chosen)))

    def ask_public(self) -> None:
        """Ask for the country's days of the year shown and of those that are watched."""
        country = self.country.currentData()
        if country:
            years = sorted({self.year.value(), *watched_years(self._today)})
            self.public_asked.emit(str(country), tuple(years))

    def show_public(self, years: Sequence[PublicYear]) -> None:
        """Name the dates as the country does, and say which years are not whole."""
        self._public = {public.year: public for public in years}
        if self._calendar is not None:
            self.show_calendar(self._calendar, may_edit=self._may_edit, saved=self._saved)

    def tell(self, text: str, tone: str = "ok") -> None:
        """Say what came of a deed; it stands until the next one."""
        self._said = text
        self.notice.say(text, tone=tone)
        self.notice.show()

    # -- taking days over ----------------------------------------------------------------------------

    def offer_public(self, public: PublicYear) -> None:
        """Show what a country's year would change, for taking over."""
        country = self.country.currentText()
        title = _("{country} {year}").format(country=country, year=public.year)
        warning = "" if public.is_complete else unpublished_sentence([public.year], country)
        self._offer(DayList(public.days), title, warning)

    def offer_file(self, found: DayList, name: str) -> None:
        """Show what a file would change, for taking over."""
        over = found.passed_over
        warning = ngettext(
            "{n} event at a time of day or cancelled was passed over.",
            "{n} events at a time of day or cancelled were passed over.",
            over,
        ).format(n=over)
        self._offer(found, name, warning if over else "")

    def _offer(self, found: DayList, title: str, warning: str) -> None:
        if self._calendar is None:
            return
        try:
            changes = compare_days(self._calendar, days_for(self._calendar, found.days))
        except BadInput as error:
            self.tell(told(error, self._format), "bad")
            return
        if not changes:
            said = _("Nothing to take over: {what} is here already.").format(what=title)
            self.tell(f"{said} {warning}".strip(), "warn" if warning else "ok")
            return
        popup = DaysPreview(self.window(), title, changes, self._format, warning=warning)
        popup.taken.connect(lambda days: self._take(days, warning))
        popup.open_centred()

    def _take(self, days: Sequence[DatedDay], warning: str) -> None:
        if self._calendar is None:
            return
        if days and all(day.on.year != self.year.value() for day in days):
            self.year.setValue(days[0].on.year)
        self.edited.emit(set_days(self._calendar, days))
        said = ngettext(
            "{n} date was taken; Apply saves it.", "{n} dates were taken; Apply saves them.", len(days)
        )
        self.tell(f"{said.format(n=len(days))} {warning}".strip(), "warn" if warning else "ok")

    # -- building ------------------------------------------------------------------------------------

    @property
    def _inputs(self) -> tuple[QWidget, ...]:
        return (self.date, self.kind, self.hours, self.name, self.name_alt)

    @property
    def _names(self) -> Names:
        public = self._public.get(self.year.value())
        return {day.on: (day.name, day.name_alt) for day in public.days} if public is not None else {}

    def _export_menu(self) -> QMenu:
        menu = QMenu()
        for kind, text in ((DayFormat.ICS, _("Calendar file (.ics)")), (DayFormat.CSV, _("Table (.csv)"))):
            menu.addAction(text).triggered.connect(lambda _on=False, kind=kind: self.export_asked.emit(kind))
        return menu

    def _build(self) -> None:
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        for line in (self.name, self.name_alt):
            line.setMaxLength(LONGEST_DAY_NAME)
        for kind in _KINDS:
            text = _("Other hours") if kind is DayType.WORKDAY else term(current.texts, kind)
            self.kind.addItem(text, kind)
        top = row_of(Field(_("Year"), self.year), Field(_("Country"), self.country), spacing=Space.S)
        top.setStretch(1, 1)
        for button in (self.fill, self.load, self.export):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(top)
        self.body.addWidget(self.notice)
        self.notice.hide()
        self.body.addWidget(self.brushes)
        self.body.addWidget(self.grid)
        hint = _(
            "Arrows move, Shift selects, Page keys go by months. The keys named above set what is selected at"
            " once; Ctrl+Z takes that back."
        )
        self.body.addWidget(PlainLabel(hint, "small", wrap=True))
        self.body.addWidget(self.chosen)
        new = row_of(Field(_("Date"), self.date), Field(_("Kind of day"), self.kind), spacing=Space.M)
        new.addWidget(self.hours_field, 1)
        self.body.addLayout(new)
        names = row_of(
            Field(pgettext("calendar", "Name"), self.name),
            Field(pgettext("calendar", "Name in Chinese"), self.name_alt),
            spacing=Space.M,
        )
        names.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(names)
        self.body.addWidget(self.list)
        foot = row_of(PlainLabel(_("Delete takes a date out of the list."), "small"), None, self.remove)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.year.valueChanged.connect(self._other_year)
        self.country.currentIndexChanged.connect(lambda _at: self.ask_public())
        self.fill.clicked.connect(
            lambda: self.fill_asked.emit(str(self.country.currentData()), self.year.value())
        )
        self.load.clicked.connect(self.import_asked)
        self.brushes.chosen.connect(self._take_brush)
        self.grid.painted.connect(self._paint)
        self.grid.moved.connect(self._show_chosen)
        self.grid.year_asked.connect(self.year.setValue)
        self.grid.undo_asked.connect(self.undo_asked)
        self.grid.redo_asked.connect(self.redo_asked)
        self.list.removed.connect(self._remove)
        self.list.went.connect(self._go_to)
        self.remove.clicked.connect(lambda: self._remove(self.list.on))
        self.date.dateChanged.connect(lambda _on: self._go_to(self._typed_date))
        self.kind.currentIndexChanged.connect(lambda _at: self._offer_hours())
        self.add.clicked.connect(self._add)
        for line in (self.hours, self.name, self.name_alt):
            line.returnPressed.connect(self._add)
        self._offer_hours()
        self._show_chosen()

    # -- showing -------------------------------------------------------------------------------------

    def _show_year(self) -> None:
        calendar, saved, names = self._calendar, self._saved, self._names
        if calendar is None or saved is None:
            return
        year = self.year.value()
        self.grid.show_year(
            YearShown(
                year,
                year_looks(calendar, saved, year),
                lambda on: day_sentence(on, calendar, saved, names, self._format),
                self._today,
            )
        )
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the dates chosen in the year in the fields under it."""
        dates, on = self.grid.selection, self.grid.cursor_date
        self.chosen.setText(range_words(dates, self._format))
        count = len(dates)
        self.add.say(ngettext("Set this day", "Set {n} days", count).format(n=count))
        with QSignalBlocker(self.date):
            self.date.setDate(QDate(on.year, on.month, on.day))
        held = dated_day(self._calendar, on) if self._calendar is not None else None
        if held is not None and not any(part.hasFocus() for part in self._inputs[1:]):
            self.kind.setCurrentIndex(self.kind.findData(held.day_type))
            self.hours.setText(windows_text(held.windows))
            self.name.setText(held.name)
            self.name_alt.setText(held.name_alt)

    def _notify(self) -> None:
        """Say what one should know about this calendar's holidays; at most one box."""
        calendar, country = self._calendar, self.country.currentText()
        if calendar is None or self._said:
            return
        text, tone = "", "info"
        if calendar.always_open:
            text = _(
                "Open all the time: holidays do not stop these clocks."
                " They only tell the roster the kind of day."
            )
        else:
            watched = watched_years(self._today) if keeps_holidays(calendar, self._today) else ()
            years = sorted({self.year.value(), *watched} & self._public.keys())
            text = gap_sentences(gaps_in(calendar, [self._public[year] for year in years]), country)
            tone = "warn"
        self.notice.say(text, tone=tone)
        self.notice.setVisible(bool(text))

    def _other_year(self, _year: int) -> None:
        self._said = ""
        if self._calendar is not None:
            self.show_calendar(self._calendar, may_edit=self._may_edit, saved=self._saved)
        self.ask_public()

    def _offer_hours(self) -> None:
        """Closed kinds have no hours; the others begin with the longest weekday's."""
        is_closed = self._kind in CLOSED_KINDS or self._kind is DayType.WEEKEND
        self.hours_field.setVisible(not is_closed)
        self.hours_field.set_error("")
        if not is_closed and not self.hours.text() and self._calendar is not None:
            self.hours.setText(windows_text(longest_hours(self._calendar)))

    # -- what a person does --------------------------------------------------------------------------

    @property
    def _kind(self) -> DayType:
        return DayType(self.kind.currentData())  # Qt hands a text back

    @property
    def _typed_date(self) -> date:
        typed = self.date.date()
        return date(typed.year(), typed.month(), typed.day())

    def _take_brush(self) -> None:
        self.grid.brush = self.brushes.brush

    def _go_to(self, on: date | None) -> None:
        if on is not None and on != self.grid.cursor_date:
            self.year.setValue(on.year)
            self.grid.go(on)

    def _paint(self, dates: Sequence[date], brush: Brush) -> None:
        if self._calendar is None or not self._may_edit:
            return
        try:
            changed = paint(self._calendar, dates, brush)
        except BadInput as error:
            self.tell(told(error, self._format), "bad")
            return
        self._said = ""
        self.edited.emit(changed)

    def _add(self) -> None:
        if self._calendar is None or not self._may_edit:
            return
        kind, name, name_alt = self._kind, self.name.text().strip(), self.name_alt.text().strip()
        try:
            windows = read_windows(self.hours.text()) if self.hours_field.isVisibleTo(self) else ()
        except BadInput as error:
            self.hours_field.set_error(hours_error(error, self._format))
            return
        self.hours_field.set_error("")
        days = [DatedDay(on, kind, windows, name, name_alt) for on in self.grid.selection]
        self._said = ""
        self.edited.emit(set_days(self._calendar, days))

    def _remove(self, on: date | None) -> None:
        if on is not None and self._calendar is not None and self._may_edit:
            self._said = ""
            self.edited.emit(remove_day(self._calendar, on))
