"""Somebody who is planned leaves the desk or its teams, and gives up the shifts to come in the same step."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.people import PersonDetails
from app.models.entities.roster import PaintedCell
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.masking import unmasked
from app.services.people.queries import load_person, load_team
from app.services.people.writing import update_person, write_members
from app.services.roster.painting import Stroke, write_cells
from app.services.roster.queries import load_cells, site_zone


@command(permission="people.edit", serializable=True)
def retire_and_clear(ctx: Context, tx: Transaction, person_id: PersonId, *, version: int) -> Outcome:
    """Retire somebody and take them off every shift from today on; the past stays as it was.

    Raises:
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    name = load_person(tx, person_id).details.name
    stroke = _giving_up(tx, person_id)
    undone, new = _switch(tx, person_id, version, stroke, is_active=False)
    back = partial(restore_and_plan, ctx, person_id, undone, version=new)
    params = {"name": name, "count": len(stroke)}
    return Outcome(person_id, new, Undo("roster.undo.left", back, params))


@command(permission="people.edit", serializable=True)
def restore_and_plan(
    ctx: Context, tx: Transaction, person_id: PersonId, cells: Stroke, *, version: int
) -> Outcome:
    """Bring somebody back with the shifts they had. NotFound, StaleRecord as every edit."""
    name = load_person(tx, person_id).details.name
    _undone, new = _switch(tx, person_id, version, cells, is_active=True)
    back = partial(retire_and_clear, ctx, person_id, version=new)
    return Outcome(person_id, new, Undo("roster.undo.came_back", back, {"name": name}))


@command(permission="people.edit", serializable=True)
def leave_team_and_clear(
    ctx: Context, tx: Transaction, person_id: PersonId, team_id: TeamId, *, version: int
) -> Outcome:
    """Take somebody out of a team, whose `version` this is, and off every shift from today on.

    Raises:
        NotFound, StaleRecord: as every edit.
    """
    name, team = load_person(tx, person_id).details.name, load_team(tx, team_id)
    new = write_members(tx, team_id, set(team.member_ids) - {person_id}, version)
    undone = write_cells(tx, _giving_up(tx, person_id))
    back = partial(join_team_and_plan, ctx, person_id, team_id, undone, version=new)
    params = {"name": name, "count": len(undone)}
    return Outcome(team_id, new, Undo("roster.undo.off_roster", back, params))


@command(permission="people.edit", serializable=True)
def join_team_and_plan(
    ctx: Context, tx: Transaction, person_id: PersonId, team_id: TeamId, cells: Stroke, *, version: int
) -> Outcome:
    """Put somebody back into a team with the shifts they had. NotFound, StaleRecord as every edit."""
    name, team = load_person(tx, person_id).details.name, load_team(tx, team_id)
    new = write_members(tx, team_id, {*team.member_ids, person_id}, version)
    write_cells(tx, cells)
    back = partial(leave_team_and_clear, ctx, person_id, team_id, version=new)
    return Outcome(team_id, new, Undo("roster.undo.came_back", back, {"name": name}))


@command(permission="people.edit", serializable=True)
def edit_and_clear(
    ctx: Context, tx: Transaction, person_id: PersonId, details: PersonDetails, *, version: int
) -> Outcome:
    """Change who somebody is, who is then no staff, and take them off every shift from today on.

    Raises:
        BadInput: a code beginning with `people.` and the field.
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    before, stroke = load_person(tx, person_id).details, _giving_up(tx, person_id)
    undone = write_cells(tx, stroke)
    administrators = administrator_count(tx)
    new = update_person(tx, person_id, unmasked(details, before), version)
    refuse_losing_the_last(tx, administrators)
    back = partial(edit_and_plan, ctx, person_id, before, undone, version=new)
    return Outcome(
        person_id, new, Undo("roster.undo.off_roster", back, {"name": before.name, "count": len(undone)})
    )


@command(permission="people.edit", serializable=True)
def edit_and_plan(
    ctx: Context, tx: Transaction, person_id: PersonId, details: PersonDetails, cells: Stroke, *, version: int
) -> Outcome:
    """Let somebody be staff again, with the shifts they had. NotFound, StaleRecord as every edit."""
    before = load_person(tx, person_id).details
    new = update_person(tx, person_id, details, version)
    write_cells(tx, cells)
    back = partial(edit_and_clear, ctx, person_id, before, version=new)
    return Outcome(person_id, new, Undo("roster.undo.came_back", back, {"name": details.name}))


def _giving_up(tx: Transaction, person_id: PersonId) -> Stroke:
    today = tx.now.astimezone(site_zone(tx)).date()
    cells = [cell for cell in load_cells(tx, today, date.max).values() if cell.person_id == person_id]
    return tuple(
        PaintedCell(person_id, cell.on_date, None, cell.template_id)
        for cell in sorted(cells, key=lambda cell: cell.on_date)
    )


def _switch(
    tx: Transaction, person_id: PersonId, version: int, cells: Stroke, *, is_active: bool
) -> tuple[Stroke, int]:
    administrators = administrator_count(tx)
    new = tx.update_versioned("person", person_id, version, {"is_active": is_active})
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged(frozenset({person_id})))
    return write_cells(tx, cells), new
