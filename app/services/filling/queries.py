"""What filling is asked: the problem of a stretch of dates, with everything it reads from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.entities.errors import RuleViolation
from app.models.entities.filling import CellKey, FillMode, FillProblem, Instance
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import Assignment
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named
from app.services.filling.problems import FillChoices, problem_of
from app.services.roster.fairness_queries import load_fairness
from app.services.roster.planned import load_plan
from app.services.roster.queries import site_zone

MOST_DAYS = 62


@dataclass(frozen=True)
class ToFill:
    """A problem with the cells it was made from, which `strokes` compares the result with, and names."""

    problem: FillProblem
    cells: Mapping[CellKey, Assignment]
    people: Mapping[PersonId, str]
    shifts: Mapping[TemplateId, str]


@query(permission="roster.edit")
def fill_problem(
    ctx: Context,
    read: Reader,
    first: date,
    last: date,
    *,
    mode: FillMode = FillMode.ANEW,
    is_strict: bool = False,
    is_to_contract: bool = False,
    excepted: frozenset[Instance] = frozenset(),
) -> ToFill:
    """Return the problem of filling `first` to `last`, both included; nothing before today is part of it.

    Raises:
        RuleViolation: `filling.stretch_over`, `filling.stretch_long`, `filling.nobody`, `filling.no_needs`.
    """
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    if last < max(first, today):
        raise RuleViolation("filling.stretch_over")
    if (last - first).days >= MOST_DAYS:
        raise RuleViolation("filling.stretch_long", most=MOST_DAYS)
    plan = load_plan(read, first, last, today=today)
    if not plan.people:
        raise RuleViolation("filling.nobody")
    start = max(first, today)
    choices = FillChoices(start, mode, is_strict, is_to_contract, excepted)
    problem = problem_of(plan, load_fairness(read, start).shares, choices)
    if not problem.needs:
        raise RuleViolation("filling.no_needs")
    return ToFill(
        problem,
        plan.cells,
        {person.id: named(person, ctx.language) for person in plan.people},
        {template.id: template.code for template in plan.templates},
    )
