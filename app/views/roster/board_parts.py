"""What a board is made of: what the service told, groups of people, lines of coverage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import RosterPerson, Severity, Standing, Violation
from app.models.entities.roster_plan import CellKey, Crew, Leave, MonthState, RosterPlan
from app.models.entities.skills import Skill
from app.services.roster.checks import RosterChecks
from app.views.base.i18n import N_, LazyText

WEIGHT = {Severity.OFF: 0, Severity.WARN: 1, Severity.FORBID: 2}


class Grouping(StrEnum):
    """Below whom people stand."""

    TEAM = "team"
    CREW = "crew"


@dataclass(frozen=True)
class Told:
    """What the service told about the days shown. `checks` are those of `plan`, made where it was read."""

    plan: RosterPlan
    checks: RosterChecks | None = None
    state: MonthState | None = None
    crews: tuple[Crew, ...] = ()
    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """People one below the other: a team or a crew. `first` is the place of the first among all people."""

    name: str
    name_alt: str
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One line of the coverage strip: a shift, perhaps of one team."""

    template_id: TemplateId
    team_id: TeamId | None


def by_cell(leaves: Iterable[Leave], days: Sequence[date]) -> dict[CellKey, TemplateId]:
    """Return the absences that leaves stand for, cell by cell."""
    return {
        (leave.person_id, on): leave.template_id
        for leave in leaves
        for on in days
        if leave.first <= on <= leave.last
    }


STANDINGS: Mapping[Standing, LazyText] = {
    Standing.NO_TEAM: N_("In no team"),
    Standing.NOT_STAFF: N_("Not staff any more"),
}
"""What people with shifts ahead are who are not planned any more, though not retired."""


def worst(violations: Iterable[Violation]) -> Severity:
    """Return the weight of the worst of some violations; OFF where there is none."""
    return max((each.severity for each in violations), key=WEIGHT.__getitem__, default=Severity.OFF)


def grouped(told: Told, grouping: Grouping) -> tuple[tuple[RosterPerson, ...], tuple[Group, ...]]:
    """Return people in the order of their groups, and the groups; who has no crew stands below their team."""
    crews = {crew.id: (place, crew) for place, crew in enumerate(told.crews)}
    people = list(told.plan.people)
    if told.plan.gone:  # retired, with shifts kept: below their team, so that these can be given up
        people = sorted((*people, *told.plan.gone), key=lambda one: (one.team_position, one.team_id or 0))
    if grouping is Grouping.CREW:
        people.sort(key=lambda each: crews[each.crew_id][0] if each.crew_id in crews else len(crews))

    def name(person: RosterPerson) -> tuple[object, str, str]:
        if person.standing in STANDINGS:
            said = str(STANDINGS[person.standing])
            return person.standing, said, said
        if grouping is Grouping.CREW and person.crew_id in crews:
            crew = crews[person.crew_id][1]
            return ("crew", crew.id), crew.name, crew.name_alt
        return ("team", person.team_id), person.team_name, person.team_name_alt

    groups: list[Group] = []
    place = 0
    for (_key, main, alt), members in groupby(people, key=name):
        size = len(list(members))
        groups.append(Group(main, alt, place, size))
        place += size
    return tuple(people), tuple(groups)
