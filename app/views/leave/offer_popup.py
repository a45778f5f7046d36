"""Offering a shift of one's own, and taking over a colleague's at once; both show first what it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import Colleague, SwapDetails, SwapEffect
from app.models.entities.roster import ShiftTemplate
from app.services.leave.reading import Takeable
from app.services.roster.own_shifts import OwnShift
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.ask_popup import AskPopup, reason_box
from app.views.leave.ask_presenter import AskPresenter
from app.views.leave.details_pane import fill
from app.views.leave.effect_figures import figures
from app.views.leave.leave_words import LeaveWords


class _EffectPopup(AskPopup):
    """A popup that shows what a swap would do under its fields."""

    def __init__(
        self, window: QWidget, title: str, action: str, words: LeaveWords, presenter: AskPresenter
    ) -> None:
        super().__init__(window, title, action, words.fmt)
        self._words = words
        self._presenter = presenter
        self._shifts: Mapping[TemplateId, ShiftTemplate] = {}
        self.reason = reason_box()
        self.effect = QVBoxLayout()
        self.effect.setSpacing(Space.XS)
        presenter.all_shifts(self._keep_shifts)

    def _keep_shifts(self, shifts: Mapping[TemplateId, ShiftTemplate]) -> None:
        self._shifts = shifts

    def _show_effect(self, effect: SwapEffect) -> None:
        names = {one.person_id: one.name for one in effect.people}
        lines = self._words.swap_lines(effect, names, self._shifts)
        labels = [PlainLabel(line.text, ink=line.tone, wrap=True) for line in lines]
        fill(self.effect, [figures(self._words, effect.people), *labels])
        self.fit()

    def _say(self, text: str, ink: str = "") -> None:
        fill(self.effect, [PlainLabel(text, "" if ink else "muted", ink=ink, wrap=True)] if text else [])
        self.fit()

    def _cannot(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            told = explain(error, self._format)
            self._say(f"{told.happened} {told.advice}".strip(), "warn")


class OfferPopup(_EffectPopup):
    """Which shift, to whom (or anybody), for which of theirs (or nothing), and why."""

    def __init__(
        self,
        window: QWidget,
        words: LeaveWords,
        presenter: AskPresenter,
        giver: PersonId,
        *,
        on: date | None = None,
        other_id: PersonId | None = None,
        other_date: date | None = None,
    ) -> None:
        super().__init__(window, _("Offer a shift"), _("Offer it"), words, presenter)
        self.setObjectName("offer_popup")
        self._giver = giver
        self._wanted = (on, other_id, other_date)
        self.shift, self.colleague, self.back = Choose(), Choose(), Choose()
        self.back_field = Field(_("In return"), self.back)
        self.body.addWidget(Field(_("Shift"), self.shift, required=True))
        self.body.addWidget(Field(_("To"), self.colleague, hint=_("free and rested first")))
        self.body.addWidget(self.back_field)
        self.body.addWidget(Field(_("Reason"), self.reason))
        self.body.addLayout(self.effect)
        self.close_row()
        self.back_field.hide()
        self.shift.currentIndexChanged.connect(lambda _at: self._read_colleagues())
        self.colleague.currentIndexChanged.connect(lambda _at: self._read_back())
        self.back.currentIndexChanged.connect(lambda _at: self._read_effect())
        self.act.wait_for(_("Your shifts are being read."))
        presenter.shifts(giver, self._offer_shifts)

    def ask(self) -> None:
        """Open the form."""
        self.open_centred()
        first = self.shift if self._wanted[0] is None else self.colleague
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def details(self) -> SwapDetails | None:
        """What was chosen; None without a shift."""
        on = self.shift.currentData()
        if on is None:
            return None
        other, back = self.colleague.currentData(), self.back.currentData()
        return SwapDetails(
            self._giver,
            date.fromisoformat(on),
            None if other is None else PersonId(other),
            None if other is None or back is None else date.fromisoformat(back),
            self.reason.toPlainText().strip(),
        )

    def confirm(self) -> None:
        """Offer it; the popup closes when it was offered."""
        details = self.details
        if details is not None and self.act.isEnabled():
            self._presenter.offer(details, self.close_now, self.refuse)

    def _offer_shifts(self, shifts: Sequence[OwnShift]) -> None:
        self.shift.blockSignals(True)
        self.shift.clear()
        for one in shifts:
            self.shift.addItem(self._named(one), one.on_date.isoformat())
        if self._wanted[0] is not None:
            self.shift.setCurrentIndex(max(0, self.shift.findData(self._wanted[0].isoformat())))
        self.shift.blockSignals(False)
        self.act.wait_for("" if shifts else _("No shift to offer lies ahead."))
        self._read_colleagues()

    def _named(self, one: OwnShift) -> str:
        return _("{day} {shift}").format(
            day=self._words.day(one.on_date), shift=self._words.shift_with_times(one.template)
        )

    def _read_colleagues(self) -> None:
        details = self.details
        if details is not None:
            self._presenter.colleagues(self._giver, details.on_date, self._offer_colleagues, self._cannot)

    def _offer_colleagues(self, found: Sequence[Colleague]) -> None:
        chosen = self.colleague.currentData() or self._wanted[1]
        self.colleague.blockSignals(True)
        self.colleague.clear()
        self.colleague.addItem(_("anybody"), None)
        for one in found:
            self.colleague.addItem(self._words.colleague(one, self._shifts), int(one.person_id))
        self.colleague.setCurrentIndex(max(0, self.colleague.findData(chosen)))
        self.colleague.blockSignals(False)
        self._read_back()

    def _read_back(self) -> None:
        other = self.colleague.currentData()
        self.back.blockSignals(True)
        self.back.clear()
        self.back.addItem(_("nothing"), None)
        self.back.blockSignals(False)
        self.back_field.setVisible(other is not None)
        if other is not None:
            self._presenter.shifts(PersonId(other), self._offer_back)
        self._read_effect()

    def _offer_back(self, shifts: Sequence[OwnShift]) -> None:
        self.back.blockSignals(True)
        for one in shifts:
            self.back.addItem(self._named(one), one.on_date.isoformat())
        wanted = self._wanted[2]
        if wanted is not None:
            self.back.setCurrentIndex(max(0, self.back.findData(wanted.isoformat())))
        self.back.blockSignals(False)
        self._read_effect()

    def _read_effect(self) -> None:
        self.refusal.hide()
        details = self.details
        if details is None:
            self._say("")
        elif details.other_id is None:
            self._say(_("Everybody sees the offer; what it would do is shown to each who looks at it."))
        else:
            self._presenter.swap_effect(details, self._show_effect, self._cannot)


class TakePopup(_EffectPopup):
    """Whose shift, and why it cannot wait. Everybody concerned is told."""

    def __init__(
        self,
        window: QWidget,
        words: LeaveWords,
        presenter: AskPresenter,
        *,
        person_id: PersonId | None = None,
        on: date | None = None,
    ) -> None:
        super().__init__(window, _("Take over a shift at once"), _("Take it over"), words, presenter)
        self.setObjectName("take_popup")
        self._wanted = "" if person_id is None or on is None else f"{int(person_id)} {on.isoformat()}"
        self.shift = Choose()
        self.body.addWidget(Field(_("Shift"), self.shift, required=True))
        self.body.addWidget(Field(_("Reason"), self.reason, required=True))
        self.body.addWidget(
            PlainLabel(_("Nobody is asked; your colleague and whoever decides are told."), "small", wrap=True)
        )
        self.body.addLayout(self.effect)
        self.close_row()
        self.shift.currentIndexChanged.connect(lambda _at: self._read_effect())
        self.reason.textChanged.connect(self._wait)
        presenter.takeable(self._offer_shifts)
        self._wait()

    def ask(self) -> None:
        """Open the form."""
        self.open_centred()
        (self.reason if self._wanted else self.shift).setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def details(self) -> SwapDetails | None:
        """What was chosen; None without a shift or somebody to take it."""
        chosen, me = self.shift.currentData(), self._presenter.me
        if chosen is None or me is None:
            return None
        person, _space, on = chosen.partition(" ")
        reason = self.reason.toPlainText().strip()
        return SwapDetails(PersonId(int(person)), date.fromisoformat(on), me, None, reason)

    def confirm(self) -> None:
        """Take it; the popup closes when it was taken."""
        details = self.details
        if details is not None and self.act.isEnabled():
            self._presenter.take(details, self.close_now, self.refuse)

    def _offer_shifts(self, found: Sequence[Takeable]) -> None:
        self.shift.blockSignals(True)
        for one in found:
            text = _("{day} {shift}, {name}").format(
                day=self._words.day(one.on_date),
                shift=self._words.shift_with_times(one.template),
                name=one.name,
            )
            self.shift.addItem(text, f"{int(one.person_id)} {one.on_date.isoformat()}")
        self.shift.setCurrentIndex(max(0, self.shift.findData(self._wanted)))
        self.shift.blockSignals(False)
        self._wait()
        self._read_effect()

    def _read_effect(self) -> None:
        details = self.details
        if details is not None:
            self._presenter.swap_effect(details, self._show_effect, self._cannot)

    def _wait(self) -> None:
        self.refusal.hide()
        reason = "" if self.reason.toPlainText().strip() else _("Write the reason first.")
        if self.details is None:
            reason = _("No colleague's shift runs or begins soon.")
        self.act.wait_for(reason)
