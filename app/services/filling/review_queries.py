"""What taking over a filled roster would leave: broken rules, fairness, cells painted meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.models.entities.roster import Assignment, PaintedCell, Violation
from app.models.entities.roster_plan import CellKey, FairShare, RosterPlan
from app.models.entities.wishes import WishesMet
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.checks import RosterChecks
from app.services.roster.fairness import by_measure, score, shares_of
from app.services.roster.fairness_queries import load_fairness
from app.services.roster.planned import load_plan_from
from app.services.roster.wishing import met


@dataclass(frozen=True, slots=True)
class FairScore:
    """How fair the twelve months up to the end of the stretch are, 0 to 100; None: nobody to compare."""

    score: int | None
    by_measure: Mapping[str, int]


@dataclass(frozen=True)
class FillReview:
    """A proposal beside what stands there now.

    `broken_before` and `broken_after` are the broken rules of the stretch. `clashes` are the cells of the
    proposal in which another shift stands by now: with one of them nothing is taken over. `wishes_before`
    and `wishes_after` say of everybody who wished something how many of their wishes it fulfils.
    """

    plan: RosterPlan
    broken_before: tuple[Violation, ...]
    broken_after: tuple[Violation, ...]
    fair_before: FairScore
    fair_after: FairScore
    clashes: tuple[PaintedCell, ...] = ()
    wishes_before: tuple[WishesMet, ...] = ()
    wishes_after: tuple[WishesMet, ...] = ()


@query(permission="roster.edit")
def fill_review(
    ctx: Context, read: Reader, first: date, last: date, cells: Sequence[PaintedCell]
) -> FillReview:
    """Return what painting `cells` into `first` to `last`, both included, would leave; nothing is painted."""
    plan = load_plan_from(read, first, last, ctx.clock.now())
    checks = RosterChecks(plan)
    broken = checks.violations
    clashes = tuple(cell for cell in cells if _stands(plan, cell) != cell.before)
    shifts = {each.id: each for each in plan.templates}
    wishes_before = tuple(met(plan.wishes, plan.cells, shifts))
    checks.paint(cells)
    ledger = load_fairness(read, last + timedelta(days=1)).shares
    moved = _moved(ledger, _shares(plan, plan.cells, checks), _shares(plan, checks.cells, checks))
    return FillReview(
        plan,
        broken,
        checks.violations,
        _fair(ledger),
        _fair(moved),
        clashes,
        wishes_before,
        tuple(met(plan.wishes, checks.cells, shifts)),
    )


def _stands(plan: RosterPlan, cell: PaintedCell) -> int | None:
    there = plan.cells.get((cell.person_id, cell.on_date))
    return None if there is None else there.template_id


def _fair(shares: Sequence[FairShare]) -> FairScore:
    return FairScore(score(shares), by_measure(shares))


def _shares(
    plan: RosterPlan, cells: Mapping[CellKey, Assignment], checks: RosterChecks
) -> dict[int, FairShare]:
    shown = {on: plan.day_types[on] for on in plan.days}
    full = plan.rules.full_time_hours * 60
    return {
        share.person_id: share for share in shares_of(plan.people, dict(cells), checks.times, shown, full)
    }


def _moved(
    ledger: Sequence[FairShare], before: Mapping[int, FairShare], after: Mapping[int, FairShare]
) -> list[FairShare]:
    """Return the ledger with what a stretch held exchanged for what it would hold."""
    return [_exchanged(share, before, after) if share.person_id in after else share for share in ledger]


def _exchanged(
    share: FairShare, before: Mapping[int, FairShare], after: Mapping[int, FairShare]
) -> FairShare:
    was, would = before[share.person_id], after[share.person_id]
    return replace(
        share,
        nights=share.nights - was.nights + would.nights,
        weekends=share.weekends - was.weekends + would.weekends,
        holidays=share.holidays - was.holidays + would.holidays,
        minutes=share.minutes - was.minutes + would.minutes,
    )
