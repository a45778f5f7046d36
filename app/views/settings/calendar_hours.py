"""The editor of weekly hours: one line of text per weekday, the week as a picture beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout

from app.models.entities.calendars import MINUTES_A_DAY, BusinessCalendar
from app.models.entities.errors import BadInput
from app.models.entities.time import Allowance
from app.services.calendars.edits import read_windows, set_hours, windows_text
from app.services.calendars.midnight import counted_once
from app.services.calendars.rules import working_day_length
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext
from app.views.base.theme import restyle
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.switches import Toggle
from app.views.base.widgets.weekstrip import WeekStrip
from app.views.settings.calendar_week import week_of_windows, weekday_name
from app.views.settings.calendar_words import hours_error
from app.views.settings.level_words import hours

_ZONE, _LENGTH = "zone", "working_day"


class HoursCard(Card):
    """Name, zone and week of one calendar.

    Text that cannot be read is kept where it stands, said to be wrong in place, and listed in `wrong`: the
    calendar keeps its last good value until the text is mended.
    """

    edited = Signal(object)  # BusinessCalendar
    wrong_changed = Signal()

    def __init__(self, zones: list[str], fmt: Format) -> None:
        super().__init__(_("Weekly hours"))
        self._format = fmt
        self._calendar: BusinessCalendar | None = None
        self.wrong: dict[str, str] = {}
        self._typed_in = ""
        self.name = QLineEdit()
        self.name_alt = QLineEdit()
        self.zone = QLineEdit()
        self.zone_field = Field(_("Time zone"), self.zone)
        self.length = QLineEdit()
        self.length_field = Field(_("1 d counts as"), self.length)
        self.always = Toggle(_("Open all the time (24×7)"), shown=True)
        self.spread = Button(_("Monday's hours to Friday"), ButtonKind.LINK, icon="copy", small=True)
        self.days = [QLineEdit() for _day in range(7)]
        self.errors = [PlainLabel("", ink="bad", wrap=True) for _day in range(7)]
        self.notes = [PlainLabel("", "small", ink="warn", wrap=True) for _day in range(7)]
        self.week = WeekStrip(said=_("Weekly hours"))
        completer = QCompleter(zones, self.zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.setCompleter(completer)
        self._build()
        self._connect()

    def show_calendar(self, calendar: BusinessCalendar, *, is_other: bool, may_edit: bool) -> None:
        """Show a calendar; `is_other` says that it is not the one shown before, so wrong texts go away."""
        self._calendar = calendar
        if is_other:
            self.wrong, self._typed_in = {}, ""
        for line, name in ((self.name, calendar.name), (self.name_alt, calendar.name_alt)):
            if is_other or line.text().strip() != name:
                line.setText(name)
        self._put_unless_wrong(_ZONE, self.zone, calendar.timezone, force=is_other)
        minutes = calendar.working_day
        length = hours(minutes, self._format) if minutes is not None else ""
        self._put_unless_wrong(_LENGTH, self.length, length, force=is_other)
        automatic = hours(working_day_length(replace(calendar, working_day=None)), self._format)
        self.length.setPlaceholderText(automatic)
        set_tip(self.length, _("Empty: {hours}, from the longest day").format(hours=automatic))
        for weekday, line in enumerate(self.days):
            text = windows_text(calendar.hours[weekday])
            self._put_unless_wrong(str(weekday), line, text, force=is_other)
            line.setReadOnly(not may_edit)
            line.setEnabled(not calendar.always_open)
        with QSignalBlocker(self.always):
            self.always.setChecked(calendar.always_open)
        self.always.setEnabled(may_edit)
        self.spread.setVisible(may_edit and not calendar.always_open)
        for line in (self.name, self.name_alt, self.zone, self.length):
            line.setReadOnly(not may_edit)
        self.week.show_days(week_of_windows(calendar.hours, None, always_open=calendar.always_open))
        self._show_wrong()
        self._note_what_counts_once(calendar)

    def restore_wrong(self, wrong: dict[str, str]) -> None:
        """Put texts back that could not be read when the page was left."""
        lines = {_ZONE: self.zone, _LENGTH: self.length} | {
            str(at): line for at, line in enumerate(self.days)
        }
        for name, text in wrong.items():
            if name in lines:
                lines[name].setText(text)
                self._judge(name)

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.head.addWidget(self.always)
        top = row_of(
            Field(pgettext("calendar", "Name"), self.name),
            Field(pgettext("calendar", "Name in Chinese"), self.name_alt),
            self.zone_field,
            self.length_field,
            spacing=Space.M,
        )
        for at in range(4):
            top.setStretch(at, 1)
        self.body.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        for weekday, line in enumerate(self.days):
            name = weekday_name(weekday, long=True)
            line.setAccessibleName(name)
            line.setPlaceholderText(_("closed"))
            label = PlainLabel(name, "muted")
            label.setBuddy(line)
            for row, widget in enumerate((line, self.errors[weekday], self.notes[weekday])):
                grid.addWidget(widget, 3 * weekday + row, 1)
            grid.addWidget(label, 3 * weekday, 0)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addLayout(grid)
        hint = PlainLabel(
            _("Several windows: 08:30–12:00, 13:00–18:30. Over midnight: 20:00–08:00. Midnight: 24:00."),
            "small",
            wrap=True,
        )
        left.addWidget(hint)
        left.addLayout(row_of(self.spread, None))
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.week)
        right.addStretch(1)
        body = row_of(spacing=Space.XL)
        body.addLayout(left, 1)
        body.addLayout(right, 1)
        self.body.addLayout(body)

    def _connect(self) -> None:
        for line in (self.name, self.name_alt):
            line.textEdited.connect(lambda _text: self._take_names())
        self.zone.editingFinished.connect(lambda: self._judge(_ZONE))
        self.zone.textEdited.connect(lambda _text: self._mend_soon(_ZONE))
        self.length.editingFinished.connect(lambda: self._judge(_LENGTH))
        self.length.textEdited.connect(lambda _text: self._mend_soon(_LENGTH))
        for weekday, line in enumerate(self.days):
            line.editingFinished.connect(lambda name=str(weekday): self._judge(name))
            line.textEdited.connect(lambda _text, name=str(weekday): self._mend_soon(name))
        self.always.toggled.connect(self._take_always)
        self.spread.clicked.connect(self._spread)

    # -- what a person does --------------------------------------------------------------------------

    def _take_names(self) -> None:
        if self._calendar is not None:
            name, name_alt = self.name.text().strip(), self.name_alt.text().strip()
            self.edited.emit(replace(self._calendar, name=name, name_alt=name_alt))

    def _take_always(self, on: bool) -> None:
        if self._calendar is not None:
            self.edited.emit(replace(self._calendar, always_open=on))

    def _spread(self) -> None:
        calendar = self._calendar
        if calendar is None:
            return
        for weekday in range(1, 5):
            self.wrong.pop(str(weekday), None)
            calendar = set_hours(calendar, weekday, calendar.hours[0])
        self.edited.emit(calendar)

    def _mend_soon(self, name: str) -> None:
        """While one types: take what is right at once, but call nothing wrong before the line is left."""
        self._typed_in = name
        try:
            changed = self._read(name)
        except BadInput:
            return
        self._take(name, changed)

    def _judge(self, name: str) -> None:
        """The line was left: take it, or say what is wrong with it."""
        self._typed_in = ""
        try:
            changed = self._read(name)
        except BadInput as error:
            self.wrong[name] = self._text_of(name)
            self._say_wrong(name, hours_error(error, self._format))
            self.wrong_changed.emit()
            return
        self._take(name, changed)
        self._tidy(name)

    def _take(self, name: str, changed: BusinessCalendar | None) -> None:
        if self.wrong.pop(name, None) is not None:
            self._say_wrong(name, "")
            self.wrong_changed.emit()
        if changed is not None and changed != self._calendar:
            self.edited.emit(changed)

    def _tidy(self, name: str) -> None:
        if name.isdigit() and self._calendar is not None:
            self.days[int(name)].setText(windows_text(self._calendar.hours[int(name)]))

    # -- reading -------------------------------------------------------------------------------------

    def _text_of(self, name: str) -> str:
        line = {_ZONE: self.zone, _LENGTH: self.length}.get(name)
        return (line or self.days[int(name)]).text().strip()

    def _read(self, name: str) -> BusinessCalendar | None:
        """Return the calendar with what one line says. BadInput where it cannot be read."""
        calendar, text = self._calendar, self._text_of(name)
        if calendar is None:
            return None
        if name == _ZONE:
            return replace(calendar, timezone=text)
        if name == _LENGTH:
            return replace(calendar, working_day=_length(text))
        return set_hours(calendar, int(name), read_windows(text))

    def _put_unless_wrong(self, name: str, line: QLineEdit, text: str, *, force: bool) -> None:
        if name not in self.wrong and (force or name != self._typed_in):
            line.setText(text)

    def _say_wrong(self, name: str, sentence: str) -> None:
        if name == _ZONE:
            self.zone_field.set_error(sentence)
        elif name == _LENGTH:
            self.length_field.set_error(sentence)
        else:
            self.errors[int(name)].setText(sentence)
            self.errors[int(name)].setVisible(bool(sentence))
            self.days[int(name)].setAccessibleDescription(sentence)
            restyle(self.days[int(name)], invalid=bool(sentence))

    def _note_what_counts_once(self, calendar: BusinessCalendar) -> None:
        """Below a weekday's line: what the night before opens already."""
        twice = () if calendar.always_open else counted_once(calendar.hours)
        for weekday, note in enumerate(self.notes):
            parts = ", ".join(each.to_text() for each in twice if each.weekday == weekday)
            before = weekday_name((weekday - 1) % 7, long=True)
            said = _("{day}'s hours reach into this: {times} counts once.").format(day=before, times=parts)
            note.setText(said if parts else "")
            note.setVisible(bool(parts))
            if str(weekday) not in self.wrong:
                self.days[weekday].setAccessibleDescription(note.text())

    def _show_wrong(self) -> None:
        for name in (_ZONE, _LENGTH, *(str(at) for at in range(7))):
            if name not in self.wrong:
                self._say_wrong(name, "")


def _length(text: str) -> timedelta | None:
    """Read how long a working day is: hours and minutes, at most a day. Nothing means automatic."""
    if not text:
        return None
    read = Allowance.from_text(text)
    length = timedelta(seconds=read.seconds)
    if read.working_days or not timedelta() < length <= timedelta(minutes=MINUTES_A_DAY):
        raise BadInput("calendar.working_day_bad", value=text)
    return length
