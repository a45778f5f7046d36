"""Whose direct superior is who, by the terms people and departments have. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import HeldTerms, WorkTerms


def terms_of(
    people: Iterable[tuple[PersonId, int | None]], held: Iterable[HeldTerms]
) -> dict[PersonId, WorkTerms]:
    """Return what holds for each person (with their department): their own terms, else the department's."""
    kept = list(held)
    own = {each.person_id: each.terms for each in kept if each.person_id is not None}
    common = {each.department_id: each.terms for each in kept if each.department_id is not None}
    nothing = WorkTerms()
    return {
        person_id: own.get(person_id) or common.get(department_id or 0) or nothing
        for person_id, department_id in people
    }


def superiors_of(terms: Mapping[PersonId, WorkTerms]) -> dict[PersonId, PersonId]:
    """Return each person's direct superior. Nobody is their own: the head of a department has none by it."""
    return {
        person_id: each.superior_id
        for person_id, each in terms.items()
        if each.superior_id is not None and each.superior_id != person_id
    }


def circle_of(superiors: Mapping[PersonId, PersonId], person_id: PersonId) -> tuple[PersonId, ...]:
    """Return the circle somebody stands in, from them on upwards; () where they stand in none.

    Two who are each other's superior decide on each other's leave. That hurts nothing, since a request
    goes up one step only, and is mostly a slip.
    """
    passed = [person_id]
    while (above := superiors.get(passed[-1])) is not None:
        if above == person_id:
            return tuple(passed)
        if above in passed:  # a circle further up, without this person
            return ()
        passed.append(above)
    return ()
