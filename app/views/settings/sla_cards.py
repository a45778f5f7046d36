"""The cards under the table of targets: whom a policy is for, which policy a ticket would get, its calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.catalogue import CategoryNode
from app.models.entities.ids import CategoryId, ServiceId
from app.models.entities.sla import ClockKind, SlaPolicy, SlaTable
from app.models.entities.tickets import TicketType
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.sla.rules import TicketFacts, pick_policy
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Well, row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.switches import Choice, Segment
from app.views.base.widgets.weekstrip import WeekStrip
from app.views.settings.calendar_week import hours_sentence, week_days
from app.views.settings.checks_button import ChecksButton, Option
from app.views.settings.level_words import priorities, soon
from app.views.settings.promises import promised
from app.views.settings.sla_words import FAILED, calendar_name, policy_name

_VIP = {"any": None, "vip": True, "not_vip": False}


@dataclass(frozen=True, slots=True)
class Choices:
    """What conditions can name, in the reader's language."""

    services: tuple[Option, ...] = ()
    categories: tuple[Option, ...] = ()
    companies: tuple[Option, ...] = ()
    parents: Mapping[int, tuple[int, ...]] | None = None

    def with_ancestors(self, category: int | None) -> tuple[CategoryId, ...]:
        """Return a category and all above it."""
        if category is None:
            return ()
        return tuple(CategoryId(one) for one in (category, *(self.parents or {}).get(category, ())))


def category_options(nodes: Sequence[CategoryNode]) -> tuple[tuple[Option, ...], dict[int, tuple[int, ...]]]:
    """Return the tree as indented options, and for each category the ones above it, nearest first."""
    options, above = [], {}
    parent_of = {node.category.id: node.category.parent_id for node in nodes}
    for node in nodes:
        held = node.category
        options.append(Option(held.id, name_in(held.name, held.details.name_alt, current.code), node.depth))
        line: list[int] = []
        parent = held.parent_id
        while parent is not None and parent not in line:
            line.append(parent)
            parent = parent_of.get(parent)
        above[int(held.id)] = tuple(line)
    return tuple(options), above


class ConditionsCard(Card):
    """Name, conditions and warning steps of a policy; `edited` tells the whole changed policy."""

    edited = Signal(object)  # SlaPolicy

    def __init__(self) -> None:
        super().__init__(_("For which tickets"))
        self._policy: SlaPolicy | None = None
        self.name = QLineEdit()
        self.name_alt = QLineEdit()
        self.types = ChecksButton(_("Type"), _("Any type"))
        self.services = ChecksButton(_("Service"), _("Any service"))
        self.categories = ChecksButton(_("Category"), _("Any category"))
        self.companies = ChecksButton(_("Company"), _("Any company"))
        self.vip = Segment(
            [Choice("any", _("Anybody")), Choice("vip", _("VIP")), Choice("not_vip", _("Not VIP"))],
            said=_("Requester"),
        )
        self.warn = QLineEdit()
        self.warn_field = Field(_("Warn at percent of the time"), self.warn, hint="50, 75, 90")
        self.types.show_options([Option(kind, term(current.texts, kind)) for kind in TicketType])
        self._build()
        self._connect()

    def show_policy(self, policy: SlaPolicy, *, may_edit: bool) -> None:
        """Show a policy; a field that is being typed in keeps its text."""
        self._policy = policy
        _set_text(self.name, policy.name)
        _set_text(self.name_alt, policy.name_alt)
        _set_text(self.warn, ", ".join(str(step) for step in policy.warn_percents))
        self.types.tick(policy.types)
        self.services.tick(policy.service_ids)
        self.categories.tick(policy.category_ids)
        self.companies.tick(policy.companies)
        self.vip.choose(next(key for key, held in _VIP.items() if held is policy.vip))
        for line in (self.name, self.name_alt, self.warn):
            line.setReadOnly(not may_edit)
        for part in (self.types, self.services, self.categories, self.companies, self.vip):
            part.setEnabled(may_edit)

    def show_choices(self, choices: Choices) -> None:
        """Offer what conditions can name."""
        self.services.show_options(choices.services)
        self.categories.show_options(choices.categories)
        self.companies.show_options(choices.companies)

    def _build(self) -> None:
        names = row_of(Field(_("Name in English"), self.name), Field(_("Name in Chinese"), self.name_alt))
        self.body.addLayout(names)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Type"), self.types),
            (_("Service"), self.services),
            (_("Category"), self.categories),
            (_("Company"), self.companies),
            (_("Requester"), self.vip),
        )
        for row, (text, part) in enumerate(rows):
            grid.addWidget(PlainLabel(text, "muted"), row, 0)
            grid.addWidget(part, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.warn_field)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.name.editingFinished.connect(lambda: self._change(name=self.name.text().strip()))
        self.name_alt.editingFinished.connect(lambda: self._change(name_alt=self.name_alt.text().strip()))
        self.types.chosen.connect(lambda keys: self._change(types=keys))
        self.services.chosen.connect(lambda keys: self._change(service_ids=keys))
        self.categories.chosen.connect(lambda keys: self._change(category_ids=keys))
        self.companies.chosen.connect(lambda keys: self._change(companies=keys))
        self.vip.chosen.connect(lambda key: self._change(vip=_VIP[key]))
        self.warn.editingFinished.connect(self._take_warnings)

    def _change(self, **parts: Any) -> None:
        if self._policy is None:
            return
        changed = replace(self._policy, **parts)
        if changed != self._policy:
            self.edited.emit(changed)

    def _take_warnings(self) -> None:
        steps = read_percents(self.warn.text())
        wrong = _("Write whole percentages from 1 to 1000, such as 50, 75, 90.")
        self.warn_field.set_error(wrong if steps is None else "")
        if steps is not None:
            self._change(warn_percents=steps)


