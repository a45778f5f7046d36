"""What painting a roster costs: forty people and a month, with rules of every kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.models.entities.roster import Assignment, CoverageRule, PaintedCell
from app.models.entities.roster_plan import RosterPlan
from app.services.roster.checks import RosterChecks
from app.services.roster.remedies import remedies
from tests.bench.measuring import Line, median_ms
from tests.support import roster_plans as plans

FIRST = date(2026, 10, 1)
PEOPLE, TEAMS = 40, 4
CELLS = PEOPLE * 31


def painting_lines() -> Iterator[Line]:
    """Measure the checks of a month, one stroke with what a page then reads, and looking for remedies."""
    plan = _plan()
    yield Line("roster: check a month", CELLS, median_ms(lambda: RosterChecks(plan).violations), None, 50.0)
    checks = RosterChecks(plan)
    places = itertools.cycle(_strokes())
    taken = median_ms(lambda: (checks.paint([next(places)]), checks.violations, checks.counts), 500)
    yield Line("roster: paint a cell", CELLS, taken, None, goal_ms=2.0)
    checks = RosterChecks(plan)
    broken = itertools.cycle(checks.violations)
    found = median_ms(lambda: remedies(checks, next(broken)), 50)
    yield Line("roster: look for remedies", CELLS, found, None, goal_ms=50.0)


def _plan() -> RosterPlan:
    people = [plans.person(number, team=1 + number % TEAMS) for number in range(1, PEOPLE + 1)]
    cells: dict[Any, Assignment] = {}
    for number in range(1, PEOPLE + 1):
        cells |= plans.line(number, FIRST - timedelta(days=10), ("DN--" * 12)[number % 4 :][:44])
    coverage = [
        CoverageRule(template, team, kind, 3)  # type: ignore[arg-type]
        for template in (1, 2, 3)
        for team in range(1, TEAMS + 1)
        for kind in ("workday", "weekend")
    ]
    return plans.plan(plans.month(FIRST), cells, people, coverage=tuple(coverage))


def _strokes() -> Iterator[PaintedCell]:
    shifts = itertools.cycle((None, 1, 2, 3, 4))
    for count in range(977):
        on = FIRST + timedelta(days=count * 7 % 31)
        yield PaintedCell(1 + count * 11 % PEOPLE, on, next(shifts))  # type: ignore[arg-type]
