"""The people an hour needs against those rostered: from calls, from tickets, and from nothing."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.instants import to_micros
from app.models.entities.roster import ShiftKind
from app.models.entities.staffing import (
    ArrivalSource,
    Asked,
    CallHour,
    CallSheet,
    HandlingSource,
    SheetOfCalls,
)
from app.models.entities.tickets import Channel
from app.models.store import Operation
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_queries import staffing_of_day
from app.services.settings.commands import change_settings
from tests.support.site import set_up_site

# The clock of the tests shows Friday; the site is in Shanghai, eight hours before UTC.
MONDAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 2, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def team(ctx, make):
    set_up_site(ctx)
    return make.team(name="First line", name_alt="一线", code="first")


def count_calls(ctx, *hours: CallHour) -> None:
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, len(hours), hours))


def at_ten(day, hour: int = 10):
    return day.hours[hour]


def three_mondays(offered: int, **more: int) -> list[CallHour]:
    return [CallHour(TEN - weeks * WEEK, offered, offered, **more) for weeks in (3, 2, 1)]


def on_three_mondays(make, at: datetime, **columns: object) -> None:
    for weeks in (1, 2, 3):
        make.ticket(received_at=at - weeks * WEEK, **columns)


def test_calls_of_earlier_mondays_are_expected_on_a_monday(ctx, team):
    count_calls(ctx, *three_mondays(60, talk_seconds=60 * 240, after_seconds=60 * 60))

    day = staffing_of_day(ctx, MONDAY)

    assert day.arrivals is ArrivalSource.CALLS
    assert day.handling is HandlingSource.CALLS
    assert (day.expected, at_ten(day).expected, at_ten(day).aht) == (60, 60, 300)
    assert (at_ten(day).needed, at_ten(day).need.asked_by) == (12, Asked.SERVICE_LEVEL)


def test_calls_older_than_the_weeks_looked_at_are_forgotten(ctx, team):
    count_calls(ctx, CallHour(TEN - 9 * WEEK, 60, 60))

    assert staffing_of_day(ctx, MONDAY).arrivals is ArrivalSource.NOTHING


def test_a_past_day_is_judged_by_what_came_before_it(ctx, team):
    count_calls(ctx, CallHour(TEN - 2 * WEEK, 60, 60), CallHour(TEN - WEEK, 6, 6))

    assert staffing_of_day(ctx, MONDAY - WEEK).expected == 60


def test_people_at_work_count_and_absent_ones_do_not(ctx, make, team):
    day, leave = make.shift_template("D"), make.shift_template("V", kind=ShiftKind.ABSENCE)
    present, away = (make.agent(teams=(team,)) for _ in range(2))
    make.assignment(present, MONDAY, day)
    make.assignment(away, MONDAY, leave)

    hours = staffing_of_day(ctx, MONDAY).hours

    assert [hour.rostered for hour in hours] == [0] * 8 + [1] * 8 + [0] * 8


def test_a_night_shift_counts_on_the_morning_after(ctx, make, team):
    night = make.shift_template("N", start_minute=1200, duration_minute=720)
    make.assignment(make.agent(teams=(team,)), MONDAY - timedelta(days=1), night)

    hours = staffing_of_day(ctx, MONDAY).hours

    assert [hour.rostered for hour in hours] == [1] * 8 + [0] * 16


def test_people_of_other_teams_answer_no_calls(ctx, make, team):
    make.assignment(make.agent(teams=(make.team(line=2),)), MONDAY, make.shift_template("D"))

    assert at_ten(staffing_of_day(ctx, MONDAY)).rostered == 0


def test_teams_named_in_the_settings_answer_calls(ctx, make, team):
    second = make.team(line=2, code="network", name="Network")
    make.assignment(make.agent(teams=(second,)), MONDAY, make.shift_template("D"))
    change_settings(ctx, {"staffing.teams": "network"}, versions={"staffing.teams": 0})

    day = staffing_of_day(ctx, MONDAY)

    assert (day.teams, at_ten(day).rostered) == (("Network",), 1)


def test_somebody_lent_to_another_team_for_a_shift_answers_no_calls(ctx, make, team):
    other = make.team(line=2)
    make.assignment(make.agent(teams=(team,)), MONDAY, make.shift_template("D"), team_id=other.id)

    assert at_ten(staffing_of_day(ctx, MONDAY)).rostered == 0


def test_time_away_from_the_desk_is_taken_out(ctx, make, team):
    person = make.agent(teams=(team,))
    make.assignment(person, MONDAY, make.shift_template("D"))
    away = {
        "person_id": person.id,
        "from_at": to_micros(TEN),
        "planned_until": to_micros(TEN + timedelta(minutes=90)),
        "reason": "Training",
    }
    ctx.store.write(
        Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"), lambda tx: tx.insert("away_time", away)
    )

    assert [hour.rostered for hour in staffing_of_day(ctx, MONDAY).hours[9:13]] == [1, 0, 0, 1]


def test_coverage_asks_for_people_where_nobody_calls(ctx, make, team):
    night = make.shift_template("N", start_minute=1200, duration_minute=720)
    rule = {"template_id": night.id, "team_id": team.id, "day_type": "workday", "minimum": 2, "version": 1}
    ctx.store.write(
        Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"),
        lambda tx: tx.insert("coverage_rule", rule),
    )

    day = staffing_of_day(ctx, MONDAY)

    # The night before began on a Sunday, on which the rule asks for nobody.
    assert [hour.needed for hour in day.hours] == [0] * 20 + [2] * 4
    assert day.hours[21].need.asked_by is Asked.COVERAGE
    assert day.hours[21].shortfall == 2


def test_too_few_people_lose_callers(ctx, make, team):
    count_calls(ctx, *three_mondays(60))
    make.assignment(make.agent(teams=(team,)), MONDAY, make.shift_template("D"))

    hour = at_ten(staffing_of_day(ctx, MONDAY))

    assert (hour.rostered, hour.shortfall) == (1, 11)
    assert hour.abandonment == pytest.approx(0.80, abs=0.01)


def test_without_call_records_tickets_are_expected(ctx, make, team):
    category = make.category(handling_minutes=10)
    on_three_mondays(make, TEN, category_id=category.id)
    on_three_mondays(make, TEN, channel=Channel.EMAIL)

    day = staffing_of_day(ctx, MONDAY)

    assert (day.arrivals, day.handling) == (ArrivalSource.TICKETS, HandlingSource.CATEGORIES)
    assert (at_ten(day).expected, at_ten(day).aht) == (2, 600)
    assert day.based_on == tuple(MONDAY - weeks * WEEK for weeks in (3, 2, 1))


def test_tickets_of_monitoring_wait_on_no_line(ctx, make, team):
    make.ticket(received_at=TEN - WEEK, channel=Channel.MONITORING)

    assert staffing_of_day(ctx, MONDAY).arrivals is ArrivalSource.NOTHING


def test_without_anything_known_the_handling_time_is_the_setting(ctx, make, team):
    make.ticket(received_at=TEN - WEEK)

    day = staffing_of_day(ctx, MONDAY)

    assert (day.handling, at_ten(day).aht) == (HandlingSource.SETTING, 300)


def test_a_site_half_an_hour_off_still_has_whole_hours(ctx, make, team):
    change_settings(ctx, {"site.timezone": "Asia/Kolkata"}, versions={"site.timezone": 0})
    nine = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 09:00 in Kolkata
    on_three_mondays(make, nine)
    on_three_mondays(make, nine + timedelta(minutes=59))

    assert staffing_of_day(ctx, MONDAY).hours[9].expected == 2
