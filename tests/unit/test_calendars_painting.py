"""Painting dates with a kind of day, the names of dates, and which holidays a calendar lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.calendars import BusinessCalendar, DayType, Window
from app.models.entities.errors import BadInput
from app.services.calendars.day_lists import days_for
from app.services.calendars.edits import (
    DatedDay,
    compare_days,
    dated_day,
    dated_days,
    read_windows,
    set_day,
    set_days,
)
from app.services.calendars.holiday_gaps import GapKind, HolidayGap, holiday_gaps
from app.services.calendars.painting import paint, rename
from app.services.calendars.public_holidays import public_years
from app.services.calendars.rules import day_type, has_hours, working_time

HOURS = (Window.between("08:30", "17:00"),)
OFFICE = BusinessCalendar("Europe/London", hours=(*(HOURS,) * 5, (), ()))
THURSDAY, SATURDAY = date(2026, 10, 1), date(2026, 10, 10)
NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize("kind", DayType)
@pytest.mark.parametrize("on", [THURSDAY, SATURDAY])
def test_a_painted_date_is_of_the_kind(kind, on):
    painted = paint(OFFICE, [on], kind)
    assert day_type(painted, on) is kind
    assert has_hours(painted, on) is (kind in {DayType.WORKDAY, DayType.MAKE_UP_WORKDAY})
    assert paint(painted, [on], None) == OFFICE


def test_a_workday_by_its_weekday_and_a_weekend_by_its_weekday_need_no_entry():
    assert paint(paint(OFFICE, [THURSDAY], DayType.HOLIDAY), [THURSDAY], DayType.WORKDAY) == OFFICE
    assert paint(paint(OFFICE, [SATURDAY], DayType.MAKE_UP_WORKDAY), [SATURDAY], DayType.WEEKEND) == OFFICE


def test_painting_again_keeps_hours_and_name():
    held = DatedDay(SATURDAY, DayType.MAKE_UP_WORKDAY, read_windows("9-12"), "National Day", "国庆节")
    painted = paint(set_day(OFFICE, held), [SATURDAY], DayType.MAKE_UP_WORKDAY)
    assert dated_day(painted, SATURDAY) == held
    assert dated_day(paint(painted, [SATURDAY], DayType.HOLIDAY), SATURDAY) == DatedDay(
        SATURDAY, DayType.HOLIDAY, ()
    )


def test_a_workday_needs_hours_to_take():
    with pytest.raises(BadInput, match="no_usual_hours"):
        paint(replace(OFFICE, hours=((),) * 7), [SATURDAY], DayType.MAKE_UP_WORKDAY)


def test_a_calendar_open_all_the_time_knows_kinds_of_day_too():
    always = BusinessCalendar("Europe/London", always_open=True)
    assert day_type(paint(always, [THURSDAY], DayType.HOLIDAY), THURSDAY) is DayType.HOLIDAY
    made_up = paint(always, [SATURDAY], DayType.MAKE_UP_WORKDAY)
    assert made_up.special_days[SATURDAY] == (Window(0, 1440),)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
    st.sampled_from([*DayType, None]),
)
def test_painting_touches_no_other_date_and_survives_being_saved(dates, brush):
    before = paint(OFFICE, [THURSDAY], DayType.HOLIDAY)
    painted = paint(before, dates, brush)
    assert {day.on for day in dated_days(painted)} <= {*dates, THURSDAY}
    assert BusinessCalendar.from_dict(painted.to_dict()) == painted
    assert THURSDAY in dates or dated_day(painted, THURSDAY) == dated_day(before, THURSDAY)


def test_a_made_up_sunday_of_the_spring_change_has_23_hours_in_london():
    sunday = date(2026, 3, 29)
    opened = set_day(OFFICE, DatedDay(sunday, DayType.MAKE_UP_WORKDAY, (Window(0, 1440),)))
    start = datetime(2026, 3, 29, tzinfo=UTC)
    assert working_time(opened, start, start + timedelta(days=1)) == timedelta(hours=23)


# -- names -----------------------------------------------------------------------------------------


def test_dates_are_called_in_two_languages_and_forget_it_when_they_are_like_their_weekday():
    named = rename(paint(OFFICE, [THURSDAY], DayType.HOLIDAY), [THURSDAY, SATURDAY], "National Day", "国庆节")
    assert named.day_names == {THURSDAY: ("National Day", "国庆节")}
    assert BusinessCalendar.from_dict(named.to_dict()) == named
    assert paint(named, [THURSDAY], None) == OFFICE


def test_a_document_from_before_names_reads_as_it_did():
    document = {"timezone": "UTC", "holidays": ["2026-10-01"], "hours": {"mon": [["08:00", "12:00"]]}}
    assert BusinessCalendar.from_dict(document).day_names == {}
    assert BusinessCalendar.from_dict(document).to_dict() == document


@pytest.mark.parametrize("names", ["National Day", ["one"], ["a", 2], ["a", "b", "c"], ["x" * 81, ""], None])
def test_names_that_are_no_two_texts_are_refused(names):
    with pytest.raises(BadInput, match="form_bad"):
        BusinessCalendar.from_dict({"timezone": "UTC", "day_names": {"2026-10-01": names}})


def test_only_what_differs_is_a_change():
    held = paint(OFFICE, [THURSDAY], DayType.HOLIDAY)
    same, other = DatedDay(THURSDAY, DayType.HOLIDAY, ()), DatedDay(SATURDAY, DayType.HOLIDAY, ())
    (change,) = compare_days(held, [same, other])
    assert (change.before, change.after) == (None, other)


# -- public holidays -------------------------------------------------------------------------------


def test_days_in_lieu_and_made_up_workdays_are_called_after_their_festival():
    (year,) = public_years("CN", (2026,))
    called = {day.on: (day.day_type, day.name, day.name_alt) for day in year.days}
    assert called[date(2026, 9, 20)] == (DayType.MAKE_UP_WORKDAY, "National Day", "国庆节")
    assert called[date(2026, 10, 6)] == (DayType.DAY_OFF_IN_LIEU, "National Day", "国庆节")
    assert sum(kind is DayType.HOLIDAY for kind, *_names in called.values()) == 13  # as the law counts them


def test_of_a_year_not_published_only_days_fixed_by_law_are_told():
    (year,) = public_years("CN", (2027,))
    assert not year.is_complete
    assert {day.day_type for day in year.days} == {DayType.HOLIDAY}
    assert date(2027, 2, 9) not in {day.on for day in year.days}  # a guess at what will stand in


def test_the_next_year_is_missed_from_november_on():
    (this_year,) = public_years("CN", (2026,))
    filled = set_days(OFFICE, days_for(OFFICE, this_year.days))
    assert holiday_gaps(filled, "CN", date(2026, 10, 31)) == ()
    assert holiday_gaps(filled, "CN", NOVEMBER) == (HolidayGap(2027, GapKind.NOT_PUBLISHED, 13),)


def test_a_published_year_lacks_what_the_calendar_does_not_say():
    filled = paint(OFFICE, [date(2026, 12, 25)], DayType.HOLIDAY)
    (germany,) = public_years("DE", (2026,))
    gaps = holiday_gaps(filled, "DE", date(2026, 6, 1))
    assert gaps == (HolidayGap(2026, GapKind.MISSING, len(germany.days) - 1),)


@pytest.mark.parametrize(
    ("calendar", "country"),
    [
        (OFFICE, "CN"),  # nobody keeps its holidays
        (BusinessCalendar("UTC", always_open=True, holidays=frozenset({THURSDAY})), "CN"),
        (paint(OFFICE, [THURSDAY], DayType.HOLIDAY), ""),
    ],
)
def test_who_keeps_no_holidays_lacks_none(calendar, country):
    assert holiday_gaps(calendar, country, NOVEMBER) == ()
