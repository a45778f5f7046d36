"""Hours as people type them, dates that are not like their weekday, and a country's days of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.errors import BadInput
from app.services.calendars.edits import (
    DatedDay,
    dated_days,
    longest_hours,
    read_windows,
    remove_day,
    set_day,
    set_hours,
    windows_text,
)
from app.services.calendars.public_holidays import known_countries, public_years
from app.services.calendars.rules import day_type, is_open

OFFICE = BusinessCalendar.from_dict(
    {
        "timezone": "Asia/Shanghai",
        "hours": {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in ("mon", "fri")},
    }
)
SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("08:30-12:00, 13:00-18:30", "08:30–12:00, 13:00–18:30"),
        ("13-18:30; 8:30 – 12", "08:30–12:00, 13:00–18:30"),
        ("20:00-08:00", "20:00–08:00"),
        ("00:00-24:00", "00:00–24:00"),
        ("8：30至12：00，13：00～17：00", "08:30–12:00, 13:00–17:00"),
        ("9 to 17", "09:00–17:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(typed, shown):
    windows = read_windows(typed)
    assert windows_text(windows) == shown
    assert read_windows(shown) == windows


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9", "calendar.time_bad"),
        ("9-10-11", "calendar.time_bad"),
        ("08:70-12:00", "calendar.time_bad"),
        ("24:00-08:00", "calendar.time_bad"),
        ("9-12, 11-14", "calendar.windows_overlap"),
    ],
)
def test_hours_that_cannot_be_are_refused(typed, code):
    with pytest.raises(BadInput) as refused:
        read_windows(typed)
    assert refused.value.code == code


def test_a_holiday_closes_its_date_and_is_like_its_weekday_again_once_removed():
    closed = set_day(OFFICE, DatedDay(MONDAY, DayType.HOLIDAY, ()))
    assert day_type(closed, MONDAY) is DayType.HOLIDAY
    assert dated_days(closed, 2026) == [DatedDay(MONDAY, DayType.HOLIDAY, ())]
    assert remove_day(closed, MONDAY) == OFFICE


@pytest.mark.parametrize("kind", [DayType.DAY_OFF_IN_LIEU, DayType.MAKE_UP_WORKDAY, DayType.WORKDAY])
@pytest.mark.parametrize("on", [SATURDAY, MONDAY])
def test_a_date_is_what_it_was_said_to_be(kind, on):
    windows = () if kind is DayType.DAY_OFF_IN_LIEU else read_windows("9-12")
    changed = set_day(set_day(OFFICE, DatedDay(on, DayType.HOLIDAY, ())), DatedDay(on, kind, windows))
    assert dated_days(changed, 2026) == [DatedDay(on, kind, windows)]
    assert BusinessCalendar.from_dict(changed.to_dict()) == changed


def test_a_make_up_workday_stays_one_when_its_weekday_gets_hours():
    made_up = set_day(OFFICE, DatedDay(SATURDAY, DayType.MAKE_UP_WORKDAY, longest_hours(OFFICE)))
    changed = set_hours(made_up, 5, read_windows("9-12"))
    assert day_type(changed, SATURDAY) is DayType.MAKE_UP_WORKDAY


def test_a_year_of_china_has_its_moved_workdays_once_they_are_published():
    published, not_yet = public_years("CN", (2026, 2027))
    assert published.is_complete
    assert not not_yet.is_complete
    kinds = {day.on: (day.day_type, day.name_alt) for day in published.days}
    assert kinds[date(2026, 1, 1)] == (DayType.HOLIDAY, "元旦")
    assert kinds[date(2026, 1, 2)][0] is DayType.DAY_OFF_IN_LIEU
    assert kinds[date(2026, 10, 10)][0] is DayType.MAKE_UP_WORKDAY


def test_a_country_that_moves_no_workdays_is_always_complete():
    (year,) = public_years("DE", (2031,))
    assert year.is_complete
    assert date(2031, 10, 3) in {day.on for day in year.days}


def test_an_unknown_country_is_refused():
    with pytest.raises(BadInput):
        public_years("XX", (2026,))


def test_countries_are_named_in_the_readers_language():
    assert ("CN", "中国") in known_countries("zh_CN")
    assert ("DE", "Germany") in known_countries("en")


def test_a_filled_year_opens_on_make_up_saturdays():
    (year,) = public_years("CN", (2026,))
    changed = OFFICE
    for day in year.days:
        usual = longest_hours(OFFICE) if day.day_type is DayType.MAKE_UP_WORKDAY else ()
        changed = set_day(changed, DatedDay(day.on, day.day_type, usual))
    assert is_open(changed, datetime(2026, 10, 10, 2, tzinfo=UTC))
    assert not is_open(changed, datetime(2026, 10, 2, 2, tzinfo=UTC))
