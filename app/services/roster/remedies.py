"""Ways to mend a broken rule that break no other. Pure; each is tried on the checks and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import BrokenRule, PaintedCell, RosterPerson, Violation
from app.models.entities.roster_plan import Remedy, RemedyCode
from app.services.roster.checks import RosterChecks, painted_of
from app.services.roster.laying import swapped
from app.services.roster.shift_times import instant_of

MOST = 3
"""How many people are proposed for each way."""

_RESTS = frozenset({BrokenRule.REST, BrokenRule.DAY_AFTER_NIGHT})
# Somebody else would have to be there in their place.
_SHORT_OF_PEOPLE = frozenset({BrokenRule.GAP, BrokenRule.SKILL_MIX})


def remedies(checks: RosterChecks, violation: Violation) -> tuple[Remedy, ...]:
    """Return ways to mend a violation, the least change first; none where nothing helps or needs to.

    A person is proposed only where the stroke mends it and breaks nothing new. Those who work least on the
    plan's days come first. The checks are left as they were.
    """
    if violation not in checks.violations:
        return ()
    if violation.rule in _SHORT_OF_PEOPLE:
        return tuple(_first(_adding(checks, violation)))
    if violation.rule is BrokenRule.NO_SUPERVISOR:
        return (*_first(_leading(checks, violation)), *_first(_adding(checks, violation)))
    if violation.rule is BrokenRule.TWO_SUPERVISORS:
        return tuple(_leading_no_longer(checks, violation))
    if violation.person_id is None:
        return ()
    found = [*_first(_swaps(checks, violation)), *_first(_giving(checks, violation))]
    if violation.rule in _RESTS:
        found += _later(checks, violation)
    return (*found, *_clearing(checks, violation))


def _first(found: Iterable[Remedy]) -> list[Remedy]:
    kept: list[Remedy] = []
    for remedy in found:
        kept.append(remedy)
        if len(kept) == MOST:
            break
    return kept


def _swaps(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """Somebody of the same team who has another shift that day."""
    key = (PersonId(violation.person_id or 0), violation.on_date)
    mine = checks.cells.get(key)
    for person in _others(checks, key[0]):
        theirs = checks.cells.get((person.id, key[1]))
        if mine is None or theirs is None or theirs.template_id == mine.template_id or theirs.is_fixed:
            continue
        if theirs.template_id not in checks.times.work and theirs.template_id not in checks.times.standby:
            continue
        stroke = swapped(checks.cells, key, (person.id, key[1]))
        if _mends(checks, stroke, violation):
            yield Remedy(RemedyCode.SWAP, person.id, stroke)


def _giving(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """Somebody of the same team who is off that day."""
    key = (PersonId(violation.person_id or 0), violation.on_date)
    for person in _others(checks, key[0]):
        if (person.id, key[1]) in checks.cells:
            continue
        stroke = swapped(checks.cells, key, (person.id, key[1]))
        if _mends(checks, stroke, violation):
            yield Remedy(RemedyCode.GIVE, person.id, stroke)


def _adding(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """Somebody who is off that day, for the team that lacks people; for leadership, who may lead."""
    template_id, on = violation.template_id, violation.on_date
    if template_id is None:
        return
    leads = violation.rule is BrokenRule.NO_SUPERVISOR
    for person in _by_work(checks, checks.plan.people):
        is_meant = violation.team_id is None or violation.team_id in (person.team_id, *person.team_ids)
        if not is_meant or (leads and not person.can_lead) or (person.id, on) in checks.cells:
            continue
        team = violation.team_id if violation.team_id not in {None, person.team_id} else None
        stroke = (PaintedCell(person.id, on, template_id, None, leads, team),)
        if _mends(checks, stroke, violation, is_step=True):
            yield Remedy(RemedyCode.ADD, person.id, stroke)


def _leading(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """Somebody of the shift who may lead."""
    for person in _crew(checks, violation.template_id, violation.on_date):
        cell = checks.cells[person.id, violation.on_date]
        if person.can_lead:
            stroke = (replace(_as_it_is(checks, person.id, violation.on_date), is_supervisor=True),)
            if not cell.is_supervisor and _mends(checks, stroke, violation):
                yield Remedy(RemedyCode.LEAD, person.id, stroke)


def _leading_no_longer(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """Each one who leads, to be kept as the only one: whoever else leads no longer does."""
    on = violation.on_date
    leading = [
        person
        for person in _crew(checks, violation.template_id, on)
        if checks.cells[person.id, on].is_supervisor
    ]
    for kept in leading:
        stroke = tuple(
            replace(_as_it_is(checks, person.id, on), is_supervisor=False)
            for person in leading
            if person.id != kept.id
        )
        yield Remedy(RemedyCode.LEAD_NO_LONGER, kept.id, stroke)


def _later(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """The earliest start after enough rest, as an instant: another shift would have to begin then."""
    if violation.template_id is None:
        return
    begins, _end = checks.times.span(violation.template_id, violation.on_date)
    yield Remedy(
        RemedyCode.START_LATER,
        violation.person_id,
        at=instant_of(begins - violation.found + violation.allowed),
    )


def _clearing(checks: RosterChecks, violation: Violation) -> Iterator[Remedy]:
    """The cell itself, where that leaves no gap."""
    key = (PersonId(violation.person_id or 0), violation.on_date)
    cell = checks.cells.get(key)
    if cell is None:
        return
    stroke = (painted_of(key, None, cell.template_id),)
    if _mends(checks, stroke, violation):
        yield Remedy(RemedyCode.CLEAR, key[0], stroke)


def _mends(
    checks: RosterChecks, stroke: tuple[PaintedCell, ...], violation: Violation, *, is_step: bool = False
) -> bool:
    """Whether a stroke takes the violation away and breaks nothing; as a `step` it may leave less of it."""
    change = checks.trial(stroke)
    if violation not in change.removed:
        return False
    if is_step:
        return all(
            new.person_id is None and new.rule is violation.rule and new.found > violation.found
            for new in change.added
        )
    return not change.added


def _others(checks: RosterChecks, person_id: PersonId) -> list[RosterPerson]:
    """Return the other people of somebody's team, those who work least first."""
    people = {person.id: person for person in (*checks.plan.gone, *checks.plan.people)}
    mine = people.get(person_id)
    team = mine.team_id if mine is not None else None
    return _by_work(
        checks,
        (person for person in checks.plan.people if person.id != person_id and person.team_id == team),
    )


def _by_work(checks: RosterChecks, people: Iterable[RosterPerson]) -> list[RosterPerson]:
    return sorted(people, key=lambda person: (checks.minutes(person.id), person.id))


def _crew(checks: RosterChecks, template_id: TemplateId | None, on: date) -> list[RosterPerson]:
    if template_id is None:
        return []
    planned = checks.people_of(template_id, on)
    return [person for person in checks.plan.people if person.id in planned]


def _as_it_is(checks: RosterChecks, person_id: PersonId, on: date) -> PaintedCell:
    cell = checks.cells[person_id, on]
    return painted_of((person_id, on), cell, cell.template_id)
