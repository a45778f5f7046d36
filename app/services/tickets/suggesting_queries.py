"""Who could take a ticket of a team now: the roster, substitutes of the absent, load and skills (U42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from app.models.entities.ids import CategoryId, PersonId, TeamId, TicketId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.skills import SkillLevel
from app.models.entities.suggesting import Candidate, Suggestion
from app.models.entities.tickets import EventKind
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.roster import team_duty
from app.services.roster.absent import absent_at, substitutes_of, whereabouts
from app.services.roster.queries import people_on_duty
from app.services.search.tokens import norm
from app.services.tickets.suggesting import ranked

# Whose turn it is, is a matter of one day's work; the log is not read further back.
_LOOKED_BACK = timedelta(days=1)
Given = Mapping[PersonId, int]
"""How many tickets people were given in this very action, and are not stored yet."""


@query(permission="roster.read")
def suggested_for(
    ctx: Context,
    read: Reader,
    team_id: TeamId,
    category_id: CategoryId | None = None,
    ticket_id: TicketId | None = None,
) -> Suggestion:
    """Return who of a team could take a ticket now, the best first; see `suggesting.ranked`.

    `category_id` and the service of the ticket say what has to be known: a skill of the same name or code;
    where there is none, a skill that has the name, code or specialty of the team.
    """
    return load_suggestion(read, ctx.clock.now(), team_id, category_id, ticket_id, language=ctx.language)


def load_suggestion(
    read: Reader,
    now: datetime,
    team_id: TeamId,
    category_id: CategoryId | None = None,
    ticket_id: TicketId | None = None,
    *,
    language: str = "en",
    given: Given | None = None,
) -> Suggestion:
    """As `suggested_for`, inside a read or a transaction.

    At work are people on a shift, not on standby, not on leave, and not gone already. For a member of the
    team who is absent today their substitute is suggested, if at work.
    """
    absent = absent_at(read, now)
    members = _members(read, team_id, language)
    if not team_duty.is_rostered(read, team_id, now):
        people = {one: name for one, name in members.items() if one not in absent}
        found = _candidates(read, now, people, given or {})
        return Suggestion(ranked(found), is_rostered=False)
    on_duty = [one for one in people_on_duty(read, now, language) if not one.is_standby]
    gone, late = whereabouts(read, on_duty)
    there = {one.person_id: one for one in on_duty if one.person_id not in absent | gone}
    own = [one for one in team_duty.at_work(read, team_id, now) if one in there]
    standing_in = {
        substitute: members[one]
        for one, substitute in substitutes_of(read, sorted(absent & members.keys())).items()
        if substitute in there and substitute not in own
    }
    names = {one: there[one].person_name for one in (*own, *standing_in)}
    levels = _levels(read, list(names), team_id, category_id, ticket_id)
    away = {one.person_id for one in there.values() if one.away} | late
    found = _candidates(read, now, names, given or {}, levels, away, standing_in)
    return Suggestion(ranked(found), next_at=None if found else team_duty.next_at_work(read, team_id, now))


def _candidates(
    read: Reader,
    now: datetime,
    names: Mapping[PersonId, str],
    given: Given,
    levels: Mapping[PersonId, SkillLevel] | None = None,
    away: Iterable[PersonId] = (),
    standing_in: Mapping[PersonId, str] | None = None,
) -> list[Candidate]:
    people = list(names)
    loads, turns = _loads(read, people), _turns(read, people, now - _LOOKED_BACK)
    not_there = set(away)
    return [
        Candidate(
            person,
            name,
            loads.get(person, 0) + given.get(person, 0),
            (levels or {}).get(person),
            now if given.get(person) else turns.get(person),
            person in not_there,
            (standing_in or {}).get(person, ""),
        )
        for person, name in names.items()
    ]


def _members(read: Reader, team_id: TeamId, language: str) -> dict[PersonId, str]:
    """Return the names of a team's people who work here."""
    rows = read.rows(
        f"SELECT person.id, {person_column('person', language)} FROM person"
        " JOIN team_member ON team_member.person_id = person.id"
        " WHERE team_member.team_id = ? AND person.is_active = true ORDER BY person.id",
        (team_id,),
    )
    return {PersonId(row[0]): row[1] for row in rows}


