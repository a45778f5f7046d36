"""What people do to people, teams and companies. Each function is one transaction and can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from functools import partial

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.people import NumberKind, PersonDetails, TeamDetails
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.masking import unmasked
from app.services.people.queries import load_person, load_team
from app.services.people.writing import insert_person, update_person, write_members

LINES = (1, 2, 3)


@command(permission="people.edit", serializable=True)
def add_person(ctx: Context, tx: Transaction, details: PersonDetails) -> Outcome:
    """Add somebody the desk knows. A company or department named for the first time is made with them.

    Raises:
        BadInput: a code beginning with `people.` and the field.
    """
    person_id = insert_person(tx, unmasked(details, None))
    back = partial(retire_person, ctx, person_id, version=1)
    return Outcome(person_id, 1, Undo("people.added", back, {"name": details.name}))


@command(permission="people.edit", serializable=True)
def edit_person(
    ctx: Context, tx: Transaction, person_id: PersonId, details: PersonDetails, *, version: int
) -> Outcome:
    """Change who somebody is. All details are written, so start from those that `queries.person` returned.

    A mask among them leaves the fact behind it as it is.

    Raises:
        BadInput: a code beginning with `people.` and the field.
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    before = load_person(tx, person_id)
    administrators = administrator_count(tx)
    new = update_person(tx, person_id, unmasked(details, before.details), version)
    refuse_losing_the_last(tx, administrators)
    back = partial(edit_person, ctx, person_id, before.details, version=new)
    return Outcome(person_id, new, Undo("people.changed", back, {"name": details.name}))


