"""The rules of a whole plan, kept up to date while it is painted. Pure.

A stroke looks again only at the lines and the shifts it touches; what comes out is always the same as making
new checks of the plan as it then is, and a property test holds both together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import Assignment, CoverageCount, PaintedCell, Violation
from app.models.entities.roster_plan import CellKey, Change, Leave, RosterPlan
from app.services.roster.line_checks import LineChecks
from app.services.roster.shift_checks import CountKey, Shift, ShiftChecks
from app.services.roster.shift_times import ShiftTimes

Put = tuple[CellKey, Assignment | None]


class RosterChecks:
    """What a plan breaks, and its counts. `plan` is what it was made from; the cells are those of now."""

    def __init__(self, plan: RosterPlan) -> None:
        self.plan = plan
        self.times = ShiftTimes(plan.templates, plan.zone)
        self._people = {person.id: person for person in (*plan.gone, *plan.people)}
        self._line_checks = LineChecks(plan, self.times)
        self._shift_checks = ShiftChecks(plan, self.times)
        self._cells: dict[CellKey, Assignment] = {}
        self._lines: dict[PersonId, dict[date, Assignment]] = {}
        self._leaves: dict[PersonId, tuple[Leave, ...]] = _by_person(plan.leaves)
        self._of_line: dict[PersonId, tuple[Violation, ...]] = {}
        self._of_shift: dict[Shift, tuple[Violation, ...]] = {}
        self._sorted: tuple[Violation, ...] | None = None
        self._by_cell: dict[CellKey, tuple[Violation, ...]] | None = None
        self._put([(key, cell) for key, cell in plan.cells.items()])
        self._look_again(set(self._lines), self._shift_checks.shifts())

    @property
    def cells(self) -> Mapping[CellKey, Assignment]:
        """What stands in the cells now; off is no entry. To be read only."""
        return self._cells

    @property
    def leaves(self) -> tuple[Leave, ...]:
        """The approved leaves that hold now."""
        return tuple(leave for leaves in self._leaves.values() for leave in leaves)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything that is wrong, by date, then person, then rule."""
        if self._sorted is None:
            groups = (*self._of_line.values(), *self._of_shift.values())
            self._sorted = tuple(sorted((one for group in groups for one in group), key=_order))
        return self._sorted

    @property
    def counts(self) -> tuple[CoverageCount, ...]:
        """Planned against needed, line by line (shift and team), each for all days; as `coverage_counts`."""
        return tuple(self._shift_checks.counts.values())

    def count(self, template_id: TemplateId, team_id: TeamId | None, on: date) -> CoverageCount | None:
        """Return one count; None where the site asks for nothing of that shift and team."""
        return self._shift_checks.counts.get((template_id, team_id, on))

    def at(self, person_id: PersonId, on: date) -> tuple[Violation, ...]:
        """Return what is wrong with one cell, without what is wrong with its shift."""
        if self._by_cell is None:
            self._by_cell = {}
            for line in self._of_line.values():
                for one in line:
                    key = (PersonId(one.person_id or 0), one.on_date)
                    self._by_cell[key] = (*self._by_cell.get(key, ()), one)
        return self._by_cell.get((person_id, on), ())

    def of_shift(self, template_id: TemplateId, on: date) -> tuple[Violation, ...]:
        """Return what is wrong with a shift: leadership, gaps, skills."""
        return self._of_shift.get((template_id, on), ())

    def people_of(self, template_id: TemplateId, on: date) -> frozenset[PersonId]:
        """Return who of the roster is planned on a shift."""
        return self._shift_checks.people_of(template_id, on)

    def minutes(self, person_id: PersonId) -> int:
        """Return how long somebody really works on the plan's days, exact across changes of the clocks."""
        line = self._lines.get(person_id, {})
        cells = (line[on] for on in self.plan.days if on in line)
        return sum(self.times.minutes(cell.template_id, cell.on_date) for cell in cells)

    def paint(self, cells: Iterable[PaintedCell]) -> Change:
        """Set or clear cells and return what that changed; `undo` painted puts back what stood there."""
        puts: list[Put] = []
        undo: list[PaintedCell] = []
        now: dict[CellKey, Assignment | None] = {}
        for painted in cells:
            key = (painted.person_id, painted.on_date)
            old = now[key] if key in now else self._cells.get(key)
            now[key] = assignment_of(painted)
            puts.append((key, now[key]))
            undo.append(painted_of(key, old, None if painted.template_id is None else painted.template_id))
        return self._change(puts, tuple(reversed(undo)))

    def trial(self, cells: Sequence[PaintedCell]) -> Change:
        """Return what a stroke would change; nothing is."""
        stood = [
            ((cell.person_id, cell.on_date), self._cells.get((cell.person_id, cell.on_date)))
            for cell in cells
        ]
        change = self.paint(cells)
        self._change(stood, ())
        return change

    def set_leaves(self, leaves: Collection[Leave]) -> Change:
        """Let other leaves hold, and return what that changed."""
        before, self._leaves = self._leaves, _by_person(leaves)
        people = {
            person
            for person in before.keys() | self._leaves.keys()
            if before.get(person) != self._leaves.get(person)
        }
        added, removed = self._look_again(people & self._lines.keys(), set())
        return Change(added, removed)

    def as_plan(self) -> RosterPlan:
        """Return the plan as it is now."""
        return replace(self.plan, cells=dict(self._cells), leaves=self.leaves)

    def _change(self, puts: Sequence[Put], undo: tuple[PaintedCell, ...]) -> Change:
        shifts = {(cell.template_id, key[1]) for key, _new in puts if (cell := self._cells.get(key))}
        moved = self._put(puts)
        shifts |= {(cell.template_id, key[1]) for key, _new in puts if (cell := self._cells.get(key))}
        added, removed = self._look_again({key[0] for key, _new in puts}, shifts)
        return Change(added, removed, tuple(self._shift_checks.counts[key] for key in moved), undo)

    def _put(self, puts: Iterable[Put]) -> list[CountKey]:
        moved: dict[CountKey, None] = {}
        for key, new in puts:
            line = self._lines.setdefault(key[0], {})
            old = self._cells.pop(key, None)
            if old is not None:
                del line[key[1]]
                moved |= dict.fromkeys(self._shift_checks.put(old, -1))
            if new is not None:
                self._cells[key] = line[key[1]] = new
                moved |= dict.fromkeys(self._shift_checks.put(new, 1))
        return list(moved)

    def _look_again(
        self, people: Iterable[PersonId], shifts: Iterable[Shift]
    ) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
        before: set[Violation] = set()
        after: set[Violation] = set()
        for person_id in people:
            line = self._lines[person_id]
            cells = [line[on] for on in sorted(line)]
            broken = self._line_checks.broken(
                self._people.get(person_id), cells, self._leaves.get(person_id, ())
            )
            before.update(self._of_line.get(person_id, ()))
            after.update(broken)
            self._of_line[person_id] = broken
        for shift in shifts:
            broken = self._shift_checks.broken(shift)
            before.update(self._of_shift.get(shift, ()))
            after.update(broken)
            self._of_shift[shift] = broken
        self._sorted = self._by_cell = None
        return tuple(sorted(after - before, key=_order)), tuple(sorted(before - after, key=_order))


def assignment_of(painted: PaintedCell) -> Assignment | None:
    """Return what stands in a cell once it is painted; version 0: it is not stored yet."""
    if painted.template_id is None:
        return None
    return Assignment(
        painted.person_id,
        painted.on_date,
        painted.template_id,
        painted.is_supervisor,
        0,
        painted.team_id,
        painted.is_fixed,
    )


def painted_of(key: CellKey, cell: Assignment | None, before: TemplateId | None) -> PaintedCell:
    """Return what to paint so that a cell is `cell` where `before` stands."""
    if cell is None:
        return PaintedCell(*key, None, before)
    return PaintedCell(*key, cell.template_id, before, cell.is_supervisor, cell.team_id, cell.is_fixed)


def _by_person(leaves: Iterable[Leave]) -> dict[PersonId, tuple[Leave, ...]]:
    found: dict[PersonId, tuple[Leave, ...]] = {}
    for leave in leaves:
        found[leave.person_id] = (*found.get(leave.person_id, ()), leave)
    return found


def _order(one: Violation) -> tuple[object, ...]:
    return (
        one.on_date,
        one.person_id or 0,
        one.rule,
        one.template_id or 0,
        one.team_id or 0,
        one.skill_id or 0,
        one.since or one.on_date,
    )
