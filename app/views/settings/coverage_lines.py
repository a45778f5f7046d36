"""How many people a shift needs: one line for each team and type of day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.calendars import DayType
from app.services.base.terms import term
from app.services.roster.template_details import MOST_PEOPLE
from app.views.base.i18n import _, current
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import set_tip
from app.views.settings.inputs import fill
from app.views.settings.line_list import EditedLine, LineList

_PEOPLE_WIDTH = 62
_LEAST_CHARACTERS = 2  # three inputs and a button share the line

Needs = list[list[Any]]
"""Triples of team id (None: the whole desk), type of day and number of people."""


class _Line(EditedLine):
    def __init__(
        self, teams: Sequence[tuple[str, int | None]], team: int | None, day_type: str, people: int
    ) -> None:
        super().__init__(_("Remove this line"))
        self._team, self._day_type = Choose(), Choose()
        self.people = NumberField(1, MOST_PEOPLE)
        self.people.setFixedWidth(_PEOPLE_WIDTH)
        for widget, said in (
            (self._team, _("Team")),
            (self._day_type, _("Type of day")),
            (self.people, _("People")),
        ):
            widget.setAccessibleName(said)
        fill(self._day_type, [(term(current.texts, each), each.value) for each in DayType])
        self.offer(teams)
        self._day_type.setMinimumContentsLength(_LEAST_CHARACTERS)
        _choose(self._team, lambda value: value == team)
        _choose(self._day_type, lambda value: value == day_type)
        self.people.setValue(people)
        self.lay_out((self._team, 3), (self._day_type, 4), (self.people, 0))
        self._team.currentIndexChanged.connect(self.changed)
        self._day_type.currentIndexChanged.connect(self.changed)
        self.people.valueChanged.connect(self.changed)
        self.changed.connect(self._tell_names)
        self._tell_names()

    @property
    def team(self) -> int | None:
        chosen: int | None = self._team.currentData()
        return chosen

    @property
    def day_type(self) -> str:
        return str(self._day_type.currentData())

    def offer(self, teams: Sequence[tuple[str, int | None]]) -> None:
        fill(self._team, teams)
        self._team.setMinimumContentsLength(_LEAST_CHARACTERS)

    def _tell_names(self) -> None:
        """Let a name that is longer than its input be read whole."""
        for box in (self._team, self._day_type):
            set_tip(box, box.currentText())


class CoverageLines(LineList[_Line]):
    """Lines are added below; `offer` says which teams there are to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Add a line"), parent)
        self._teams: list[tuple[str, int | None]] = []
        self.add.clicked.connect(self._add_next)

    @property
    def needs(self) -> Needs:
        """The lines as they stand."""
        return [[line.team, line.day_type, line.people.value()] for line in self._lines]

    def offer(self, teams: Sequence[tuple[str, int | None]]) -> None:
        """Offer these teams; a line keeps the one it has."""
        self._teams = list(teams)
        for line in self._lines:
            line.offer(self._teams)

    def show_needs(self, needs: Needs) -> None:
        """Show these lines instead."""
        if needs == self.needs:
            return
        self.clear()
        for team, day_type, people in needs:
            self.append(_Line(self._teams, team, day_type, people))

    def told(self, needs: Needs) -> str:
        """Return lines as a person reads them: "First line, Workday: 2"."""
        names = {team: name for name, team in self._teams}
        return "; ".join(
            f"{names.get(team, '?')}, {term(current.texts, DayType(day_type))}: {people}"
            for team, day_type, people in needs
        )

    def _add_next(self) -> None:
        """Add a line for the team of the last one, on the first type of day it has none for."""
        last = self._lines[-1].team if self._lines else None
        used = [line.day_type for line in self._lines if line.team == last]
        free = next((each.value for each in DayType if each.value not in used), DayType.WORKDAY.value)
        line = self.append(_Line(self._teams, last, free, 1))
        line.people.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _choose(box: Choose, is_meant: Callable[[Any], bool]) -> None:
    box.setCurrentIndex(next((at for at in range(box.count()) if is_meant(box.itemData(at))), -1))
