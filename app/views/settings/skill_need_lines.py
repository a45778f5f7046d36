"""Which skills a shift needs: one line for each skill and type of day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.entities.calendars import DayType
from app.models.entities.skills import SkillLevel
from app.services.base.terms import term
from app.services.roster.template_details import MOST_PEOPLE
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import set_tip
from app.views.settings.inputs import fill
from app.views.settings.line_list import EditedLine, LineList
from app.views.settings.skills_words import level_name

_PEOPLE_WIDTH = 62
_LEAST_CHARACTERS = 2  # four inputs and a button share the line
EVERY_DAY = ""

SkillNeeds = list[list[Any]]
"""Skill id, level, type of day ("": every day) and number of people, line by line."""


def _day_name(day_type: str) -> str:
    return term(current.texts, DayType(day_type)) if day_type else _("Every day")


class _Line(EditedLine):
    def __init__(self, skills: Sequence[tuple[str, int]], need: Sequence[Any]) -> None:
        super().__init__(_("Remove this line"))
        self._skill, self._level, self._day_type = Choose(), Choose(), Choose()
        self.people = NumberField(1, MOST_PEOPLE)
        self.people.setFixedWidth(_PEOPLE_WIDTH)
        fill(self._level, [(level_name(each), each.value) for each in SkillLevel])
        days = [(_day_name(EVERY_DAY), EVERY_DAY), *((_day_name(each), each.value) for each in DayType)]
        fill(self._day_type, days)
        self.offer(skills)
        names = {
            self._skill: _("Skill"),
            self._level: _("At least"),
            self._day_type: _("Type of day"),
            self.people: _("People"),
        }
        for widget, said in names.items():
            widget.setAccessibleName(said)
        skill, level, day_type, people = need
        for box, value in ((self._skill, skill), (self._level, level), (self._day_type, day_type)):
            box.setMinimumContentsLength(_LEAST_CHARACTERS)
            places = (at for at in range(box.count()) if box.itemData(at) == value)
            box.setCurrentIndex(next(places, -1))
            box.currentIndexChanged.connect(self.changed)
        self.people.setValue(people)
        self.people.valueChanged.connect(self.changed)
        self._place()
        self.changed.connect(self._tell_names)
        self._tell_names()

    def _place(self) -> None:
        """Place the skill over its level and day: beside each other all would be cut."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.XS)
        grid.addWidget(self._skill, 0, 0, 1, 2)
        grid.addWidget(self.people, 0, 2)
        grid.addWidget(self.remove, 0, 3)
        grid.addWidget(self._level, 1, 0)
        grid.addWidget(self._day_type, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._inputs = [self._skill, self._level, self._day_type, self.people]

    @property
    def need(self) -> list[Any]:
        chosen = [box.currentData() for box in (self._skill, self._level, self._day_type)]
        return [*chosen, self.people.value()]

    def offer(self, skills: Sequence[tuple[str, int]]) -> None:
        fill(self._skill, skills)
        self._skill.setMinimumContentsLength(_LEAST_CHARACTERS)

    def start(self) -> None:
        """Put the cursor into the first input."""
        self._skill.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_names(self) -> None:
        """Let a name that is longer than its input be read whole."""
        for box in (self._skill, self._level, self._day_type):
            set_tip(box, box.currentText())


class SkillNeedLines(LineList[_Line]):
    """Lines are added below; `offer` says which skills there are to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Add a skill"), parent)
        self._skills: list[tuple[str, int]] = []
        self.add.clicked.connect(self._add_next)

    @property
    def needs(self) -> SkillNeeds:
        """The lines as they stand."""
        return [line.need for line in self._lines]

    def offer(self, skills: Sequence[tuple[str, int]]) -> None:
        """Offer these skills; a line keeps the one it has."""
        self._skills = list(skills)
        self.add.wait_for("" if skills else _("There is no skill yet: add one under Skills and training."))
        for line in self._lines:
            line.offer(self._skills)

    def show_needs(self, needs: SkillNeeds) -> None:
        """Show these lines instead."""
        if needs == self.needs:
            return
        self.clear()
        for need in needs:
            self.append(_Line(self._skills, need))

    def told(self, needs: SkillNeeds) -> str:
        """Return lines as a person reads them: "Networks, Expert, Every day: 1"."""
        names = {skill: name for name, skill in self._skills}
        return "; ".join(
            f"{names.get(skill, '?')}, {level_name(SkillLevel(level))}, {_day_name(day_type)}: {people}"
            for skill, level, day_type, people in needs
        )

    def _add_next(self) -> None:
        """Add a line for the first skill that has none for every day."""
        used = {line.need[0] for line in self._lines if line.need[2] == EVERY_DAY}
        free = next((skill for _name, skill in self._skills if skill not in used), None)
        skill = free if free is not None else self._skills[0][1]
        line = self.append(_Line(self._skills, [skill, SkillLevel.SKILLED.value, EVERY_DAY, 1]))
        line.start()
        self.changed.emit()
