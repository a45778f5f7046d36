"""The one form everything takes: a sum over cells that shall not exceed a number. Pure.

A slot is a choice: this person works this shift on this date, or leads it. What is kept is no choice, it
counts as the number it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from app.models.entities.filling import (
    CellKey,
    Cells,
    FillCell,
    FillMeasure,
    FillMode,
    FillNeed,
    FillPerson,
    FillProblem,
    FillRule,
    FillShift,
    Instance,
    Strength,
)
from app.models.entities.ids import PersonId, TemplateId

DAY = timedelta(days=1)


class Slot(NamedTuple):
    """One choice the fill makes."""

    person_id: PersonId
    on: date
    template_id: TemplateId
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Σ terms + `constant` shall not exceed `most`; each unit above costs `cost` where that is allowed.

    `instance` is set for a rule, `measure` says what a cost counts as. `found` is the figure of the broken
    rule where it is known ahead; else it is `allowed` and the excess, `sign` telling in which direction.
    """

    terms: Mapping[Slot, int]
    constant: int
    most: int
    measure: FillMeasure
    cost: int = 0
    is_hard: bool = False
    counts_once: bool = False
    instance: Instance | None = None
    allowed: int = 0
    found: int | None = None
    sign: int = 1

    def excess(self, chosen: Callable[[Slot], int]) -> int:
        """How far the cells chosen exceed it; with `counts_once` 1 for any excess."""
        above = self.above(chosen)
        return min(above, 1) if self.counts_once else above

    def above(self, chosen: Callable[[Slot], int]) -> int:
        """As `excess`, in the line's own unit."""
        total = self.constant + sum(factor * chosen(slot) for slot, factor in self.terms.items())
        return max(0, total - self.most)


@dataclass
class Sum:
    """A sum over cells on its way to a line."""

    terms: dict[Slot, int] = field(default_factory=dict)
    constant: int = 0

    def add(self, other: Sum, factor: int = 1) -> Sum:
        """Add another sum; return this one."""
        for slot, each in other.terms.items():
            self.terms[slot] = self.terms.get(slot, 0) + factor * each
        self.constant += factor * other.constant
        return self

    def __neg__(self) -> Sum:
        return Sum().add(self, -1)


class Board:
    """A problem's slots, and sums over them. `with_barred` offers what people's terms rule out as well."""

    def __init__(self, problem: FillProblem, *, with_barred: bool = False) -> None:
        self.problem = problem
        eligibility = problem.rules.get(FillRule.ELIGIBILITY)
        is_binding = eligibility is not None and eligibility.strength is Strength.HARD
        self.with_barred = with_barred or not is_binding
        self.days = tuple(day.on for day in problem.days)
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.people = {person.id: person for person in problem.people}
        self.kept = _kept(problem)
        self.needed = _needed(problem)
        self.slots: dict[CellKey, list[Slot]] = {}
        self.leads: dict[Slot, Slot] = {}
        for person in problem.people:
            for on in self.days:
                self._offer(person.id, on)

    @cached_property
    def known(self) -> frozenset[date]:
        """The dates of which something is known: those to fill, those before, later ones with cells."""
        later = {on for _, on in self.kept if on > self.days[-1]}
        earliest = min((on for _, on in self.kept), default=self.days[0])
        before = {earliest + DAY * count for count in range((self.days[0] - earliest).days)}
        # Rows of shifts look back: a date without cells just before the stretch is a day off.
        back = {self.days[0] - DAY * count for count in range(1, 8)}
        return frozenset({*self.days, *later, *before, *back})

    def at(self, person_id: PersonId, on: date, wanted: Callable[[FillShift], bool]) -> Sum:
        """1 where the person has a shift that is `wanted` on the date."""
        return self._sum(person_id, on, lambda shift: int(wanted(shift)))

    def minutes(self, person_id: PersonId, on: date) -> Sum:
        """How long the person works on the date."""
        return self._sum(person_id, on, lambda shift: self.length(shift.id, on))

    def length(self, template_id: TemplateId, on: date) -> int:
        """A shift's real minutes on a date; 0 for standby and absences."""
        shift = self.shifts.get(template_id)
        if shift is None or not shift.is_work:
            return 0
        begin, end = self.problem.spans[template_id, on]
        return end - begin

    def on_shift(self, people: Iterable[PersonId], on: date, template_id: TemplateId) -> Sum:
        """How many of `people` are on the shift."""
        total = Sum()
        for person_id in people:
            total.add(self.at(person_id, on, lambda shift: shift.id == template_id))
        return total

    def leading(self, on: date, template_id: TemplateId) -> Sum:
        """How many lead the shift."""
        total = Sum()
        for person in self.problem.people:
            lead = self.leads.get(Slot(person.id, on, template_id))
            if lead is not None:
                total.terms[lead] = 1
        total.constant = sum(
            1
            for (_, date_), cell in self.kept.items()
            if date_ == on and cell.template_id == template_id and cell.is_lead
        )
        return total

    def _sum(self, person_id: PersonId, on: date, factor: Callable[[FillShift], int]) -> Sum:
        cell = self.kept.get((person_id, on))
        if cell is not None:
            shift = self.shifts.get(cell.template_id)
            return Sum(constant=factor(shift) if shift is not None else 0)
        slots = self.slots.get((person_id, on), ())
        factors = ((slot, factor(self.shifts[slot.template_id])) for slot in slots)
        return Sum({slot: each for slot, each in factors if each})

    def _offer(self, person_id: PersonId, on: date) -> None:
        person, problem = self.people[person_id], self.problem
        if on in person.away or (person_id, on) in self.kept:
            return
        present = problem.present.get((person_id, on))
        slots = []
        for shift in problem.shifts:
            is_present = present is not None and present.template_id == shift.id
            if self._is_barred(person, on, shift.id) or not (is_present or (on, shift.id) in self.needed):
                continue
            slot = Slot(person_id, on, shift.id)
            slots.append(slot)
            if person.can_lead and shift.needs_supervisor:
                self.leads[slot] = slot._replace(is_lead=True)
        if slots:
            self.slots[person_id, on] = slots

    def _is_barred(self, person: FillPerson, on: date, template_id: TemplateId) -> bool:
        if self.with_barred or (on, template_id) not in person.barred:
            return False
        exception = Instance(FillRule.ELIGIBILITY, on, person.id, template_id)
        return exception not in self.problem.excepted


