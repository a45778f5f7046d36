"""Asking to be away, and (for who decides) recording sickness or a training: the same form."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.errors import BadInput
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import LeaveDetails
from app.services.leave.reading import Choices, LeavePreview
from app.services.leave.typed_dates import read_day
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.ask_popup import AskPopup, reason_box
from app.views.leave.ask_presenter import AskPresenter
from app.views.leave.details_pane import fill
from app.views.leave.leave_words import LeaveWords

_PAUSE = 250  # milliseconds after the last key before the roster is asked
_MOST_LINES = 6


class LeavePopup(AskPopup):
    """Kind, days as one types them, reason and substitute; below, what it would do to the roster."""

    def __init__(
        self,
        window: QWidget,
        words: LeaveWords,
        presenter: AskPresenter,
        *,
        is_record: bool = False,
        person_id: PersonId | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        title = _("Record an absence") if is_record else _("Ask for leave")
        super().__init__(window, title, _("Record it") if is_record else _("Ask"), words.fmt)
        self.setObjectName("record_popup" if is_record else "leave_popup")
        self._words = words
        self._presenter = presenter
        self._is_record = is_record
        self._for = person_id
        self._choices: Choices | None = None
        self._told: LeaveDetails | None = None  # what the preview below is about
        self.person, self.kind, self.substitute = Choose(), Choose(), Choose()
        self.first = QLineEdit("" if first is None else first.isoformat())
        self.last = QLineEdit("" if last is None or last == first else last.isoformat())
        self.reason = reason_box()
        self.first_field = Field(_("First day"), self.first, required=True)
        self.last_field = Field(_("Last day"), self.last)
        self.effect = QVBoxLayout()
        self.effect.setSpacing(Space.XS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self._build()
        presenter.choices(self._offer)

    def ask(self) -> None:
        """Open the form."""
        self.open_centred()
        start = self.person if self._is_record else self.kind
        start.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def details(self) -> LeaveDetails | None:
        """What was typed and chosen; None while a day cannot be read or nothing can be chosen."""
        person = self.person.currentData() if self._is_record else self._presenter.me
        kind = self.kind.currentData()
        days = self._days()
        if person is None or kind is None or days is None:
            return None
        substitute = self.substitute.currentData()
        return LeaveDetails(
            PersonId(person),
            TemplateId(kind),
            *days,
            self.reason.toPlainText().strip(),
            None if substitute is None else PersonId(substitute),
        )

    def confirm(self) -> None:
        """Ask; the popup closes when it was asked."""
        details = self.details
        if details is None or not self.act.isEnabled():
            return
        run = self._presenter.record if self._is_record else self._presenter.ask_leave
        run(details, self.close_now, self.refuse)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        if self._is_record:
            self.body.addWidget(Field(_("Person"), self.person, required=True))
        self.body.addWidget(Field(_("Kind"), self.kind, required=True))
        days = QHBoxLayout()
        days.setSpacing(Space.M)
        days.addWidget(self.first_field, 1)
        days.addWidget(self.last_field, 1)
        self.body.addLayout(days)
        self.body.addWidget(
            PlainLabel(_("A day as 24, 12-24, tomorrow or +3; one day needs no last."), "small")
        )
        self.body.addWidget(Field(_("Reason"), self.reason, required=True))
        self.body.addWidget(Field(_("Substitute"), self.substitute))
        self.body.addLayout(self.effect)
        self.close_row()
        self.substitute.addItem(_("nobody"), None)
        for line in (self.first, self.last):
            line.textChanged.connect(self._typed)
        self.reason.textChanged.connect(self._wait)
        for box in (self.person, self.kind):
            box.currentIndexChanged.connect(lambda _at: self._typed())
        self.substitute.activated.connect(lambda _at: self._look())
        self._typed()

    def _offer(self, choices: Choices) -> None:
        self._choices = choices
        for template in choices.absences:
            self.kind.addItem(self._words.shift(template), int(template.id))
        for person_id, name in choices.people:
            if person_id != self._presenter.me:
                self.person.addItem(name, int(person_id))
        if self._for is not None:
            self.person.setCurrentIndex(max(0, self.person.findData(int(self._for))))
        self._typed()

    def _days(self) -> tuple[date, date] | None:
        today = self._presenter.today
        try:
            first = read_day(self.first.text(), today)
            last = read_day(self.last.text(), first, base=first) if self.last.text().strip() else first
        except BadInput:
            return None
        return first, last

    def _typed(self) -> None:
        self._show_days()
        self._wait()
        self._timer.start()

    def _show_days(self) -> None:
        """Say at each line which day was understood, or that none was."""
        today, first = self._presenter.today, None
        for field, line in ((self.first_field, self.first), (self.last_field, self.last)):
            text = line.text().strip()
            try:
                found = read_day(text, first or today, base=first) if text else None
            except BadInput:
                field.set_hint("")
                field.set_error(_("Not a day"))
                continue
            first = first or found
            field.set_error("")
            field.set_hint(self._words.day(found) if found is not None else "")

    def _wait(self) -> None:
        self.refusal.hide()
        days = self._days()
        reason = ""
        if days is None:
            reason = _("Type the first day.")
        elif days[1] < days[0]:
            reason = _("The last day lies before the first.")
        elif not self.reason.toPlainText().strip():
            reason = _("Write the reason first.")
        elif self.kind.currentData() is None:
            reason = _("The site has no absence among its shifts.")
        self.act.wait_for(reason)

    def _look(self) -> None:
        details = self.details
        if details is None or details.last < details.first:
            return
        self._told = details
        self._presenter.leave_preview(details, self._show_effect, self.refuse)

    def _show_effect(self, found: LeavePreview) -> None:
        effect, substitutes = found.effect, found.substitutes
        chosen = self.substitute.currentData()
        self.substitute.blockSignals(True)
        self.substitute.clear()
        self.substitute.addItem(_("nobody"), None)
        for one in substitutes:
            self.substitute.addItem(self._words.substitute(one), int(one.person_id))
        self.substitute.setCurrentIndex(max(0, self.substitute.findData(chosen)))
        self.substitute.blockSignals(False)
        shifts = self._choices.shifts if self._choices is not None else {}
        names = self._choices.names if self._choices is not None else {}
        lines = self._words.leave_lines(effect, names, shifts)
        shown = [PlainLabel(line.text, ink=line.tone, wrap=True) for line in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            more = _("and {count} more").format(count=len(lines) - _MOST_LINES)
            shown.append(PlainLabel(more, "muted"))
        fill(self.effect, shown)
        self.fit()
