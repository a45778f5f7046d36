"""What reports are made of: the shift's figures and lists, and the roster of a month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.calendars import DayType
from app.models.entities.compliance import ComplianceLine, ComplianceReport, Split
from app.models.entities.errors import NotFound
from app.models.entities.reports import (
    Coverage,
    CoverageLine,
    DutyPerson,
    DutyRole,
    LegendEntry,
    ReportedShift,
    RosterDay,
    RosterGroup,
    RosterMonth,
    RosterPerson,
    ShiftNote,
    ShiftReport,
)
from app.models.entities.roster import OnDuty, Roster, ShiftKind, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.reports import compliance, shift_figures, shift_lists
from app.services.reports.heads import report_head
from app.services.roster import rules as roster_rules
from app.services.roster.queries import load_templates, notes_of_shift, people_on_duty, roster
from app.services.settings import declared
from app.services.settings.current import load_config


@query(permission="reports.read")
def shift_report(ctx: Context, read: Reader, on: date, code: str, language: str) -> ShiftReport:
    """Return the report of the shift `code` that began on a date; a running shift is reported up to now.

    Raises:
        NotFound: there is no working shift with this code.
    """
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    template = _template(read, code)
    begin, end = roster_rules.shift_span(template, on, zone)
    until = max(min(end, ctx.clock.now()), begin)
    shift = ReportedShift(code, named(template, language), on, begin, end)
    on_duty = people_on_duty(read, begin, language)
    leader = next((one for one in on_duty if one.is_supervisor), None)
    figures = shift_figures.figures_of(read, begin, until)
    return ShiftReport(
        head=report_head(ctx, read, language),
        shift=shift,
        supervisor=None if leader is None else _leader(leader),
        on_duty=_duty_roles(on_duty, language),
        total=figures.total,
        hours=shift_figures.hours_of(read, begin, until, end),
        by_type=figures.by_type,
        by_priority=figures.by_priority,
        urgent=shift_lists.urgent(read, until, language),
        majors=shift_lists.majors(read, until, language),
        call_backs=shift_lists.call_backs(read, language),
        notes=tuple(
            ShiftNote(note.text, note.author_name, note.at)
            for note in notes_of_shift(read, on, template.id, language)
        ),
        next_supervisor=_leader_at(read, end, language),
    )


@query(permission="roster.read")
def roster_month(ctx: Context, read: Reader, year: int, month: int, language: str) -> RosterMonth:
    """Return the roster of a calendar month as it is printed."""
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    shown: Roster = roster(ctx, first, last)
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    return RosterMonth(
        head=report_head(ctx, read, language),
        days=tuple(
            RosterDay(on, DayType(kind)) for on, kind in zip(shown.days, shown.day_types, strict=True)
        ),
        groups=_groups(shown, zone, language),
        coverage=_coverage(shown, language),
        legend=tuple(_legend(template, language) for template in shown.templates if template.is_active),
        published_at=shown.published_at,
        draft=0 if shown.is_published else 1,
    )


@query(permission="reports.read")
def sla_compliance(ctx: Context, read: Reader, year: int, month: int, language: str) -> ComplianceReport:
    """Return how the promises of a calendar month were kept; the present month is counted up to now."""
    zone = ZoneInfo(load_config(read).settings[declared.TIMEZONE])
    first = date(year, month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    begin = datetime.combine(first, time(), zone)
    until = max(begin, min(datetime.combine(after, time(), zone), ctx.clock.now()))
    splits: dict[Split, tuple[ComplianceLine, ...]] = {
        split: compliance.compliance_lines(read, split, begin, until, language)
        for split in Split
        if split is not Split.SHIFT
    }
    splits[Split.SHIFT] = compliance.lines_by_shift(
        read, load_templates(read), begin, until, zone, lambda template: named(template, language)
    )
    last = (until - timedelta(microseconds=1)).astimezone(zone).date()
    total = compliance.total_line(splits[Split.PRIORITY])
    return ComplianceReport(report_head(ctx, read, language), first, max(first, last), total, splits)


def _template(read: Reader, code: str) -> ShiftTemplate:
    for template in load_templates(read, include_retired=True):
        if template.code == code and template.kind is ShiftKind.WORK:
            return template
    raise NotFound("reports.shift_unknown", shift=code)


def _duty_roles(on_duty: list[OnDuty], language: str) -> tuple[DutyRole, ...]:
    by_team: dict[str, list[DutyPerson]] = {}
    for one in on_duty:
        team = name_in(one.team_name, one.team_name_alt, language)
        by_team.setdefault(team, []).append(DutyPerson(one.person_name, one.phone))
    return tuple(DutyRole(team, tuple(people)) for team, people in by_team.items())


def _leader(one: OnDuty) -> DutyPerson:
    return DutyPerson(one.person_name, one.mobile or one.phone)


def _leader_at(read: Reader, instant: datetime, language: str) -> str:
    leaders = (one for one in people_on_duty(read, instant, language) if one.is_supervisor)
    return next((one.person_name for one in leaders), "")


def _groups(shown: Roster, zone: ZoneInfo, language: str) -> tuple[RosterGroup, ...]:
    templates = {template.id: template for template in shown.templates}
    groups: dict[str, list[RosterPerson]] = {}
    for person in shown.people:
        cells = [shown.cells.get((person.id, on)) for on in shown.days]
        lengths = (
            roster_rules.shift_hours(templates[cell.template_id], cell.on_date, zone)
            for cell in cells
            if cell
        )
        team = name_in(person.team_name, person.team_name_alt, language)
        groups.setdefault(team, []).append(
            RosterPerson(
                named(person, language),
                tuple(templates[cell.template_id].code if cell else "" for cell in cells),
                sum(lengths, timedelta()).total_seconds() / 3600,
                is_supervisor=any(cell.is_supervisor for cell in cells if cell),
                leads=frozenset(day for day, cell in enumerate(cells) if cell and cell.is_supervisor),
            )
        )
    return tuple(RosterGroup(name, tuple(people)) for name, people in groups.items())


def _coverage(shown: Roster, language: str) -> tuple[CoverageLine, ...]:
    templates = {template.id: template for template in shown.templates}
    teams = {
        person.team_id: name_in(person.team_name, person.team_name_alt, language) for person in shown.people
    }
    lines: dict[tuple[object, object], list[Coverage]] = {}
    for count in shown.coverage:
        key = (count.rule.template_id, count.rule.team_id)
        lines.setdefault(key, []).append(Coverage(count.planned, count.needed))
    return tuple(
        CoverageLine(_line_name(templates[template_id], teams.get(team_id, ""), language), tuple(days))  # type: ignore[index,call-overload]
        for (template_id, team_id), days in lines.items()
    )


def _line_name(template: ShiftTemplate, team: str, language: str) -> str:
    return " · ".join(part for part in (team, named(template, language)) if part)


def _legend(template: ShiftTemplate, language: str) -> LegendEntry:
    hours = ""
    if template.kind is ShiftKind.WORK:
        ends = (template.start_minute + template.duration_minute) % (24 * 60)
        hours = f"{_clock(template.start_minute)}–{_clock(ends)}"
    return LegendEntry(template.code, named(template, language), template.tone, hours)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
