"""Patterns: rows of shifts that repeat, typed like text, with what four weeks of them give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.events import RosterChanged
from app.models.entities.roster import ShiftTemplate
from app.models.entities.roster_plan import Crew, ShiftPattern
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.crew_queries import crews, patterns
from app.services.roster.lists import Names
from app.services.roster.pattern_commands import (
    PatternDetails,
    add_pattern,
    edit_pattern,
    move_pattern,
    set_pattern_active,
)
from app.services.roster.pattern_preview import preview
from app.services.roster.plan_queries import rules_in_force
from app.services.roster.queries import shift_templates
from app.services.settings.rules import check_names
from app.views.base.columns import Column
from app.views.base.forms import Binding
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.crews_list_pane import LIST_ERRORS, place_names
from app.views.settings.crews_pattern_cells import PatternCells
from app.views.settings.crews_preview import DAYS, PatternWeeks
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of

_CREWS = 4
"""How many crews the preview has where the site has none."""


class PatternKind(RecordKind[ShiftPattern]):
    """Patterns with the shifts and crews there are."""

    fields_of: Mapping[str, str] = {
        **LIST_ERRORS,
        "roster.pattern_empty": "cells",
        "roster.pattern_long": "cells",
        "roster.pattern_shift": "cells",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.templates: dict[str, ShiftTemplate] = {}
        self.crews: list[Crew] = []
        self.full_time_hours = 0

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(patterns, self._ctx, include_retired=True),
            partial(shift_templates, self._ctx),
            partial(crews, self._ctx),
            partial(rules_in_force, self._ctx),
        )

    def rows(self, answer: Any) -> Sequence[ShiftPattern]:
        found, templates, self.crews, rules = answer
        self.templates = {template.code: template for template in templates}
        self.full_time_hours = rules.rules.full_time_hours
        rows: Sequence[ShiftPattern] = found
        return rows

    @property
    def lasting(self) -> dict[str, ShiftTemplate]:
        """The shifts a pattern is made of, by code: those without an end."""
        return {code: each for code, each in self.templates.items() if each.last_date is None}

    def name(self, record: ShiftPattern) -> str:
        return shown_name(record.name, record.name_alt)

    def searched(self, record: ShiftPattern) -> Iterable[str]:
        return (record.code, record.name, record.name_alt)

    def values(self, record: ShiftPattern) -> Values:
        names = {"name": record.name, "name_alt": record.name_alt, "code": record.code}
        return {**names, "cells": list(record.cells)}

    def blank(self) -> Values:
        return {"name": "", "name_alt": "", "code": "", "cells": []}

    def check(self, values: Values) -> None:
        check_names(values["code"], values["name"])
        if not any(values["cells"]):
            raise BadInput("roster.pattern_empty")

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_pattern, self._ctx, _details(values))

    def editing(self, record: ShiftPattern, values: Values) -> Callable[[], Outcome]:
        return partial(edit_pattern, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: ShiftPattern, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_pattern, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: ShiftPattern, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_pattern_active, self._ctx, record.id, version=record.version, is_active=is_active)


class PatternsPane(RecordsPane[ShiftPattern]):
    """What was laid by a pattern stays when the pattern changes."""

    edit_permission = "roster.edit"
    form_share = 4
    events = (RosterChanged,)

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self.pattern_kind = PatternKind(ctx)
        columns = (
            Column("name", N_("Pattern"), self.pattern_kind.name, look=look_of, is_stretched=True),
            Column("cells", N_("Shifts"), _cells, width=150, look=look_of),
        )
        empty = EmptyState(
            "repeat", _("No pattern here"), _("A pattern is a row of shifts that repeats, such as D N – –.")
        )
        super().__init__(ctx, env, self.pattern_kind, columns, empty)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New pattern")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        place_names(self)
        self.cells = PatternCells()
        binding = Binding(
            lambda: self.cells.cells, self.cells.show_cells, self.cells.changed, self.cells.told
        )
        hint = _("letters · Space is off · Backspace")
        self.cell_field = self.add_field(
            "cells", _("Shifts, day after day"), self.cells, binding=binding, hint=hint
        )
        if not self.may_edit:
            self.cells.setEnabled(True)
            self.cells.set_locked()
        self.place(self.cell_field)
        self.weeks = PatternWeeks()
        self.figures = PlainLabel("", "small", wrap=True)
        self.fields.addWidget(PlainLabel(_("Four weeks, crews begun evenly apart"), "strong"))
        self.fields.addWidget(self.weeks)
        self.fields.addWidget(self.figures)
        self.cells.refused.connect(self._tell_refused)
        self.cells.changed.connect(self._preview)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        self.cells.offer(self.pattern_kind.lasting)

    def show_record(self, _record: ShiftPattern | None) -> None:
        """Show what the pattern gives."""
        self._preview()

    def _tell_refused(self, letter: str) -> None:
        known = " ".join(self.pattern_kind.lasting)
        said = _("No shift begins with “{letter}”. There are {codes}.")
        self.cell_field.set_error(said.format(letter=letter, codes=known))

    def _preview(self) -> None:
        kind = self.pattern_kind
        names = [shown_name(each.name, each.name_alt) for each in kind.crews]
        names = names or [_("Crew {n}").format(n=n) for n in range(1, _CREWS + 1)]
        found = preview(self.cells.cells, len(names), DAYS, kind.templates)
        self.weeks.show_preview(found, names, kind.templates)
        hours = self.env.format.number(found.week_minutes / 60, 1)
        said = _("{days} days. A crew works {hours} h a week on average; full time is {full} h.")
        days = len(self.cells.cells)
        self.figures.setText(said.format(days=days, hours=hours, full=kind.full_time_hours))


def _details(values: Values) -> PatternDetails:
    names = Names(values["code"], values["name"], values["name_alt"])
    return PatternDetails(names, tuple(values["cells"]))


def _cells(pattern: ShiftPattern) -> str:
    return " ".join(cell or "–" for cell in pattern.cells)
