"""Reasons that follow from counting alone, told at once and in plain figures. Pure.

Each check is necessary: what it reports cannot be mended by any choice of cells. That nothing is reported
proves nothing; then the solver decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from app.models.entities.filled import FillCode, Trouble
from app.models.entities.filling import FillNeed, FillRule, FillShift, Instance, Strength
from app.models.entities.ids import PersonId
from app.services.filling.lines import Board
from app.services.filling.rules import dates, months_of, nights_most, setting_of, weeks_of


def checks(board: Board) -> tuple[Trouble, ...]:
    """Return what hard rules rule out by mere counting, by date; rules with an exception are left aside."""
    excepted = {each.on for each in board.problem.excepted}
    found: list[Trouble] = []
    for on in board.days:
        if on not in excepted:
            short = list(_needs(board, on))
            found += [*(short or _places(board, on)), *_leaders(board, on)]
    if not found and not excepted:
        found += [*_hours(board), *_nights(board)]
    return tuple(found)


def _is_hard(board: Board, *rules: FillRule) -> bool:
    return all(setting_of(board.problem, rule).strength is Strength.HARD for rule in rules)


def _able(board: Board, person_id: PersonId, on: date, wanted: Callable[[FillShift], bool]) -> bool:
    """Whether the person works, or may work, a shift that is `wanted` on the date."""
    total = board.at(person_id, on, wanted)
    return bool(total.terms) or total.constant > 0


def _needs(board: Board, on: date) -> Iterator[Trouble]:
    for need in board.problem.needs:
        rule = FillRule.COVERAGE if need.skill_id is None else FillRule.SKILL
        if need.on != on or need.minimum < 1 or not _is_hard(board, rule):
            continue
        total = board.on_shift(need.people, on, need.template_id)
        able = len(total.terms) + total.constant
        if able < need.minimum:
            yield _short(need, able)


def _short(need: FillNeed, able: int) -> Trouble:
    is_skill = need.skill_id is not None
    rule = FillRule.SKILL if is_skill else FillRule.COVERAGE
    return Trouble(
        FillCode.TOO_FEW_SKILLED if is_skill else FillCode.TOO_FEW_PEOPLE,
        need.on,
        need.on,
        able,
        need.minimum,
        Instance(rule, need.on, None, need.template_id, need.team_id, need.skill_id),
        need.template_id,
        need.team_id,
        need.skill_id,
    )


def _leaders(board: Board, on: date) -> Iterator[Trouble]:
    """Every shift that needs a duty supervisor needs another person: nobody works two shifts a day."""
    if not _is_hard(board, FillRule.SUPERVISOR):
        return
    led = [shift.id for shift in board.problem.shifts if _is_led(board, on, shift)]
    sums = [board.leading(on, template_id) for template_id in led]
    for template_id, total in zip(led, sums, strict=True):
        if not total.terms and not total.constant:
            instance = Instance(FillRule.SUPERVISOR, on, None, template_id)
            yield Trouble(FillCode.TOO_FEW_LEADERS, on, on, 0, 1, instance, template_id)
            return
    free = [total for total in sums if not total.constant]
    leaders = {slot.person_id for total in free for slot in total.terms}
    if len(leaders) < len(free):
        done = len(led) - len(free)
        yield Trouble(
            FillCode.TOO_FEW_LEADERS,
            on,
            on,
            len(leaders) + done,
            len(led),
            Instance(FillRule.SUPERVISOR, on),
        )


def _is_led(board: Board, on: date, shift: FillShift) -> bool:
    return shift.needs_supervisor and (on, shift.id) in board.needed


def _demand(board: Board, on: date, shift: FillShift) -> int:
    """How many people a shift needs on a date under hard rules, whoever they are."""
    if not _is_hard(board, FillRule.COVERAGE):
        return 0
    needs = [each for each in board.needed.get((on, shift.id), ()) if each.skill_id is None]
    teams = [each for each in needs if each.team_id is not None]
    # People of several teams may fill several needs at once; only separate ones add up.
    apart = sum(len(each.people) for each in teams) == len({one for each in teams for one in each.people})
    least = sum(each.minimum for each in teams) if apart else max((each.minimum for each in teams), default=0)
    return max([least, *(each.minimum for each in needs if each.team_id is None)], default=0)


def _places(board: Board, on: date) -> Iterator[Trouble]:
    needed = sum(_demand(board, on, shift) for shift in board.problem.shifts)
    asked = {shift.id for shift in board.problem.shifts if (on, shift.id) in board.needed}
    there = sum(
        _able(board, person.id, on, lambda shift: shift.id in asked) for person in board.problem.people
    )
    if there < needed:
        yield Trouble(FillCode.TOO_FEW_ON_DATE, on, on, there, needed, Instance(FillRule.COVERAGE, on))


def _hours(board: Board) -> Iterator[Trouble]:
    for rule, stretches in (
        (FillRule.WEEK_HOURS, weeks_of(board.problem)),
        (FillRule.MONTH_HOURS, months_of(board.problem)),
    ):
        if not _is_hard(board, rule):
            continue
        limit = setting_of(board.problem, rule).limit
        for first, last in stretches:
            days = [on for on in dates(first, last) if on in board.days]
            needed = sum(
                _demand(board, on, shift) * board.length(shift.id, on)
                for on in days
                for shift in board.problem.shifts
                if _demand(board, on, shift)
            )
            may = sum(_possible(board, person.id, days, limit) for person in board.problem.people)
            if may < needed:
                yield Trouble(FillCode.TOO_FEW_HOURS, days[0], days[-1], may, needed, Instance(rule, first))


def _possible(board: Board, person_id: PersonId, days: list[date], limit: int) -> int:
    kept = most = 0
    for on in days:
        total = board.minutes(person_id, on)
        kept += total.constant
        most += total.constant + max(total.terms.values(), default=0)
    return min(most, max(limit, kept))


def _nights(board: Board) -> Iterator[Trouble]:
    if not _is_hard(board, FillRule.MONTH_NIGHTS):
        return
    for first, last in months_of(board.problem):
        days = [on for on in dates(first, last) if on in board.days]
        needed = sum(
            _demand(board, on, shift) for on in days for shift in board.problem.shifts if shift.is_night
        )
        may = 0
        for person in board.problem.people:
            nights = sum(_able(board, person.id, on, lambda shift: shift.is_night) for on in days)
            kept = sum(board.at(person.id, on, lambda shift: shift.is_night).constant for on in days)
            may += min(nights, max(kept, nights_most(board.problem, person)))
        if may < needed:
            instance = Instance(FillRule.MONTH_NIGHTS, first)
            yield Trouble(FillCode.TOO_FEW_NIGHTS, days[0], days[-1], may, needed, instance)
