"""What is asked about people: who calls, who works here, which teams and roles there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId, RoleId, TeamId
from app.models.entities.instants import from_micros_or_none, to_micros
from app.models.entities.people import (
    CallerCard,
    Company,
    NumberKind,
    Person,
    PersonDetails,
    PersonRow,
    PhoneNumber,
    Role,
    StaffEntry,
    Team,
    TeamDetails,
)
from app.models.entities.tickets import TicketType
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.people import masking, rules
from app.services.people.listing import ROW, listed, listed_of, shown_rows
from app.services.search import index
from app.services.search.index import SearchTable

RECENT = timedelta(days=90)
# Hits looked at to put the best first; beyond this the newest people win.
_MOST_HITS = 400

_PERSON = (
    "SELECT p.name, p.name_alt, COALESCE(p.login, ''), p.email, COALESCE(c.name, ''), COALESCE(d.name, ''),"
    " p.location, p.title, p.language, p.is_vip, p.is_staff, COALESCE(p.source_key, ''),"
    " p.is_active, p.version"
    " FROM person p LEFT JOIN company c ON c.id = p.company_id"
    " LEFT JOIN department d ON d.id = p.department_id WHERE p.id = ?"
)


@query(permission="people.read")
def find_callers(
    _ctx: Context, read: Reader, text: str, limit: int = 8, *, include_retired: bool = False
) -> list[PersonRow]:
    """Return who may be meant by `text`: a name, pinyin initials, login, e-mail, number or extension.

    What was typed in full comes first, then names that begin with it. Retired people are left out
    unless asked for; text without a letter, digit or hanzi finds nobody. What is masked is found too.
    """
    asked = rules.caller_query(text)
    if asked.is_empty:
        return []
    found = index.matching_ids(read, SearchTable.PEOPLE, asked, _MOST_HITS)
    people = [one for one in listed_of(read, found) if one.row.is_active or include_retired]
    digits = _digits_of(read, [one.row.id for one in people])
    people.sort(key=lambda one: rules.caller_rank(text, one.row, digits.get(one.row.id, ())))
    return shown_rows(read, people[:limit])


@query(permission="people.read")
def people_with_number(_ctx: Context, read: Reader, number: str) -> list[PersonRow]:
    """Return the people who have exactly this number, however it is written; for an incoming call.

    Raises:
        BadInput: what `rules.dialled` raises.
    """
    digits = rules.dialled(number).digits
    ids = [
        row[0]
        for row in read.rows("SELECT person_id FROM phone_number WHERE digits = ? ORDER BY id", (digits,))
    ]
    return shown_rows(read, [one for one in listed_of(read, ids) if one.row.is_active])


@query(permission="people.read")
def people_page(
    _ctx: Context,
    read: Reader,
    *,
    staff_only: bool = False,
    include_retired: bool = False,
    after: tuple[str, int] | None = None,
    limit: int = 100,
) -> list[PersonRow]:
    """Return people by name, `limit` at a time; `after` is the (name, id) of the last one already shown."""
    name, person_id = after or ("", 0)
    rows = read.rows(
        ROW + " WHERE (p.name, p.id) > (?, ?) AND (p.is_staff = true OR ? = 0)"
        " AND (p.is_active = true OR ? = 1) ORDER BY p.name, p.id LIMIT ?",
        (name, person_id, int(staff_only), int(include_retired), limit),
    )
    return shown_rows(read, [listed(row) for row in rows])


@query(permission="people.read")
def person(_ctx: Context, read: Reader, person_id: PersonId) -> Person:
    """Return a whole person, with what the site masks in part only.

    Raises:
        NotFound: `people.not_found`.
    """
    return shown_person(read, person_id)


@query(permission="people.read")
def caller_card(ctx: Context, read: Reader, person_id: PersonId) -> CallerCard:
    """Return who is calling, their open tickets and what they reported in the last 90 days.

    Raises:
        NotFound: `people.not_found`.
    """
    since = to_micros(ctx.clock.now() - RECENT)
    open_count, last = read.one(
        "SELECT COALESCE(SUM(CASE WHEN is_open = true THEN 1 ELSE 0 END), 0), MAX(received_at)"
        " FROM ticket WHERE requester_id = ?",
        (person_id,),
    ) or (0, None)
    recent = read.rows(
        "SELECT type, COUNT(*) FROM ticket WHERE requester_id = ? AND received_at >= ? GROUP BY type",
        (person_id, since),
    )
    return CallerCard(
        shown_person(read, person_id),
        int(open_count),
        {TicketType(kind): count for kind, count in recent},
        from_micros_or_none(last),
    )


@query(permission="tickets.read")
def staff_directory(_ctx: Context, read: Reader) -> dict[PersonId, StaffEntry]:
    """Return everybody who works or worked at the desk, by id: what turns ids into names in lists."""
    teams: dict[int, list[TeamId]] = {}
    for team_id, person_id in read.rows("SELECT team_id, person_id FROM team_member ORDER BY team_id"):
        teams.setdefault(person_id, []).append(team_id)
    rows = read.rows(
        "SELECT id, name, name_alt, COALESCE(login, ''), is_active FROM person"
        " WHERE is_staff = true ORDER BY name"
    )
    return {
        PersonId(row[0]): StaffEntry(
            PersonId(row[0]), row[1], row[2], row[3], tuple(teams.get(row[0], ())), bool(row[4])
        )
        for row in rows
    }


@query(permission="tickets.read")
def teams(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[Team]:
    """Return the teams in their order, each with its members."""
    members: dict[int, list[PersonId]] = {}
    for team_id, person_id in read.rows(
        "SELECT team_id, person_id FROM team_member ORDER BY team_id, person_id"
    ):
        members.setdefault(team_id, []).append(person_id)
    rows = read.rows(
        _TEAM + " WHERE is_active = true OR ? = 1 ORDER BY position, id", (int(include_retired),)
    )
    return [_team(row, members.get(row[0], ())) for row in rows]


@query(permission="people.read")
def roles(_ctx: Context, read: Reader) -> list[Role]:
    """Return the roles, shipped ones first, with their permissions and who holds them."""
    return load_roles(read)


@query(permission="people.read")
def companies(_ctx: Context, read: Reader) -> list[Company]:
    """Return the companies by name, each with its departments in use."""
    departments: dict[int, list[str]] = {}
    for company_id, name in read.rows(
        "SELECT company_id, name FROM department WHERE is_active = true ORDER BY name"
    ):
        departments.setdefault(company_id, []).append(name)
    return [
        Company(row[0], row[1], row[2], tuple(departments.get(row[0], ())), bool(row[3]), row[4])
        for row in read.rows("SELECT id, name, name_alt, is_active, version FROM company ORDER BY name")
    ]


# --- what commands share ---------------------------------------------------------------------------


def shown_person(read: Reader, person_id: PersonId) -> Person:
    """Return a whole person as they may be given away, masked. NotFound `people.not_found`."""
    return masking.masked_person(load_person(read, person_id), masking.masked_facts(read))


def load_person(read: Reader, person_id: PersonId) -> Person:
    """Return a whole person for a command: nothing is masked. NotFound `people.not_found`."""
    row = read.one(_PERSON, (person_id,))
    if row is None:
        raise NotFound("people.not_found", id=person_id)
    phones = tuple(
        PhoneNumber(NumberKind(kind), number, digits)
        for kind, number, digits in read.rows(
            "SELECT kind, number, digits FROM phone_number WHERE person_id = ? ORDER BY id", (person_id,)
        )
    )
    typed = tuple((phone.kind, phone.number) for phone in phones)
    details = PersonDetails(*[*row[:9], bool(row[9]), bool(row[10]), typed, row[11]])
    team_ids = read.rows("SELECT team_id FROM team_member WHERE person_id = ? ORDER BY team_id", (person_id,))
    role_ids = read.rows("SELECT role_id FROM person_role WHERE person_id = ? ORDER BY role_id", (person_id,))
    return Person(
        person_id,
        details,
        phones,
        tuple(TeamId(row[0]) for row in team_ids),
        tuple(RoleId(row[0]) for row in role_ids),
        bool(row[12]),
        row[13],
    )


def load_team(read: Reader, team_id: TeamId) -> Team:
    """Return a team with its members. NotFound `people.team_not_found`."""
    row = read.one(_TEAM + " WHERE id = ?", (team_id,))
    if row is None:
        raise NotFound("people.team_not_found", id=team_id)
    members = read.rows("SELECT person_id FROM team_member WHERE team_id = ? ORDER BY person_id", (team_id,))
    return _team(row, [PersonId(member[0]) for member in members])


def load_roles(read: Reader, role_id: RoleId | None = None) -> list[Role]:
    """Return all roles, or the one with this id; shipped ones first."""
    permissions: dict[int, set[str]] = {}
    for owner, permission in read.rows("SELECT role_id, permission FROM role_permission"):
        permissions.setdefault(owner, set()).add(permission)
    holders: dict[int, list[PersonId]] = {}
    for owner, person_id in read.rows("SELECT role_id, person_id FROM person_role ORDER BY person_id"):
        holders.setdefault(owner, []).append(person_id)
    rows = read.rows(
        "SELECT id, code, name, name_alt, is_shipped, is_active, version FROM role"
        " WHERE id = ? OR ? = 0 ORDER BY is_shipped DESC, id",
        (role_id or 0, role_id or 0),
    )
    return [
        Role(
            RoleId(row[0]),
            row[1],
            row[2],
            row[3],
            frozenset(permissions.get(row[0], ())),
            tuple(holders.get(row[0], ())),
            bool(row[4]),
            bool(row[5]),
            row[6],
        )
        for row in rows
    ]


_TEAM = (
    "SELECT id, code, name, name_alt, line, specialty, is_field, is_supplier, position, is_active, version"
    " FROM team"
)


def _team(row: Sequence[Any], members: Iterable[PersonId]) -> Team:
    details = TeamDetails(*row[1:6], *map(bool, row[6:8]))
    return Team(TeamId(row[0]), details, tuple(members), row[8], bool(row[9]), row[10])


def _digits_of(read: Reader, ids: Sequence[int]) -> dict[int, list[str]]:
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    digits: dict[int, list[str]] = {}
    rows = read.rows(f"SELECT person_id, digits FROM phone_number WHERE person_id IN ({marks})", ids)
    for person_id, number in rows:
        digits.setdefault(person_id, []).append(number)
    return digits
