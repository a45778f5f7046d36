"""What is asked about the roster: a stretch of days, who is on duty, notes for the next shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, TeamId
from app.models.entities.instants import from_micros, from_micros_or_none
from app.models.entities.roster import (
    Assignment,
    CoverageRule,
    OnDuty,
    Roster,
    RosterPerson,
    ShiftAt,
    ShiftKind,
    ShiftNote,
    ShiftTemplate,
)
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named, person_column
from app.services.calendars.rules import day_type
from app.services.roster import rules
from app.services.roster.away import with_away
from app.services.roster.on_duty import duty_of, in_team, team_names, with_phones
from app.services.roster.rules import RosterLimits
from app.services.roster.strangers import load_teamless
from app.services.settings import declared
from app.services.settings.current import load_config

# Rest and nights in a row look back over the edge of what is shown.
_LOOK_BACK = timedelta(days=4)


@query(permission="roster.read")
def shift_templates(_ctx: Context, read: Reader) -> list[ShiftTemplate]:
    """Return every shift template in use, in its order."""
    return load_templates(read)


@query(permission="roster.read")
def roster(ctx: Context, read: Reader, first: date, last: date) -> Roster:
    """Return the roster of `first` to `last`, both included: cells, coverage and broken rules."""
    site = load_config(read)
    zone = ZoneInfo(site.settings[declared.TIMEZONE])
    days = tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
    types = {on: day_type(site.default_calendar, on).value for on in days}
    templates = load_templates(read, include_retired=True)
    people = load_people(read)
    around = load_cells(read, first - _LOOK_BACK, last)
    cells = {key: cell for key, cell in around.items() if cell.on_date >= first}
    status = read.one(
        f"SELECT is_published, published_at, {person_column('person', ctx.language)} FROM roster_month"
        " LEFT JOIN person ON person.id = roster_month.published_by_id WHERE month = ?",
        (first.isoformat()[:7],),
    )
    return Roster(
        days=days,
        day_types=tuple(types[on] for on in days),
        people=tuple(people),
        templates=tuple(templates),
        cells=cells,
        coverage=tuple(rules.coverage_counts(load_coverage(read), days, types, cells, people, templates)),
        violations=tuple(
            rules.violations(
                around, {t.id: t for t in templates}, days, zone, RosterLimits.of(site.roster_rules)
            )
        ),
        is_published=bool(status[0]) if status else False,
        published_at=from_micros_or_none(status[1]) if status else None,
        published_by=(status[2] or "") if status else "",
    )


@query(permission="roster.read")
def on_duty_at(ctx: Context, read: Reader, instant: datetime) -> list[OnDuty]:
    """Return who is at work or on standby at an instant, the duty supervisor first."""
    return people_on_duty(read, instant, ctx.language)


@query(permission="roster.read")
def shift_at(_ctx: Context, read: Reader, instant: datetime) -> ShiftAt | None:
    """Return the shift the desk lives by at an instant; see `rules.shift_at`."""
    return rules.shift_at(load_templates(read), instant, site_zone(read))


@query(permission="roster.read")
def roles_that_plan(_ctx: Context, read: Reader) -> list[tuple[str, str]]:
    """Return name and second name of every role that may plan the roster: whom a reader can ask."""
    rows = read.rows(
        "SELECT role.name, role.name_alt FROM role"
        " JOIN role_permission ON role_permission.role_id = role.id"
        " WHERE role_permission.permission = ? AND role.is_active = true ORDER BY role.id",
        ("roster.edit",),
    )
    return [(row[0], row[1] or "") for row in rows]


@query(permission="roster.read")
def shift_notes(
    ctx: Context, read: Reader, *, include_done: bool = False, limit: int = 50
) -> list[ShiftNote]:
    """Return notes left for the next shift, the newest first; done ones only if asked for."""
    condition = "" if include_done else " WHERE done_at IS NULL"
    rows = read.rows(f"{_notes(ctx.language)}{condition} ORDER BY shift_note.id DESC LIMIT ?", (limit,))
    return [_note(row) for row in rows]


def notes_of_shift(read: Reader, on: date, template_id: int, language: str = "en") -> list[ShiftNote]:
    """Return all notes written during one shift, oldest first; authors named for a reader of `language`."""
    rows = read.rows(
        f"{_notes(language)} WHERE on_date = ? AND template_id = ? ORDER BY shift_note.id",
        (on.isoformat(), template_id),
    )
    return [_note(row) for row in rows]


def people_on_duty(read: Reader, instant: datetime, language: str = "en") -> list[OnDuty]:
    """As `on_duty_at`, inside a read or a transaction; people's names in the reader's language."""
    zone = site_zone(read)
    local = instant.astimezone(zone).date()
    templates = {template.id: template for template in load_templates(read, include_retired=True)}
    people = {person.id: person for person in load_people(read)}
    people |= load_teamless(read, local - timedelta(days=1), local)
    cells = load_cells(read, local - timedelta(days=1), local).values()
    teams = team_names(read) if any(cell.team_id is not None for cell in cells) else {}
    found = []
    for cell in cells:
        template = templates[cell.template_id]
        begin, end = rules.shift_span(template, cell.on_date, zone)
        person = people.get(cell.person_id)
        if person is None or template.kind is ShiftKind.ABSENCE or not begin <= instant < end:
            continue
        shown = replace(person, name=named(person, language))
        found.append(duty_of(in_team(shown, cell.team_id, teams), cell, template, (begin, end)))
    reachable = with_away(read, with_phones(read, found), instant)
    return sorted(
        reachable, key=lambda one: (not one.is_supervisor, one.is_standby, one.team_name, one.person_name)
    )


def who_is_on(
    read: Reader, instant: datetime, *, team_id: TeamId | None = None, specialty: str = ""
) -> list[OnDuty]:
    """Return who is on duty for a team, or for any team of a specialty; those at work before standby.

    Nobody is an answer: where it is empty, nobody else is picked, and whoever asks tells the duty
    supervisor (U43). Without team and specialty it is everybody on duty.
    """
    found = people_on_duty(read, instant)
    if specialty:
        rows = read.rows("SELECT id FROM team WHERE specialty = ? AND is_supplier = false", (specialty,))
        meant = {row[0] for row in rows}
        found = [one for one in found if one.team_id in meant]
    if team_id is not None:
        found = [one for one in found if one.team_id == team_id]
    return sorted(found, key=lambda one: one.is_standby)


def site_zone(read: Reader) -> ZoneInfo:
    """Return the site's time zone."""
    return ZoneInfo(load_config(read).settings[declared.TIMEZONE])


