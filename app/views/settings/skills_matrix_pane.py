"""The tab of who can do what; a level acts at once, with its Undo."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.skills import SkillId, SkillLevel
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.plan_queries import planned_people
from app.services.roster.skill_commands import set_person_skill
from app.services.roster.skill_queries import skills
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import KeyCap, Pill
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.choices import reading_together
from app.views.settings.frame import SettingsPane
from app.views.settings.skills_matrix import SkillsModel, SkillsTable
from app.views.settings.skills_words import level_letter, level_name

_TONES = {SkillLevel.UNSKILLED: "warn", SkillLevel.SKILLED: "info", SkillLevel.EXPERT: "ok"}


class SkillsMatrixPane(SettingsPane):
    """People by team, skills in their order."""

    edit_permission = "people.edit"

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env)
        self.model = SkillsModel(self)
        self.model.may_edit = self.may_edit
        self.table = SkillsTable(self.model)
        self.search = SearchField(_("Find a person or team"))
        legend = [Pill(f"{level_letter(each)}  {level_name(each)}", _TONES[each]) for each in SkillLevel]
        keys = [KeyCap(str(at)) for at, _level in enumerate(SkillLevel, 1)]
        head = row_of(self.search, *legend, *keys, KeyCap("Del"), PlainLabel(_("set and take away"), "small"))
        head.setStretch(0, 1)
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        card = Card(flush=True)
        card.body.addLayout(head)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.search.textChanged.connect(self.model.search)
        self.search.step.connect(lambda _by: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.model.edited.connect(self._set)
        self.refresh_on(RosterChanged)
        self.refresh_on(PeopleChanged)

    def refresh(self) -> None:
        job = reading_together(partial(planned_people, self.ctx), partial(skills, self.ctx))
        self.env.tasks.run(job, self._show, self.env.shell.failed, owner=self)

    def _show(self, answer: Any) -> None:
        self.model.show_people(*answer)

    def _set(self, person_id: int, skill_id: int, level: SkillLevel | None) -> None:
        job = partial(set_person_skill, self.ctx, person_id, SkillId(skill_id), level)
        self.env.tasks.run(job, self._on_done, self.env.shell.failed, owner=self)

    def _on_done(self, outcome: Outcome) -> None:
        self.env.shell.did(outcome)
        self.refresh()
