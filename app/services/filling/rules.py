"""What each rule of a roster asks of its cells, as lines. Pure.

The rules agree with `roster.rules.violations`: whatever is filled under hard rules breaks none of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

from app.models.entities.filling import (
    FillPerson,
    FillProblem,
    FillRule,
    FillShift,
    Instance,
    RuleSetting,
    Strength,
)
from app.models.entities.ids import PersonId
from app.services.filling.lines import DAY, Board, Line, Slot, Sum, rule_line

_OFF = RuleSetting(Strength.OFF)
_ORDER = (Strength.OFF, Strength.SOFT, Strength.HARD)


def rule_lines(board: Board) -> list[Line]:
    """Return the lines of every rule that is not off, in an order that depends on the problem alone."""
    parts = [_needs(board), _supervisors(board)]
    for person in board.problem.people:
        parts += [
            _pairs(board, person),
            _rows(board, person, FillRule.NIGHTS_IN_A_ROW, lambda shift: shift.is_night),
            _rows(board, person, FillRule.SHIFTS_IN_A_ROW, lambda shift: shift.is_work),
            _days_off(board, person),
            _weeks(board, person),
            _months(board, person),
            _barred(board, person),
        ]
    return [line for part in parts for line in part if line is not None]


def setting_of(problem: FillProblem, rule: FillRule) -> RuleSetting:
    """How a rule binds in a problem; a rule nobody named is off."""
    return problem.rules.get(rule, _OFF)


def months_of(problem: FillProblem) -> list[tuple[date, date]]:
    """Return first and last date of every calendar month the days reach into."""
    firsts = sorted({day.on.replace(day=1) for day in problem.days})
    return [(first, first.replace(day=monthrange(first.year, first.month)[1])) for first in firsts]


def weeks_of(problem: FillProblem) -> list[tuple[date, date]]:
    """Return Monday and Sunday of every week the days reach into."""
    mondays = sorted({day.on - DAY * day.on.weekday() for day in problem.days})
    return [(monday, monday + DAY * 6) for monday in mondays]


def dates(first: date, last: date) -> list[date]:
    """Every date from `first` to `last`, both included."""
    return [first + DAY * count for count in range((last - first).days + 1)]


def total_over(stretch: list[date], each: Callable[[date], Sum]) -> Sum:
    """Add up one sum a date."""
    total = Sum()
    for on in stretch:
        total.add(each(on))
    return total


def nights_most(problem: FillProblem, person: FillPerson) -> int:
    """How many nights of a month the person may work: their own number, else the rule's."""
    limit = setting_of(problem, FillRule.MONTH_NIGHTS).limit
    return limit if person.nights_most is None else min(limit, person.nights_most)


def _needs(board: Board) -> Iterator[Line | None]:
    for need in board.problem.needs:
        rule = FillRule.COVERAGE if need.skill_id is None else FillRule.SKILL
        instance = Instance(rule, need.on, None, need.template_id, need.team_id, need.skill_id)
        people = board.on_shift(sorted(need.people), need.on, need.template_id)
        yield (
            rule_line(board.problem, instance, -people, -need.minimum, allowed=need.minimum, sign=-1)
            if need.minimum > 0
            else None
        )


def _supervisors(board: Board) -> Iterator[Line | None]:
    for on, template_id in sorted(board.needed):
        if not board.shifts[template_id].needs_supervisor:
            continue
        instance = Instance(FillRule.SUPERVISOR, on, None, template_id)
        leading = board.leading(on, template_id)
        yield rule_line(board.problem, instance, -leading, -1, allowed=1, sign=-1)
        yield rule_line(board.problem, instance, leading, 1, allowed=1)


def _pairs(board: Board, person: FillPerson) -> Iterator[Line | None]:
    """Two shifts of one person that stand too close to each other."""
    rest = setting_of(board.problem, FillRule.REST)
    reach = 1 + (rest.limit + _longest(board)) // (24 * 60) if rest.strength is not Strength.OFF else 1
    shown = set(board.days)
    for earlier in dates(board.days[0] - DAY * reach, board.days[-1]):
        for later in dates(earlier + DAY, earlier + DAY * reach):
            if earlier in shown or later in shown:
                yield from _close(board, person.id, earlier, later)


def _close(board: Board, person_id: PersonId, earlier: date, later: date) -> Iterator[Line | None]:
    for before in _choices(board, person_id, earlier):
        for after in _choices(board, person_id, later):
            rule, gap = _too_close(board, before[0], earlier, after[0], later)
            if rule is None:
                continue
            total = Sum()
            for slot in (before[1], after[1]):
                total.add(Sum({slot: 1}) if slot is not None else Sum(constant=1))
            instance = Instance(rule, later, person_id, after[0].id)
            allowed = setting_of(board.problem, FillRule.REST).limit
            yield rule_line(board.problem, instance, total, 1, allowed=allowed, found=gap)


