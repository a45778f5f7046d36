"""A new calendar: under which code and names, and what it begins as."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.services.settings.configs import LONGEST_CODE
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.settings.sla_words import calendar_name

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_WIDTH = 460
_EMPTY, _ALWAYS = "\0empty", "\0always"  # no calendar's code


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """What was asked for: a code nobody has, and the calendar it begins as."""

    code: str
    calendar: BusinessCalendar


class NewCalendarPopup(Popup):
    """`made` tells the answer; Esc and Cancel tell nothing."""

    made = Signal(object)  # NewCalendar

    def __init__(self, window: QWidget, calendars: Mapping[str, BusinessCalendar], shown: str) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("new-calendar")
        self._calendars = calendars
        self._zone = calendars[shown].timezone
        self.begin = Choose()
        for code, calendar in calendars.items():
            text = _("Copy of {calendar}").format(calendar=calendar_name(calendar, code))
            self.begin.addItem(text, code)
        self.begin.addItem(_("No hours yet"), _EMPTY)
        self.begin.addItem(_("Open all the time (24×7)"), _ALWAYS)
        self.begin.setCurrentIndex(self.begin.findData(shown))
        self.code = QLineEdit(free_code(calendars))
        self.code.setMaxLength(LONGEST_CODE)
        self.code_field = Field(_("Code"), self.code, hint=_("small letters, digits, - and _"), required=True)
        self.name = QLineEdit(_("New calendar"))
        self.name_alt = QLineEdit()
        self.create_button = Button(_("Create the calendar"), ButtonKind.PRIMARY, icon="plus")
        cancel = Button(_("Cancel"))
        self.setFixedWidth(min(_WIDTH, window.width() - 2 * Space.XL))
        self.body.addWidget(PlainLabel(_("New calendar"), "record"))
        self.body.addWidget(Field(_("Begin with"), self.begin))
        self.body.addWidget(self.code_field)
        self.body.addWidget(Field(pgettext("calendar", "Name"), self.name))
        self.body.addWidget(Field(pgettext("calendar", "Name in Chinese"), self.name_alt))
        self.body.addLayout(row_of(None, cancel, self.create_button))
        self.code.textChanged.connect(lambda _text: self._judge())
        for line in (self.code, self.name, self.name_alt):
            line.returnPressed.connect(self._make)
        self.create_button.clicked.connect(self._make)
        cancel.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        self.setFocusProxy(self.name)
        self._judge()

    def open_centred(self) -> None:
        """Show the popup; the name is ready to be typed over."""
        super().open_centred()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)
        self.name.selectAll()

    def _judge(self) -> str:
        code = self.code.text().strip()
        wrong = ""
        if not _CODE.fullmatch(code):
            wrong = _("A code is made of small letters, digits, - and _.")
        elif code in self._calendars:
            wrong = _("There is a calendar with this code already.")
        self.code_field.set_error(wrong)
        self.create_button.wait_for(wrong)
        return wrong

    def _make(self) -> None:
        if self._judge():
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        begin = str(self.begin.currentData())
        held = self._calendars.get(begin) or BusinessCalendar(self._zone, always_open=begin == _ALWAYS)
        named = replace(held, name=self.name.text().strip(), name_alt=self.name_alt.text().strip())
        code = self.code.text().strip()
        self.close_now()
        self.made.emit(NewCalendar(code, named))


def free_code(taken: Collection[str]) -> str:
    """Return "calendar_1", or with the first number nobody has."""
    return next(code for code in (f"calendar_{n}" for n in range(1, len(taken) + 2)) if code not in taken)
