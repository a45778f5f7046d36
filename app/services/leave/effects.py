"""What a swap would do to the two people, the rules, the coverage and the fairness of the desk. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId
from app.models.entities.leave import PersonEffect, SwapEffect
from app.models.entities.roster import Assignment, PaintedCell
from app.models.entities.roster_plan import Fairness, FairShare
from app.services.roster.checks import RosterChecks
from app.services.roster.fairness import REST_DAYS, score


def effect(
    checks: RosterChecks, painted: Sequence[PaintedCell], people: Sequence[PersonId], ledger: Fairness
) -> SwapEffect:
    """Return what painting the cells would do; `checks` are left as they were.

    The ledger's score is reckoned again with the nights, weekends, holidays and hours that change hands.
    """
    before = {person: _tally(checks, person) for person in people}
    change = checks.paint(painted)
    after = {person: _tally(checks, person) for person in people}
    rests = {person: shortest_rest(checks, person, painted) for person in people}
    checks.paint(change.undo)
    names = {person.id: person.name for person in checks.plan.people}
    moved = {person: after[person].minus(before[person]) for person in people}
    return SwapEffect(
        people=tuple(
            PersonEffect(
                person,
                names.get(person, ""),
                before[person].minutes,
                after[person].minutes,
                before[person].nights,
                after[person].nights,
                before[person].weekends,
                after[person].weekends,
                rests[person],
            )
            for person in people
        ),
        added=change.added,
        removed=change.removed,
        coverage=change.counts,
        fairness_before=_score(ledger.shares),
        fairness_after=_score([_moved(share, moved) for share in ledger.shares]),
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """Minutes, nights, weekend days and holidays of one person on the plan's days."""

    minutes: int
    nights: int
    weekends: int
    holidays: int

    def minus(self, other: _Tally) -> _Tally:
        """Return by how much this one is more."""
        return _Tally(
            self.minutes - other.minutes,
            self.nights - other.nights,
            self.weekends - other.weekends,
            self.holidays - other.holidays,
        )


def _tally(checks: RosterChecks, person: PersonId) -> _Tally:
    nights = weekends = holidays = 0
    for on in checks.plan.days:
        cell = checks.cells.get((person, on))
        if cell is None or not _is_work(checks, cell):
            continue
        kind = checks.plan.day_types[on]
        nights += cell.template_id in checks.times.nights
        weekends += kind in REST_DAYS
        holidays += kind == DayType.HOLIDAY.value
    return _Tally(checks.minutes(person), nights, weekends, holidays)


def shortest_rest(checks: RosterChecks, person: PersonId, painted: Sequence[PaintedCell]) -> int | None:
    """Return the shortest rest before or after a shift the person gets, in minutes; the stroke is painted."""
    gained = [cell.on_date for cell in painted if cell.person_id == person and cell.template_id is not None]
    work = sorted(
        (on, cell)
        for (holder, on), cell in checks.cells.items()
        if holder == person and _is_work(checks, cell)
    )
    rests = [
        _between(checks, earlier, later)
        for (on, earlier), (next_on, later) in pairwise(work)
        if on in gained or next_on in gained
    ]
    return min(rests, default=None)


def _between(checks: RosterChecks, earlier: Assignment, later: Assignment) -> int:
    end = checks.times.span(earlier.template_id, earlier.on_date)[1]
    return checks.times.span(later.template_id, later.on_date)[0] - end


def _is_work(checks: RosterChecks, cell: Assignment) -> bool:
    return cell.template_id in checks.times.work


def _moved(share: FairShare, moved: Mapping[PersonId, _Tally]) -> FairShare:
    by = moved.get(share.person_id)
    if by is None:
        return share
    return replace(
        share,
        nights=share.nights + by.nights,
        weekends=share.weekends + by.weekends,
        holidays=share.holidays + by.holidays,
        minutes=share.minutes + by.minutes,
    )


def _score(shares: Sequence[FairShare]) -> int:
    found = score(shares)
    return 100 if found is None else found
