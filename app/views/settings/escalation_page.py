"""Escalation: what happens while promised time runs out, whom it tells, and when it keeps quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.escalation import DEFAULT_RULES, EscalationRules, EscalationStep
from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.sla import ClockKind, SlaTable
from app.services.base.context import Context
from app.services.escalation.now_queries import RecipientsNow, recipients_now
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.escalation_edits import free_percent, in_order, put_step, remove_step
from app.services.settings.level_queries import ServiceLevels
from app.services.settings.rules import checked_config
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, Notice
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.document_pane import DocumentPane
from app.views.settings.documents import DocumentForm
from app.views.settings.escalation_cards import NowCard, QuietCard, StormCard, TicketCard
from app.views.settings.escalation_example import Example, example_of
from app.views.settings.escalation_model import At, StepsBasis, StepsModel
from app.views.settings.escalation_table import StepsTable
from app.views.settings.escalation_words import Names, escalation_changes
from app.views.settings.promises import calendars_of

_FIRST = 75


def _newest(levels: ServiceLevels) -> ConfigVersion:
    """Return the document; a site that has none yet begins with the shipped rules, as version 0."""
    if levels.escalation is not None:
        return levels.escalation
    body, at = DEFAULT_RULES.to_dict(), levels.sla.at
    return ConfigVersion(levels.sla.id, ConfigKind.ESCALATION, SITE_DOCUMENT, 0, body, at, None, "")


def _read(body: Mapping[str, Any]) -> EscalationRules:
    rules = EscalationRules.from_dict(body)
    return replace(rules, steps=in_order(rules.steps))


def _check(rules: EscalationRules) -> None:
    checked_config(ConfigKind.ESCALATION, rules.to_dict(), ())


ESCALATION_FORM = DocumentForm(
    kind=ConfigKind.ESCALATION,
    newest=_newest,
    read=_read,
    write=EscalationRules.to_dict,
    check=_check,
    changes=escalation_changes,
    called=lambda _rules: _("Escalation rules"),
)


class EscalationPane(DocumentPane[EscalationRules]):
    """The page of the escalation rules. The ticket of the example stands for one received this moment."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env, ESCALATION_FORM)
        self._names: Names = {}
        self.model = StepsModel(self)
        self.table = StepsTable(self.model, _("Steps of escalation"))
        self.add = Button(_("Add a step"), icon="plus", key="Ins", small=True)
        self.copy = Button(_("Copy the step"), icon="copy", key="Ctrl+D", small=True)
        self.remove = Button(_("Remove"), icon="trash-2", key="Del", small=True)
        self.refused = Notice("", tone="warn")
        self.nothing = PlainLabel(_("There is no step: nobody is told while time runs out."), "muted")
        self.ticket = TicketCard(self._open_rises)
        self.quiet, self.storm = QuietCard(), StormCard()
        shell = env.shell
        self.now = NowCard(lambda: shell.open("roster"), lambda: shell.open("settings", {"page": "roles"}))
        self._build()
        self._connect()

    # -- for the frame -------------------------------------------------------------------------------

    @property
    def header_buttons(self) -> tuple[QWidget, ...]:
        return (self.undo, self.redo, self.versions)

    def refresh(self) -> None:
        super().refresh()
        job = partial(recipients_now, self.ctx)
        self.env.tasks.run(job, self._take_names, self.env.shell.failed, owner=self)

    def show_draft(self) -> None:
        levels, rules = self.editor.levels, self.editor.draft
        if levels is None:
            return
        self.refused.hide()
        self.model.may_edit = self.may_edit
        self.model.show_rules(rules, self.editor.base, StepsBasis(self._example(levels), self._names))
        self.table.setVisible(bool(rules.steps))
        self.nothing.setVisible(not rules.steps)
        self.quiet.show_rules(rules, self.env.format, may_edit=self.may_edit)
        self.storm.show_rules(rules, may_edit=self.may_edit)
        self._limit()
        self._show_ticket()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        card = Card(_("Steps of escalation"), flush=True)
        for button in (self.add, self.copy, self.remove):
            card.head.addWidget(button)
        card.body.addWidget(self.table)
        below = QVBoxLayout()
        below.setContentsMargins(Space.M, 0, Space.M, 0)
        below.addWidget(self.nothing)
        below.addWidget(self.refused)
        card.body.addLayout(below)
        self.refused.hide()
        self.nothing.hide()
        cards = QHBoxLayout()
        cards.setSpacing(Space.M)
        for part in (self.quiet, self.storm, self.now):
            cards.addWidget(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.conflict)
        column.addWidget(card)
        column.addWidget(self.ticket)
        column.addLayout(cards)

    def _connect(self) -> None:
        self.model.edited.connect(self.edit)
        self.model.refused.connect(self._tell_refused)
        self.table.row_chosen.connect(lambda _row: self._on_row())
        self.table.add_asked.connect(self._add)
        self.table.copy_asked.connect(self._copy)
        self.table.remove_asked.connect(self._remove)
        self.add.clicked.connect(self._add)
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)
        self.ticket.asked.connect(lambda: self.show_draft() if self.editor.is_ready else None)
        self.quiet.edited.connect(self.edit)
        self.storm.edited.connect(self.edit)
        self.env.ticker.minute.connect(self._tick)
        self.refresh_on(RosterChanged)
        self.refresh_on(PeopleChanged)

    # -- what a person does --------------------------------------------------------------------------

    @property
    def step(self) -> EscalationStep | None:
        """The step under the cursor."""
        return self.model.step(self.table.currentIndex().row())

    def _add(self) -> None:
        """Add a step after the one under the cursor, and let its percentage be typed."""
        rules, step = self.editor.draft, self.step
        clock = step.clock if step is not None else ClockKind.RESOLUTION
        wanted = step.percent + 10 if step is not None else _FIRST
        self._put(EscalationStep(free_percent(rules, clock, wanted), clock))
        self.table.edit(self.table.currentIndex())

    def _copy(self) -> None:
        step = self.step
        if step is not None:
            percent = free_percent(self.editor.draft, step.clock, step.percent + 5)
            self._put(replace(step, percent=percent))

    def _put(self, step: EscalationStep) -> None:
        if self.may_edit:
            self.edit(put_step(self.editor.draft, step))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.go_to(step.code, At.PERCENT)

    def _remove(self) -> None:
        if self.step is not None:
            self.edit(remove_step(self.editor.draft, self.step.code))

    def _tell_refused(self, sentence: str) -> None:
        self.refused.say(sentence, tone="warn")
        self.refused.show()

    def _open_rises(self) -> None:
        self.env.shell.open("settings", {"page": "sla", "part": "rises"})

    # -- what is shown -------------------------------------------------------------------------------

    def _example(self, levels: ServiceLevels) -> Example:
        table = SlaTable.from_dict(levels.sla.body)
        facts, now = self.ticket.facts, self.ctx.clock.now()
        return example_of(table, calendars_of(levels), facts, now, self.env.format)

    def _on_row(self) -> None:
        if self.editor.is_ready:
            self._limit()
            self._show_ticket()

    def _show_ticket(self) -> None:
        levels, step = self.editor.levels, self.step
        if levels is not None:
            clock = step.clock if step is not None else ClockKind.RESOLUTION
            code = step.code if step is not None else ""
            self.ticket.show_example(self._example(levels), self.editor.draft, clock, code, self._names)

    def _limit(self) -> None:
        if not self.may_edit:
            reason = _("Your roles may not change settings.")
            for button in (self.add, self.copy, self.remove):
                button.wait_for(reason)
            return
        reason = "" if self.step is not None else _("Choose a step first.")
        self.copy.wait_for(reason)
        self.remove.wait_for(reason)

    def _tick(self) -> None:
        is_editing = self.table.state() == StepsTable.State.EditingState
        if self.isVisible() and self.editor.is_ready and not is_editing:
            self.show_draft()

    def _take_names(self, found: RecipientsNow) -> None:
        self._names = found.names
        self.now.show_names(found.names, is_led=found.is_led)
        if self.editor.is_ready:
            self.show_draft()