def _too_close(
    board: Board, before: FillShift, earlier: date, after: FillShift, later: date
) -> tuple[FillRule | None, int]:
    """Return the rule that two shifts of one person would break, and the minutes between them."""
    gap = board.problem.spans[after.id, later][0] - board.problem.spans[before.id, earlier][1]
    rest = setting_of(board.problem, FillRule.REST)
    morning = setting_of(board.problem, FillRule.DAY_AFTER_NIGHT)
    is_short = rest.strength is not Strength.OFF and gap < rest.limit
    is_morning = (
        before.is_overnight and later == earlier + DAY and after.starts_in_morning and not after.is_night
    ) and morning.strength is not Strength.OFF
    if is_morning and not (is_short and _ORDER.index(rest.strength) > _ORDER.index(morning.strength)):
        return FillRule.DAY_AFTER_NIGHT, gap
    return (FillRule.REST if is_short else None), gap


def _choices(board: Board, person_id: PersonId, on: date) -> list[tuple[FillShift, Slot | None]]:
    """The work a person may do on a date; without a slot where it is kept."""
    cell = board.kept.get((person_id, on))
    if cell is not None:
        shift = board.shifts.get(cell.template_id)
        return [(shift, None)] if shift is not None and shift.is_work else []
    slots = board.slots.get((person_id, on), ())
    return [
        (board.shifts[slot.template_id], slot) for slot in slots if board.shifts[slot.template_id].is_work
    ]


def _rows(
    board: Board, person: FillPerson, rule: FillRule, wanted: Callable[[FillShift], bool]
) -> Iterator[Line | None]:
    limit = setting_of(board.problem, rule).limit
    if limit < 1:
        return
    for on in dates(board.days[0] - DAY * limit, board.days[-1]):
        window = dates(on, on + DAY * limit)
        total = total_over(window, lambda each: board.at(person.id, each, wanted))
        yield rule_line(board.problem, Instance(rule, window[-1], person.id), total, limit, allowed=limit)


def _days_off(board: Board, person: FillPerson) -> Iterator[Line | None]:
    """Days off stand together: no shorter row of them between two days of work."""
    limit = setting_of(board.problem, FillRule.DAYS_OFF).limit
    for length in range(1, limit):
        for on in dates(board.days[0] - DAY * (length + 1), board.days[-1]):
            stretch = dates(on, on + DAY * (length + 1))
            if not board.known.issuperset(stretch):
                continue
            total = Sum()
            for each in stretch:
                work = board.at(person.id, each, lambda shift: shift.is_work)
                total.add(work, 1 if each in (stretch[0], stretch[-1]) else -1)
            instance = Instance(FillRule.DAYS_OFF, stretch[1], person.id)
            yield rule_line(board.problem, instance, total, 1, allowed=limit, found=length)


def _weeks(board: Board, person: FillPerson) -> Iterator[Line | None]:
    limit = setting_of(board.problem, FillRule.WEEK_HOURS).limit
    for first, last in weeks_of(board.problem):
        yield _hours(board, person, FillRule.WEEK_HOURS, (first, last), limit)


def _months(board: Board, person: FillPerson) -> Iterator[Line | None]:
    limit = setting_of(board.problem, FillRule.MONTH_HOURS).limit
    nights = nights_most(board.problem, person)
    for first, last in months_of(board.problem):
        yield _hours(board, person, FillRule.MONTH_HOURS, (first, last), limit)
        total = total_over(
            dates(first, last), lambda on: board.at(person.id, on, lambda shift: shift.is_night)
        )
        instance = Instance(FillRule.MONTH_NIGHTS, first, person.id)
        yield rule_line(board.problem, instance, total, nights, allowed=nights)


def _hours(
    board: Board, person: FillPerson, rule: FillRule, stretch: tuple[date, date], limit: int
) -> Line | None:
    total = total_over(dates(*stretch), lambda on: board.minutes(person.id, on))
    instance = Instance(rule, stretch[0], person.id)
    return rule_line(board.problem, instance, total, limit, allowed=limit, counts_once=True)


def _barred(board: Board, person: FillPerson) -> Iterator[Line | None]:
    for on in board.days:
        for slot in board.slots.get((person.id, on), ()):
            if (on, slot.template_id) in person.barred:
                instance = Instance(FillRule.ELIGIBILITY, on, person.id, slot.template_id)
                yield rule_line(board.problem, instance, Sum({slot: 1}), 0, allowed=0, found=1)


def _longest(board: Board) -> int:
    return max((end - begin for begin, end in board.problem.spans.values()), default=0)