def load_templates(read: Reader, *, include_retired: bool = False) -> list[ShiftTemplate]:
    """Return shift templates in their order: those that hold on some date, or really all of them."""
    rows = read.rows(
        "SELECT id, code, name, name_alt, kind, start_minute, duration_minute, tone, position, is_active,"
        " version, first_date, last_date, previous_id FROM shift_template ORDER BY position, id"
    )
    found = [
        ShiftTemplate(
            row[0],
            row[1],
            row[2],
            row[3],
            ShiftKind(row[4]),
            row[5],
            row[6],
            row[7],
            row[8],
            bool(row[9]),
            row[10],
            _date(row[11]),
            _date(row[12]),
            row[13],
        )
        for row in rows
    ]
    return [each for each in found if include_retired or each.holds_within(date.min, date.max)]


def load_cells(read: Reader, first: date, last: date) -> dict[tuple[PersonId, date], Assignment]:
    """Return the assignments from `first` to `last`, both included, by person and date."""
    rows = read.rows(
        "SELECT person_id, on_date, template_id, is_supervisor, version, team_id, is_fixed FROM assignment"
        " WHERE on_date >= ? AND on_date <= ?",
        (first.isoformat(), last.isoformat()),
    )
    cells = (
        Assignment(row[0], date.fromisoformat(row[1]), row[2], bool(row[3]), row[4], row[5], bool(row[6]))
        for row in rows
    )
    return {(cell.person_id, cell.on_date): cell for cell in cells}


def load_people(read: Reader) -> list[RosterPerson]:
    """Return the staff of the desk by team; a person of several teams stands in the first.

    Without skills and what was agreed with them: `planned.load_planned_people` has those.
    """
    rows = read.rows(
        "SELECT person.id, person.name, team.id, team.name, team.position, person.name_alt, team.name_alt,"
        " person.department_id FROM person"
        " JOIN team_member ON team_member.person_id = person.id"
        " JOIN team ON team.id = team_member.team_id"
        " WHERE person.is_staff = true AND person.is_active = true AND team.is_supplier = false"
        " ORDER BY team.position, team.id, person.id"
    )
    leaders = {
        row[0]
        for row in read.rows(
            "SELECT person_role.person_id FROM person_role JOIN role ON role.id = person_role.role_id"
            " WHERE role.code = ?",
            ("duty_supervisor",),
        )
    }
    teams: dict[PersonId, tuple[TeamId, ...]] = {}
    for row in rows:
        teams[row[0]] = (*teams.get(row[0], ()), row[2])
    people: dict[PersonId, RosterPerson] = {}
    for person_id, name, team_id, team_name, position, name_alt, team_name_alt, department_id in rows:
        if person_id not in people:
            people[person_id] = RosterPerson(
                person_id,
                name,
                team_id,
                team_name,
                position,
                person_id in leaders,
                name_alt or "",
                team_name_alt or "",
                team_ids=teams[person_id],
                department_id=department_id,
            )
    return list(people.values())


def load_coverage(read: Reader) -> list[CoverageRule]:
    """Return how many people each shift needs, by shift order."""
    rows = read.rows(
        "SELECT coverage_rule.template_id, coverage_rule.team_id, day_type, minimum FROM coverage_rule"
        " JOIN shift_template ON shift_template.id = coverage_rule.template_id"
        " ORDER BY coverage_rule.id"
    )
    return [CoverageRule(*row) for row in rows]


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _notes(language: str) -> str:
    return (
        f"SELECT shift_note.id, on_date, template_id, text, {person_column('author', language)}, at, done_at,"
        f" {person_column('done', language)} FROM shift_note"
        " LEFT JOIN person author ON author.id = shift_note.author_id"
        " LEFT JOIN person done ON done.id = shift_note.done_by_id"
    )


def _note(row: Row) -> ShiftNote:
    return ShiftNote(
        row[0],
        date.fromisoformat(row[1]),
        row[2],
        row[3],
        row[4] or "",
        from_micros(row[5]),
        from_micros_or_none(row[6]),
        row[7] or "",
    )
