"""What the roster's grid shows, as plain data: days, people, cells, hours, coverage, broken rules. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    PaintedCell,
    Roster,
    RosterPerson,
    ShiftTemplate,
    Violation,
)
from app.services.roster.rules import shift_hours

Key = tuple[PersonId, date]
"""One cell: whose, and on which date."""


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one team, one below the other. `first` is the place of the first among all people."""

    name: str
    name_alt: str
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One line of the coverage strip: a shift, perhaps of one team, with a count per day shown."""

    template_id: TemplateId
    team_id: TeamId | None
    counts: tuple[CoverageCount, ...]


@dataclass(frozen=True)
class Board:
    """A roster as it is shown. Painting returns another board; this one stays as it is."""

    roster: Roster
    zone: ZoneInfo

    @property
    def days(self) -> tuple[date, ...]:
        """The days shown, in order."""
        return self.roster.days

    @property
    def people(self) -> tuple[RosterPerson, ...]:
        """The people shown, by team."""
        return self.roster.people

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The teams that have people, in order."""
        found: list[Group] = []
        place = 0
        for _team, people in groupby(self.people, key=lambda person: person.team_id):
            members = list(people)
            found.append(Group(members[0].team_name, members[0].team_name_alt, place, len(members)))
            place += len(members)
        return tuple(found)

    @cached_property
    def templates(self) -> dict[TemplateId, ShiftTemplate]:
        """Every shift that may stand in a cell, retired ones included."""
        return {template.id: template for template in self.roster.templates}

    @cached_property
    def brushes(self) -> tuple[ShiftTemplate, ...]:
        """The shifts one can paint with."""
        return tuple(template for template in self.roster.templates if template.is_active)

    def brush_of(self, letter: str) -> ShiftTemplate | None:
        """Return the shift that a key paints: the one whose code is this letter."""
        wanted = letter.upper()
        return next((each for each in self.brushes if each.code.upper() == wanted), None)

    def key_at(self, person: int, day: int) -> Key:
        """Return the cell in that row and column."""
        return self.people[person].id, self.days[day]

    def place_of(self, key: Key) -> tuple[int, int] | None:
        """Return row and column of a cell, or None if it is not shown."""
        row = self._rows.get(key[0])
        column = (key[1] - self.days[0]).days if self.days else -1
        return (row, column) if row is not None and 0 <= column < len(self.days) else None

    def cell(self, key: Key) -> Assignment | None:
        """Return what stands in a cell; None is off."""
        return self.roster.cells.get(key)

    def template_at(self, key: Key) -> ShiftTemplate | None:
        """Return the shift that stands in a cell; None is off."""
        cell = self.cell(key)
        return self.templates[cell.template_id] if cell is not None else None

    def person(self, person_id: PersonId) -> RosterPerson:
        """Return a person shown.

        Raises:
            KeyError: the person is not on this board.
        """
        return self.people[self._rows[person_id]]

    @cached_property
    def hours(self) -> dict[PersonId, timedelta]:
        """How long each person really works on the days shown, exact across changes of the clocks."""
        found = {person.id: timedelta() for person in self.people}
        for person_id, on in self.roster.cells:
            if person_id in found:
                found[person_id] += self._length((person_id, on))
        return found

    @cached_property
    def violations_at(self) -> dict[Key, tuple[Violation, ...]]:
        """The broken rules of each cell. Two who lead one shift are both marked."""
        found: dict[Key, tuple[Violation, ...]] = {}
        for violation in self.roster.violations:
            for key in self._cells_of(violation):
                found[key] = (*found.get(key, ()), violation)
        return found

    @cached_property
    def leaderless(self) -> dict[tuple[TemplateId, date], Violation]:
        """Shifts that nobody leads, though they must be led."""
        return {
            (violation.template_id, violation.on_date): violation
            for violation in self.roster.violations
            if violation.rule is BrokenRule.NO_SUPERVISOR and violation.template_id is not None
        }

    @cached_property
    def coverage(self) -> tuple[CoverageLine, ...]:
        """The coverage strip, line by line."""
        lines: dict[tuple[TemplateId, TeamId | None], list[CoverageCount]] = {}
        for count in self.roster.coverage:
            lines.setdefault((count.rule.template_id, count.rule.team_id), []).append(count)
        return tuple(CoverageLine(*key, tuple(counts)) for key, counts in lines.items())

    @cached_property
    def leading_lines(self) -> frozenset[int]:
        """The lines of the strip that say whether somebody leads: the first of each shift."""
        first: dict[TemplateId, int] = {}
        for number, line in enumerate(self.coverage):
            first.setdefault(line.template_id, number)
        return frozenset(first.values())

    @cached_property
    def gaps(self) -> tuple[CoverageCount, ...]:
        """Where people are missing, by date."""
        return tuple(sorted((c for c in self.roster.coverage if c.is_gap), key=lambda c: c.on_date))

    def team_name(self, team_id: TeamId | None) -> tuple[str, str]:
        """Return main and second name of a team that has people here; empty texts for any other."""
        for person in self.people:
            if team_id is not None and person.team_id == team_id:
                return person.team_name, person.team_name_alt
        return "", ""

    def stroke(self, keys: Iterable[Key], template_id: TemplateId | None) -> tuple[PaintedCell, ...]:
        """Return what a stroke over these cells changes; cells that hold the shift already are left out."""
        found = []
        for key in keys:
            cell = self.cell(key)
            before = cell.template_id if cell is not None else None
            if before != template_id:
                found.append(PaintedCell(*key, template_id, before))
        return tuple(found)

    def painted(self, cells: Sequence[PaintedCell]) -> Board:
        """Return the board after a stroke. Coverage follows at once; rules are checked by the service."""
        if not cells:
            return self
        after = dict(self.roster.cells)
        moved: dict[tuple[TemplateId, TeamId | None, date], int] = {}
        for painted in cells:
            key = (painted.person_id, painted.on_date)
            old = after.pop(key, None)
            if painted.template_id is not None:
                after[key] = Assignment(*key, painted.template_id, painted.is_supervisor, 0)
            self._count(moved, key, old.template_id if old else None, -1)
            self._count(moved, key, painted.template_id, 1)
        changed = {(cell.person_id, cell.on_date) for cell in cells}
        roster = replace(
            self.roster,
            cells=after,
            coverage=tuple(_moved(count, moved) for count in self.roster.coverage),
            violations=tuple(
                each for each in self.roster.violations if (each.person_id, each.on_date) not in changed
            ),
        )
        return Board(roster, self.zone)

    @cached_property
    def _rows(self) -> dict[PersonId, int]:
        return {person.id: row for row, person in enumerate(self.people)}

    def _length(self, key: Key) -> timedelta:
        template = self.template_at(key)
        return timedelta() if template is None else _hours(template, key[1], self.zone)

    def _cells_of(self, violation: Violation) -> list[Key]:
        if violation.person_id is not None:
            return [(violation.person_id, violation.on_date)]
        if violation.rule is not BrokenRule.TWO_SUPERVISORS:
            return []
        return [
            key
            for key, cell in self.roster.cells.items()
            if cell.is_supervisor
            and cell.template_id == violation.template_id
            and cell.on_date == violation.on_date
        ]

    def _count(
        self,
        moved: dict[tuple[TemplateId, TeamId | None, date], int],
        key: Key,
        template_id: TemplateId | None,
        step: int,
    ) -> None:
        row = self._rows.get(key[0])
        if template_id is None or row is None:
            return
        for team in {self.people[row].team_id, None}:
            place = (template_id, team, key[1])
            moved[place] = moved.get(place, 0) + step


def _moved(
    count: CoverageCount, moved: Mapping[tuple[TemplateId, TeamId | None, date], int]
) -> CoverageCount:
    step = moved.get((count.rule.template_id, count.rule.team_id, count.on_date), 0)
    return replace(count, planned=count.planned + step) if step else count


@lru_cache(maxsize=8192)
def _hours(template: ShiftTemplate, on: date, zone: ZoneInfo) -> timedelta:
    return shift_hours(template, on, zone)