def rule_line(
    problem: FillProblem,
    instance: Instance,
    total: Sum,
    most: int,
    *,
    allowed: int,
    found: int | None = None,
    sign: int = 1,
    counts_once: bool = False,
) -> Line | None:
    """Return the line of a rule, None where the rule is off or nothing about it can be chosen.

    What kept cells alone exceed is nobody's choice: the line then only asks that it gets no worse. With
    `sign` -1 the line asks for people, and falling short is trouble whoever painted what stands there.
    """
    setting = problem.rules.get(instance.rule)
    if setting is None or setting.strength is Strength.OFF:
        return None
    asks_for_people = sign < 0
    if not total.terms and not (asks_for_people and total.constant > most):
        return None
    floor = total.constant + sum(min(0, factor) for factor in total.terms.values())
    is_forced = floor > most and not asks_for_people
    return Line(
        terms=total.terms,
        constant=total.constant,
        most=floor if is_forced else most,
        measure=FillMeasure.RULES,
        cost=problem.weights[FillMeasure.RULES],
        is_hard=setting.strength is Strength.HARD and instance not in problem.excepted,
        counts_once=counts_once,
        instance=instance,
        allowed=allowed,
        found=found,
        sign=sign,
    )


def _kept(problem: FillProblem) -> Cells:
    if problem.mode is not FillMode.HOLES:
        return problem.kept
    away = {(person.id, on) for person in problem.people for on in person.away}
    stays = {key: cell for key, cell in problem.present.items() if key not in away}
    return {**stays, **problem.kept}


def _needed(problem: FillProblem) -> Mapping[tuple[date, TemplateId], list[FillNeed]]:
    found: dict[tuple[date, TemplateId], list[FillNeed]] = {}
    for need in problem.needs:
        if need.minimum > 0:
            found.setdefault((need.on, need.template_id), []).append(need)
    return found


def chosen_in(cells: Cells) -> Callable[[Slot], int]:
    """Return what tells, of cells as they stand, which slots are chosen."""

    def chosen(slot: Slot) -> int:
        cell = cells.get((slot.person_id, slot.on))
        fits = cell is not None and cell.template_id == slot.template_id
        return int(fits and (not slot.is_lead or (cell is not None and cell.is_lead)))

    return chosen


def cells_of(board: Board, chosen: Callable[[Slot], int]) -> dict[CellKey, FillCell]:
    """Return the cells of the stretch that a choice means, kept ones included."""
    shown = set(board.days)
    found = {key: cell for key, cell in board.kept.items() if key[1] in shown}
    for key, slots in board.slots.items():
        for slot in slots:
            if chosen(slot):
                lead = board.leads.get(slot)
                found[key] = FillCell(slot.template_id, lead is not None and bool(chosen(lead)))
    return found
