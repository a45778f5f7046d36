"""The SLA table: policies as tabs in their order, a row of targets per priority, and whom each is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.catalogue import CategoryNode, Service
from app.models.entities.people import Company
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import SlaPolicy, SlaTable
from app.models.entities.whatif import Proposal
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.catalogue.queries import category_tree, services
from app.services.people.queries import companies
from app.services.sla.edits import (
    add_policy,
    change_policy,
    free_code,
    move_policy,
    retire_policy,
)
from app.services.sla.reach import shadows
from app.services.sla.rises import check_rises
from app.services.sla.rules import check_table
from app.views.base.i18n import _, current
from app.views.base.icons import icon
from app.views.base.pages import PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, MenuButton
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.labels import PlainLabel, plain_tip
from app.views.settings.checks_button import Option
from app.views.settings.document_pane import DocumentPane, paper_button
from app.views.settings.documents import DocumentForm
from app.views.settings.promises import calendars_of
from app.views.settings.sla_cards import CalendarCard, TrialCard
from app.views.settings.sla_common import CommonCard
from app.views.settings.sla_conditions import Choices, ConditionsCard, category_options
from app.views.settings.sla_model import TableBasis, TargetsModel
from app.views.settings.sla_table import TargetsTable
from app.views.settings.sla_tabs import PolicyTabs
from app.views.settings.sla_words import Names, applies_to, policy_name, shadow_sentence, sla_changes
from app.views.settings.whatif_beside import Beside
from app.views.settings.whatif_link import Consequences, levels_mark
from app.views.settings.whatif_words import WhatIfKind

_LEAST_WIDTH = 700  # of the table of targets with the cards under it


class SlaPane(DocumentPane[SlaTable]):
    """The page of the SLA table. The first policy that fits a ticket holds, so their order is edited too."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self._calendars: dict[str, BusinessCalendar] = {}
        self._choices = Choices()
        self._names = Names()
        self._code = ""
        super().__init__(
            ctx,
            env,
            DocumentForm(
                kind=ConfigKind.SLA,
                newest=lambda levels: levels.sla,
                read=SlaTable.from_dict,
                write=SlaTable.to_dict,
                check=self._check,
                changes=self._told_changes,
                called=lambda _table: _("SLA tables"),
            ),
        )
        self.paper = paper_button(ctx, env, "sla")
        self.tabs = PolicyTabs(_("Policies"))
        self.model = TargetsModel(self)
        self.table = TargetsTable(self.model, _("Targets by priority"))
        self.applies = PlainLabel("", "muted", wrap=True)
        self.refused = Notice("", tone="warn")
        self.shadowed = Notice("", tone="warn")
        self.conditions = ConditionsCard()
        self.trial = TrialCard()
        self.common = CommonCard()
        self.calendar = CalendarCard(self._open_calendar)
        self.what_if = Consequences(self, WhatIfKind.SLA)
        self.policy_menu = MenuButton(_("Policy"), QMenu(self), icon="list-checks")
        self.add = Button(_("New policy"), icon="plus")
        self.menu_actions: dict[str, QAction] = {}
        self._wants_rises = False
        self._build()
        self._connect()

    # -- for the frame -------------------------------------------------------------------------------

    @property
    def header_buttons(self) -> tuple[QWidget, ...]:
        return (self.undo, self.redo, *self.paper, self.versions, self.policy_menu, self.add)

    @property
    def apply_note(self) -> str:
        return self.what_if.note

    def apply(self) -> None:
        self.what_if.begin_apply()
        super().apply()

    def refresh(self) -> None:
        super().refresh()
        failed = self.env.shell.failed
        run = self.env.tasks.run
        run(partial(services, self.ctx), self._take_services, failed, owner=self)
        run(partial(category_tree, self.ctx), self._take_categories, failed, owner=self)
        if self.ctx.actor.may("people.read"):
            run(partial(companies, self.ctx), self._take_companies, failed, owner=self)

    def show_target(self, target: Target) -> None:
        """Target: `{"part": "rises"}` puts the cursor where priorities are told to rise."""
        self._wants_rises = target.get("part") == "rises"
        self._go_to_rises()

    def save_state(self) -> dict[str, Any]:
        return super().save_state() | {"policy": self._code}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self._code = str(state.get("policy", ""))
        super().restore_state(state)

    @property
    def policy(self) -> SlaPolicy | None:
        """The policy whose tab is shown."""
        held = self.editor.draft.policies if self.editor.is_ready else ()
        return next((policy for policy in held if policy.code == self._code), held[0] if held else None)

    def show_draft(self) -> None:
        levels, policy = self.editor.levels, self.policy
        if levels is None:
            return
        self._calendars = calendars_of(levels)
        self._show_tabs()
        self._limit_menu()
        if policy is None:
            return
        self._code = policy.code
        now, fmt = self.ctx.clock.now(), self.env.format
        basis = TableBasis(
            MatrixDefinition.from_dict(levels.matrix.body),
            self._calendars,
            levels.site_calendar if levels.site_calendar in self._calendars else min(self._calendars),
            now,
            fmt,
        )
        saved = {held.code: held for held in self.editor.base.policies}
        self.model.may_edit = self.may_edit
        self.model.show_policy(policy, saved.get(policy.code), basis)
        self.applies.setText(applies_to(policy, self._names))
        self.conditions.show_policy(policy, may_edit=self.may_edit)
        self.trial.show_table(self.editor.draft, self._calendars, now, fmt, self._names)
        self.common.show_table(self.editor.draft, fmt, may_edit=self.may_edit)
        self._go_to_rises()
        self._show_calendar()
        self.what_if.show(
            lambda: Proposal(sla=self.editor.draft),
            is_changed=self.editor.is_changed,
            basis=levels_mark(levels),
            wrong=self.editor.wrong,
        )

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs.setMovable(self.may_edit)
        self.applies.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        card = Card(flush=True)
        head = row_of(self.tabs, self.applies, spacing=Space.M)
        head.setContentsMargins(Space.XS, 0, Space.M, 0)
        head.setStretch(1, 1)
        card.body.addLayout(head)
        card.body.addWidget(self.table)
        below = QVBoxLayout()
        below.setContentsMargins(Space.M, 0, Space.M, 0)
        below.addWidget(self.refused)
        below.addWidget(self.shadowed)
        card.body.addLayout(below)
        self.refused.hide()
        self.shadowed.hide()
        below_table = QWidget()
        cards = QHBoxLayout(below_table)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(Space.M)
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(self.trial)
        right.addWidget(self.calendar, 1)
        cards.addWidget(self.conditions, 1)
        cards.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.conflict)
        parts = [card, below_table, self.common]
        self.beside = Beside(parts, self.what_if.card, least=_LEAST_WIDTH, place=1)
        column.addWidget(self.beside, 1)
        self._fill_menu()

    def _fill_menu(self) -> None:
        parts = (
            ("earlier", _("Move before the one at its left"), lambda: self._move(-1)),
            ("later", _("Move behind the one at its right"), lambda: self._move(1)),
            ("copy", _("Copy this policy"), self._copy),
            ("retire", _("Retire this policy"), self._retire),
        )
        for name, text, run in parts:
            action = QAction(text, self)
            action.triggered.connect(run)
            self.policy_menu.menu().addAction(action)
            self.menu_actions[name] = action

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._choose_tab)
        self.tabs.tabMoved.connect(self._take_order)
        self.tabs.move_asked.connect(self._move)
        self.tabs.add_asked.connect(self._add)
        self.tabs.copy_asked.connect(self._copy)
        self.tabs.retire_asked.connect(self._retire)
        self.tabs.rename_asked.connect(self._rename)
        self.model.edited.connect(self._take_policy)
        self.model.refused.connect(self._tell_refused)
        self.table.row_chosen.connect(lambda _row: self._show_calendar())
        self.conditions.edited.connect(self._take_policy)
        self.common.edited.connect(self.edit)
        self.add.clicked.connect(self._add)
        self.what_if.follow(self.editor)
        self.env.ticker.minute.connect(self._tick)

    # -- what a person does --------------------------------------------------------------------------

    def _take_policy(self, policy: SlaPolicy) -> None:
        self.refused.hide()
        self.edit(change_policy(self.editor.draft, policy.code, lambda _old: policy))

    def _tell_refused(self, sentence: str) -> None:
        self.refused.say(sentence, tone="warn")
        self.refused.show()

    def _choose_tab(self, place: int) -> None:
        code = self.tabs.tabData(place)
        if code and code != self._code:
            self._code = code
            self.refused.hide()
            self.show_draft()

    def _take_order(self, _from: int, _to: int) -> None:
        codes = [self.tabs.tabData(place) for place in range(self.tabs.count())]
        by_code = {policy.code: policy for policy in self.editor.draft.policies}
        self.edit(replace(self.editor.draft, policies=tuple(by_code[code] for code in codes)))

    def _move(self, by: int) -> None:
        codes = [policy.code for policy in self.editor.draft.policies]
        self.edit(move_policy(self.editor.draft, self._code, codes.index(self._code) + by))

    def _add(self) -> None:
        """Add an empty policy before the one shown: behind one that takes everything it would never hold."""
        table = self.editor.draft
        policy = SlaPolicy(free_code(table, "policy"), (), _("New policy"))
        shown, self._code = self._code, policy.code
        self.edit(add_policy(table, policy, before=shown))
        self._rename()

    def _rename(self) -> None:
        self.conditions.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.conditions.name.selectAll()

    def _copy(self) -> None:
        table, policy = self.editor.draft, self.policy
        if policy is None:
            return
        code = free_code(table, policy.code)
        name = _("Copy of {name}").format(name=policy.name)
        before, self._code = self._code, code
        self.edit(add_policy(table, replace(policy, code=code, name=name, name_alt=""), before=before))

    def _retire(self) -> None:
        if len(self.editor.draft.policies) > 1:
            self.edit(retire_policy(self.editor.draft, self._code))

    def _open_calendar(self, code: str) -> None:
        self.env.shell.open("settings", {"page": "calendars", "calendar": code})

    def _check(self, table: SlaTable) -> None:
        check_table(table, frozenset(self._calendars))
        check_rises(table.rises)

    # -- what is shown -------------------------------------------------------------------------------

    def _go_to_rises(self) -> None:
        if self._wants_rises and self.editor.is_ready:
            self._wants_rises = False
            self.common.focus_rises()
            area = next((each for each in _above(self.common) if isinstance(each, QScrollArea)), None)
            if area is not None:
                area.ensureWidgetVisible(self.common)

    def _show_shadows(self) -> None:
        """Warn of policies that can never hold, wherever in the order they stand."""
        table = self.editor.draft
        found = shadows(table, self._choices.parents)
        for place, policy in enumerate(table.policies):
            is_hidden = policy.code in found and found[policy.code].is_whole
            self.tabs.setTabIcon(place, icon("triangle-alert", "warn") if is_hidden else QIcon())
        told = [
            shadow_sentence(policy, found[policy.code], table)
            for policy in table.policies
            if policy.code in found and (found[policy.code].is_whole or policy.code == self._code)
        ]
        self.shadowed.say("\n".join(told), title=_("Never asked"), tone="warn")
        self.shadowed.setVisible(bool(told))

    def _show_tabs(self) -> None:
        policies = self.editor.draft.policies
        blocker = QSignalBlocker(self.tabs)
        while self.tabs.count() > len(policies):
            self.tabs.removeTab(self.tabs.count() - 1)
        for place, policy in enumerate(policies):
            if place >= self.tabs.count():
                self.tabs.addTab("")
            self.tabs.setTabText(place, policy_name(policy).replace("&", "&&"))
            self.tabs.setTabData(place, policy.code)
            self.tabs.setTabToolTip(place, plain_tip(applies_to(policy, self._names)))
        codes = [policy.code for policy in policies]
        if self._code in codes:
            self.tabs.setCurrentIndex(codes.index(self._code))
        blocker.unblock()
        self._show_shadows()

    def _limit_menu(self) -> None:
        codes = [policy.code for policy in self.editor.draft.policies]
        place = codes.index(self._code) if self._code in codes else 0
        self.menu_actions["earlier"].setEnabled(place > 0)
        self.menu_actions["later"].setEnabled(place < len(codes) - 1)
        self.menu_actions["retire"].setEnabled(len(codes) > 1)
        if not self.may_edit:
            reason = _("Your roles may not change settings.")
            self.policy_menu.wait_for(reason)
            self.add.wait_for(reason)

    def _show_calendar(self) -> None:
        if self.editor.levels is None:
            return
        code = self.model.calendar_of(max(0, self.table.currentIndex().row()))
        self.calendar.show_calendar(code, self._calendars.get(code), self.ctx.clock.now(), self.env.format)

    def _tick(self) -> None:
        if (
            self.isVisible()
            and self.editor.is_ready
            and self.table.state() != TargetsTable.State.EditingState
        ):
            self.show_draft()

    def _told_changes(self, before: SlaTable, after: SlaTable) -> Sequence[Change]:
        return sla_changes(before, after, self._names, self._calendars)

    # -- answers -------------------------------------------------------------------------------------

    def _take_services(self, found: list[Service]) -> None:
        options = tuple(
            Option(one.id, name_in(one.name, one.details.name_alt, current.code)) for one in found
        )
        self._names = replace(
            self._names, services={int(one.id): o.text for one, o in zip(found, options, strict=True)}
        )
        self._take_choices(replace(self._choices, services=options))

    def _take_categories(self, nodes: list[CategoryNode]) -> None:
        options, parents = category_options(nodes)
        names = {int(node.category.id): o.text for node, o in zip(nodes, options, strict=True)}
        self._names = replace(self._names, categories=names)
        self._take_choices(replace(self._choices, categories=options, parents=parents))

    def _take_companies(self, found: list[Company]) -> None:
        # Policies and tickets know companies by their main name.
        options = tuple(
            Option(one.name, name_in(one.name, one.name_alt, current.code)) for one in found if one.is_active
        )
        self._take_choices(replace(self._choices, companies=options))

    def _take_choices(self, choices: Choices) -> None:
        self._choices = choices
        self.conditions.show_choices(choices)
        self.trial.show_choices(choices)
        if self.editor.is_ready:
            self.show_draft()


def _above(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()
