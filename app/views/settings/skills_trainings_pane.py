"""Trainings: who had which, when and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit

from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.roster import RosterPerson
from app.models.entities.skills import Skill, Training
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.plan_queries import planned_people
from app.services.roster.skill_queries import skills, trainings
from app.services.roster.training_commands import (
    LONGEST_TITLE,
    TrainingDetails,
    add_training,
    check_training,
    edit_training,
    remove_training,
)
from app.views.base.columns import CellKind, Column, Mark, TextLook
from app.views.base.forms import Binding
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.inputs import fill, text_box
from app.views.settings.records import NEW, RecordKind, Values
from app.views.settings.records_pane import RecordsPane
from app.views.settings.skills_words import skill_name

_MOST_MINUTES = 100_000
_USUAL_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Held:
    """A training as it is listed, with the names of whom and what it is about."""

    training: Training
    who: str
    skill: str
    is_active: bool = True

    @property
    def id(self) -> int:
        """The training's id."""
        return self.training.id

    @property
    def version(self) -> int:
        """The training's version."""
        return self.training.version


class TrainingKind(RecordKind[Held]):
    """Trainings, the latest first, with the people and skills they may be about."""

    fields_of: Mapping[str, str] = {
        "roster.training_title": "title",
        "catalogue.text_too_long": "title",
        "settings.out_of_range": "minutes",
        "people.not_found": "person",
    }

    def __init__(self, ctx: Context, today: Callable[[], date]) -> None:
        self._ctx = ctx
        self._today = today
        self.people: list[RosterPerson] = []
        self.skills: list[Skill] = []

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(trainings, self._ctx),
            partial(planned_people, self._ctx),
            partial(skills, self._ctx, include_retired=True),
        )

    def rows(self, answer: Any) -> Sequence[Held]:
        found, self.people, self.skills = answer
        who = {each.id: shown_name(each.name, each.name_alt) for each in self.people}
        what = {each.id: skill_name(each) for each in self.skills}
        gone = _("retired")
        return [
            Held(each, who.get(each.person_id, gone), what[each.skill_id] if each.skill_id else "")
            for each in found
        ]

    def name(self, record: Held) -> str:
        return record.training.title

    def searched(self, record: Held) -> Iterable[str]:
        training = record.training
        return (record.who, training.title, record.skill, training.held_on.isoformat(), training.announcement)

    def values(self, record: Held) -> Values:
        training = record.training
        return {
            "person": training.person_id,
            "held_on": training.held_on.isoformat(),
            "title": training.title,
            "minutes": training.minutes,
            "skill": training.skill_id,
            "note": training.note,
        }

    def blank(self) -> Values:
        today = self._today().isoformat()
        person = int(self.people[0].id) if self.people else None
        start: Values = {"person": person, "held_on": today, "title": "", "minutes": _USUAL_MINUTES}
        return {**start, "skill": None, "note": ""}

    def check(self, values: Values) -> None:
        check_training(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_training, self._ctx, _details(values))

    def editing(self, record: Held, values: Values) -> Callable[[], Outcome]:
        return partial(edit_training, self._ctx, record.id, _details(values), version=record.version)

    def switching(self, record: Held, *, is_active: bool) -> Callable[[], Outcome]:
        del is_active  # a training is taken out, and comes back by Undo
        return partial(remove_training, self._ctx, record.id, version=record.version)


class TrainingsPane(RecordsPane[Held]):
    """Beside the search stands how many are shown, and how long they were together."""

    edit_permission = "people.edit"
    events = (RosterChanged, PeopleChanged)

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self.training_kind = TrainingKind(ctx, lambda: env.format.local(ctx.clock.now()).date())
        columns = (
            Column("held_on", N_("Date"), _date, CellKind.NUMBER, width=100),
            Column("who", N_("Person"), _who, width=120),
            Column(
                "title",
                N_("Training"),
                self.training_kind.name,
                is_stretched=True,
                look=lambda held: TextLook(badges=(Mark("megaphone"),) if held.training.announcement else ()),
                hint=_announced,
            ),
            Column("hours", N_("Length, h"), self._hours, CellKind.NUMBER, width=84),
        )
        empty = EmptyState("graduation-cap", _("No training here"), _("Note who learned what, and how long."))
        super().__init__(ctx, env, self.training_kind, columns, empty)
        self.retired.hide()

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New training")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        self.person, self.skill = Choose(), Choose()
        day = DayEdit("yyyy-MM-dd")
        binding = Binding(
            lambda: day.date().toString("yyyy-MM-dd"),
            lambda text: day.setDate(QDate.fromString(str(text), "yyyy-MM-dd")),
            day.dateChanged,
        )
        title = QLineEdit()
        title.setMaxLength(LONGEST_TITLE)
        self.place(self.add_field("person", _("Person"), self.person))
        self.place(self.add_field("title", _("What it was about"), title, required=True))
        self.announced = PlainLabel("", "muted", wrap=True)
        self.announced.hide()
        self.place(self.announced)
        self.place(
            self.add_field("held_on", _("Date"), day, binding=binding),
            self.add_field("minutes", _("Length"), NumberField(1, _MOST_MINUTES, suffix=_(" min"))),
        )
        self.place(self.add_field("skill", _("Skill"), self.skill))
        self.place(self.add_field("note", _("Note"), text_box()))

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        kind = self.training_kind
        fill(self.person, [(shown_name(each.name, each.name_alt), int(each.id)) for each in kind.people])
        known = {int(each.id) for each in kind.people}
        # Whoever left keeps the trainings they had.
        for held in self.presenter.rows:
            if held.training.person_id not in known:
                known.add(int(held.training.person_id))
                self.person.addItem(held.who, int(held.training.person_id))
        offered = [(skill_name(each), int(each.id)) for each in kind.skills]
        fill(self.skill, [(_("None"), None), *offered])

    def show_rows(self, rows: Sequence[Held]) -> None:
        """Show these, and how long they were together."""
        super().show_rows(rows)
        self.retired.hide()

    def show_record(self, record: Held | None) -> None:
        """A training is removed, not retired."""
        self.switch.say(_("Remove"), "trash-2")
        set_tip(self.switch, self.switch.text())
        rows = self.presenter.shown
        hours = self.env.format.number(sum(each.training.minutes for each in rows) / 60, 1)
        self.count.setText(_("{n} · {hours} h").format(n=len(rows), hours=hours))
        self.announced.setText(_announced(record) if record is not None else "")
        self.announced.setVisible(bool(self.announced.text()))
        if record is None and self.presenter.chosen == NEW and self.person.currentIndex() < 0:
            self.person.setCurrentIndex(0)

    def _hours(self, held: Held) -> str:
        minutes = held.training.minutes
        return self.env.format.number(minutes / 60, 0 if minutes % 60 == 0 else 1)


def _details(values: Values) -> TrainingDetails:
    return TrainingDetails(
        person_id=int(values["person"] or 0),
        held_on=date.fromisoformat(values["held_on"]),
        title=values["title"],
        minutes=values["minutes"],
        skill_id=values["skill"],
        note=values["note"],
    )


def _announced(held: Held) -> str:
    title = held.training.announcement
    return _("Before the new system: {title}").format(title=title) if title else ""


def _date(held: Held) -> str:
    return held.training.held_on.isoformat()


def _who(held: Held) -> str:
    return held.who
