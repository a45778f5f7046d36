"""Working time at the places where service desks got it wrong (U2, U3, U9, U12-U16)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.time import Span
from app.services.calendars.rules import (
    add_working_time,
    day_type,
    has_hours,
    is_open,
    next_opening,
    open_spans,
    spans_of_date,
    working_day_length,
    working_time,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def calendar(zone: str, days: tuple[str, ...], *windows: tuple[str, str], **more: object) -> BusinessCalendar:
    hours = {day: [list(window) for window in windows] for day in days}
    return BusinessCalendar.from_dict({"timezone": zone, "hours": hours, **more})


PARIS = calendar("Europe/Paris", WORKDAYS, ("09:00", "18:00"))
OFFICE = calendar("Asia/Shanghai", WORKDAYS, ("08:30", "12:00"), ("13:00", "18:30"))
NIGHTS = calendar("Asia/Shanghai", EVERY_DAY, ("19:00", "09:00"))
ALWAYS = BusinessCalendar.from_dict({"timezone": "UTC", "always_open": True})


def test_time_stands_still_over_the_weekend():
    friday_15h = utc(2026, 11, 20, 14)

    assert add_working_time(PARIS, friday_15h, 4 * HOUR) == utc(2026, 11, 23, 9)


def test_u2_a_pause_over_the_weekend_costs_only_the_open_part_of_it():
    friday_17h, monday_10h = utc(2026, 11, 20, 16), utc(2026, 11, 23, 9)
    pause = Span(friday_17h, monday_10h)

    due = add_working_time(PARIS, utc(2026, 11, 20, 8), 9 * HOUR, [pause])

    assert due == utc(2026, 11, 23, 10)
    assert working_time(PARIS, friday_17h, monday_10h) == 2 * HOUR


def test_u3_a_due_time_after_a_pause_lies_inside_opening_hours():
    start = utc(2026, 4, 16, 6)  # 14:00
    pause = Span(utc(2026, 4, 16, 10), utc(2026, 4, 16, 12, 30))  # 18:00 to 20:30

    due = add_working_time(OFFICE, start, 5 * HOUR, [pause])

    assert due == utc(2026, 4, 17, 1, 30)  # 09:30 next morning, not 19:00


def test_u9_a_ticket_from_outside_hours_begins_to_count_at_the_next_opening():
    saturday = utc(2026, 4, 18, 3)

    due = add_working_time(OFFICE, saturday, HOUR)

    assert due == utc(2026, 4, 20, 1, 30)
    assert working_time(OFFICE, saturday, saturday + 5 * HOUR) == timedelta()


def test_u12_no_minute_is_lost_at_midnight():
    day_by_day = calendar("Asia/Shanghai", EVERY_DAY, ("00:00", "24:00"))

    assert working_time(day_by_day, utc(2026, 3, 1), utc(2026, 4, 1)) == timedelta(days=31)
    assert next(iter(open_spans(day_by_day, utc(2026, 3, 1), utc(2026, 4, 1)))) == Span(
        utc(2026, 3, 1), utc(2026, 4, 1)
    )


def test_u12_round_the_clock_is_one_switch():
    assert add_working_time(ALWAYS, utc(2026, 12, 31, 23, 59), timedelta(days=3)) == utc(2027, 1, 3, 23, 59)
    assert working_day_length(ALWAYS) == timedelta(days=1)


def test_u13_a_lunch_break_is_simply_two_windows():
    start = utc(2026, 4, 16, 3, 30)  # 11:30

    assert add_working_time(OFFICE, start, HOUR) == utc(2026, 4, 16, 5, 30)


def test_u13_a_break_is_taken_out_of_one_dates_hours():
    with_break = calendar(
        "Asia/Shanghai", WORKDAYS, ("09:00", "17:00"), breaks={"2026-04-16": [["12:00", "13:30"]]}
    )

    assert working_time(with_break, utc(2026, 4, 16), utc(2026, 4, 17)) == timedelta(hours=6, minutes=30)
    assert working_time(with_break, utc(2026, 4, 17), utc(2026, 4, 18)) == 8 * HOUR


def test_a_break_reaches_the_night_window_that_began_the_evening_before():
    nights = calendar("UTC", EVERY_DAY, ("22:00", "06:00"), breaks={"2026-04-17": [["02:00", "03:00"]]})

    assert working_time(nights, utc(2026, 4, 16, 22), utc(2026, 4, 17, 6)) == 7 * HOUR


def test_u14_nothing_becomes_overdue_over_a_weekend():
    friday_18h = utc(2026, 11, 20, 17)

    assert working_time(PARIS, friday_18h, utc(2026, 11, 23, 8)) == timedelta()


def test_u15_a_night_shift_from_19_to_9_is_an_ordinary_window():
    evening = utc(2026, 4, 16, 12)  # 20:00

    assert add_working_time(NIGHTS, evening, 13 * HOUR) == utc(2026, 4, 17, 1)
    assert add_working_time(NIGHTS, evening, 14 * HOUR) == utc(2026, 4, 17, 12)
    assert not is_open(NIGHTS, utc(2026, 4, 16, 1))
    assert is_open(NIGHTS, utc(2026, 4, 16, 0, 59))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_u16_a_day_of_24_hours_counts_real_seconds_when_clocks_change(day, hours):
    london = calendar("Europe/London", EVERY_DAY, ("00:00", "24:00"))
    begin = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/London"))

    assert working_time(london, begin, begin + timedelta(days=1)) == hours * HOUR


def test_u16_opening_hours_stay_on_the_wall_clock_when_clocks_change():
    london = calendar("Europe/London", EVERY_DAY, ("09:00", "17:00"))

    assert next_opening(london, utc(2026, 3, 28, 18)) == utc(2026, 3, 29, 8)
    assert next_opening(london, utc(2026, 10, 24, 18)) == utc(2026, 10, 25, 9)


def test_a_window_inside_the_skipped_hour_moves_forward_by_the_gap():
    london = calendar("Europe/London", ("sun",), ("01:00", "01:30"))

    assert list(open_spans(london, utc(2026, 3, 29), utc(2026, 3, 30))) == [
        Span(utc(2026, 3, 29, 1), utc(2026, 3, 29, 1, 30))
    ]


def test_a_repeated_wall_time_means_the_first_one():
    london = calendar("Europe/London", ("sun",), ("01:00", "02:00"))

    assert list(open_spans(london, utc(2026, 10, 25), utc(2026, 10, 26))) == [
        Span(utc(2026, 10, 25, 0), utc(2026, 10, 25, 2))
    ]


def test_an_allowance_used_up_at_closing_time_is_due_at_closing_time():
    assert add_working_time(PARIS, utc(2026, 11, 20, 14), 3 * HOUR) == utc(2026, 11, 20, 17)


def test_no_allowance_is_due_at_once_when_open_else_at_the_next_opening():
    assert add_working_time(PARIS, utc(2026, 11, 20, 14), timedelta()) == utc(2026, 11, 20, 14)
    assert add_working_time(PARIS, utc(2026, 11, 20, 17), timedelta()) == utc(2026, 11, 23, 8)


def test_no_allowance_in_a_pause_is_due_when_the_pause_ends():
    pauses = [
        Span(utc(2026, 11, 20, 13), utc(2026, 11, 20, 15)),
        Span(utc(2026, 11, 27, 13), utc(2026, 11, 27, 15)),
    ]

    assert add_working_time(PARIS, utc(2026, 11, 20, 14), timedelta(), pauses) == utc(2026, 11, 20, 15)


def test_a_holiday_closes_the_early_tail_of_the_night_before_it():
    nights = calendar("Asia/Shanghai", EVERY_DAY, ("22:00", "06:00"), holidays=["2026-05-01"])

    last_minute_of_april = datetime(2026, 4, 30, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert is_open(nights, last_minute_of_april)
    assert not is_open(nights, last_minute_of_april + MINUTE)
    assert not is_open(nights, datetime(2026, 5, 1, 23, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_a_holiday_beats_a_special_day_and_a_special_day_replaces_weekly_hours():
    special = {"2026-05-01": [["09:00", "10:00"]], "2026-05-09": [["09:00", "12:00"]]}
    cal = calendar("UTC", WORKDAYS, ("08:00", "16:00"), holidays=["2026-05-01"], special_days=special)

    assert working_time(cal, utc(2026, 5, 1), utc(2026, 5, 2)) == timedelta()
    assert working_time(cal, utc(2026, 5, 9), utc(2026, 5, 10)) == 3 * HOUR


@pytest.mark.parametrize("zone", ["America/St_Johns", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut"])
def test_a_holiday_is_exactly_the_seconds_of_its_local_date_even_where_clocks_change_at_midnight(zone):
    local = ZoneInfo(zone)
    days = [date(2008, 1, 1) + timedelta(days=i) for i in range(0, 366)]
    spans = [span for day in days for span in spans_of_date(BusinessCalendar(zone), day)]

    assert all(
        span.start.astimezone(local).date() == (span.end - timedelta(seconds=1)).astimezone(local).date()
        for span in spans
    )
    assert sum((span.end - span.start for span in spans), timedelta()) == timedelta(days=366)


def test_a_date_that_a_zone_skipped_has_no_seconds():
    assert spans_of_date(BusinessCalendar("Pacific/Apia"), date(2011, 12, 30)) == ()


def test_a_calendar_that_never_opens_says_so():
    with pytest.raises(NeverOpen) as caught:
        add_working_time(BusinessCalendar("UTC", name="Empty"), utc(2026, 1, 1), HOUR)

    assert caught.value.code == "calendar.never_open"


def test_a_closure_of_more_than_400_days_is_a_mistake_and_a_shorter_one_is_not():
    cal = BusinessCalendar.from_dict(
        {
            "timezone": "UTC",
            "special_days": {"2026-01-05": [["09:00", "10:00"]], "2027-02-01": [["09:00", "10:00"]]},
        }
    )

    assert add_working_time(cal, utc(2026, 1, 5, 9), 2 * HOUR) == utc(2027, 2, 1, 10)
    with pytest.raises(NeverOpen):
        add_working_time(cal, utc(2025, 12, 1), 2 * HOUR + MINUTE)


def test_long_pauses_do_not_count_as_closed():
    pause = Span(utc(2026, 1, 5), utc(2028, 1, 5))

    assert add_working_time(ALWAYS, utc(2026, 1, 4), 2 * timedelta(days=1), [pause]) == utc(2028, 1, 6)


def test_a_pause_without_end_leaves_no_due_time_unless_the_time_is_used_up_before():
    endless = [Span(utc(2026, 11, 20, 16), None)]

    assert add_working_time(PARIS, utc(2026, 11, 20, 14), 2 * HOUR, endless) == utc(2026, 11, 20, 16)
    with pytest.raises(NeverDue) as caught:
        add_working_time(PARIS, utc(2026, 11, 20, 14), 2 * HOUR + MINUTE, endless)
    assert caught.value.code == "sla.paused_without_end"


def test_time_beyond_the_last_year_is_never_due():
    with pytest.raises(NeverDue):
        add_working_time(ALWAYS, utc(9990, 1, 1), timedelta(days=9000))


def test_a_pause_until_the_end_of_time_is_never_due():
    with pytest.raises(NeverDue) as caught:
        add_working_time(
            ALWAYS, utc(2026, 1, 1), HOUR, [Span(utc(2026, 1, 1), datetime.max.replace(tzinfo=UTC))]
        )

    assert caught.value.code == "calendar.beyond_time"


def test_pauses_may_overlap_come_in_any_order_and_hold_no_time():
    pauses = [
        Span(utc(2026, 11, 20, 12), utc(2026, 11, 20, 14)),
        Span(utc(2026, 11, 20, 11), utc(2026, 11, 20, 13)),
        Span(utc(2026, 11, 20, 9), utc(2026, 11, 20, 9)),
        Span(utc(2026, 11, 20, 10), utc(2026, 11, 20, 8)),
    ]

    assert working_time(PARIS, utc(2026, 11, 20, 8), utc(2026, 11, 20, 17), pauses) == 6 * HOUR
    assert (
        working_time(PARIS, utc(2026, 11, 20, 8), utc(2026, 11, 20, 17), [Span(utc(2026, 11, 20, 9), None)])
        == HOUR
    )


def test_an_end_before_its_start_is_no_time():
    assert working_time(PARIS, utc(2026, 11, 20, 14), utc(2026, 11, 20, 9)) == timedelta()


def test_naive_datetimes_are_refused():
    naive = datetime(2026, 11, 20, 9)  # noqa: DTZ001

    with pytest.raises(ValueError, match="time zone"):
        add_working_time(PARIS, naive, HOUR)
    with pytest.raises(ValueError, match="time zone"):
        working_time(PARIS, utc(2026, 1, 1), naive)
    with pytest.raises(ValueError, match="time zone"):
        is_open(PARIS, naive)
    with pytest.raises(ValueError, match="time zone"):
        Span(naive, None)


def test_a_negative_allowance_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_working_time(PARIS, utc(2026, 1, 1), -HOUR)


def test_answers_are_utc_and_fractions_of_a_second_are_dropped():
    start = datetime(2026, 11, 20, 15, 0, 0, 900_000, tzinfo=ZoneInfo("Europe/Paris"))

    due = add_working_time(PARIS, start, HOUR + timedelta(milliseconds=5))

    assert due == utc(2026, 11, 20, 15)
    assert due.tzinfo is UTC


@pytest.mark.parametrize(
    ("more", "on", "kind"),
    [
        ({}, date(2026, 5, 4), DayType.WORKDAY),
        ({}, date(2026, 5, 9), DayType.WEEKEND),
        ({"holidays": ["2026-05-01"]}, date(2026, 5, 1), DayType.HOLIDAY),
        ({"special_days": {"2026-05-09": [["09:00", "17:00"]]}}, date(2026, 5, 9), DayType.MAKE_UP_WORKDAY),
        ({"special_days": {"2026-05-04": []}}, date(2026, 5, 4), DayType.DAY_OFF_IN_LIEU),
        ({"special_days": {"2026-05-04": [["09:00", "12:00"]]}}, date(2026, 5, 4), DayType.WORKDAY),
        ({"special_days": {"2026-05-09": []}}, date(2026, 5, 9), DayType.WEEKEND),
        ({"day_types": {"2026-05-04": "day_off_in_lieu"}}, date(2026, 5, 4), DayType.DAY_OFF_IN_LIEU),
    ],
)
def test_the_kind_of_a_day_follows_from_the_calendar(more, on, kind):
    assert day_type(calendar("UTC", WORKDAYS, ("09:00", "17:00"), **more), on) is kind


def test_hours_begin_on_a_date_or_they_do_not():
    cal = calendar("UTC", WORKDAYS, ("09:00", "17:00"), holidays=["2026-05-01"])

    assert [has_hours(cal, date(2026, 5, day)) for day in (1, 2, 4)] == [False, False, True]
    assert has_hours(ALWAYS, date(2026, 5, 2))


@pytest.mark.parametrize(
    ("form", "length"),
    [
        ({"hours": {"mon": [["08:30", "12:00"], ["13:00", "18:30"]], "fri": [["09:00", "12:00"]]}}, 9 * HOUR),
        ({"hours": {"mon": [["08:00", "18:00"]]}, "working_day": 450}, timedelta(hours=7, minutes=30)),
        ({"special_days": {"2026-01-01": [["08:00", "12:00"]]}}, 4 * HOUR),
        ({"hours": {"mon": [["00:00", "24:00"]]}}, 24 * HOUR),
        ({}, 24 * HOUR),
    ],
)
def test_a_working_day_is_the_stated_one_or_the_longest_weekday(form, length):
    assert working_day_length(BusinessCalendar.from_dict({"timezone": "UTC", **form})) == length


def test_zero_allowance_before_a_new_year_finds_the_next_years_opening():
    cal = calendar("UTC", ("mon",), ("09:00", "10:00"))

    assert next_opening(cal, utc(2026, 12, 30)) == utc(2027, 1, 4, 9)


def test_open_spans_of_a_closed_stretch_are_none():
    assert list(open_spans(PARIS, utc(2026, 11, 21), utc(2026, 11, 22))) == []


def test_an_opening_over_new_year_is_told_as_one():
    nights = calendar("UTC", EVERY_DAY, ("22:00", "06:00"))

    assert list(open_spans(nights, utc(2026, 12, 31, 12), utc(2027, 1, 2))) == [
        Span(utc(2026, 12, 31, 22), utc(2027, 1, 1, 6)),
        Span(utc(2027, 1, 1, 22), utc(2027, 1, 2)),
    ]


def test_a_round_the_clock_calendar_is_one_opening_over_many_years():
    assert list(open_spans(ALWAYS, utc(2024, 5, 1), utc(2027, 5, 1))) == [
        Span(utc(2024, 5, 1), utc(2027, 5, 1))
    ]