def read_percents(text: str) -> tuple[int, ...] | None:
    """Read "50, 75, 90 %"; None where a part is no whole percentage from 1 to 1000. Nothing is no steps."""
    plain = text.replace("%", " ").replace("，", ",").replace("、", ",").replace(",", " ")
    words = plain.split()
    if any(not word.isascii() or not word.isdigit() or not 1 <= int(word) <= 1000 for word in words):
        return None
    return tuple(sorted({int(word) for word in words}))


def _set_text(line: QLineEdit, text: str) -> None:
    if not line.hasFocus() and line.text() != text:
        line.setText(text)


class TestCard(Card):
    """Which policy such a ticket would get, and why the ones before it would not take it."""

    __test__ = False  # its name is a question, not a test of pytest's

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
        self.reasons = PlainLabel("", "muted", wrap=True)
        self._build()
        for box in (self.kind, self.priority, self.service, self.category, self.company):
            box.currentIndexChanged.connect(lambda _at: self._say())
        self.vip.toggled.connect(lambda _on: self._say())

    def show_table(
        self, table: SlaTable, calendars: Mapping[str, BusinessCalendar], now: datetime, fmt: Format
    ) -> None:
        """Judge by this table from now on."""
        self._table = table
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
            self.kind.currentData(),
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
        parts = (self.kind, self.priority, self.service, self.category, self.company, self.vip)
        names = (_("Type"), _("Priority"), _("Service"), _("Category"), _("Company"), _("Requester"))
        for place, (part, name) in enumerate(zip(parts, names, strict=True)):
            part.setAccessibleName(name)
            part.setMinimumWidth(80)
            grid.addWidget(part, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        well = Well()
        head = row_of(IconSpot("arrow-right", "accent"), self.answer)
        head.setStretch(1, 1)
        well.body.addLayout(head)
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
            _("{policy}: no, because of {reasons}").format(
                policy=policy_name(by_code[verdict.code]),
                reasons=_(", ").join(str(FAILED[name]) for name in verdict.failed),
            )
            for verdict in choice.verdicts
            if verdict.failed
        ]
        if choice.policy is not None:
            lines.append(_("{policy}: yes, everything fits").format(policy=policy_name(choice.policy)))
        self.reasons.setText("\n".join(lines))

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
