"""What the duty board is made of, inside one read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.models.entities.duty import (
    BoardPerson,
    DutyBoard,
    DutyTeam,
    Reachable,
    ShiftCrew,
    UnledShift,
)
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.instants import to_micros
from app.models.entities.roster import OnDuty, ShiftAt, ShiftKind
from app.models.transactions import Reader
from app.services.base.names import person_column
from app.services.calendars.rules import day_type
from app.services.duty import presence, rules
from app.services.roster.queries import (
    load_cells,
    load_coverage,
    load_people,
    load_templates,
    people_on_duty,
    site_zone,
)
from app.services.roster.rules import coverage_counts, next_shift, shift_at, shift_span
from app.services.settings import declared
from app.services.settings.current import load_config

_DAY = timedelta(days=1)
# A site that rosters nobody for so long does not use the roster: nothing is missing there.
_IN_USE = timedelta(days=31)


def read_board(read: Reader, at: datetime, language: str) -> DutyBoard:
    """Return the board of an instant: a dozen reads, however many people there are."""
    found = presence.on_duty_with_away(read, at, language)
    people = [one for one, _away in found]
    now, after = _crews(read, at, people, language)
    local = at.astimezone(site_zone(read)).date()
    present = presence.load_attendance(read, local - _DAY, local)
    teams, loads = load_teams(read), load_of(read, [one.person_id for one in people], at)
    shown = []
    for one, away in found:
        on = one.starts_at.astimezone(site_zone(read)).date()
        attendance = present.get((one.person_id, on))
        shown.append(
            BoardPerson(
                one,
                rules.role_of(one, teams),
                away,
                attendance,
                rules.punctuality(one.starts_at, one.ends_at, attendance, at),
                *loads.get(one.person_id, (0, 0)),
            )
        )
    return DutyBoard(
        at,
        load_config(read).settings[declared.DESK_PHONE],
        now,
        after,
        tuple(shown),
        tuple(reachable_people(read, language)),
        rules.gaps_of(now, after, shown, lacks_standby=lacks_standby(read, at)),
        load_config(read).settings[declared.AWAY_PERMISSION_MINUTES],
    )


def load_teams(read: Reader) -> dict[TeamId, DutyTeam]:
    """Return every team by its id."""
    rows = read.rows("SELECT id, name, name_alt, line, is_field FROM team")
    return {row[0]: DutyTeam(row[0], row[1], row[2] or "", row[3], bool(row[4])) for row in rows}


def load_of(read: Reader, people: Sequence[PersonId], at: datetime) -> dict[PersonId, tuple[int, int]]:
    """Return how many open tickets each has, and how many of those are over their time."""
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        "SELECT assignee_id, COUNT(*), COUNT(CASE WHEN is_paused = false AND due_sort < ? THEN 1 END)"
        f" FROM ticket WHERE is_open = true AND assignee_id IN ({marks}) GROUP BY assignee_id",
        (to_micros(at), *people),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def reachable_people(read: Reader, language: str) -> list[Reachable]:
    """Return who keeps the mobile on at all hours (N8), by team and name.

    A person's own terms count; whoever has none follows those of their department.
    """
    rows = read.rows(
        f"SELECT person.id, {person_column('person', language)} FROM person"
        " LEFT JOIN work_terms own ON own.person_id = person.id"
        " LEFT JOIN work_terms shared ON shared.department_id = person.department_id"
        " WHERE person.is_staff = true AND person.is_active = true"
        " AND COALESCE(own.is_reachable, shared.is_reachable) = true"
    )
    names = {row[0]: row[1] for row in rows}
    teams, numbers = _first_teams(read), _numbers(read, list(names))
    last = (1_000_000, "", "")
    order = sorted(names, key=lambda one: (teams.get(one, last)[0], names[one]))
    return [
        Reachable(
            one,
            names[one],
            *teams.get(one, last)[1:],
            mobile=numbers.get((one, "mobile"), ""),
            phone=numbers.get((one, "extension"), numbers.get((one, "work"), "")),
        )
        for one in order
    ]


def lacks_standby(read: Reader, at: datetime) -> bool:
    """Tell whether fewer people are on standby at an instant than coverage asks for, of any team."""
    standby = {each.id: each for each in load_templates(read) if each.kind is ShiftKind.STANDBY}
    asked = [rule for rule in load_coverage(read) if rule.template_id in standby]
    if not asked:
        return False
    zone, calendar = site_zone(read), load_config(read).default_calendar
    local = at.astimezone(zone).date()
    running = []
    for on in (local - _DAY, local):
        for template in standby.values():
            begin, end = shift_span(template, on, zone)
            running += [(template.id, on)] if begin <= at < end else []
    days = sorted({on for _template, on in running})
    types = {on: day_type(calendar, on).value for on in days}
    cells = load_cells(read, local - _DAY, local)
    counts = coverage_counts(asked, days, types, cells, load_people(read), standby.values())
    return any(count.is_gap and (count.rule.template_id, count.on_date) in running for count in counts)


def unled(read: Reader, at: datetime) -> list[UnledShift]:
    """Return the running shift and the next one, those of them that the roster gives no duty supervisor.

    A site whose roster holds nobody for a month before and after is not told of each shift.
    """
    local = at.astimezone(site_zone(read)).date()
    if not _is_rostered(read, local):
        return []
    now, after = _crews(read, at, people_on_duty(read, at), "en")
    found = []
    for crew, has_begun in ((now, True), (after, False)):
        if crew is not None and not crew.leaders:
            found.append(UnledShift(crew.shift, not crew.people, has_begun))
    return found


def _crews(
    read: Reader, at: datetime, people: Sequence[OnDuty], language: str
) -> tuple[ShiftCrew | None, ShiftCrew | None]:
    zone, templates = site_zone(read), load_templates(read)
    shift = shift_at(templates, at, zone)
    if shift is None:
        return None, None
    following = next_shift(templates, shift, zone)
    if following is None:
        return _crew(shift, people), None
    return _crew(shift, people), _crew(following, people_on_duty(read, following.starts_at, language))


def _crew(shift: ShiftAt, people: Sequence[OnDuty]) -> ShiftCrew:
    at_work = tuple(one for one in people if not one.is_standby)
    return ShiftCrew(shift, tuple(one for one in at_work if one.is_supervisor), at_work)


def _is_rostered(read: Reader, today: date) -> bool:
    span = ((today - _IN_USE).isoformat(), (today + _IN_USE).isoformat())
    return read.one("SELECT 1 FROM assignment WHERE on_date >= ? AND on_date <= ? LIMIT 1", span) is not None


def _first_teams(read: Reader) -> Mapping[PersonId, tuple[int, str, str]]:
    rows = read.rows(
        "SELECT team_member.person_id, team.position, team.name, team.name_alt FROM team_member"
        " JOIN team ON team.id = team_member.team_id ORDER BY team.position DESC, team.id DESC"
    )
    return {row[0]: (row[1], row[2], row[3] or "") for row in rows}


def _numbers(read: Reader, people: Sequence[PersonId]) -> Mapping[tuple[PersonId, str], str]:
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        f"SELECT person_id, kind, number FROM phone_number WHERE person_id IN ({marks}) ORDER BY id DESC",
        people,
    )
    return {(row[0], row[1]): row[2] for row in rows}
