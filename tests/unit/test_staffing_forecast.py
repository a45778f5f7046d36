"""What to expect in an hour, whom it needs, and who is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.staffing import Asked, StaffingAims
from app.services.roster.staffing_forecast import (
    AtWork,
    Expected,
    abandonment_with,
    expected_in,
    hours_of_day,
    like_days,
    need_for,
    people_in,
    traffic_of,
    without,
)

AIMS = StaffingAims()
MONDAYS = [date(2026, 11, day) for day in (2, 9, 16)]
TUESDAYS = [date(2026, 11, day) for day in (3, 10, 17)]
NEXT_MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def workdays(*groups: list[date]) -> dict[date, str]:
    return dict.fromkeys(sorted(each for group in groups for each in group), "workday")


def at_work(start: int, end: int) -> AtWork:
    """A stretch in minutes after noon."""
    return AtWork(NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))


def test_a_day_is_like_the_same_weekday_of_its_kind():
    assert like_days(NEXT_MONDAY, "workday", workdays(MONDAYS, TUESDAYS)) == tuple(MONDAYS)


def test_too_few_of_the_weekday_make_a_day_like_all_of_its_kind():
    assert like_days(date(2026, 11, 25), "workday", workdays(TUESDAYS)) == tuple(TUESDAYS)


def test_a_make_up_workday_is_like_a_workday():
    known = {**workdays(MONDAYS), date(2026, 11, 7): "weekend"}

    assert like_days(date(2026, 11, 21), "make_up_workday", known) == tuple(MONDAYS)


def test_a_holiday_on_a_monday_is_not_like_a_working_monday():
    weekend = [date(2026, 11, day) for day in (7, 8, 14)]
    known = {**workdays(MONDAYS), **dict.fromkeys(weekend, "weekend")}

    assert like_days(NEXT_MONDAY, "holiday", known) == tuple(weekend)


def test_with_nothing_like_it_every_day_known_counts():
    assert like_days(date(2026, 11, 21), "weekend", workdays(MONDAYS[:1])) == (MONDAYS[0],)


def test_the_median_is_expected_within_the_band_of_most_days():
    counts = {on: {10: calls} for on, calls in zip(MONDAYS, (10.0, 30.0, 20.0), strict=True)}

    assert expected_in(10, MONDAYS, counts) == Expected(20, 12, 28)


def test_a_day_that_counted_nothing_in_an_hour_counts_as_none():
    assert expected_in(10, MONDAYS, {MONDAYS[0]: {10: 9.0}}).calls == 0


def test_no_days_expect_nothing():
    assert expected_in(10, (), {}) == Expected(0, 0, 0)


def test_a_day_on_which_the_clocks_go_back_has_twenty_five_hours():
    hours = hours_of_day(date(2026, 10, 25), ZoneInfo("Europe/Berlin"))

    assert [shown for _begin, _end, shown in hours][:5] == [0, 1, 2, 2, 3]
    assert len(hours) == 25


def test_a_day_on_which_the_clocks_go_forward_has_twenty_three():
    hours = hours_of_day(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))

    assert [shown for _begin, _end, shown in hours][:4] == [0, 1, 3, 4]
    assert len(hours) == 23


def test_people_are_planned_for_the_level_with_shrinkage():
    need = need_for(traffic_of(60, 300), 300, AIMS)

    assert (need.people, need.asked_by) == (12, Asked.SERVICE_LEVEL)  # eight at the telephone


def test_impatient_callers_ask_for_more_than_the_level_does():
    need = need_for(5, 300, StaffingAims(within=60, level=0.5, abandonment=0.01))

    assert need.asked_by is Asked.ABANDONMENT
    assert need.people == need.for_abandonment > need.for_level


def test_a_quiet_night_still_needs_those_coverage_asks_for():
    need = need_for(traffic_of(0.2, 300), 300, AIMS, coverage=4)

    assert (need.people, need.asked_by) == (4, Asked.COVERAGE)


def test_an_hour_without_calls_or_coverage_needs_nobody():
    need = need_for(0, 300, AIMS)

    assert (need.people, need.asked_by) == (0, Asked.NOBODY)


def test_with_the_people_needed_no_more_hang_up_than_allowed():
    lost = abandonment_with(need_for(5, 300, AIMS).people, 5, 300, AIMS)

    assert lost is not None
    assert lost <= AIMS.abandonment


def test_with_nobody_there_every_caller_hangs_up():
    assert abandonment_with(0, 5, 300, AIMS) == 1


def test_a_person_alone_is_there_whole():
    assert abandonment_with(1, 0.1, 300, AIMS) == pytest.approx(0.069, abs=0.01)


def test_where_nobody_calls_nobody_hangs_up():
    assert abandonment_with(3, 0, 300, AIMS) is None


def test_half_an_hour_of_two_people_is_one_person():
    there = [at_work(0, 30), at_work(30, 90)]

    assert people_in(NOON, NOON + timedelta(hours=1), there) == 1


def test_less_than_a_whole_person_is_nobody():
    assert people_in(NOON, NOON + timedelta(hours=1), [at_work(0, 59)]) == 0


def test_an_absence_is_cut_out_of_a_shift():
    assert without(at_work(0, 480), [at_work(60, 120)]) == [at_work(0, 60), at_work(120, 480)]


def test_an_absence_over_the_end_of_a_shift_ends_it():
    assert without(at_work(0, 60), [at_work(30, 90), at_work(200, 210)]) == [at_work(0, 30)]
