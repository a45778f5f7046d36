"""Reading all that the rules of a stretch of dates need, inside a query or a command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveState
from app.models.entities.roster import RosterPerson
from app.models.entities.roster_plan import HeldTerms, Leave, RosterPlan, Wish, WorkTerms
from app.models.entities.roster_rules import RosterRules, RuleName
from app.models.entities.skills import SkillId, SkillLevel, SkillNeed
from app.models.transactions import Reader, Row
from app.services.base.years import read_iso_month
from app.services.calendars.rules import day_type
from app.services.roster.line_checks import monday_of
from app.services.roster.queries import load_cells, load_coverage, load_people, load_templates
from app.services.roster.staffing_shifts import load_shift_needs
from app.services.roster.strangers import load_strangers
from app.services.settings import declared
from app.services.settings.current import load_config

_DAY = timedelta(days=1)
# Whatever the limits are, a night and its rest look that far.
_LEAST_LOOK = 4


def load_plan(
    read: Reader, first: date, last: date, rules: RosterRules | None = None, *, today: date | None = None
) -> RosterPlan:
    """Return the plan of `first` to `last`, both included, with the dates around that its rules read.

    `rules` hold instead of those in force; the dates around reach far enough for either. With `today`
    coverage also asks for the people whom the calls expected from then on need, and people with shifts from
    then on who are retired, no staff or in no team are among the `gone`.
    """
    site = load_config(read)
    held = rules or site.roster_rules
    start, end = _around(first, last, site.roster_rules, held)
    dates = [start + timedelta(days=count) for count in range((end - start).days + 1)]
    plan = RosterPlan(
        days=tuple(on for on in dates if first <= on <= last),
        day_types={on: day_type(site.default_calendar, on).value for on in dates},
        people=tuple(load_planned_people(read)),
        templates=tuple(load_templates(read, include_retired=True)),
        cells=load_cells(read, start, end),
        rules=held,
        zone=ZoneInfo(site.settings[declared.TIMEZONE]),
        coverage=tuple(load_coverage(read)),
        skill_needs=tuple(load_skill_needs(read)),
        leaves=tuple(load_leaves(read, start, end)),
        wishes=tuple(load_wishes(read, first, last)),
        asked_leaves=tuple(load_leaves(read, first, last, LeaveState.ASKED)),
    )
    if today is None:
        return plan
    gone = (*load_gone(read, first, last, today), *load_strangers(read, first, last, today))
    return replace(plan, load_needs=load_shift_needs(read, plan, today), gone=gone)


def load_plan_from(read: Reader, first: date, last: date, now: datetime) -> RosterPlan:
    """As `load_plan`, with what the calls expected from the date of `now` on ask for."""
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    return load_plan(read, first, last, today=now.astimezone(zone).date())


def month_dates(month: str) -> tuple[date, date]:
    """Return first and last date of a month such as "2026-04".

    Raises:
        BadInput: `roster.month_bad`, `dates.out_of_range`.
    """
    first = read_iso_month(month)
    return first, _month_end(first)


def load_planned_people(read: Reader) -> list[RosterPerson]:
    """Return the staff of the desk with their skills, and what was agreed with them or their department."""
    terms = load_terms(read)
    own = {each.person_id: each.terms for each in terms if each.person_id is not None}
    common = {each.department_id: each.terms for each in terms if each.department_id is not None}
    skills: dict[PersonId, dict[SkillId, SkillLevel]] = {}
    for person_id, skill_id, level in read.rows("SELECT person_id, skill_id, level FROM person_skill"):
        skills.setdefault(person_id, {})[skill_id] = SkillLevel(level)
    return [
        _agreed(
            person, own.get(person.id) or common.get(person.department_id or 0), skills.get(person.id, {})
        )
        for person in load_people(read)
    ]


def load_gone(read: Reader, first: date, last: date, today: date) -> list[RosterPerson]:
    """Return the retired people who are planned on a date from `first` to `last` that is not past, by name.

    Nothing is agreed with them but that they have left; each stands in the team that was their first.
    """
    rows = read.rows(
        "SELECT person.id, person.name, person.name_alt, team.id, team.name, team.name_alt, team.position"
        " FROM person LEFT JOIN team_member ON team_member.person_id = person.id"
        " LEFT JOIN team ON team.id = team_member.team_id"
        " WHERE person.is_active = false AND EXISTS (SELECT 1 FROM assignment"
        " WHERE assignment.person_id = person.id AND on_date >= ? AND on_date <= ?)"
        " ORDER BY person.name, person.id, team.position, team.id",
        (max(first, today).isoformat(), last.isoformat()),
    )
    people: dict[PersonId, RosterPerson] = {}
    for person_id, name, name_alt, team_id, team, team_alt, position in rows:
        gone = RosterPerson(person_id, name, team_id, team or "", position or 0, name_alt=name_alt or "")
        left = replace(gone, team_name_alt=team_alt or "", left_on=today - _DAY)
        people.setdefault(person_id, left)
    return list(people.values())


def load_terms(read: Reader) -> list[HeldTerms]:
    """Return what was agreed, with departments first, then with persons."""
    rows = read.rows(
        "SELECT id, person_id, department_id, no_nights, no_weekends, no_holidays, contract_minutes,"
        " nights_most, is_reachable, crew_id, substitute_id, joined_on, left_on, version, superior_id"
        " FROM work_terms ORDER BY CASE WHEN department_id IS NULL THEN 1 ELSE 0 END, id"
    )
    return [_terms(row) for row in rows]


def load_skill_needs(read: Reader) -> list[SkillNeed]:
    """Return which skills shifts need."""
    rows = read.rows("SELECT template_id, skill_id, level, day_type, minimum FROM skill_need ORDER BY id")
    return [SkillNeed(row[0], row[1], SkillLevel(row[2]), row[3], row[4]) for row in rows]


def load_leaves(
    read: Reader, first: date, last: date, state: LeaveState = LeaveState.APPROVED
) -> list[Leave]:
    """Return the leaves in a state (approved) that have a date from `first` to `last`."""
    rows = read.rows(
        "SELECT person_id, first_date, last_date, template_id FROM leave_request"
        " WHERE state = ? AND first_date <= ? AND last_date >= ? ORDER BY id",
        (state.value, last.isoformat(), first.isoformat()),
    )
    return [Leave(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), row[3]) for row in rows]


def load_wishes(read: Reader, first: date, last: date) -> list[Wish]:
    """Return the wishes for `first` to `last`, by date and person."""
    rows = read.rows(
        "SELECT person_id, on_date, template_id, text, version FROM shift_wish"
        " WHERE on_date >= ? AND on_date <= ? ORDER BY on_date, person_id",
        (first.isoformat(), last.isoformat()),
    )
    return [Wish(row[0], date.fromisoformat(row[1]), row[2], row[3], row[4]) for row in rows]


def _around(first: date, last: date, *rules: RosterRules) -> tuple[date, date]:
    """Return the dates that rules of a stretch reach to: whole weeks and months, and rows over its edges."""
    rows = (RuleName.NIGHTS_IN_A_ROW, RuleName.SHIFTS_IN_A_ROW, RuleName.STANDBY)
    limits = [each.limit(name) + 1 for each in rules for name in rows]
    look = timedelta(days=max(_LEAST_LOOK, *limits))
    start = min(monday_of(first), first.replace(day=1), first - look)
    end = max(monday_of(last) + timedelta(days=6), _month_end(last), last + look)
    return start, end


def _month_end(on: date) -> date:
    beyond = on.replace(day=28) + timedelta(days=4)
    return beyond.replace(day=1) - _DAY


def _agreed(person: RosterPerson, terms: WorkTerms | None, skills: dict[SkillId, SkillLevel]) -> RosterPerson:
    if terms is None:
        return replace(person, skills=skills) if skills else person
    return replace(
        person,
        crew_id=terms.crew_id,
        no_nights=terms.no_nights,
        no_weekends=terms.no_weekends,
        no_holidays=terms.no_holidays,
        contract_minutes=terms.contract_minutes,
        nights_most=terms.nights_most,
        is_reachable=terms.is_reachable,
        substitute_id=terms.substitute_id,
        joined_on=terms.joined_on,
        left_on=terms.left_on,
        skills=skills,
    )


def _terms(row: Row) -> HeldTerms:
    terms = WorkTerms(
        no_nights=bool(row[3]),
        no_weekends=bool(row[4]),
        no_holidays=bool(row[5]),
        contract_minutes=row[6],
        nights_most=row[7],
        is_reachable=bool(row[8]),
        crew_id=row[9],
        substitute_id=row[10],
        superior_id=row[14],
        joined_on=_date(row[11]),
        left_on=_date(row[12]),
    )
    return HeldTerms(row[0], row[1], row[2], terms, row[13])


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
