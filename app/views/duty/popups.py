"""The popups of the duty board: going away for a while, and reminding colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.models.entities.duty import Audience, NewReminder, ReminderLink
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.people import StaffEntry, Team
from app.services.base.names import name_in
from app.services.duty.rules import LONGEST_NOTE, LONGEST_REMINDER
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.switches import Choice, Segment

_WIDTH = 480
_SPANS = (15, 30, 60, 120)
_UNKNOWN = "0"
_TEXT_HEIGHT = 84
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Asking(Popup):
    """A title, fields, and one button that does it; Ctrl+Enter does it too."""

    def __init__(self, window: QWidget, title: str, action: str) -> None:
        super().__init__(window, scrim=True)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(title)
        self.title = PlainLabel(title, "section", wrap=True)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        head = row_of(self.title, close)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.act = Button(action, ButtonKind.PRIMARY, key="Ctrl+Enter")
        self.act.clicked.connect(self.confirm)

    def close_row(self) -> None:
        """Put the button at the foot; called once the fields are there."""
        self.body.addLayout(row_of(None, self.act))

    def confirm(self) -> None:
        """Do what the popup is for; derived popups say what."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER and self.act.isEnabled():
            self.confirm()
        else:
            super().keyPressEvent(event)


class AwayPopup(Asking):
    """Why the desk is left and when one means to be back."""

    given = Signal(object, str, object)  # PersonId | None, the reason, datetime | None

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Away from the desk"), _("Leave the desk"))
        self.setObjectName("away_popup")
        self._who: PersonId | None = None
        self._now: datetime | None = None
        self._longest = 0
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_NOTE)
        spans = [Choice(str(span), _("{n} min").format(n=span)) for span in _SPANS]
        self.span = Segment([*spans, Choice(_UNKNOWN, _("not known"))], said=_("Back in"))
        self.body.addWidget(Field(_("Reason"), self.reason, required=True))
        self.asks = PlainLabel("", "small", wrap=True)
        keeping = self.asks.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.asks.setSizePolicy(keeping)
        self.body.addWidget(Field(_("Back in"), self.span))
        self.body.addWidget(self.asks)
        self.close_row()
        self.span.chosen.connect(lambda _key: self._say_who_is_asked())
        self.reason.textChanged.connect(self._wait)
        self.reason.returnPressed.connect(self.confirm)

    def ask(self, who: PersonId | None, name: str, now: datetime, longest: int = 0) -> None:
        """Ask why and for how long; `name` "" means oneself.

        To be away longer than `longest` minutes asks the duty supervisor; 0: nobody is asked.
        """
        self._who, self._now, self._longest = who, now, longest
        said = _("Longer than {n} min, or not known: the duty supervisor is asked.")
        self.asks.setText(said.format(n=longest))
        title = _("{name} is away from the desk").format(name=name) if name else _("Away from the desk")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.reason.clear()
        self.span.choose(str(_SPANS[1]))
        self._say_who_is_asked()
        self._wait()
        self.open_centred()
        self.reason.setFocus(Qt.FocusReason.PopupFocusReason)

    def confirm(self) -> None:
        """Say it and close."""
        if not self.reason.text().strip() or self._now is None:
            return
        span = int(self.span.key)
        until = self._now + timedelta(minutes=span) if span else None
        self.close_now()
        self.given.emit(self._who, self.reason.text(), until)

    def _say_who_is_asked(self) -> None:
        span = int(self.span.key)
        self.asks.setVisible(bool(self._longest) and (not span or span > self._longest))

    def _wait(self) -> None:
        self.act.wait_for("" if self.reason.text().strip() else _("Write the reason first."))