@command(permission="people.edit", serializable=True)
def retire_person(ctx: Context, tx: Transaction, person_id: PersonId, *, version: int) -> Outcome:
    """Offer somebody no longer and refuse their sign-in; tickets and history keep their name.

    Raises:
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    administrators = administrator_count(tx)
    outcome = _set_active(tx, person_id, version, is_active=False)
    refuse_losing_the_last(tx, administrators)
    back = partial(restore_person, ctx, person_id, version=version + 1)
    return replace(outcome, undo=Undo("people.retired", back))


@command(permission="people.edit", serializable=True)
def restore_person(ctx: Context, tx: Transaction, person_id: PersonId, *, version: int) -> Outcome:
    """Bring back somebody who was retired. NotFound, StaleRecord as every edit."""
    outcome = _set_active(tx, person_id, version, is_active=True)
    back = partial(retire_person, ctx, person_id, version=version + 1)
    return replace(outcome, undo=Undo("people.restored", back))


def _set_active(tx: Transaction, person_id: PersonId, version: int, *, is_active: bool) -> Outcome:
    new = tx.update_versioned("person", person_id, version, {"is_active": is_active})
    tx.announce(PeopleChanged(frozenset({person_id})))
    return Outcome(person_id, new)


@command(permission="people.edit", serializable=True)
def add_number(
    ctx: Context,
    tx: Transaction,
    person_id: PersonId,
    number: str,
    *,
    version: int,
    kind: NumberKind = NumberKind.WORK,
) -> Outcome:
    """Note that a number is this person's: "this is ..." on an unknown caller. Known numbers change nothing.

    Raises:
        BadInput: `people.number_unreadable`, `people.number_too_long`, `people.mask_typed`.
        NotFound, StaleRecord: as every edit.
    """
    before = load_person(tx, person_id).details
    details = unmasked(replace(before, phones=(*before.phones, (kind, number))), before)
    new = update_person(tx, person_id, details, version)
    back = partial(edit_person, ctx, person_id, before, version=new)
    return Outcome(person_id, new, Undo("people.number_added", back, {"name": before.name}))


@command(permission="people.edit", serializable=True)
def add_team(ctx: Context, tx: Transaction, details: TeamDetails) -> Outcome:
    """Add a team behind the others.

    Raises:
        BadInput: `people.team_code_missing`, `people.team_name_missing`, `people.team_line_bad`,
            `people.team_code_taken`.
    """
    position = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM team")) + 1
    team_id = TeamId(tx.insert("team", {**_team_columns(tx, details, 0), "position": position}))
    tx.announce(PeopleChanged())
    back = partial(set_team_active, ctx, team_id, version=1, is_active=False)
    return Outcome(team_id, 1, Undo("people.team_added", back, {"name": details.name}))


@command(permission="people.edit", serializable=True)
def edit_team(
    ctx: Context, tx: Transaction, team_id: TeamId, details: TeamDetails, *, version: int
) -> Outcome:
    """Change what a team is. BadInput as for `add_team`; NotFound, StaleRecord as every edit."""
    before = load_team(tx, team_id)
    new = tx.update_versioned("team", team_id, version, _team_columns(tx, details, team_id))
    tx.announce(PeopleChanged())
    back = partial(edit_team, ctx, team_id, before.details, version=new)
    return Outcome(team_id, new, Undo("people.team_changed", back, {"name": details.name}))


@command(permission="people.edit")
def set_team_active(
    ctx: Context, tx: Transaction, team_id: TeamId, *, version: int, is_active: bool
) -> Outcome:
    """Retire a team, so that nothing new is assigned to it, or bring it back. StaleRecord as every edit."""
    new = tx.update_versioned("team", team_id, version, {"is_active": is_active})
    tx.announce(PeopleChanged())
    back = partial(set_team_active, ctx, team_id, version=new, is_active=not is_active)
    return Outcome(team_id, new, Undo("people.team_restored" if is_active else "people.team_retired", back))


@command(permission="people.edit", serializable=True)
def move_team(
    ctx: Context, tx: Transaction, team_id: TeamId, *, version: int, before_id: int | None
) -> Outcome:
    """Let a team stand before another; None: last. NotFound, StaleRecord as every edit."""
    before = load_team(tx, team_id)
    new, old_next = move_before(tx, "team", team_id, version, before_id)
    tx.announce(PeopleChanged())
    back = partial(move_team, ctx, team_id, version=new, before_id=old_next)
    return Outcome(team_id, new, Undo("settings.entry_moved", back, {"name": before.name}))


@command(permission="people.edit")
def set_team_members(
    ctx: Context, tx: Transaction, team_id: TeamId, member_ids: Collection[PersonId], *, version: int
) -> Outcome:
    """Say who belongs to a team; it replaces the whole list.

    Raises:
        NotFound: `people.not_found`; the id of somebody who does not exist or is no staff.
        StaleRecord: as every edit.
    """
    before = load_team(tx, team_id)
    new = write_members(tx, team_id, member_ids, version)
    back = partial(set_team_members, ctx, team_id, before.member_ids, version=new)
    return Outcome(team_id, new, Undo("people.members_changed", back, {"name": before.name}))


@command(permission="people.edit", serializable=True)
def rename_company(
    ctx: Context, tx: Transaction, company_id: int, *, version: int, name: str, name_alt: str = ""
) -> Outcome:
    """Change a company's names.

    Raises:
        BadInput: `people.name_missing`, `people.company_taken`.
        NotFound, StaleRecord: as every edit.
    """
    before = tx.one("SELECT name, name_alt FROM company WHERE id = ?", (company_id,))
    if before is None:
        raise NotFound("people.company_not_found", id=company_id)
    kept = " ".join(name.split())
    if not kept:
        raise BadInput("people.name_missing")
    if tx.one("SELECT 1 FROM company WHERE name = ? AND id <> ?", (kept, company_id)):
        raise BadInput("people.company_taken", name=kept)
    new = tx.update_versioned("company", company_id, version, {"name": kept, "name_alt": name_alt.strip()})
    tx.announce(PeopleChanged())
    back = partial(rename_company, ctx, company_id, version=new, name=before[0], name_alt=before[1])
    return Outcome(company_id, new, Undo("people.company_renamed", back, {"name": kept}))


@command(permission="people.edit", serializable=True)
def rename_department(ctx: Context, tx: Transaction, company_id: int, *, name: str, new_name: str) -> Outcome:
    """Change the name of a company's department for everybody who is in it.

    A department has no version: its present name says which one is meant.

    Raises:
        BadInput: `people.name_missing`, `people.department_taken`.
        NotFound: `people.department_not_found`; somebody renamed it meanwhile.
    """
    kept = " ".join(new_name.split())
    if not kept:
        raise BadInput("people.name_missing")
    found = tx.one("SELECT id FROM department WHERE company_id = ? AND name = ?", (company_id, name))
    if found is None:
        raise NotFound("people.department_not_found", name=name)
    if tx.one(
        "SELECT 1 FROM department WHERE company_id = ? AND name = ? AND id <> ?", (company_id, kept, found[0])
    ):
        raise BadInput("people.department_taken", name=kept)
    tx.execute("UPDATE department SET name = ? WHERE id = ?", (kept, found[0]))
    tx.announce(PeopleChanged())
    back = partial(rename_department, ctx, company_id, name=kept, new_name=name)
    return Outcome(found[0], 0, Undo("people.company_renamed", back, {"name": kept}))


def _team_columns(tx: Transaction, details: TeamDetails, team_id: int) -> dict[str, object]:
    code = details.code.strip()
    if not code or len(code) > 32:
        raise BadInput("people.team_code_missing", team=code)
    if not details.name.strip():
        raise BadInput("people.team_name_missing", team=code)
    if details.line not in LINES:
        raise BadInput("people.team_line_bad", team=code, line=details.line)
    if tx.one("SELECT 1 FROM team WHERE code = ? AND id <> ?", (code, team_id)):
        raise BadInput("people.team_code_taken", team=code)
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()
    }
