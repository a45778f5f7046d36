"""The fairness ledger as its reader may see it: who plans or decides sees all, others their line (I11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.models.entities.ids import PersonId, TeamId
from app.models.entities.leave import Ledger, LedgerLine
from app.models.entities.roster import RosterPerson
from app.models.entities.roster_plan import FairShare
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Actor, Context
from app.services.base.names import name_in, named
from app.services.roster.fairness_queries import load_fairness
from app.services.roster.planned import load_planned_people

_SEE_ALL = ("roster.edit", "roster.approve")


@query(permission="roster.read")
def fairness_ledger(ctx: Context, read: Reader, until: date, *, months: int = 12) -> Ledger:
    """Return the ledger of the months before `until`, that date not included, by team and name.

    Whoever may neither plan nor decide gets their own line and the mean of their team, nobody else's.
    People with no shift in that time are left out.
    """
    return load_ledger(read, ctx.actor, until, months=months, language=ctx.language)


def load_ledger(read: Reader, actor: Actor, until: date, *, months: int, language: str) -> Ledger:
    """As `fairness_ledger`, inside a query, with the names as a reader of a language writes them."""
    found = load_fairness(read, until, months=months)
    people = {person.id: person for person in load_planned_people(read)}
    present = [share for share in found.shares if share.minutes and share.person_id in people]
    lines = [_line(share, people[share.person_id], actor, language) for share in present]
    means = _means(lines)
    sees_all = any(actor.may(permission) for permission in _SEE_ALL)
    if not sees_all:
        lines = [line for line in lines if line.is_reader]
        means = [mean for mean in means if any(line.team_id == mean.team_id for line in lines)]
    lines.sort(key=lambda line: (line.team_name, line.name))
    return Ledger(
        found.since, found.until, tuple(lines), tuple(means), found.score, sees_all, found.by_measure
    )


def _line(share: FairShare, person: RosterPerson, actor: Actor, language: str) -> LedgerLine:
    return LedgerLine(
        share.person_id,
        named(person, language),
        share.team_id,
        name_in(person.team_name, person.team_name_alt, language),
        share.nights,
        share.weekends,
        share.holidays,
        share.minutes,
        share.swaps_given,
        share.swaps_taken,
        share.weight,
        is_reader=share.person_id == actor.person_id,
        spared=share.spared,
    )


def _means(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    teams: dict[TeamId | None, list[LedgerLine]] = {}
    for line in lines:
        teams.setdefault(line.team_id, []).append(line)
    return [_mean(team_id, members) for team_id, members in teams.items()]


def _mean(team_id: TeamId | None, members: Sequence[LedgerLine]) -> LedgerLine:
    count = len(members)
    nobody: PersonId | None = None
    return LedgerLine(
        nobody,
        "",
        team_id,
        members[0].team_name,
        sum(one.nights for one in members) / count,
        sum(one.weekends for one in members) / count,
        sum(one.holidays for one in members) / count,
        sum(one.minutes for one in members) / count,
        sum(one.swaps_given for one in members) / count,
        sum(one.swaps_taken for one in members) / count,
    )