class RemindPopup(Asking):
    """A word to those on duty, a team or a person, perhaps with something to open."""

    given = Signal(object)  # NewReminder

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Remind colleagues"), _("Send the reminder"))
        self.setObjectName("remind_popup")
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.audience = Segment(
            [
                Choice(Audience.ON_DUTY, _("Everybody on duty")),
                Choice(Audience.TEAM, _("A team")),
                Choice(Audience.PERSON, _("A person")),
            ],
            said=_("For whom"),
        )
        self.team, self.person, self.link = Choose(), Choose(), Choose()
        self.number = QLineEdit()
        self.team_field = Field(_("Team"), self.team)
        self.person_field = Field(_("Person"), self.person)
        self.link_field = Field(_("Opens"), self.link)
        self.number_field = Field(_("Number"), self.number)
        for name, link in (
            (_("nothing"), None),
            (_("a ticket"), ReminderLink.TICKET),
            (_("an article"), ReminderLink.ARTICLE),
            (_("the SLA in force"), ReminderLink.SLA),
            (_("the service catalogue"), ReminderLink.SERVICES),
        ):
            self.link.addItem(name, link)
        links = QHBoxLayout()
        links.setSpacing(Space.M)
        links.addWidget(self.link_field, 1)
        links.addWidget(self.number_field, 1)
        self.body.addWidget(Field(_("What should they know?"), self.text, required=True))
        self.body.addWidget(Field(_("For whom"), self.audience))
        self.body.addWidget(self.team_field)
        self.body.addWidget(self.person_field)
        self.body.addLayout(links)
        self.close_row()
        self.audience.chosen.connect(lambda _key: self._fold())
        self.link.currentIndexChanged.connect(lambda _at: self._fold())
        self.text.textChanged.connect(self._wait)
        self.number.textChanged.connect(self._wait)

    def offer(self, teams: Sequence[Team], staff: Mapping[PersonId, StaffEntry]) -> None:
        """Offer these teams and people."""
        team, person = self.team.currentData(), self.person.currentData()
        self.team.clear()
        for each in teams:
            self.team.addItem(name_in(each.details.name, each.details.name_alt, current.code), int(each.id))
        self.person.clear()
        named = [(name_in(one.name, one.name_alt, current.code), int(one.id)) for one in staff.values()]
        for name, person_id in sorted(named):
            self.person.addItem(name, person_id)
        self.team.setCurrentIndex(max(0, self.team.findData(team)))
        self.person.setCurrentIndex(max(0, self.person.findData(person)))

    def ask(
        self, *, person_id: PersonId | None = None, link: ReminderLink | None = None, number: int = 0
    ) -> None:
        """Ask anew; a person or something to open may be chosen beforehand."""
        self.text.clear()
        self.audience.choose(Audience.ON_DUTY if person_id is None else Audience.PERSON)
        if person_id is not None:
            self.person.setCurrentIndex(max(0, self.person.findData(int(person_id))))
        self.link.setCurrentIndex(max(0, self.link.findData(link)))
        self.number.setText(str(number) if number else "")
        self._fold()
        self.open_centred()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def reminder(self) -> NewReminder:
        """What was typed and chosen."""
        audience, link = Audience(self.audience.key), self.link.currentData()
        digits = "".join(letter for letter in self.number.text() if letter.isdigit())
        team, person = self.team.currentData(), self.person.currentData()
        return NewReminder(
            self.text.toPlainText(),
            audience,
            TeamId(team) if audience is Audience.TEAM and team is not None else None,
            PersonId(person) if audience is Audience.PERSON and person is not None else None,
            None if link is None else ReminderLink(link),
            int(digits[:9] or 0) if self.number_field.isVisibleTo(self) else 0,
        )

    def confirm(self) -> None:
        """Send it; the popup closes when it was sent."""
        if self.act.isEnabled():
            self.given.emit(self.reminder)

    def _fold(self) -> None:
        audience, link = self.audience.key, self.link.currentData()
        self.team_field.setVisible(audience == Audience.TEAM)
        self.person_field.setVisible(audience == Audience.PERSON)
        self.number_field.setVisible(link in {ReminderLink.TICKET, ReminderLink.ARTICLE})
        self._wait()
        self.adjustSize()

    def _wait(self) -> None:
        typed = self.text.toPlainText().strip()
        reason = "" if typed else _("Write what your colleagues should know first.")
        if len(typed) > LONGEST_REMINDER:
            reason = _("At most {longest} characters.").format(longest=LONGEST_REMINDER)
        self.act.wait_for(reason)
