"""What reports are made of: the shift's figures and lists, and the roster of a month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.compliance import ComplianceLine, ComplianceReport, Split
from app.models.entities.errors import NotFound
from app.models.entities.reports import (
    DutyPerson,
    DutyRole,
    PaperSize,
    ReportedShift,
    RosterMonth,
    ShiftNote,
    ShiftReport,
)
from app.models.entities.roster import OnDuty, ShiftAt, ShiftKind, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.base.texts import Texts
from app.services.handover.opportunity_queries import opportunities_noted
from app.services.reports import compliance, shift_figures, shift_handover, shift_lists
from app.services.reports.heads import report_head
from app.services.reports.roster_month import load_roster_month
from app.services.roster import rules as roster_rules
from app.services.roster.queries import load_templates, notes_of_shift, people_on_duty
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
        notes=(
            *shift_handover.announced_in(read, ShiftAt(template, on, begin, end), Texts(language), zone),
            *(
                ShiftNote(note.text, note.author_name, note.at)
                for note in notes_of_shift(read, on, template.id, language)
            ),
        ),
        next_supervisor=_leader_at(read, end, language),
        people=shift_handover.people_of(read, ShiftAt(template, on, begin, end), ctx.clock.now(), language),
        calls=shift_handover.calls_of(read, ShiftAt(template, on, begin, end)),
        handover=shift_handover.handover_of(read, on, template.id, Texts(language), zone),
        opportunities=opportunities_noted(read, begin, until),
    )


@query(permission="roster.read")
def roster_month(
    ctx: Context,
    read: Reader,
    year: int,
    month: int,
    language: str,
    *,
    by_crew: bool = False,
    paper: PaperSize = PaperSize.A4,
) -> RosterMonth:
    """Return the roster of a calendar month as it is printed, people below their teams or their crews."""
    head = report_head(ctx, read, language)
    return load_roster_month(read, head, f"{year:04d}-{month:02d}", language, by_crew=by_crew, paper=paper)


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
    restoring = compliance.restore_lines(read, begin, until)
    return ComplianceReport(
        report_head(ctx, read, language), first, max(first, last), total, splits, restoring
    )


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
