"""What the report on people is made of: every figure from one question about everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.people_report import (
    DepartmentLines,
    PeopleFigures,
    PeopleReport,
    PersonLine,
    SharedCalls,
    TeamLines,
)
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.calendars.rules import day_type
from app.services.reports.heads import report_head
from app.services.reports.people_duty import (
    Duty,
    answering,
    duty_figures,
    load_duty,
    load_own_teams,
    share_calls,
)
from app.services.reports.people_figures import Engineer, load_engineers, ticket_figures, training_figures
from app.services.reports.people_period import Period, period_of
from app.services.roster.queries import site_zone
from app.services.roster.staffing_history import load_call_hours
from app.services.roster.staffing_people import answering_teams
from app.services.settings import declared
from app.services.settings.current import load_config


@query(permission="reports.read")
def people_report(ctx: Context, read: Reader, first: date, last: date, language: str) -> PeopleReport:
    """Return the figures of everybody from `first` to `last`, both included; counted up to now.

    Listed is who works in a team of the desk; others of the staff where they have figures or left.

    Raises:
        BadInput: `reports.period_bad`.
    """
    now = ctx.clock.now()
    period = period_of(first, last, site_zone(read), now)
    calendar = load_config(read).default_calendar
    tickets, unassigned = ticket_figures(read, period, calendar)
    duty = load_duty(read, period)
    types = {on: day_type(calendar, on).value for on in period.counted}
    calls, shares = _calls(read, period, duty, language)
    figures = _together(
        tickets,
        duty_figures(duty, period, types, now),
        {person: PeopleFigures(calls=share) for person, share in shares.items()},
        training_figures(read, period),
    )
    lines = [
        (each, _line(each, figures.get(each.person_id, PeopleFigures()), period))
        for each in load_engineers(read, language)
    ]
    shown = [(each, line) for each, line in lines if each.is_desk or not line.is_silent]
    return PeopleReport(
        report_head(ctx, read, language),
        first,
        last,
        period.until_day,
        _departments(shown),
        calls,
        unassigned,
        load_config(read).roster_rules.full_time_hours,
    )


def _calls(
    read: Reader, period: Period, duty: Duty, language: str
) -> tuple[SharedCalls | None, Mapping[PersonId, float]]:
    hours = load_call_hours(read, period.begin, period.until)
    if not hours:
        return None, {}
    site = load_config(read)
    teams = answering_teams(read, site.settings[declared.STAFFING_TEAMS], language)
    shifts = answering(duty.planned, teams, load_own_teams(read))
    return share_calls(shifts, hours, period, timedelta(hours=site.roster_rules.full_time_hours))


def _together(*found: Mapping[PersonId, PeopleFigures]) -> dict[PersonId, PeopleFigures]:
    sums: dict[PersonId, PeopleFigures] = {}
    for figures in found:
        for person, figure in figures.items():
            sums[person] = sums.get(person, PeopleFigures()) + figure
    return sums


def _line(each: Engineer, figures: PeopleFigures, period: Period) -> PersonLine:
    def inside(on: date | None) -> date | None:
        return on if on is not None and period.first <= on <= period.last else None

    return PersonLine(
        each.person_id,
        each.name,
        figures,
        each.title,
        each.experts,
        each.skilled,
        inside(each.joined_on),
        inside(each.left_on),
    )


def _departments(lines: list[tuple[Engineer, PersonLine]]) -> tuple[DepartmentLines, ...]:
    """Return the lines by department and team: departments by name, teams as the site orders them."""
    found: dict[str, dict[str, list[PersonLine]]] = {}
    for each, line in lines:
        found.setdefault(each.department, {}).setdefault(each.team, []).append(line)
    return tuple(
        DepartmentLines(
            name,
            tuple(
                TeamLines(team, tuple(sorted(people, key=lambda line: (line.name, line.person_id))))
                for team, people in found[name].items()
            ),
        )
        for name in sorted(found, key=lambda name: (not name, name))
    )
