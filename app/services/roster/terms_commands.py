"""What planners note about what was agreed with people, or holds for a whole department (S1-53)."""

from __future__ import annotations

from functools import partial
from typing import Literal

from app.models.entities.errors import BadInput, NotFound, StaleRecord
from app.models.entities.events import RosterChanged
from app.models.entities.roster_plan import HeldTerms, WorkTerms
from app.models.transactions import Reader, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.planned import load_terms

_WEEK = 7 * 24 * 60
_MOST_NIGHTS = 31


@command(permission="roster.edit", serializable=True)
def set_terms(
    ctx: Context,
    tx: Transaction,
    terms: WorkTerms,
    *,
    person_id: int | None = None,
    department_id: int | None = None,
    version: int = 0,
) -> Outcome:
    """Note terms of one person or of one department; `version` 0 where there were none.

    A person's own terms replace their department's as a whole.

    Raises:
        BadInput: `roster.terms_of_whom`, `roster.terms_range` (name, value, least, most),
            `roster.terms_dates`, `roster.terms_substitute`, `roster.terms_superior`.
        NotFound: `people.not_found`, `people.department_not_found`, `settings.entry_missing` (the crew).
        StaleRecord: somebody noted others meanwhile.
    """
    _check(terms, person_id, department_id)
    _refuse_unknown(tx, terms, person_id, department_id)
    held = _held(tx, person_id, department_id)
    if (held.version if held is not None else 0) != version:
        raise StaleRecord("work_terms", held.id if held is not None else 0)
    tx.announce(RosterChanged())
    whose = {"person_id": person_id, "department_id": department_id}
    if held is None:
        terms_id = tx.insert("work_terms", {**whose, **columns_of(terms), "version": 1})
        drop = partial(clear_terms, ctx, terms_id, version=1)
        return Outcome(terms_id, 1, Undo("settings.entry_added", drop))
    new = tx.update_versioned("work_terms", held.id, version, columns_of(terms))
    back = partial(set_terms, ctx, held.terms, person_id=person_id, department_id=department_id, version=new)
    return Outcome(held.id, new, Undo("settings.entry_changed", back))


@command(permission="roster.edit")
def clear_terms(ctx: Context, tx: Transaction, terms_id: int, *, version: int) -> Outcome:
    """Let nothing be agreed any more. NotFound `settings.entry_missing`; StaleRecord as every edit."""
    held = next((each for each in load_terms(tx) if each.id == terms_id), None)
    if held is None:
        raise NotFound("settings.entry_missing", id=terms_id)
    if not tx.execute("DELETE FROM work_terms WHERE id = ? AND version = ?", (terms_id, version)):
        raise StaleRecord("work_terms", terms_id)
    tx.announce(RosterChanged())
    back = partial(set_terms, ctx, held.terms, person_id=held.person_id, department_id=held.department_id)
    return Outcome(None, None, Undo("settings.entry_retired", back))


def _held(read: Reader, person_id: int | None, department_id: int | None) -> HeldTerms | None:
    return next(
        (
            each
            for each in load_terms(read)
            if (each.person_id, each.department_id) == (person_id, department_id)
        ),
        None,
    )


def _check(terms: WorkTerms, person_id: int | None, department_id: int | None) -> None:
    if (person_id is None) == (department_id is None):
        raise BadInput("roster.terms_of_whom")
    for name, value, least, most in (
        ("contract_minutes", terms.contract_minutes, 1, _WEEK),
        ("nights_most", terms.nights_most, 0, _MOST_NIGHTS),
    ):
        if value is not None and not least <= value <= most:
            raise BadInput("roster.terms_range", name=name, value=value, least=least, most=most)
    if terms.joined_on is not None and terms.left_on is not None and terms.left_on < terms.joined_on:
        raise BadInput("roster.terms_dates", joined=terms.joined_on, left=terms.left_on)
    if terms.substitute_id is not None and terms.substitute_id == person_id:
        raise BadInput("roster.terms_substitute")
    if terms.superior_id is not None and terms.superior_id == person_id:
        raise BadInput("roster.terms_superior")


def _refuse_unknown(read: Reader, terms: WorkTerms, person_id: int | None, department_id: int | None) -> None:
    for each in (person_id, terms.substitute_id, terms.superior_id):
        if not _exists(read, "person", each):
            raise NotFound("people.not_found", id=each)
    if not _exists(read, "department", department_id):
        raise NotFound("people.department_not_found", id=department_id)
    if not _exists(read, "crew", terms.crew_id):
        raise NotFound("settings.entry_missing", id=terms.crew_id)


def _exists(read: Reader, table: Literal["person", "department", "crew"], number: int | None) -> bool:
    """Whether a record is there; one that is not named is not missed."""
    return number is None or read.one(f'SELECT 1 FROM "{table}" WHERE id = ?', (number,)) is not None


def columns_of(terms: WorkTerms) -> dict[str, object]:
    """Return the row of terms, without whose they are."""
    return {
        "no_nights": terms.no_nights,
        "no_weekends": terms.no_weekends,
        "no_holidays": terms.no_holidays,
        "contract_minutes": terms.contract_minutes,
        "nights_most": terms.nights_most,
        "is_reachable": terms.is_reachable,
        "crew_id": terms.crew_id,
        "substitute_id": terms.substitute_id,
        "superior_id": terms.superior_id,
        "joined_on": terms.joined_on.isoformat() if terms.joined_on is not None else "",
        "left_on": terms.left_on.isoformat() if terms.left_on is not None else "",
    }
