"""Which rules one person's line of the roster breaks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.entities.calendars import DayType
from app.models.entities.ids import TemplateId
from app.models.entities.roster import Assignment, BrokenRule, RosterPerson, Severity, Violation
from app.models.entities.roster_plan import Leave, RosterPlan
from app.models.entities.roster_rules import RuleName
from app.services.roster.shift_times import ShiftTimes

_DAY = timedelta(days=1)
# A day off in lieu stands for a weekend, and lies among the days of a holiday.
_WEEKENDS = frozenset({DayType.WEEKEND.value, DayType.DAY_OFF_IN_LIEU.value})
_HOLIDAYS = frozenset({DayType.HOLIDAY.value, DayType.DAY_OFF_IN_LIEU.value})
Month = tuple[int, int]


def monday_of(on: date) -> date:
    """Return the Monday of a date's week."""
    return on - timedelta(days=on.weekday())


def month_of(on: date) -> Month:
    """Return a date's calendar month as year and number."""
    return on.year, on.month


@dataclass(slots=True)
class _Sum:
    """Minutes or nights of a week or month: the total, and the cell with which the limit was passed."""

    allowed: int
    since: date
    total: int = 0
    passed: Assignment | None = None

    def add(self, cell: Assignment, amount: int) -> None:
        self.total += amount
        if self.passed is None and self.total > self.allowed:
            self.passed = cell


