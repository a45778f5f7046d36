"""A month of the roster as paper and workbook show it: gathered with the rules that judge it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.models.entities.calendars import DayType
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.reports import (
    Coverage,
    CoverageLine,
    LegendEntry,
    PaperSize,
    ReportHead,
    RosterDay,
    RosterGroup,
    RosterMonth,
    RosterPerson,
)
from app.models.entities.roster import Assignment, BrokenRule, ShiftKind, ShiftTemplate
from app.models.entities.roster import RosterPerson as Planned
from app.models.entities.roster_plan import RosterPlan
from app.models.transactions import Reader
from app.services.base.names import name_in, named
from app.services.roster.checks import RosterChecks
from app.services.roster.months import load_state
from app.services.roster.planned import load_plan, month_dates
from app.services.settings.current import load_config

_OVER = frozenset({BrokenRule.HOURS_WEEK, BrokenRule.HOURS_MONTH, BrokenRule.CONTRACT})
CREW_NAMES = "SELECT id, name, name_alt FROM crew ORDER BY position, id"
TEAM_NAMES = "SELECT id, name, name_alt FROM team"


def load_roster_month(
    read: Reader,
    head: ReportHead,
    month: str,
    language: str,
    *,
    by_crew: bool = False,
    paper: PaperSize = PaperSize.A4,
) -> RosterMonth:
    """Return a month ("2026-04") with all that is printed of it; whoever has no crew stands below their team.

    Raises:
        BadInput: `roster.month_bad`.
    """
    first, last = month_dates(month)
    plan = load_plan(read, first, last)
    checks = RosterChecks(plan)
    state = load_state(read, month, language)
    names = load_config(read).default_calendar.day_names
    crews = {row[0]: name_in(row[1], row[2], language) for row in read.rows(CREW_NAMES)} if by_crew else {}
    teams = {row[0]: name_in(row[1], row[2], language) for row in read.rows(TEAM_NAMES)}
    is_changed = not state.is_published or bool(state.changes)
    version = state.version
    return RosterMonth(
        head=head,
        days=tuple(
            RosterDay(on, DayType(plan.day_types[on]), name_in(*names.get(on, ("", "")), language))
            for on in plan.days
        ),
        groups=tuple(_groups(plan, checks, crews, language)),
        coverage=tuple(_coverage(plan, checks, teams, language)),
        legend=tuple(_legend(template, language) for template in _shown(plan)),
        published_at=None if version is None else version.at,
        draft=(0 if version is None else version.number) + 1 if is_changed else 0,
        version=0 if version is None else version.number,
        changes=len(state.changes),
        paper=paper,
    )


def _shown(plan: RosterPlan) -> list[ShiftTemplate]:
    """Return the shifts that hold in the month, and others that stand in a cell of it."""
    days = frozenset(plan.days)
    used = {cell.template_id for key, cell in plan.cells.items() if key[1] in days}
    first, last = plan.days[0], plan.days[-1]
    return [each for each in plan.templates if each.holds_within(first, last) or each.id in used]


def _groups(
    plan: RosterPlan, checks: RosterChecks, crews: dict[int, str], language: str
) -> Iterable[RosterGroup]:
    codes = {template.id: template.code for template in plan.templates}
    over = {one.person_id for one in checks.violations if one.rule in _OVER}
    order = {crew: place for place, crew in enumerate(crews)}
    people = sorted(plan.people, key=lambda one: order.get(one.crew_id or 0, len(order)))
    groups: dict[tuple[str, object], RosterGroup] = {}
    for person in people:
        key, name = _group_of(person, crews, language)
        held = groups.get(key, RosterGroup(name, ()))
        line = _person(plan, checks, person, codes, language)
        line = replace(line, is_over_cap=person.id in over)
        groups[key] = RosterGroup(name, (*held.people, line))
    return groups.values()


def _group_of(person: Planned, crews: dict[int, str], language: str) -> tuple[tuple[str, object], str]:
    if person.crew_id is not None and person.crew_id in crews:
        return ("crew", person.crew_id), crews[person.crew_id]
    return ("team", person.team_id), name_in(person.team_name, person.team_name_alt, language)


def _person(
    plan: RosterPlan, checks: RosterChecks, person: Planned, codes: dict[TemplateId, str], language: str
) -> RosterPerson:
    cells: Sequence[Assignment | None] = [plan.cells.get((person.id, on)) for on in plan.days]
    return RosterPerson(
        named(person, language),
        tuple(codes[cell.template_id] if cell else "" for cell in cells),
        checks.minutes(person.id) / 60,
        is_supervisor=any(cell.is_supervisor for cell in cells if cell),
        leads=frozenset(day for day, cell in enumerate(cells) if cell and cell.is_supervisor),
    )


def _coverage(
    plan: RosterPlan, checks: RosterChecks, teams: Mapping[TeamId, str], language: str
) -> Iterable[CoverageLine]:
    templates = {template.id: template for template in plan.templates}
    lines: dict[tuple[TemplateId, TeamId | None], list[Coverage]] = {}
    for count in checks.counts:
        key = (count.rule.template_id, count.rule.team_id)
        lines.setdefault(key, []).append(Coverage(count.planned, count.needed))
    for (template_id, team_id), days in lines.items():
        team = teams.get(team_id, "") if team_id is not None else ""
        parts = (team, named(templates[template_id], language))
        yield CoverageLine(" · ".join(part for part in parts if part), tuple(days))


def _legend(template: ShiftTemplate, language: str) -> LegendEntry:
    hours = ""
    if template.kind is ShiftKind.WORK:
        ends = (template.start_minute + template.duration_minute) % (24 * 60)
        hours = f"{_clock(template.start_minute)}–{_clock(ends)}"
    return LegendEntry(template.code, named(template, language), template.tone, hours)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
