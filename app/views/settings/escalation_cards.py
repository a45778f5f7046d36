"""Beside the steps: one ticket's way through them, quiet hours, many at once, and who is meant just now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.models.entities.errors import BadInput
from app.models.entities.escalation import EscalationRules, Recipient
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.services.settings.escalation_edits import quiet_length, read_time, time_text
from app.services.sla.rules import TicketFacts
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Toggle
from app.views.settings.escalation_example import Example, Mark
from app.views.settings.escalation_strip import EscalationStrip
from app.views.settings.escalation_words import (
    RECIPIENT_NAMES,
    Names,
    clock_name,
    quiet_sentence,
    recipients_text,
    spared_text,
    storm_sentence,
)
from app.views.settings.inputs import fill, lock
from app.views.settings.level_words import hours, priorities, soon, told

_NIGHT = (22 * 60, 7 * 60)
_MOST_STORM = 1000


class TicketCard(Card):
    """One ticket received now: the strip of its clock, and a line for each step and rise."""

    asked = Signal()  # another ticket was chosen

    def __init__(self, open_sla: Callable[[], None]) -> None:
        super().__init__(_("What happens to one ticket"))
        self.kind, self.priority = Choose(), Choose()
        for kind in TicketType:
            self.kind.addItem(term(current.texts, kind), kind)
        for priority in priorities():
            self.priority.addItem(f"P{priority}", priority)
        self.kind.setAccessibleName(_("Type"))
        self.priority.setAccessibleName(_("Priority"))
        self.priority.setCurrentIndex(2)
        self.edit_rises = Button(_("Edit the rises"), ButtonKind.LINK, icon="trending-up")
        self.edit_rises.clicked.connect(open_sla)
        self.strip = EscalationStrip(_("Steps and rises along the promised time"))
        self.sentence = PlainLabel("", wrap=True)
        self.rows = QGridLayout()
        self.lines: list[str] = []
        self.head.addWidget(self.edit_rises)
        chosen = row_of(self.kind, self.priority, self.sentence)
        chosen.setStretch(2, 1)
        self.body.addLayout(chosen)
        self.body.addWidget(self.strip)
        self.rows.setHorizontalSpacing(Space.L)
        self.rows.setVerticalSpacing(Space.XS)
        self.rows.setColumnStretch(3, 1)
        self.body.addLayout(self.rows)
        self.kind.currentIndexChanged.connect(lambda _at: self.asked.emit())
        self.priority.currentIndexChanged.connect(lambda _at: self.asked.emit())

    @property
    def facts(self) -> TicketFacts:
        """The ticket that is asked about."""
        return TicketFacts(TicketType(self.kind.currentData()), self.priority.currentData())

    def show_example(
        self, example: Example, rules: EscalationRules, clock: ClockKind, chosen: str, names: Names
    ) -> None:
        """Show how the clock of this ticket goes; `chosen` is the code of the step under the cursor."""
        marks, fmt = example.marks(rules, clock), example.format
        allowed = example.allowed(clock)
        self.strip.setVisible(allowed is not None)
        if allowed is None:
            sentence = _("Such a ticket is promised nothing by the clock “{clock}”: no step comes.")
            self.sentence.setText(sentence.format(clock=clock_name(clock)))
        else:
            due = example.at(clock, 100)
            sentence = _("{clock}: {allowed}, received now and due {time}.")
            time = soon(due, example.now, fmt) if due is not None else _("never")
            self.sentence.setText(
                sentence.format(clock=clock_name(clock), allowed=hours(allowed, fmt), time=time)
            )
        rows = [_words(mark, example, names) for mark in marks]
        self.lines = [" · ".join(part for part in row if part) for row in rows]
        self.strip.show_marks(marks, chosen, self.lines)
        self._show_rows(rows, marks)

    def _show_rows(self, rows: Sequence[tuple[str, ...]], marks: Sequence[Mark]) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, (row, mark) in enumerate(zip(rows, marks, strict=True)):
            for column, text in enumerate(row):
                role = "strong" if column == 0 else ("muted" if column < 3 or not mark.holds else "")
                self.rows.addWidget(PlainLabel(text, role, wrap=column == 3), at, column)


def _words(mark: Mark, example: Example, names: Names) -> tuple[str, str, str, str]:
    fmt = example.format
    when = soon(mark.at, example.now, fmt) if mark.at is not None else _("never")
    parts = []
    if mark.is_rise:
        parts.append(_("counts as P{priority} from here").format(priority=mark.priority))
    if mark.step is not None and not mark.holds:
        parts.append(_("the step is not for this ticket"))
    elif mark.step is not None:
        tells = recipients_text(mark.step.recipients, names)
        parts.append(_("tells {who}").format(who=tells) if tells else _("tells nobody"))
        if mark.step.to_next_line:
            parts.append(_("goes to the next line"))
        if mark.waits_until is not None:
            waits = _("waits until {time} unless on duty").format(time=f"{mark.waits_until:%H:%M}")
            parts.append(waits)
    return (
        _("{percent} %").format(percent=mark.percent),
        hours(mark.used, fmt),
        when,
        " · ".join(parts),
    )


class QuietCard(Card):
    """When nobody is disturbed, and which tickets disturb all the same; `edited` tells the changed rules."""

    edited = Signal(object)  # EscalationRules

    def __init__(self) -> None:
        super().__init__(_("Quiet hours"))
        self._rules = EscalationRules()
        self._format: Format | None = None
        self.on = Toggle(_("Notices wait at night"), shown=True)
        self.start, self.end = QLineEdit(), QLineEdit()
        self.start_field = Field(_("Quiet from"), self.start)
        self.end_field = Field(_("Quiet until"), self.end)
        self.start.setPlaceholderText(_("such as 22:00"))
        self.end.setPlaceholderText(_("such as 07:00"))
        self.spares = Choose()
        self.sentence = PlainLabel("", "muted", wrap=True)
        fill(self.spares, [(spared_text(number), number) for number in range(6)])
        self.body.addWidget(self.on)
        self.body.addLayout(row_of(self.start_field, self.end_field, spacing=Space.M))
        self.body.addWidget(Field(_("Tickets that break the quiet"), self.spares))
        self.body.addWidget(self.sentence)
        self.body.addStretch(1)
        self.on.toggled.connect(self._switch)
        self.start.editingFinished.connect(self._take_start)
        self.end.editingFinished.connect(self._take_end)
        self.spares.currentIndexChanged.connect(lambda _at: self._take_spares())

    def show_rules(self, rules: EscalationRules, fmt: Format, *, may_edit: bool) -> None:
        """Show rules; a field that is being typed in keeps its text."""
        self._rules, self._format = rules, fmt
        is_quiet = quiet_length(rules) > 0
        blockers = [QSignalBlocker(part) for part in (self.on, self.spares)]
        self.on.setChecked(is_quiet)
        self.spares.setCurrentIndex(self.spares.findData(min(5, max(0, rules.quiet_spares))))
        for blocker in blockers:
            blocker.unblock()
        for line, field, minutes in (
            (self.start, self.start_field, rules.quiet_from),
            (self.end, self.end_field, rules.quiet_until),
        ):
            field.setEnabled(is_quiet)
            if not line.hasFocus():
                line.setText(time_text(minutes) if is_quiet else "")
                field.set_error("")
        self.spares.setEnabled(is_quiet and may_edit)
        self.sentence.setText(quiet_sentence(rules))
        if not may_edit:
            for part in (self.on, self.start, self.end, self.spares):
                lock(part)

    def _switch(self, is_on: bool) -> None:
        start, end = _NIGHT if is_on else (0, 0)
        self._tell(replace(self._rules, quiet_from=start, quiet_until=end))

    def _take_start(self) -> None:
        minutes = self._read(self.start, self.start_field, self._rules.quiet_from)
        self._take(self.start_field, replace(self._rules, quiet_from=minutes))

    def _take_end(self) -> None:
        minutes = self._read(self.end, self.end_field, self._rules.quiet_until)
        self._take(self.end_field, replace(self._rules, quiet_until=minutes))

    def _read(self, line: QLineEdit, field: Field, kept: int) -> int:
        """Return the time that was typed; what is none is told at its field, and the old one stays."""
        try:
            minutes = read_time(line.text())
        except BadInput as error:
            problem = told(error, self._format) if self._format is not None else error.code
            field.set_error(_("{problem} {kept} stays.").format(problem=problem, kept=time_text(kept)))
            return kept
        field.set_error("")
        line.setText(time_text(minutes))
        return minutes

    def _take(self, field: Field, changed: EscalationRules) -> None:
        if quiet_length(changed):
            self._tell(changed)
        else:
            field.set_error(_("Both times are the same. Switch the quiet hours off instead."))

    def _take_spares(self) -> None:
        self._tell(replace(self._rules, quiet_spares=self.spares.currentData()))

    def _tell(self, rules: EscalationRules) -> None:
        if rules != self._rules:
            self.edited.emit(rules)


class StormCard(Card):
    """When many steps for one person are told as one; `edited` tells the changed rules."""

    edited = Signal(object)  # EscalationRules

    def __init__(self) -> None:
        super().__init__(_("Many at once"))
        self._rules = EscalationRules()
        self.count = NumberField(2, _MOST_STORM)
        self.minutes = NumberField(1, 24 * 60)
        self.sentence = PlainLabel("", "muted", wrap=True)
        fields = (
            Field(_("Steps for one person"), self.count),
            Field(_("Within so many minutes"), self.minutes),
        )
        for field in fields:
            self.body.addWidget(field)
        self.body.addWidget(self.sentence)
        self.body.addStretch(1)
        for part in (self.count, self.minutes):
            part.setKeyboardTracking(False)
            part.valueChanged.connect(lambda _value: self._take())

    def show_rules(self, rules: EscalationRules, *, may_edit: bool) -> None:
        """Show rules."""
        self._rules = rules
        for part, value in ((self.count, rules.storm_count), (self.minutes, rules.storm_minutes)):
            blocker = QSignalBlocker(part)
            part.setValue(value)
            blocker.unblock()
            if not may_edit:
                lock(part)
        self.sentence.setText(storm_sentence(rules))

    def _take(self) -> None:
        changed = replace(self._rules, storm_count=self.count.value(), storm_minutes=self.minutes.value())
        if changed != self._rules:
            self.edited.emit(changed)


class NowCard(Card):
    """Who the recipients are at this moment, and where that is decided."""

    def __init__(self, open_roster: Callable[[], None], open_roles: Callable[[], None]) -> None:
        super().__init__(_("Who that is just now"))
        self.labels: dict[Recipient, PlainLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        opens = {Recipient.DUTY_SUPERVISOR: (_("Roster"), open_roster)}
        for row, recipient in enumerate(
            (Recipient.DUTY_SUPERVISOR, Recipient.PROCESS_MANAGER, Recipient.DESK_MANAGER)
        ):
            label = PlainLabel("", wrap=True)
            self.labels[recipient] = label
            text, run = opens.get(recipient, (_("Roles"), open_roles))
            link = Button(text, ButtonKind.LINK, small=True)
            link.clicked.connect(lambda _checked=False, go=run: go())
            parts: tuple[QWidget, ...] = (PlainLabel(str(RECIPIENT_NAMES[recipient]), "muted"), label, link)
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        self.body.addLayout(grid)
        self.unled = PlainLabel(
            _("The roster names no duty supervisor just now: all who may lead a shift are told instead."),
            ink="warn",
            wrap=True,
        )
        self.unled.hide()
        self.body.addWidget(self.unled)
        self.body.addWidget(
            PlainLabel(_("Looked up at the moment a step falls due, never earlier."), "small", wrap=True)
        )
        self.body.addStretch(1)

    def show_names(self, names: Names, *, is_led: bool) -> None:
        """Show who they are; somebody missing is told as such, and so is a shift nobody leads."""
        self.unled.setVisible(not is_led)
        for recipient, label in self.labels.items():
            who = names.get(recipient, ())
            label.setText(_(", ").join(who) or _("nobody just now"))
            label.set_ink("" if who else "warn")
