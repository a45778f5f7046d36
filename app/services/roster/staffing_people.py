"""Who answers calls, when they are at work, and how many the coverage rules ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.roster import ShiftKind
from app.models.transactions import Reader
from app.services.base.names import name_in
from app.services.calendars.rules import day_type
from app.services.roster import rules
from app.services.roster.queries import load_coverage, load_templates
from app.services.roster.staffing_forecast import AtWork, without

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asking:
    """A shift that coverage rules ask people for: from when to when, and how many."""

    starts_at: datetime
    ends_at: datetime
    people: int


def answering_teams(read: Reader, codes: str, language: str) -> dict[TeamId, str]:
    """Return the teams that answer calls, by id with their names.

    Those named by their codes, with commas between; where no such team exists, the first line's (without
    the field and without suppliers).
    """
    rows = read.rows(
        "SELECT id, code, name, name_alt, line, is_field FROM team"
        " WHERE is_active = true AND is_supplier = false ORDER BY position, id"
    )
    wanted = {code.strip().casefold() for code in codes.replace("，", ",").replace(";", ",").split(",")}
    named = [row for row in rows if row[1].casefold() in wanted]
    chosen = named or [row for row in rows if row[4] == 1 and not row[5]]
    return {TeamId(row[0]): name_in(row[2], row[3] or "", language) for row in chosen}


def field_teams(read: Reader) -> tuple[TeamId, ...]:
    """Return the teams that go to the users, by their place in the list."""
    rows = read.rows(
        "SELECT id FROM team WHERE is_active = true AND is_supplier = false AND is_field = true"
        " ORDER BY position, id"
    )
    return tuple(TeamId(row[0]) for row in rows)


def people_at_work(
    read: Reader, on: date, zone: ZoneInfo, teams: Sequence[TeamId], now: datetime
) -> list[AtWork]:
    """Return when people of some teams are at work on a date and in the night before it.

    Standby and absences are no work, and times away from the desk are taken out; whoever has not come back
    yet is away until they said, else until now. Somebody lent to another team for a shift works for that one.
    """
    if not teams:
        return []
    templates = {each.id: each for each in load_templates(read, include_retired=True)}
    marks = ", ".join("?" * len(teams))
    rows = read.rows(
        "SELECT assignment.person_id, on_date, template_id FROM assignment"
        " JOIN person ON person.id = assignment.person_id"
        " WHERE on_date >= ? AND on_date <= ? AND person.is_active = true"
        f" AND (assignment.team_id IN ({marks}) OR (assignment.team_id IS NULL AND EXISTS"
        " (SELECT 1 FROM team_member WHERE team_member.person_id = assignment.person_id"
        f" AND team_member.team_id IN ({marks}))))",
        ((on - _DAY).isoformat(), on.isoformat(), *teams, *teams),
    )
    found: list[AtWork] = []
    for person_id, on_date, template_id in rows:
        template = templates[template_id]
        if template.kind is not ShiftKind.WORK:
            continue
        span = AtWork(*rules.shift_span(template, date.fromisoformat(on_date), zone), person_id)
        found += without(span, _away(read, person_id, span, now))
    return found


def coverage_asked(
    read: Reader, on: date, zone: ZoneInfo, teams: Sequence[TeamId], calendar: BusinessCalendar
) -> list[Asking]:
    """Return the shifts of a date, and of the night before it, with the people their coverage rules ask for.

    Of a shift the rules of these teams are added up; one for the whole desk counts where they have none.
    """
    templates = {each.id: each for each in load_templates(read)}
    days = (on - _DAY, on)
    types = {each: day_type(calendar, each).value for each in days}
    of_teams: dict[tuple[int, date], int] = {}
    of_desk: dict[tuple[int, date], int] = {}
    for count in rules.coverage_counts(load_coverage(read), days, types, {}, (), templates.values()):
        key = (count.rule.template_id, count.on_date)
        if count.rule.team_id is None:
            of_desk[key] = count.needed
        elif count.rule.team_id in teams:
            of_teams[key] = of_teams.get(key, 0) + count.needed
    asked = []
    for (template_id, each), people in {**of_desk, **of_teams}.items():
        template = templates[TemplateId(template_id)]
        if template.kind is ShiftKind.WORK and people:
            asked.append(Asking(*rules.shift_span(template, each, zone), people))
    return asked


def asked_in(starts_at: datetime, ends_at: datetime, asked: Sequence[Asking]) -> int:
    """Return how many people coverage asks for in a stretch: of the shifts that fill at least half of it."""
    half = (ends_at - starts_at) / 2
    return sum(
        each.people for each in asked if min(each.ends_at, ends_at) - max(each.starts_at, starts_at) >= half
    )


def _away(read: Reader, person_id: int, span: AtWork, now: datetime) -> list[AtWork]:
    rows = read.rows(
        "SELECT from_at, COALESCE(back_at, planned_until, ?) FROM away_time"
        " WHERE person_id = ? AND from_at < ? AND from_at >= ?",
        (to_micros(now), person_id, to_micros(span.ends_at), to_micros(span.starts_at)),
    )
    return [AtWork(from_micros(row[0]), from_micros(row[1])) for row in rows if row[0] < row[1]]
