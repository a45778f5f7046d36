"""The site's list of skills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from app.models.entities.events import RosterChanged
from app.models.entities.skills import Skill
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.lists import Names
from app.services.roster.skill_commands import add_skill, edit_skill, move_skill, set_skill_active
from app.services.roster.skill_queries import skills
from app.services.settings.rules import check_names
from app.views.base.columns import Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.crews_list_pane import LIST_ERRORS, place_names
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of
from app.views.settings.skills_words import skill_name

_LONGEST_CODE, _LONGEST_NAME = 32, 120


class SkillKind(RecordKind[Skill]):
    """Skills in the order people gave them."""

    fields_of = LIST_ERRORS

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def reading(self) -> Callable[[], Any]:
        return partial(skills, self._ctx, include_retired=True)

    def rows(self, answer: Any) -> Sequence[Skill]:
        found: Sequence[Skill] = answer
        return found

    def name(self, record: Skill) -> str:
        return skill_name(record)

    def searched(self, record: Skill) -> Iterable[str]:
        return (record.code, record.name, record.name_alt)

    def values(self, record: Skill) -> Values:
        return {"name": record.name, "name_alt": record.name_alt, "code": record.code}

    def blank(self) -> Values:
        return {"name": "", "name_alt": "", "code": ""}

    def check(self, values: Values) -> None:
        check_names(values["code"], values["name"])

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_skill, self._ctx, _names(values))

    def editing(self, record: Skill, values: Values) -> Callable[[], Outcome]:
        return partial(edit_skill, self._ctx, record.id, _names(values), version=record.version)

    is_ordered = True

    def placing(self, record: Skill, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_skill, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: Skill, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_skill_active, self._ctx, record.id, version=record.version, is_active=is_active)


class SkillsListPane(RecordsPane[Skill]):
    """A retired skill is offered no more; who has it keeps it."""

    events = (RosterChanged,)

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        kind = SkillKind(ctx)
        columns = (
            Column("name", N_("Skill"), kind.name, look=look_of, is_stretched=True),
            Column("code", N_("Code"), _code, width=150, look=look_of),
        )
        empty = EmptyState(
            "graduation-cap", _("No skill here"), _("Shifts may need skills; people have them.")
        )
        super().__init__(ctx, env, kind, columns, empty)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New skill")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        place_names(self, _LONGEST_CODE, _LONGEST_NAME)
        said = _("How many people with a skill a shift needs is said under Shifts and coverage.")
        self.fields.addWidget(PlainLabel(said, "small", wrap=True))


def _names(values: Values) -> Names:
    return Names(values["code"], values["name"], values["name_alt"])


def _code(skill: Skill) -> str:
    return skill.code
