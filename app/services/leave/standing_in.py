"""Who stands in where somebody is absent, and what an absence does to the roster. Pure.

Everything is tried on the checks of a plan and taken back: afterwards they are as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.models.entities.ids import PersonId
from app.models.entities.leave import Colleague, FallenShift, LeaveDetails, LeaveEffect, Substitute
from app.models.entities.roster import Assignment, PaintedCell, RosterPerson, Severity, Violation
from app.services.leave.cells import handed
from app.services.leave.effects import shortest_rest
from app.services.leave.rules import dates_of
from app.services.roster.checks import RosterChecks


@dataclass(frozen=True, slots=True)
class Absence:
    """What an absence paints, and the shifts that fall away by it, by date."""

    cells: tuple[PaintedCell, ...]
    shifts: tuple[FallenShift, ...]


def absence(checks: RosterChecks, details: LeaveDetails) -> Absence:
    """Return what an absence paints: itself on every day, and the substitute's new shifts.

    A substitute who has anything planned keeps it, and one whom a shift would make break a rule that may
    not be broken does not get it: that shift then lacks somebody, and the roster says so.
    """
    painted, fallen = _own_days(checks, details)
    undone = [checks.paint(painted).undo]
    shifts: list[FallenShift] = []
    for cell in fallen:
        taken, broken, undo = _hand_over(checks, cell, details.substitute_id)
        taker = None if taken is None else details.substitute_id
        if taken is not None:
            painted.append(taken)
            undone.append(undo)
        shifts.append(FallenShift(cell.on_date, cell.template_id, taker, broken))
    for undo in reversed(undone):
        checks.paint(undo)
    return Absence(tuple(painted), tuple(shifts))


def effect(checks: RosterChecks, details: LeaveDetails) -> LeaveEffect:
    """Return what an absence would do to the roster."""
    found = absence(checks, details)
    change = checks.trial(found.cells)
    return LeaveEffect(found.shifts, change.added, change.counts)


def substitutes(checks: RosterChecks, details: LeaveDetails, *, most: int = 12) -> list[Substitute]:
    """Return colleagues of the same team who could take shifts over, who takes most first.

    Among equals the substitute agreed upon comes first, then who works least on the plan's days. Without
    shifts that fall away there is nobody to look for.
    """
    me = next((one for one in checks.plan.people if one.id == details.person_id), None)
    _painted, fallen = _own_days(checks, details)
    if me is None or not fallen:
        return []
    found = [
        Substitute(
            person.id,
            person.name,
            _taken(absence(checks, replace(details, substitute_id=person.id))),
            len(fallen),
            checks.minutes(person.id),
            person.id == me.substitute_id,
        )
        for person in checks.plan.people
        if person.id != me.id and (_are_together(me, person) or person.id == me.substitute_id)
    ]
    able = [one for one in found if one.takes]
    return sorted(able, key=lambda one: (-one.takes, not one.is_agreed, one.minutes, one.name))[:most]


def colleagues(checks: RosterChecks, given: Assignment) -> list[Colleague]:
    """Return whom a shift could be offered to: the same team first, then who is free and breaks least."""
    by_id = {person.id: person for person in checks.plan.people}
    me = by_id.get(given.person_id)
    found = []
    for person in checks.plan.people:
        if person.id == given.person_id:
            continue
        held = checks.cells.get((person.id, given.on_date))
        before = None if held is None else held.template_id
        taken = handed(given, person.id, before, by_id)
        stroke = (PaintedCell(given.person_id, given.on_date, before, given.template_id), taken)
        change = checks.paint(stroke)
        rest = shortest_rest(checks, person.id, stroke)
        checks.paint(change.undo)
        broken = tuple(one for one in change.added if one.person_id in {person.id, given.person_id, None})
        together = me is not None and _are_together(me, person)
        found.append(
            Colleague(person.id, person.name, together, before, broken, rest, checks.minutes(person.id))
        )
    return sorted(found, key=_best_first)


def _best_first(one: Colleague) -> tuple[bool, bool, bool, int, int, str]:
    return (
        not one.is_same_team,
        one.is_forbidden,
        one.holds is not None,
        len(one.broken),
        one.minutes,
        one.name,
    )


def _own_days(checks: RosterChecks, details: LeaveDetails) -> tuple[list[PaintedCell], list[Assignment]]:
    """Return the absence itself, and the shifts to work (or stand by on) that it takes the place of."""
    painted, fallen = [], []
    for on in dates_of(details.first, details.last):
        held = checks.cells.get((details.person_id, on))
        before = None if held is None else held.template_id
        painted.append(PaintedCell(details.person_id, on, details.template_id, before, is_fixed=True))
        if held is not None and held.template_id in checks.times.work | checks.times.standby:
            fallen.append(held)
    return painted, fallen


def _hand_over(
    checks: RosterChecks, cell: Assignment, taker_id: PersonId | None
) -> tuple[PaintedCell | None, tuple[Violation, ...], tuple[PaintedCell, ...]]:
    """Give a shift to somebody, unless they are planned or may not; return cell, reasons, and the undoing."""
    if taker_id is None or (taker_id, cell.on_date) in checks.cells:
        return None, (), ()
    by_id = {person.id: person for person in checks.plan.people}
    taken = handed(cell, taker_id, None, by_id)
    change = checks.paint([taken])
    broken = tuple(
        one for one in change.added if one.severity is Severity.FORBID and one.person_id == taker_id
    )
    if broken or taker_id not in by_id:
        checks.paint(change.undo)
        return None, broken, ()
    return taken, (), change.undo


def _taken(found: Absence) -> int:
    return sum(shift.taker_id is not None for shift in found.shifts)


def _are_together(one: RosterPerson, other: RosterPerson) -> bool:
    teams = {team for team in (one.team_id, *one.team_ids) if team is not None}
    return any(team in teams for team in (other.team_id, *other.team_ids))
