"""Who is in which crew: part of what was agreed with each person."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.models.entities.errors import NotFound
from app.models.entities.events import RosterChanged
from app.models.entities.roster_plan import HeldTerms, WorkTerms
from app.models.transactions import Reader, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.planned import load_terms
from app.services.roster.terms_commands import clear_terms, columns_of, set_terms


@command(permission="roster.edit", serializable=True)
def put_in_crew(ctx: Context, tx: Transaction, person_id: int, crew_id: int | None) -> Outcome:
    """Put somebody into a crew, out of the one they were in; None: into none.

    Whoever had no terms of their own gets those of their department with the crew changed.

    Raises:
        NotFound: `people.not_found`, `settings.entry_missing` (the crew).
    """
    person = tx.one("SELECT name, department_id FROM person WHERE id = ? AND is_staff = true", (person_id,))
    if person is None:
        raise NotFound("people.not_found", id=person_id)
    if crew_id is not None and tx.one("SELECT 1 FROM crew WHERE id = ?", (crew_id,)) is None:
        raise NotFound("settings.entry_missing", id=crew_id)
    held, common = _terms_of(tx, person_id, person[1])
    tx.announce(RosterChanged())
    params = {"name": person[0]}
    if held is None:
        terms = replace(common, crew_id=crew_id)
        terms_id = tx.insert("work_terms", {"person_id": person_id, **columns_of(terms), "version": 1})
        undo = Undo("roster.undo.crew", partial(clear_terms, ctx, terms_id, version=1), params)
        return Outcome(terms_id, 1, undo)
    new = tx.update_versioned("work_terms", held.id, held.version, {"crew_id": crew_id})
    back = partial(set_terms, ctx, held.terms, person_id=person_id, version=new)
    return Outcome(held.id, new, Undo("roster.undo.crew", back, params))


def _terms_of(read: Reader, person_id: int, department_id: int | None) -> tuple[HeldTerms | None, WorkTerms]:
    """Return somebody's own terms, if any, and those of their department."""
    terms = load_terms(read)
    own = next((each for each in terms if each.person_id == person_id), None)
    common = next(
        (each.terms for each in terms if department_id is not None and each.department_id == department_id),
        WorkTerms(),
    )
    return own, common
