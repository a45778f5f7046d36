"""Beside a policy: which policy a ticket would get and why, and the calendar of the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import ServiceId
from app.models.entities.sla import ClockKind, SlaTable
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.services.sla.rules import TicketFacts, pick_policy
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Well, row_of
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.weekstrip import WeekStrip
from app.views.settings.calendar_week import hours_sentence, week_days
from app.views.settings.level_words import priorities, soon
from app.views.settings.promises import allowance, promised
from app.views.settings.sla_conditions import Choices
from app.views.settings.sla_words import CLOCK_HEADS, Names, calendar_name, policy_name, refusal


class TrialCard(Card):
    """Which policy such a ticket would get, and why the ones before it would not take it."""

    def __init__(self) -> None:
        super().__init__(_("Which policy would a ticket get?"))
        self._table: SlaTable | None = None
        self._choices = Choices()
        self._answer: Callable[[], tuple[Mapping[str, BusinessCalendar], datetime, Format]] | None = None
        self.kind, self.priority = Choose(), Choose()
        self.service, self.category, self.company = Choose(), Choose(), Choose()
        self.vip = QCheckBox(_("VIP"))
        for kind in TicketType:
            self.kind.addItem(term(current.texts, kind), kind)
        for priority in priorities():
            self.priority.addItem(f"P{priority}", priority)
        self.priority.setCurrentIndex(2)
        self.answer = PlainLabel("", "strong", wrap=True)
        self.times = PlainLabel("", wrap=True)
        self.reasons = PlainLabel("", "muted", wrap=True)
        self._names = Names()
        self._build()
        for box in (self.kind, self.priority, self.service, self.category, self.company):
            box.currentIndexChanged.connect(lambda _at: self._say())
        self.vip.toggled.connect(lambda _on: self._say())

    def show_table(
        self,
        table: SlaTable,
        calendars: Mapping[str, BusinessCalendar],
        now: datetime,
        fmt: Format,
        names: Names | None = None,
    ) -> None:
        """Judge by this table from now on; `names` are those its conditions go by."""
        self._table = table
        self._names = names or Names()
        self._answer = lambda: (calendars, now, fmt)
        self._say()

    def show_choices(self, choices: Choices) -> None:
        """Offer what a ticket can have."""
        self._choices = choices
        pairs = (
            (self.service, choices.services, _("no service")),
            (self.category, choices.categories, _("no category")),
            (self.company, choices.companies, _("no company")),
        )
        for box, options, nothing in pairs:
            held = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(nothing, None)
            for option in options:
                box.addItem("   " * option.depth + option.text, option.key)
            box.setCurrentIndex(max(0, box.findData(held) if held is not None else 0))
            box.blockSignals(False)
        self._say()

    @property
    def facts(self) -> TicketFacts:
        """The ticket that is asked about."""
        service, category = self.service.currentData(), self.category.currentData()
        return TicketFacts(
            TicketType(self.kind.currentData()),
            self.priority.currentData(),
            None if service is None else ServiceId(service),
            self._choices.with_ancestors(category),
            self.company.currentData() or "",
            self.vip.isChecked(),
        )

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        places: tuple[tuple[QWidget, str, tuple[int, int, int, int]], ...] = (
            (self.kind, _("Type"), (0, 0, 1, 1)),
            (self.priority, _("Priority"), (0, 1, 1, 1)),
            (self.service, _("Service"), (1, 0, 1, 2)),
            (self.category, _("Category"), (2, 0, 1, 2)),
            (self.company, _("Company"), (3, 0, 1, 1)),
            (self.vip, _("Requester"), (3, 1, 1, 1)),
        )
        for part, name, place in places:
            part.setAccessibleName(name)
            part.setMinimumWidth(64)
            grid.addWidget(part, *place)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        well = Well()
        head = row_of(IconSpot("arrow-right", "accent"), self.answer)
        head.setStretch(1, 1)
        well.body.addLayout(head)
        well.body.addWidget(self.times)
        well.body.addWidget(self.reasons)
        self.body.addWidget(well)
        self.body.addStretch(1)

    def _say(self) -> None:
        if self._table is None or self._answer is None:
            return
        choice = pick_policy(self._table, self.facts)
        by_code = {policy.code: policy for policy in self._table.policies}
        if choice.policy is None:
            self.answer.setText(_("No policy: nothing would be promised."))
        else:
            self.answer.setText(f"{policy_name(choice.policy)}{self._due()}")
        lines = [
            _("{policy}: no, {reasons}").format(
                policy=policy_name(by_code[verdict.code]),
                reasons=refusal(by_code[verdict.code], verdict.failed, self.facts.priority, self._names),
            )
            for verdict in choice.verdicts
            if verdict.failed
        ]
        if choice.policy is not None:
            lines.append(_("{policy}: yes, everything fits").format(policy=policy_name(choice.policy)))
        later = self._table.policies[len(choice.verdicts) :]
        if later:
            names = _(", ").join(policy_name(policy) for policy in later)
            lines.append(_("{policies}: not asked any more").format(policies=names))
        self.reasons.setText("\n".join(lines))
        times = self._times()
        self.times.setText("\n".join(times))
        self.times.setVisible(bool(times))

    def _times(self) -> list[str]:
        """Return what is promised clock by clock, and when that would be."""
        if self._answer is None or self._table is None:
            return []
        calendars, now, fmt = self._answer()
        held = promised(self._table, calendars, self.facts, now)
        if held is None:
            return []
        line = _("{clock}: {allowed} → {time}")
        return [
            line.format(
                clock=name,
                allowed=allowance(held.allowed[clock]),
                time=soon(held.due[clock], now, fmt) if clock in held.due else _("never"),
            )
            for clock, name in CLOCK_HEADS.items()
            if clock in held.allowed
        ]

    def _due(self) -> str:
        if self._answer is None or self._table is None:
            return ""
        calendars, now, fmt = self._answer()
        held = promised(self._table, calendars, self.facts, now)
        if held is None or ClockKind.RESOLUTION not in held.due:
            return ""
        return _(" · solved by {time}").format(time=soon(held.due[ClockKind.RESOLUTION], now, fmt))


class CalendarCard(Card):
    """The week of the calendar that counts the chosen row."""

    def __init__(self, open_calendar: Callable[[str], None]) -> None:
        super().__init__(_("Calendar"))
        self._code = ""
        self.week = WeekStrip(said=_("Weekly hours"))
        self.sentence = PlainLabel("", "small", wrap=True)
        self.edit = Button(_("Edit calendar"), ButtonKind.LINK, icon="pencil")
        self.edit.clicked.connect(lambda: open_calendar(self._code))
        self.head.addWidget(self.edit)
        self.body.addWidget(self.week)
        self.body.addWidget(self.sentence)
        self.body.addStretch(1)

    def show_calendar(self, code: str, calendar: BusinessCalendar | None, now: datetime, fmt: Format) -> None:
        """Show a calendar's week around now; None says that it is gone."""
        self._code = code
        self.title.setText(_("Calendar: {name}").format(name=calendar_name(calendar, code)))
        self.week.setVisible(calendar is not None)
        if calendar is None:
            self.sentence.setText(_("This calendar does not exist any more."))
            return
        local = now.astimezone(calendar.zone)
        since = timedelta(hours=local.hour, minutes=local.minute)
        self.week.show_days(week_days(calendar, local.date()), int(since.total_seconds()) // 60)
        self.sentence.setText(hours_sentence(calendar, fmt))
