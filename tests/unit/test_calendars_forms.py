"""The readable form of a calendar: what it means, and which sentence-worthy mistakes it refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.calendars import BusinessCalendar, DayType, Window
from app.models.entities.errors import BadInput
from app.models.entities.time import Allowance

FULL = {
    "timezone": "Asia/Shanghai",
    "name": "Office hours",
    "hours": {"mon": [["08:30", "12:00"], ["13:00", "18:30"]], "sat": [["22:00", "06:00"]]},
    "holidays": ["2026-05-01", "2026-10-01"],
    "special_days": {"2026-05-09": [["09:00", "24:00"]], "2026-05-10": []},
    "breaks": {"2026-05-11": [["12:00", "12:30"]]},
    "working_day": 540,
    "day_types": {"2026-05-04": "day_off_in_lieu"},
    "name_alt": "办公时间",
}


def test_the_readable_form_survives_a_round_trip():
    assert BusinessCalendar.from_dict(FULL).to_dict() == FULL
    assert BusinessCalendar.from_dict({"timezone": "UTC", "always_open": True}).to_dict() == {
        "timezone": "UTC",
        "always_open": True,
    }


def test_the_readable_form_is_read_word_for_word():
    cal = BusinessCalendar.from_dict(FULL)

    assert cal.hours[0] == (Window(510, 210), Window(780, 330))
    assert cal.hours[1] == ()
    assert cal.hours[5] == (Window(1320, 480),)
    assert cal.holidays == {date(2026, 5, 1), date(2026, 10, 1)}
    assert cal.special_days[date(2026, 5, 9)] == (Window(540, 900),)
    assert cal.working_day == timedelta(hours=9)
    assert cal.day_types == {date(2026, 5, 4): DayType.DAY_OFF_IN_LIEU}


def test_equal_calendars_are_equal_and_may_be_keys():
    assert len({BusinessCalendar.from_dict(FULL), BusinessCalendar.from_dict(FULL)}) == 1


def test_dates_may_be_dates():
    assert BusinessCalendar.from_dict({"timezone": "UTC", "holidays": [date(2026, 1, 1)]}).holidays == {
        date(2026, 1, 1)
    }


@pytest.mark.parametrize(
    ("bounds", "window"),
    [
        (("08:00", "08:00"), Window(480, 1440)),
        (("00:00", "24:00"), Window(0, 1440)),
        (("00:00", "00:00"), Window(0, 1440)),
        (("19:00", "09:00"), Window(1140, 840)),
        (("8:05", "8:06"), Window(485, 1)),
    ],
)
def test_an_end_not_after_its_start_is_on_the_next_day(bounds, window):
    assert Window.between(*bounds) == window


def test_two_windows_may_touch():
    hours = {"mon": [["12:00", "18:00"], ["08:00", "12:00"]]}

    assert BusinessCalendar.from_dict({"timezone": "UTC", "hours": hours}).hours[0][0] == Window(480, 240)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"timezone": "Mars/Olympus"}, "calendar.zone_unknown"),
        ({"timezone": "America"}, "calendar.zone_unknown"),
        ({"timezone": "../etc/passwd"}, "calendar.zone_unknown"),
        ({"timezone": ""}, "calendar.zone_unknown"),
        ({"timezone": None}, "calendar.zone_unknown"),
        ({"timezone": 8}, "calendar.zone_unknown"),
        ({"holiday": []}, "calendar.field_unknown"),
        ({"hours": {"monday": []}}, "calendar.weekday_unknown"),
        ({"hours": [["08:00", "12:00"]]}, "calendar.form_bad"),
        ({"hours": {"mon": "08:00-12:00"}}, "calendar.form_bad"),
        ({"hours": {"mon": [["08:00"]]}}, "calendar.form_bad"),
        ({"hours": {"mon": 5}}, "calendar.form_bad"),
        ({"hours": {"mon": [["08:00", "25:00"]]}}, "calendar.time_bad"),
        ({"hours": {"mon": [["08:60", "12:00"]]}}, "calendar.time_bad"),
        ({"hours": {"mon": [["24:00", "12:00"]]}}, "calendar.time_bad"),
        ({"hours": {"mon": [["eight", "12:00"]]}}, "calendar.time_bad"),
        ({"hours": {"mon": [[8, 12]]}}, "calendar.time_bad"),
        ({"hours": {"mon": [["08:00", "12:00"], ["11:59", "13:00"]]}}, "calendar.windows_overlap"),
        (
            {"special_days": {"2026-05-09": [["08:00", "12:00"], ["09:00", "10:00"]]}},
            "calendar.windows_overlap",
        ),
        ({"holidays": ["2026-02-30"]}, "calendar.date_bad"),
        ({"holidays": ["20260501"]}, "calendar.date_bad"),
        ({"holidays": "2026-05-01"}, "calendar.form_bad"),
        ({"breaks": {"May": []}}, "calendar.date_bad"),
        ({"always_open": "yes"}, "calendar.form_bad"),
        ({"working_day": 0}, "calendar.working_day_bad"),
        ({"working_day": "9 h"}, "calendar.working_day_bad"),
        ({"day_types": {"2026-05-09": "party"}}, "calendar.day_type_unknown"),
    ],
)
def test_a_mistake_is_named_by_its_code(change, code):
    with pytest.raises(BadInput) as caught:
        BusinessCalendar.from_dict({"timezone": "UTC", **change})

    assert caught.value.code == code
    assert caught.value.params


def test_what_is_no_calendar_at_all_is_refused():
    with pytest.raises(BadInput, match="form_bad"):
        BusinessCalendar.from_dict(["mon"])
    with pytest.raises(BadInput, match="weekdays_seven"):
        BusinessCalendar("UTC", hours=((),))
    with pytest.raises(BadInput, match="window_impossible"):
        Window(1440, 10)


@pytest.mark.parametrize(
    ("text", "allowance"),
    [
        ("4 h", Allowance(14_400)),
        ("90 min", Allowance(5400)),
        ("1 d 2 h", Allowance(7200, 1)),
        ("1d2h", Allowance(7200, 1)),
        ("2 工作日", Allowance(0, 2)),
        ("1 天 2 小时", Allowance(7200, 1)),
        ("3 working days", Allowance(0, 3)),
        ("1.5 h", Allowance(5400)),
        ("1,5小时", Allowance(5400)),
        ("2 hours, 30 minutes", Allowance(9000)),
        ("10分钟", Allowance(600)),
        ("0 min", Allowance()),
    ],
)
def test_amounts_of_time_are_read_in_both_languages(text, allowance):
    assert Allowance.from_text(text) == allowance
    assert Allowance.from_text(allowance.to_text()) == allowance


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "duration.unreadable"),
        ("soon", "duration.unreadable"),
        ("4", "duration.unreadable"),
        ("4 weeks", "duration.unreadable"),
        ("-4 h", "duration.unreadable"),
        ("4 h ?", "duration.unreadable"),
        ("0.5 d", "duration.part_day"),
        ("999999 d", "duration.too_long"),
        ("9999999999 h", "duration.unreadable"),
    ],
)
def test_an_unreadable_amount_is_refused(text, code):
    with pytest.raises(BadInput) as caught:
        Allowance.from_text(text)

    assert caught.value.code == code


def test_a_working_day_is_the_calendars_matter():
    assert Allowance(3600, 2).length(timedelta(hours=9)) == timedelta(hours=19)
    with pytest.raises(BadInput, match="negative"):
        Allowance(-1)
