"""What is asked about staffing: the people each hour of a day needs, and what a load asks for."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.settings import SettingValues
from app.models.entities.staffing import (
    ArrivalSource,
    CallPreview,
    Need,
    StaffingAims,
    StaffingDay,
    StaffingHour,
)
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.years import checked_day
from app.services.calendars.rules import day_type
from app.services.roster.queries import site_zone
from app.services.roster.staffing_facts import calls_of_users, field_people, is_planned
from app.services.roster.staffing_forecast import (
    abandonment_with,
    evenly,
    expected_in,
    hours_of_day,
    like_days,
    need_for,
    people_in,
    traffic_of,
)
from app.services.roster.staffing_history import load_call_hours, load_history
from app.services.roster.staffing_people import (
    answering_teams,
    asked_in,
    coverage_asked,
    field_teams,
    people_at_work,
)
from app.services.roster.staffing_reading import read_calls
from app.services.roster.staffing_site import is_new, load_field_work, skill_hints
from app.services.settings import declared
from app.services.settings.current import load_config


@query(permission="roster.read")
def staffing_of_day(ctx: Context, read: Reader, on: date) -> StaffingDay:
    """Return what each hour of a date is expected to bring, the people it needs, and those rostered for it.

    The expectation comes from the weeks before the date, or before today where the date is still to come; of
    a site that counts no calls yet, from its users. Field people are needed for the visits its calls bring.
    """
    checked_day(on)
    site, now = load_config(read), ctx.clock.now()
    zone, aims = site_zone(read), aims_of(site.settings)
    calendar = site.default_calendar
    kind = day_type(calendar, on).value
    last = min(on, now.astimezone(zone).date())
    end = hours_of_day(last, zone)[0][0]
    first = hours_of_day(last - timedelta(weeks=aims.weeks), zone)[0][0]
    history = load_history(read, first, end, zone, aims.handling)
    days = like_days(on, kind, {each: day_type(calendar, each).value for each in history.days})
    by_users = is_new(history, site.settings)
    users, a_month = (
        site.settings[key] for key in (declared.STAFFING_USERS, declared.STAFFING_CALLS_A_MONTH)
    )
    field_work = load_field_work(read, site.settings, first, end)
    teams = answering_teams(read, site.settings[declared.STAFFING_TEAMS], ctx.language)
    at_work = people_at_work(read, on, zone, tuple(teams), now)
    on_site = people_at_work(read, on, zone, field_teams(read), now)
    asked = coverage_asked(read, on, zone, tuple(teams), calendar)
    only = site.settings[declared.STAFFING_SERVICE_HOURS]
    hours = []
    for begin, until, shown in hours_of_day(on, zone):
        expected = (
            evenly(calls_of_users(users, a_month, calendar, begin, until))
            if by_users
            else expected_in(shown, days, history.days)
        )
        is_open = is_planned(calendar, begin, until, only)
        traffic = traffic_of(expected.calls, history.aht) if is_open else 0.0
        there = people_in(begin, until, at_work)
        visits = expected.calls * field_work.share if is_open else 0.0
        hours.append(
            StaffingHour(
                starts_at=begin,
                ends_at=until,
                expected=expected.calls,
                low=expected.low,
                high=expected.high,
                aht=history.aht,
                need=need_for(traffic, history.aht, aims, asked_in(begin, until, asked)),
                rostered=there,
                abandonment=abandonment_with(there, traffic, history.aht, aims),
                is_open=is_open,
                visits=visits,
                field_needed=field_people(visits, field_work, aims.shrinkage),
                field_rostered=people_in(begin, until, on_site),
            )
        )
    return StaffingDay(
        on,
        kind,
        tuple(hours),
        ArrivalSource.USERS if by_users else history.source,
        history.handling,
        () if by_users else days,
        aims,
        tuple(teams.values()),
        history.abandonment(keeps_hung_up=aims.keeps_hung_up),
        field_work,
        skill_hints(read, site.settings, hours, at_work, aims),
        users,
        a_month,
    )


@query(permission="roster.read")
def staffing_aims(_ctx: Context, read: Reader) -> StaffingAims:
    """Return what the site's people are reckoned for."""
    return aims_of(load_config(read).settings)


@query(permission="roster.read")
def staffing_users(_ctx: Context, read: Reader) -> int:
    """Return how many users the desk looks after, as the settings say; 0 where they do not."""
    return load_config(read).settings[declared.STAFFING_USERS]


@query(permission="roster.read")
def need_of(
    _ctx: Context, read: Reader, traffic: float, aht: float, aims: StaffingAims | None = None
) -> Need:
    """Return the people a load asks for, by the site's aims unless others are given; no coverage is added.

    Raises:
        ValueError: the load cannot be; see `staffing`.
    """
    return need_for(traffic, aht, aims or aims_of(load_config(read).settings))


@query(permission="roster.edit")
def preview_calls(_ctx: Context, read: Reader, body: bytes) -> CallPreview:
    """Return what importing a file of calls would do, without doing it.

    Raises:
        BadInput: what `read_calls` raises; what is wrong with single rows stands in the sheet.
    """
    settings = load_config(read).settings
    sheet = read_calls(body, site_zone(read), settings[declared.STAFFING_WITHIN])
    if not sheet.hours:
        return CallPreview(sheet, 0, 0, 0)
    first, last = sheet.hours[0].starts_at, sheet.hours[-1].starts_at
    known = {hour.starts_at: hour for hour in load_call_hours(read, first, last + timedelta(hours=1))}
    unchanged = sum(known.get(hour.starts_at) == hour for hour in sheet.hours)
    replaced = sum(hour.starts_at in known for hour in sheet.hours) - unchanged
    return CallPreview(sheet, len(sheet.hours) - replaced - unchanged, replaced, unchanged)


def aims_of(settings: SettingValues) -> StaffingAims:
    """Return the aims as the settings state them."""
    return StaffingAims(
        level=settings[declared.STAFFING_LEVEL] / 100,
        within=settings[declared.STAFFING_WITHIN],
        abandonment=settings[declared.STAFFING_ABANDONMENT] / 100,
        patience=settings[declared.STAFFING_PATIENCE],
        shrinkage=settings[declared.STAFFING_SHRINKAGE] / 100,
        handling=settings[declared.STAFFING_HANDLING],
        weeks=settings[declared.STAFFING_WEEKS],
        keeps_hung_up=settings[declared.STAFFING_KEEPS_HUNG_UP],
        occupancy=settings[declared.STAFFING_OCCUPANCY] / 100,
    )
