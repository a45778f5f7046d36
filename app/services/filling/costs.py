"""What makes one roster better than another, as lines with a cost: wishes, fairness, calm, changes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from math import gcd

from app.models.entities.filling import (
    Debts,
    FillDay,
    FillMeasure,
    FillMode,
    FillPerson,
    FillShift,
)
from app.services.filling.fairness import Sharer, shared
from app.services.filling.lines import DAY, Board, Line, Slot, Sum

_USUAL_SHIFT = 8 * 60  # what the weight of hours is meant for


def cost_lines(board: Board) -> list[Line]:
    """Return every line that costs where it is exceeded, in an order that depends on the problem alone."""
    parts = [
        _wishes(board),
        *(_fair(board, fair) for fair in _measures(board)),
        _surplus(board),
        _singles(board),
        _changes(board),
    ]
    return [line for part in parts for line in part if line.cost and line.terms]


@dataclass(frozen=True)
class _Fair:
    """One thing to be shared fairly: which cells count, by how much, and what everybody did so far."""

    measure: FillMeasure
    weight: int
    counts: Callable[[FillShift, FillDay], int]
    debt: Callable[[Debts], float]
    unit: int = 1
    slack: int = 0


def _measures(board: Board) -> list[_Fair]:
    lengths = {shift.minutes for shift in board.problem.shifts if shift.is_work and shift.minutes}
    # Hours are counted in the largest length of which every shift is a multiple; half a shift is no matter.
    unit = reduce(gcd, lengths, 0) or 60
    slack = min(lengths, default=0) // 2 // unit
    weights = board.problem.weights

    def hours(shift: FillShift, _day: FillDay) -> int:
        return shift.minutes // unit if shift.is_work else 0

    def nights(shift: FillShift, _day: FillDay) -> int:
        return int(shift.is_night)

    def weekends(shift: FillShift, day: FillDay) -> int:
        return int(shift.is_work and day.is_weekend)

    def holidays(shift: FillShift, day: FillDay) -> int:
        return int(shift.is_work and day.is_holiday)

    by_hour = max(1, round(weights[FillMeasure.HOURS] * unit / _USUAL_SHIFT))
    return [
        _Fair(FillMeasure.NIGHTS, weights[FillMeasure.NIGHTS], nights, lambda debts: debts.nights),
        _Fair(FillMeasure.WEEKENDS, weights[FillMeasure.WEEKENDS], weekends, lambda debts: debts.weekends),
        _Fair(FillMeasure.HOLIDAYS, weights[FillMeasure.HOLIDAYS], holidays, lambda debts: debts.holidays),
        _Fair(FillMeasure.HOURS, by_hour, hours, lambda debts: debts.minutes / unit, unit, slack),
    ]


def _fair(board: Board, fair: _Fair) -> Iterator[Line]:
    sums = {person.id: _total(board, person, fair) for person in board.problem.people}
    sharers = {}
    for person in board.problem.people:
        # Nobody works two shifts a day: the most is the best of each date.
        best = sum(max(each.values(), default=0) for each in _by_date(sums[person.id]).values())
        least = sums[person.id].constant
        if best or least:
            weight = person.share * max(1, len(board.days) - len(person.away)) / 100
            sharers[int(person.id)] = Sharer(least, least + best, fair.debt(person.debts), weight)
    around = shared(_demands(board, fair, frozenset(sharers)), sharers)
    for person in board.problem.people:
        if int(person.id) not in around:
            continue
        low, high = around[int(person.id)]
        if fair.measure is FillMeasure.HOURS and person.target_minutes is not None:
            low = person.target_minutes // fair.unit
            high = -(-person.target_minutes // fair.unit)
        total = sums[person.id]
        # The second one too many costs twice as much: two people one off beat one who is two off.
        for more in (0, 1):
            yield _cost(fair.measure, fair.weight, total, high + fair.slack + more)
            yield _cost(fair.measure, fair.weight, -total, -(low - fair.slack - more))


def _demands(board: Board, fair: _Fair, able: frozenset[int]) -> list[tuple[float, frozenset[int]]]:
    """What each group of people must do over the stretch; what a smaller group does is taken out of a larger.

    Leading is a demand on those who may: where they are few they must work more, and that is nobody's fault.
    """
    by_group: dict[frozenset[int], float] = {}
    for day in board.problem.days:
        for shift in board.problem.shifts:
            factor = fair.counts(shift, day)
            needs = board.needed.get((day.on, shift.id), ())
            if not factor or not needs:
                continue
            for count, group in _groups(board, shift, day):
                by_group[group & able] = by_group.get(group & able, 0) + count * factor
    return [(demand, group) for group, demand in by_group.items() if group]


def _groups(board: Board, shift: FillShift, day: FillDay) -> Iterator[tuple[int, frozenset[int]]]:
    needs = board.needed[day.on, shift.id]
    everyone = frozenset(int(person.id) for person in board.problem.people)
    teams = [each for each in needs if each.team_id is not None and each.skill_id is None]
    rest = _needed_in_all(board, shift, day) - sum(need.minimum for need in teams)
    groups = [(need.minimum, frozenset(int(each) for each in need.people)) for need in teams]
    groups.append((rest, everyone))
    leaders = frozenset(int(person.id) for person in board.problem.people if person.can_lead)
    if shift.needs_supervisor and leaders:
        yield 1, leaders
        # Whoever leads is one of those needed: of the team most of them belong to.
        led = max(range(len(groups)), key=lambda each: (groups[each][0] > 0, len(groups[each][1] & leaders)))
        groups[led] = (groups[led][0] - 1, groups[led][1])
    yield from ((count, group) for count, group in groups if count > 0)


def _needed_in_all(board: Board, shift: FillShift, day: FillDay) -> int:
    """How many people a shift needs at the least, whatever the reason."""
    needs = board.needed.get((day.on, shift.id), ())
    teams = sum(need.minimum for need in needs if need.team_id is not None and need.skill_id is None)
    others = [need.minimum for need in needs if need.team_id is None or need.skill_id is not None]
    return max([teams, int(shift.needs_supervisor and bool(needs)), *others], default=0)


def _total(board: Board, person: FillPerson, fair: _Fair) -> Sum:
    total = Sum()
    for day in board.problem.days:
        cell = board.kept.get((person.id, day.on))
        if cell is not None:
            shift = board.shifts.get(cell.template_id)
            total.constant += fair.counts(shift, day) if shift is not None else 0
        for slot in board.slots.get((person.id, day.on), ()):
            factor = fair.counts(board.shifts[slot.template_id], day)
            if factor:
                total.terms[slot] = factor
    return total


def _by_date(total: Sum) -> dict[object, dict[Slot, int]]:
    found: dict[object, dict[Slot, int]] = {}
    for slot, factor in total.terms.items():
        found.setdefault(slot.on, {})[slot] = factor
    return found


def _wishes(board: Board) -> Iterator[Line]:
    weight = board.problem.weights[FillMeasure.WISHES]
    for wish in board.problem.wishes:
        if wish.person_id not in board.people or wish.on not in board.days:
            continue
        wanted = wish.template_id
        if wanted is None:
            total = board.at(wish.person_id, wish.on, lambda shift: shift.is_work)
            yield _cost(FillMeasure.WISHES, weight * wish.weight, total, 0)
        else:
            total = board.on_shift([wish.person_id], wish.on, wanted)
            yield _cost(FillMeasure.WISHES, weight * wish.weight, -total, -1)


def _surplus(board: Board) -> Iterator[Line]:
    weight = board.problem.weights[FillMeasure.SURPLUS]
    everyone = [person.id for person in board.problem.people]
    days = {day.on: day for day in board.problem.days}
    for on, template_id in sorted(board.needed):
        if on not in days:
            continue
        least = _needed_in_all(board, board.shifts[template_id], days[on])
        total = board.on_shift(everyone, on, template_id)
        for more in (0, 1):
            yield _cost(FillMeasure.SURPLUS, weight, total, least + more)


def _singles(board: Board) -> Iterator[Line]:
    """One shift between two days off. The last day is left alone: nobody knows what follows it."""
    weight = board.problem.weights[FillMeasure.SINGLES]
    for person in board.problem.people:
        for on in board.days:
            if on + DAY not in board.known:
                continue
            total = Sum()
            for each, factor in ((on - DAY, -1), (on, 1), (on + DAY, -1)):
                total.add(board.at(person.id, each, lambda shift: shift.is_work), factor)
            yield _cost(FillMeasure.SINGLES, weight, total, 0)


def _changes(board: Board) -> Iterator[Line]:
    # Where nothing is painted there is nothing to hold on to.
    if board.problem.mode is not FillMode.REPAIR or not board.problem.present:
        return
    weight = board.problem.weights[FillMeasure.CHANGES]
    for (person_id, on), slots in board.slots.items():
        cell = board.problem.present.get((person_id, on))
        if cell is None:
            yield _cost(FillMeasure.CHANGES, weight, Sum({slot: 1 for slot in slots}), 0)
            continue
        stays = Slot(person_id, on, cell.template_id)
        if stays not in slots:
            continue
        yield _cost(FillMeasure.CHANGES, weight, Sum({stays: -1}), -1)
        lead = board.leads.get(stays)
        if lead is not None:
            # Leading or not is a change as well, of a cell that keeps its shift.
            leads = Sum({lead: -1, stays: 1}) if cell.is_lead else Sum({lead: 1})
            yield _cost(FillMeasure.CHANGES, weight, leads, 0)


def _cost(measure: FillMeasure, cost: int, total: Sum, most: int) -> Line:
    return Line(total.terms, total.constant, most, measure, cost)
