"""How somebody on duty is described: for which team, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.models.entities.ids import TeamId
from app.models.entities.roster import Assignment, OnDuty, RosterPerson, ShiftKind, ShiftTemplate
from app.models.transactions import Reader


def duty_of(
    person: RosterPerson, cell: Assignment, template: ShiftTemplate, span: tuple[datetime, datetime]
) -> OnDuty:
    """Return somebody on duty, still without telephone numbers; `span` is the real start and end."""
    return OnDuty(
        person_id=person.id,
        person_name=person.name,
        team_id=person.team_id,
        team_name=person.team_name,
        template_code=template.code,
        is_supervisor=cell.is_supervisor,
        is_standby=template.kind is ShiftKind.STANDBY,
        starts_at=span[0],
        ends_at=span[1],
        phone="",
        mobile="",
        team_name_alt=person.team_name_alt,
    )


def in_team(
    person: RosterPerson, team_id: TeamId | None, teams: Mapping[TeamId, tuple[str, str]]
) -> RosterPerson:
    """Return the person as one of the team they stand in for on a shift."""
    if team_id is None or team_id not in teams:
        return person
    name, name_alt = teams[team_id]
    return replace(person, team_id=team_id, team_name=name, team_name_alt=name_alt)


def team_names(read: Reader) -> dict[TeamId, tuple[str, str]]:
    """Return main and second name of every team."""
    return {row[0]: (row[1], row[2] or "") for row in read.rows("SELECT id, name, name_alt FROM team")}


def with_phones(read: Reader, people: Sequence[OnDuty]) -> list[OnDuty]:
    """Return the same people with extension (else the number at work) and mobile, "" where there is none."""
    if not people:
        return []
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        f"SELECT person_id, kind, number FROM phone_number WHERE person_id IN ({marks}) ORDER BY id DESC",
        [one.person_id for one in people],
    )
    numbers = {(person_id, kind): number for person_id, kind, number in rows}
    return [
        replace(
            one,
            phone=numbers.get((one.person_id, "extension"), numbers.get((one.person_id, "work"), "")),
            mobile=numbers.get((one.person_id, "mobile"), ""),
        )
        for one in people
    ]