def _loads(read: Reader, people: Sequence[PersonId]) -> dict[PersonId, int]:
    """Return how many open tickets each has."""
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        "SELECT assignee_id, COUNT(*) FROM ticket"
        f" WHERE is_open = true AND assignee_id IN ({marks}) GROUP BY assignee_id",
        people,
    )
    return {PersonId(row[0]): int(row[1]) for row in rows}


def _levels(
    read: Reader,
    people: Sequence[PersonId],
    team_id: TeamId,
    category_id: CategoryId | None,
    ticket_id: TicketId | None,
) -> dict[PersonId, SkillLevel]:
    """Return how well people do what a ticket is about: the best of the skills named as it is.

    Where no skill is named so, those count that are named as the team or its specialty is.
    """
    if not people:
        return {}
    listed = [
        (row[0], {norm(text) for text in row[1:] if text})
        for row in read.rows("SELECT id, code, name, name_alt FROM skill WHERE is_active = true")
    ]
    if not listed:
        return {}
    skills: list[int] = []
    for words in (_words(read, category_id, ticket_id), _team_words(read, team_id)):
        skills = skills or [skill for skill, names in listed if words & names]
    if not skills:
        return {}
    marks, of_people = (", ".join("?" * len(each)) for each in (skills, people))
    rows = read.rows(
        f"SELECT person_id, level FROM person_skill WHERE skill_id IN ({marks})"
        f" AND person_id IN ({of_people})",
        (*skills, *people),
    )
    order = list(SkillLevel)
    found: dict[PersonId, SkillLevel] = {}
    for person_id, text in rows:
        level = SkillLevel(text)
        known = found.get(person_id)
        if known is None or order.index(level) > order.index(known):
            found[person_id] = level
    return found


def _words(read: Reader, category_id: CategoryId | None, ticket_id: TicketId | None) -> set[str]:
    """Return the names and codes of the category with all above it, and of the ticket's service."""
    categories: Mapping[int, tuple[int | None, str, str, str]] = {
        row[0]: (row[1], row[2], row[3], row[4] or "")
        for row in read.rows("SELECT id, parent_id, code, name, name_alt FROM category")
    }
    service = None
    if ticket_id is not None:
        row = read.one("SELECT category_id, service_id FROM ticket WHERE id = ?", (ticket_id,))
        category_id, service = (category_id or row[0], row[1]) if row is not None else (category_id, None)
    words: set[str] = set()
    at: int | None = category_id
    while at is not None and at in categories:
        above, *texts = categories[at]
        words |= {norm(text) for text in texts if text}
        at = above
    if service is not None:
        named = read.one("SELECT code, name, name_alt FROM service WHERE id = ?", (service,))
        words |= {norm(text) for text in named or () if text}
    return words


def _team_words(read: Reader, team_id: TeamId) -> set[str]:
    """Return code, names and specialty of a team."""
    row = read.one("SELECT code, name, name_alt, specialty FROM team WHERE id = ?", (team_id,))
    return {norm(text) for text in row or () if text}


def _turns(read: Reader, people: Sequence[PersonId], since: datetime) -> dict[PersonId, datetime]:
    """Return when each was last given a ticket, from `since` on; who was not has no entry."""
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    changed = read.rows(
        "SELECT new, MAX(at) FROM ticket_event WHERE at >= ? AND kind = ? AND field = 'assignee_id'"
        f" AND new IN ({marks}) GROUP BY new",
        (to_micros(since), EventKind.CHANGED.value, *(str(person) for person in people)),
    )
    # A ticket that was registered for somebody has no line of its own about that.
    created = read.rows(
        "SELECT assignee_id, MAX(received_at) FROM ticket"
        f" WHERE received_at >= ? AND assignee_id IN ({marks}) GROUP BY assignee_id",
        (to_micros(since), *people),
    )
    found: dict[PersonId, int] = {}
    for person, at in (*changed, *created):
        found[PersonId(int(person))] = max(int(at), found.get(PersonId(int(person)), 0))
    return {person: from_micros(at) for person, at in found.items()}
