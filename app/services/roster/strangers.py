"""People with shifts ahead who are not planned any more, because they are in no team or no staff."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.roster import RosterPerson, Standing
from app.models.transactions import Reader

_DAY = timedelta(days=1)
_LAST = 1_000_000  # behind every team


def load_strangers(read: Reader, first: date, last: date, today: date) -> list[RosterPerson]:
    """Return who has a shift from `first` to `last`, today or later, without being of the roster.

    Their shifts count for nobody; they are shown so that nothing is lost unseen, below everybody else. Who is
    no staff any more does not work here from today on, whoever is only in no team does. Those who are retired
    are `planned.load_gone`.
    """
    rows = read.rows(
        "SELECT id, name, name_alt, department_id, is_staff FROM person WHERE is_active = true AND id IN"
        " (SELECT person_id FROM assignment WHERE on_date >= ? AND on_date <= ?)"
        " AND (is_staff = false OR NOT EXISTS (SELECT 1 FROM team_member"
        " JOIN team ON team.id = team_member.team_id AND team.is_supplier = false"
        " WHERE team_member.person_id = person.id)) ORDER BY id",
        (max(first, today).isoformat(), last.isoformat()),
    )
    found = [_stranger(*row, today=today) for row in rows]
    return sorted(found, key=lambda one: (list(Standing).index(one.standing), one.id))


def load_teamless(read: Reader, first: date, last: date) -> dict[PersonId, RosterPerson]:
    """Return the staff with a shift from `first` to `last` who work here and are in no team."""
    found = load_strangers(read, first, last, first)
    return {one.id: one for one in found if one.standing is Standing.NO_TEAM}


def is_last_team(read: Reader, person_id: PersonId, team_id: int) -> bool:
    """Tell whether somebody is in this team and in no other of the desk's own."""
    rows = read.rows(
        "SELECT team_id FROM team_member JOIN team ON team.id = team_member.team_id"
        " WHERE person_id = ? AND team.is_supplier = false",
        (person_id,),
    )
    return {row[0] for row in rows} == {team_id}


def _stranger(
    person_id: int,
    name: str,
    name_alt: str,
    department_id: int | None,
    is_staff: object,
    *,
    today: date,
) -> RosterPerson:
    standing = Standing.NO_TEAM if is_staff else Standing.NOT_STAFF
    return RosterPerson(
        PersonId(person_id),
        name,
        None,
        "",
        _LAST,
        name_alt=name_alt or "",
        department_id=department_id,
        left_on=None if standing is Standing.NO_TEAM else today - _DAY,
        standing=standing,
    )
