"""What the report on calls is made of: the counted hours of a period, and who was there to answer."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.calls_report import CallsReport, CallStretch
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import named
from app.services.reports import calls_figures
from app.services.reports.heads import report_head
from app.services.reports.people_duty import answering, load_duty, load_own_teams
from app.services.reports.people_period import period_of
from app.services.roster.queries import load_templates, site_zone
from app.services.roster.staffing_history import load_call_hours
from app.services.roster.staffing_people import answering_teams
from app.services.roster.staffing_queries import aims_of
from app.services.settings import declared
from app.services.settings.current import load_config


@query(permission="reports.read")
def calls_report(ctx: Context, read: Reader, first: date, last: date, language: str) -> CallsReport:
    """Return the calls of `first` to `last`, both included, as far as they are over.

    The last night of the period is counted to its end where that is known.

    Raises:
        BadInput: `reports.period_bad`.
    """
    now = ctx.clock.now()
    period = period_of(first, last, site_zone(read), now)
    settings = load_config(read).settings
    aims = aims_of(settings)
    keeps = aims.keeps_hung_up
    beyond = min(now, period.until + timedelta(days=1))
    night_too = load_call_hours(read, period.begin, max(period.until, beyond))
    hours = [hour for hour in night_too if hour.starts_at < period.until]
    teams = answering_teams(read, settings[declared.STAFFING_TEAMS], language)
    at_work = calls_figures.spans_of(answering(load_duty(read, period).planned, teams, load_own_teams(read)))

    dates = calls_figures.by_date(hours, period)

    def stretch(since: date, until: date) -> CallStretch:
        inside = [hour for on, each in dates.items() if since <= on <= until for hour in each]
        return calls_figures.stretch_of(since, until, inside, aims, at_work)

    return CallsReport(
        report_head(ctx, read, language),
        first,
        last,
        period.until_day,
        calls_figures.tally_of(hours, keeps_hung_up=keeps),
        calls_figures.by_hour(hours, period, keeps_hung_up=keeps),
        calls_figures.by_shift(
            night_too,
            load_templates(read),
            period,
            lambda template: named(template, language),
            keeps_hung_up=keeps,
        ),
        tuple(stretch(on, on) for on in period.counted),
        tuple(stretch(since, until) for since, until in calls_figures.weeks_of(period)),
        calls_figures.heat_of(hours, period),
        aims,
    )
