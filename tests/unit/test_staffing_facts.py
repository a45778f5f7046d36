"""What follows from a site's facts, against numbers reckoned by hand (S2-57)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.calendars import BusinessCalendar, Window
from app.models.entities.staffing import FieldWork, StaffingAims, VisitSource
from app.services.roster.staffing_facts import (
    Wanted,
    calls_of_users,
    field_people,
    is_planned,
    read_wanted,
)
from app.services.roster.staffing_forecast import need_for, traffic_of

HOUR = timedelta(hours=1)
DAY = (Window(9 * 60, 9 * 60),)
# 21 workdays of nine hours in November 2026: 189 hours. The 16th is a Monday.
OFFICE = BusinessCalendar("Asia/Shanghai", hours=(DAY, DAY, DAY, DAY, DAY, (), ()))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 by the clocks of Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("begin", "calls"),
    [(at(16, 9), 10.0), (at(16, 17), 10.0), (at(16, 8), 0.0), (at(15, 10), 0.0), (at(16, 17, 30), 5.0)],
)
def test_a_months_calls_of_the_users_are_spread_over_the_service_hours(begin, calls):
    assert calls_of_users(1_890, 100, OFFICE, begin, begin + HOUR) == pytest.approx(calls)


def test_a_months_calls_add_up_to_what_was_stated():
    hours = [at(1, 0) + count * HOUR for count in range(30 * 24)]

    assert sum(calls_of_users(1_890, 100, OFFICE, each, each + HOUR) for each in hours) == pytest.approx(
        1_890
    )


def test_a_calendar_that_never_opens_brings_no_calls():
    never = BusinessCalendar("Asia/Shanghai")

    assert calls_of_users(1_890, 100, never, at(16, 9), at(16, 10)) == 0


@pytest.mark.parametrize(
    ("visits", "work", "shrinkage", "people"),
    [
        # three visits of 40 minutes on the way and 35 at the desk: 3.75 people, 5.36 with shrinkage
        (3.0, FieldWork(0.15, VisitSource.SETTING, 20, 35), 0.30, 6),
        (3.0, FieldWork(0.15, VisitSource.SETTING, 20, 35), 0.0, 4),
        (0.8, FieldWork(0.1, VisitSource.TICKETS, 0, 75), 0.0, 1),
        (2.0, FieldWork(0.1, VisitSource.TICKETS, 15, 30), 0.5, 4),
        (0.0, FieldWork(0.0, VisitSource.NOTHING, 20, 35), 0.30, 0),
    ],
)
def test_visits_keep_people_busy_for_the_way_there_the_work_and_the_way_back(visits, work, shrinkage, people):
    assert field_people(visits, work, shrinkage) == people


@pytest.mark.parametrize(
    ("begin", "only", "planned"),
    [
        (at(16, 9), True, True),
        (at(16, 17, 30), True, True),
        (at(16, 17, 31), True, False),
        (at(16, 3), True, False),
        (at(16, 3), False, True),
    ],
)
def test_an_hour_is_planned_where_it_is_open_for_half_of_it(begin, only, planned):
    assert is_planned(OFFICE, begin, begin + HOUR, only) is planned


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ()),
        ("English", (Wanted("English"),)),
        ("English 20 %, Japanese: 5%", (Wanted("English", 0.2), Wanted("Japanese", 0.05))),
        ("英语（20％）、日语", (Wanted("英语", 0.2), Wanted("日语"))),
        ("English, english 10 %", (Wanted("English"),)),
        ("SAP 12,5 %", (Wanted("SAP 12"),)),
        ("SAP 12.5 %", (Wanted("SAP", 0.125),)),
        ("German 250 %", (Wanted("German"),)),
        (", ,;", ()),
        ("% 20", (Wanted("% 20"),)),
        ("<b>A&amp 20 %", (Wanted("<b>A&amp", 0.2),)),
    ],
)
def test_languages_are_read_with_their_part_of_the_calls(text, wanted):
    assert read_wanted(text) == wanted


def test_no_more_than_twelve_languages_are_read():
    assert len(read_wanted(",".join(f"L{number}" for number in range(50)))) == 12


def test_an_occupancy_asks_for_more_people_where_the_level_would_not():
    # 10 erlangs: 13 people answer 80 % within 25 s (RULES 6) and are busy for 77 % of their time
    traffic = traffic_of(200, 180)

    unlimited = need_for(traffic, 180, StaffingAims(shrinkage=0.0))
    limited = need_for(traffic, 180, StaffingAims(shrinkage=0.0, occupancy=0.7))

    assert (unlimited.for_level, limited.for_level) == (13, 15)
