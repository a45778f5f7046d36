"""Rules of the roster: what is checked, how much it weighs, and what other rules would say now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.events import RosterChanged
from app.models.entities.roster import ShiftKind
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES, RosterRules
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.services.base.context import Context
from app.services.roster.rule_edits import set_led_shifts
from app.services.roster.rules_queries import RulesEffect, suppose_rules
from app.services.roster.template_queries import Shift, shifts
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.level_queries import ServiceLevels
from app.services.settings.rules import checked_config
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.fields import Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.checks_button import ChecksButton, Option
from app.views.settings.choices import shown_name
from app.views.settings.document_pane import DocumentPane
from app.views.settings.documents import DocumentForm
from app.views.settings.inputs import lock
from app.views.settings.roster_rules_model import RulesModel
from app.views.settings.roster_rules_table import RulesTable
from app.views.settings.roster_rules_words import effect_title, rule_changes

_PAUSE = 250  # milliseconds after an edit before its consequences are counted
_MOST_HOURS = 168


def _newest(levels: ServiceLevels) -> ConfigVersion:
    """Return the document; a site that has none yet begins with the shipped rules, as version 0."""
    if levels.roster is not None:
        return levels.roster
    body, at = DEFAULT_ROSTER_RULES.to_dict(), levels.sla.at
    return ConfigVersion(levels.sla.id, ConfigKind.ROSTER, SITE_DOCUMENT, 0, body, at, None, "")


def _check(rules: RosterRules) -> None:
    checked_config(ConfigKind.ROSTER, rules.to_dict(), ())


def _read(body: Mapping[str, Any]) -> RosterRules:
    return RosterRules.from_dict(body)


RULES_FORM = DocumentForm(
    kind=ConfigKind.ROSTER,
    newest=_newest,
    read=_read,
    write=RosterRules.to_dict,
    check=_check,
    changes=rule_changes,
    called=lambda _rules: _("Rules of the roster"),
)


class RosterRulesPane(DocumentPane[RosterRules]):
    """The table of rules over what belongs to them; consequences are counted in the background."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env, RULES_FORM)
        self._shifts: tuple[Shift, ...] = ()
        self._asked: RosterRules | None = None  # whose consequences are shown, or on their way
        self.model = RulesModel(env.format, self)
        self.table = RulesTable(self.model, _("Rules of the roster"))
        self.refused = Notice("", tone="warn")
        self.effect = Notice("", tone="info")
        self.led = ChecksButton(_("Shifts with a duty supervisor"), _("none"))
        self.full_time = NumberField(1, _MOST_HOURS, suffix=_(" h a week"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._count)
        self._build()
        self._connect()

    # -- for the frame -------------------------------------------------------------------------------

    @property
    def header_buttons(self) -> tuple[QWidget, ...]:
        return (self.undo, self.redo, self.versions)

    def refresh(self) -> None:
        super().refresh()
        self._asked = None
        job = partial(shifts, self.ctx)
        self.env.tasks.run(job, self._take_shifts, self.env.shell.failed, owner=self)

    def show_draft(self) -> None:
        rules = self.editor.draft
        self.refused.hide()
        self.model.may_edit = self.may_edit
        self.model.show_rules(rules, self.editor.base)
        self.led.tick(rules.led_shifts)
        if self.full_time.value() != rules.full_time_hours:
            self.full_time.blockSignals(True)
            self.full_time.setValue(rules.full_time_hours)
            self.full_time.blockSignals(False)
        if rules != self._asked and self.ctx.actor.may("roster.read"):
            self._pause.start()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        card = Card(_("What is checked"), flush=True)
        for caps, said in ((("1", "2", "3"), _("weigh")), (("Space",), _("next")), (("Enter",), _("limit"))):
            for cap in caps:
                card.head.addWidget(KeyCap(cap))
            card.head.addWidget(PlainLabel(said, "small"))
        above = QVBoxLayout()
        above.setContentsMargins(Space.M, 0, Space.M, 0)
        above.addWidget(self.effect)
        above.addWidget(self.refused)
        card.body.addLayout(above)
        card.body.addWidget(self.table)
        self.refused.hide()
        self.effect.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.conflict)
        column.addWidget(card)
        column.addLayout(self._build_more())
        said = _(
            "These limits are the site's own. The program does not know what the law or your contracts say:"
            " fit them to both."
        )
        column.addWidget(PlainLabel(said, "small", wrap=True))

    def _build_more(self) -> QHBoxLayout:
        led, full = Card(_("Shifts that are led")), Card(_("Full time"))
        led.body.addLayout(row_of(self.led, None))
        led.body.addWidget(
            PlainLabel(_("Each of them has exactly one duty supervisor on every date."), "small", wrap=True)
        )
        hours = Field(_("Hours a week"), self.full_time)
        hours.label.hide()
        full.body.addLayout(row_of(hours, None))
        full.body.addWidget(
            PlainLabel(_("What somebody works with whom no other hours were agreed."), "small", wrap=True)
        )
        cards = QHBoxLayout()
        cards.setSpacing(Space.M)
        cards.addWidget(led, 1)
        cards.addWidget(full, 1)
        if not self.may_edit:
            lock(self.led)
            lock(self.full_time)
        return cards

    def _connect(self) -> None:
        self.model.edited.connect(self.edit)
        self.model.refused.connect(self._tell_refused)
        self.led.chosen.connect(self._take_led)
        self.full_time.valueChanged.connect(self._take_hours)
        self.refresh_on(RosterChanged)

    # -- what a person does --------------------------------------------------------------------------

    def _take_led(self, codes: frozenset[str]) -> None:
        order = [shift.template.code for shift in self._shifts]
        self.edit(set_led_shifts(self.editor.draft, codes, order))

    def _take_hours(self, hours: int) -> None:
        rules = self.editor.draft
        self.edit(RosterRules(rules.settings, rules.led_shifts, hours))

    def _tell_refused(self, sentence: str) -> None:
        self.refused.say(sentence, tone="warn")
        self.refused.show()

    # -- what is shown -------------------------------------------------------------------------------

    def _take_shifts(self, found: list[Shift]) -> None:
        self._shifts = tuple(found)
        options = [
            Option(
                each.template.code,
                f"{each.template.code}  {shown_name(each.template.name, each.template.name_alt)}",
            )
            for each in found
            if each.template.kind is ShiftKind.WORK and each.is_ahead
        ]
        self.led.show_options(options)
        if self.editor.is_ready:
            self.show_draft()

    def _count(self) -> None:
        """Count what the draft would find; an answer to an earlier draft is passed over."""
        if not self.editor.is_ready:
            return
        rules = self._asked = self.editor.draft
        job = partial(suppose_rules, self.ctx, rules)
        self.env.tasks.run(job, partial(self._show_effect, rules), self.env.shell.failed, owner=self)

    def _show_effect(self, rules: RosterRules, effect: RulesEffect) -> None:
        if rules != self._asked:
            return
        self.model.show_effect(effect)
        is_worse = effect.supposed.forbidden > effect.now.forbidden
        self.effect.say(effect_title(effect), tone="warn" if is_worse else "info")
        self.effect.show()
