"""What the roster's grid shows, as plain data: days, people, cells, hours, coverage, broken rules. No widget.

A board keeps its rules while it is painted: a stroke looks again only at what it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    PaintedCell,
    RosterPerson,
    Severity,
    ShiftKind,
    ShiftTemplate,
    Violation,
)
from app.models.entities.roster_plan import CellKey, Change, Wish
from app.services.roster.checks import RosterChecks
from app.services.roster.template_dates import Successions
from app.services.roster.wishing import is_met
from app.views.roster.board_parts import WEIGHT, CoverageLine, Grouping, Told, by_cell, grouped, worst

Key = CellKey
Stroke = tuple[PaintedCell, ...]
_OF_HOURS = frozenset({BrokenRule.HOURS_WEEK, BrokenRule.HOURS_MONTH, BrokenRule.CONTRACT})


class Board:
    """A plan as it is shown, and painted. A `sketch` is for the eye only, until the next stroke or sketch."""

    def __init__(self, told: Told, grouping: Grouping = Grouping.TEAM) -> None:
        self.plan = told.plan
        self.state = told.state
        self.skills = told.skills
        self.checks = told.checks if told.checks is not None else RosterChecks(told.plan)
        self.grouping = grouping
        self.days = told.plan.days
        self.day_types = tuple(told.plan.day_types[on] for on in self.days)
        self.people, self.groups = grouped(told, grouping)
        self._touched: frozenset[PersonId] | None = None  # whose rows were painted; None: all of them
        self._rows = {person.id: row for row, person in enumerate(self.people)}
        self._sketched: Stroke = ()
        self._minutes: dict[PersonId, int] = {}
        self._caps: dict[PersonId, Severity] | None = None

    # -- what there is -------------------------------------------------------------------------------

    @cached_property
    def templates(self) -> dict[TemplateId, ShiftTemplate]:
        """Every shift that may stand in a cell, retired ones included."""
        return {template.id: template for template in self.plan.templates}

    @cached_property
    def brushes(self) -> tuple[ShiftTemplate, ...]:
        """The shifts one can paint with: those that hold on any of the days shown."""
        if not self.days:
            return ()
        first, last = self.days[0], self.days[-1]
        return tuple(each for each in self.plan.templates if each.holds_within(first, last))

    @cached_property
    def through_time(self) -> Successions:
        """Which shift stands for another on a date on which that does not hold."""
        return Successions(self.plan.templates)

    @cached_property
    def absences(self) -> frozenset[TemplateId]:
        """The shifts that mean being away: what no pattern and no copy paints over."""
        return frozenset(each.id for each in self.plan.templates if each.kind is ShiftKind.ABSENCE)

    @cached_property
    def wishes(self) -> Mapping[Key, Wish]:
        """What people would like on the days shown."""
        return {(wish.person_id, wish.on_date): wish for wish in self.plan.wishes}

    @cached_property
    def leaves(self) -> Mapping[Key, TemplateId]:
        """The absences that approved leave stands for on the days shown, whether painted or not."""
        return by_cell(self.plan.leaves, self.days)

    @cached_property
    def asked_leaves(self) -> Mapping[Key, TemplateId]:
        """The absences that are asked for on the days shown, and not decided."""
        return by_cell(self.plan.asked_leaves, self.days)

    def is_kept(self, wish: Wish) -> bool | None:
        """Whether what was wished is planned; None: an empty cell of a draft says nothing yet."""
        is_open = self.state is None or not self.state.is_published
        if is_open and (wish.person_id, wish.on_date) not in self.cells:
            return None
        return is_met(wish, self.cells, self.templates)

    @cached_property
    def teams(self) -> dict[TeamId, tuple[str, str]]:
        """The teams that have people here, by id: main and second name."""
        return {
            person.team_id: (person.team_name, person.team_name_alt)
            for person in sorted(self.plan.people, key=lambda each: each.team_position)
            if person.team_id is not None
        }

    @property
    def has_crews(self) -> bool:
        """Whether anybody belongs to a crew."""
        return any(person.crew_id is not None for person in self.people)

    def brush_of(self, letter: str) -> ShiftTemplate | None:
        """Return the shift that a key paints: the one whose code is this letter, or who stands for it now."""
        named = [each for each in self.plan.templates if each.code.upper() == letter.upper()]
        ends = (self.days[0], self.days[-1]) if self.days else ()
        standing = {self.through_time.held_on(each.id, on) for each in named for on in ends}
        meant = (each for each in self.brushes if each in named or each.id in standing)
        return min(meant, key=lambda each: each not in named, default=None)

    def key_at(self, person: int, day: int) -> Key:
        """Return the cell in that row and column."""
        return self.people[person].id, self.days[day]

    def place_of(self, key: Key) -> tuple[int, int] | None:
        """Return row and column of a cell, or None if it is not shown."""
        row = self._rows.get(key[0])
        column = (key[1] - self.days[0]).days if self.days else -1
        return (row, column) if row is not None and 0 <= column < len(self.days) else None

    def person(self, person_id: PersonId) -> RosterPerson:
        """Return a person shown.

        Raises:
            KeyError: the person is not on this board.
        """
        return self.people[self._rows[person_id]]

    def team_name(self, team_id: TeamId | None) -> tuple[str, str]:
        """Return main and second name of a team that has people here; empty texts for any other."""
        return self.teams.get(team_id, ("", "")) if team_id is not None else ("", "")

    # -- what stands there ---------------------------------------------------------------------------

    @property
    def cells(self) -> Mapping[Key, Assignment]:
        """What stands in the cells, those around the days shown included; off is no entry."""
        return self.checks.cells

    @property
    def shown_cells(self) -> dict[Key, Assignment]:
        """What stands in the cells of the days shown."""
        days = frozenset(self.days)
        return {key: cell for key, cell in self.cells.items() if key[1] in days}

    def cell(self, key: Key) -> Assignment | None:
        """Return what stands in a cell; None is off."""
        return self.checks.cells.get(key)

    def template_at(self, key: Key) -> ShiftTemplate | None:
        """Return the shift that stands in a cell; None is off."""
        cell = self.cell(key)
        return self.templates[cell.template_id] if cell is not None else None

    def minutes(self, person_id: PersonId) -> int:
        """Return how long somebody really works on the days shown, exact across changes of the clocks."""
        if person_id not in self._minutes:
            self._minutes[person_id] = self.checks.minutes(person_id)
        return self._minutes[person_id]

    def hours(self, person_id: PersonId) -> timedelta:
        """As `minutes`, as a length of time."""
        return timedelta(minutes=self.minutes(person_id))

    # -- what is wrong -------------------------------------------------------------------------------

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything that is wrong on the days shown, by date."""
        return self.checks.violations

    def broken_at(self, key: Key) -> tuple[Violation, ...]:
        """Return the broken rules of a cell. Two who lead one shift are both marked.

        What is wrong with a shift that has no line in the strip is marked at everybody who has it.
        """
        found = self.checks.at(*key)
        cell = self.checks.cells.get(key)
        if cell is None:
            return found
        is_stripped = cell.template_id in self._in_strip
        if is_stripped and not cell.is_supervisor:
            return found
        of_shift = self.checks.of_shift(cell.template_id, key[1])
        twice = BrokenRule.TWO_SUPERVISORS
        return found + tuple(
            each for each in of_shift if (cell.is_supervisor if each.rule is twice else not is_stripped)
        )

    def severity_at(self, key: Key) -> Severity:
        """Return the weight of the worst that is wrong with a cell; OFF where nothing is."""
        return worst(self.broken_at(key))

    def cap_of(self, person_id: PersonId) -> Severity:
        """Return how much it weighs that somebody works too long in a week or month, or more than agreed."""
        if self._caps is None:
            self._caps = {}
            for each in self.checks.violations:
                if each.rule in _OF_HOURS and each.person_id is not None:
                    held = self._caps.get(each.person_id, Severity.OFF)
                    self._caps[each.person_id] = max(held, each.severity, key=WEIGHT.__getitem__)
        return self._caps.get(person_id, Severity.OFF)

    # -- coverage ------------------------------------------------------------------------------------

    @cached_property
    def coverage(self) -> tuple[CoverageLine, ...]:
        """The coverage strip, line by line: each shift with its teams."""
        lines = dict.fromkeys((count.rule.template_id, count.rule.team_id) for count in self.checks.counts)
        return tuple(CoverageLine(*line) for line in lines)

    @cached_property
    def _in_strip(self) -> frozenset[TemplateId]:
        return frozenset(line.template_id for line in self.coverage)

    @cached_property
    def leading_lines(self) -> frozenset[int]:
        """The lines of the strip that say what is wrong with the shift itself: the first of each shift."""
        first: dict[TemplateId, int] = {}
        for number, line in enumerate(self.coverage):
            first.setdefault(line.template_id, number)
        return frozenset(first.values())

    def count(self, line: int, day: int) -> CoverageCount:
        """Return planned and needed of a line of the strip on a day."""
        shown = self.coverage[line]
        found = self.checks.count(shown.template_id, shown.team_id, self.days[day])
        assert found is not None, "the strip has only lines that are counted"
        return found

    def broken_in_strip(self, line: int, day: int) -> tuple[Violation, ...]:
        """Return what is wrong at a count: its gap, and at a shift's first line its leadership and skills."""
        shown = self.coverage[line]
        is_first = line in self.leading_lines
        return tuple(
            each
            for each in self.checks.of_shift(shown.template_id, self.days[day])
            if (each.team_id == shown.team_id if each.rule is BrokenRule.GAP else is_first)
        )

    # -- painting ------------------------------------------------------------------------------------

    def stroke(self, keys: Iterable[Key], template_id: TemplateId | None) -> Stroke:
        """Return what painting these cells changes; cells that hold the shift already are left out.

        Where a shift does not hold on a date, whoever stands for it then is painted.
        """
        found = []
        for key in keys:
            cell = self.cell(key)
            before = cell.template_id if cell is not None else None
            new = None if template_id is None else self.through_time.held_on(template_id, key[1])
            if before != new:
                is_fixed = cell is not None and cell.is_fixed and new is not None
                found.append(PaintedCell(*key, new, before, is_fixed=is_fixed))
        return tuple(found)

    def paint(self, stroke: Sequence[PaintedCell]) -> Change:
        """Paint a stroke; a sketch is taken away before."""
        self.drop_sketch()
        return self._paint(stroke)

    def sketch(self, stroke: Sequence[PaintedCell]) -> Change:
        """Show a stroke that is still being drawn, instead of the sketch before."""
        self.drop_sketch()
        change = self._paint(stroke)
        self._sketched = change.undo
        return change

    def drop_sketch(self) -> None:
        """Show again what stands there without the sketch."""
        if self._sketched:
            undo, self._sketched = self._sketched, ()
            self._paint(undo)

    def take_touched(self) -> frozenset[PersonId] | None:
        """Return whose rows look otherwise since this was asked last; None says all of them."""
        touched, self._touched = self._touched, frozenset()
        return touched

    def _paint(self, stroke: Sequence[PaintedCell]) -> Change:
        change = self.checks.paint(stroke)
        people = frozenset(cell.person_id for cell in stroke)
        if self._touched is not None:
            self._touched |= people
            # What is wrong with a shift may be marked at others who have it.
            for each in (*change.added, *change.removed):
                if each.template_id is not None and self._is_marked_in_cells(each):
                    self._touched |= self.checks.people_of(each.template_id, each.on_date)
        for person in people:
            self._minutes.pop(person, None)
        self._caps = None
        return change

    def _is_marked_in_cells(self, violation: Violation) -> bool:
        """Whether cells show what is wrong with a shift: two who lead, or no line in the strip."""
        is_of_shift = violation.person_id is None
        is_twice = violation.rule is BrokenRule.TWO_SUPERVISORS
        return is_of_shift and (is_twice or violation.template_id not in self._in_strip)