class LineChecks:
    """The rules for persons of one plan; told is what has part in one of the plan's days."""

    def __init__(self, plan: RosterPlan, times: ShiftTimes) -> None:
        self._rules = plan.rules
        self._times = times
        self._types = plan.day_types
        self._first, self._last = plan.days[0], plan.days[-1]
        self._weeks = {monday_of(on) for on in plan.days}
        self._months = {month_of(on) for on in plan.days}
        self._weights = {broken: plan.rules.weight(broken) for broken in BrokenRule}
        self._rest = plan.rules.limit(RuleName.REST) * 60
        # The day after a night is short of rest as well: one telling is enough, if it weighs no less.
        heavy = list(Severity)
        self._night_says_it = heavy.index(self._weights[BrokenRule.DAY_AFTER_NIGHT]) >= heavy.index(
            self._weights[BrokenRule.REST]
        )

    def broken(
        self, person: RosterPerson | None, line: Sequence[Assignment], leaves: Collection[Leave]
    ) -> tuple[Violation, ...]:
        """Return what a line breaks. `line` is all that is planned for the person, by date.

        `person` is None for somebody who is not on the roster any more: nothing was agreed with them.
        """
        times = self._times
        found: list[Violation] = []
        work = [cell for cell in line if cell.template_id in times.work]
        self._runs(work, found)
        self._run(
            [cell for cell in line if cell.template_id in times.standby],
            BrokenRule.STANDBY_IN_A_ROW,
            self._rules.limit(RuleName.STANDBY),
            found,
        )
        self._sums(person, work, found)
        planned = [
            cell for cell in line if cell.template_id in times.work or cell.template_id in times.standby
        ]
        if leaves:
            for cell in planned:
                if any(leave.first <= cell.on_date <= leave.last for leave in leaves):
                    self._tell(found, BrokenRule.LEAVE, cell, 1, 0)
        if person is not None:
            self._agreed(person, planned, found)
        return tuple(found)

    def _runs(self, work: Sequence[Assignment], found: list[Violation]) -> None:
        """Check what follows what: rest, days after nights, shifts and nights in a row."""
        times = self._times
        most_nights = self._rules.limit(RuleName.NIGHTS_IN_A_ROW)
        earlier: Assignment | None = None
        ended = 0
        since = nights_since = self._first
        run = nights = 0
        for cell in work:
            on, template = cell.on_date, cell.template_id
            begins, ends = times.span(template, on)
            follows = earlier is not None and earlier.on_date == on - _DAY
            was_night = earlier is not None and earlier.template_id in times.nights
            run, since = (run + 1, since) if follows else (1, on)
            if template in times.nights:
                nights, nights_since = (nights + 1, nights_since) if follows and was_night else (1, on)
                if nights > most_nights:
                    self._tell(found, BrokenRule.NIGHTS_IN_A_ROW, cell, nights, most_nights, nights_since)
            if run > self._rules.limit(RuleName.SHIFTS_IN_A_ROW):
                most = self._rules.limit(RuleName.SHIFTS_IN_A_ROW)
                self._tell(found, BrokenRule.SHIFTS_IN_A_ROW, cell, run, most, since)
            if earlier is not None:
                rest = begins - ended
                is_after_night = (
                    follows and earlier.template_id in times.overnight and template in times.mornings
                )
                if is_after_night:
                    self._tell(found, BrokenRule.DAY_AFTER_NIGHT, cell, rest, self._rest, earlier.on_date)
                if rest < self._rest and not (is_after_night and self._night_says_it):
                    self._tell(found, BrokenRule.REST, cell, rest, self._rest, earlier.on_date)
            earlier, ended = cell, ends

    def _run(self, cells: Sequence[Assignment], rule: BrokenRule, most: int, found: list[Violation]) -> None:
        earlier: date | None = None
        since, run = self._first, 0
        for cell in cells:
            run, since = (run + 1, since) if earlier == cell.on_date - _DAY else (1, cell.on_date)
            earlier = cell.on_date
            if run > most:
                self._tell(found, rule, cell, run, most, since)

    def _sums(self, person: RosterPerson | None, work: Sequence[Assignment], found: list[Violation]) -> None:
        """Check hours of weeks and months, and nights of months, as far as they are the plan's."""
        times = self._times
        sums: dict[tuple[BrokenRule, date], _Sum] = {}
        for cell in work:
            on = cell.on_date
            minutes = times.minutes(cell.template_id, on)
            monday = monday_of(on)
            if monday in self._weeks:
                most = self._rules.limit(RuleName.HOURS_WEEK) * 60
                _sum_of(sums, BrokenRule.HOURS_WEEK, monday, most).add(cell, minutes)
            if month_of(on) not in self._months:
                continue
            first = on.replace(day=1)
            most = self._rules.limit(RuleName.HOURS_MONTH) * 60
            _sum_of(sums, BrokenRule.HOURS_MONTH, first, most).add(cell, minutes)
            if person is not None and person.contract_minutes is not None:
                agreed = self._agreed_minutes(person, first)
                _sum_of(sums, BrokenRule.CONTRACT, first, agreed).add(cell, minutes)
            if person is not None and person.nights_most is not None and cell.template_id in times.nights:
                _sum_of(sums, BrokenRule.NIGHTS_MOST, first, person.nights_most).add(cell, 1)
        for (rule, since), each in sums.items():
            if each.passed is not None:
                self._tell(found, rule, each.passed, each.total, each.allowed, since)

    def _agreed_minutes(self, person: RosterPerson, first: date) -> int:
        """Return the minutes of a month that were agreed: a week's by days of employment, and the leeway."""
        days = sum(person.is_employed(on) for on in days_of_month(first))
        return (person.contract_minutes or 0) * days * (100 + self._rules.limit(RuleName.CONTRACT)) // 700

    def _agreed(self, person: RosterPerson, planned: Sequence[Assignment], found: list[Violation]) -> None:
        for cell in planned:
            if not person.is_employed(cell.on_date):
                self._tell(found, BrokenRule.NOT_EMPLOYED, cell, 1, 0)
            if cell.template_id not in self._times.work:
                continue
            if person.no_nights and cell.template_id in self._times.nights:
                self._tell(found, BrokenRule.NO_NIGHTS, cell, 1, 0)
            kind = self._types.get(cell.on_date, "")
            if person.no_weekends and kind in _WEEKENDS:
                self._tell(found, BrokenRule.NO_WEEKENDS, cell, 1, 0)
            elif person.no_holidays and kind in _HOLIDAYS:
                self._tell(found, BrokenRule.NO_HOLIDAYS, cell, 1, 0)

    def _tell(
        self,
        found: list[Violation],
        rule: BrokenRule,
        cell: Assignment,
        count: int,
        allowed: int,
        since: date | None = None,
    ) -> None:
        weight = self._weights[rule]
        begins = cell.on_date if since is None else since
        if weight is Severity.OFF or begins > self._last or cell.on_date < self._first:
            return
        template: TemplateId = cell.template_id
        found.append(Violation(rule, cell.on_date, cell.person_id, template, count, allowed, weight, since))


def days_of_month(first: date) -> Iterator[date]:
    """Yield the dates of the month that begins on `first`."""
    on = first
    while on.month == first.month:
        yield on
        on += _DAY


def _sum_of(sums: dict[tuple[BrokenRule, date], _Sum], rule: BrokenRule, since: date, allowed: int) -> _Sum:
    if (rule, since) not in sums:
        sums[rule, since] = _Sum(allowed, since)
    return sums[rule, since]
