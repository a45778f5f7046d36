"""The calls of a period against a sample reckoned by hand (S0-26, S2-73)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.calls_report import CallTally
from app.models.entities.errors import NotAllowed
from app.models.entities.staffing import Asked, CallHour, CallSheet, SheetOfCalls
from app.services.reports.calls_queries import calls_report
from app.services.roster.staffing_commands import import_calls
from app.services.settings.commands import change_settings
from tests.support.command_line import say
from tests.support.notices import acting
from tests.support.site import set_up_site

# The clock shows Friday 20 November, 18:00 in Shanghai. The 16th is a Monday.
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


def hour(day: int, of_day: int, offered: int, answered: int, abandoned: int = 0) -> CallHour:
    """An hour by the wall clock of Shanghai; a call takes four minutes and one after it, and rings nine s."""
    begin = datetime(2026, 11, day, of_day, tzinfo=UTC) - timedelta(hours=8)
    return CallHour(begin, offered, answered, abandoned, answered * 240, answered * 60, answered * 9)


COUNTED = (
    hour(9, 10, 20, 20),
    hour(16, 10, 60, 54, 4),
    hour(16, 23, 6, 6),
    hour(17, 2, 3, 3),
    hour(17, 9, 10, 10),
)


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    team = make.team(name="First line", code="first")
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720)
    make.shift_template("N", name="Night", start_minute=1200, duration_minute=720)
    make.shift_template("M", name="Mid", start_minute=600)
    make.assignment(make.agent(teams=(team,)), MONDAY, day)
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, len(COUNTED), COUNTED))
    return ctx


def test_calls_are_added_up_with_their_means(desk):
    total = calls_report(desk, MONDAY, MONDAY, "en").total

    assert (total.offered, total.answered, total.unconnected) == (66, 60, 6)
    assert (total.abandoned, total.hung_up, total.abandonment) == (4, 2, 4 / 66)
    assert (total.speed_of_answer, total.talk, total.handling) == (9, 240, 300)


def test_each_hour_of_the_day_has_its_calls(desk):
    by_hour = calls_report(desk, MONDAY, TUESDAY, "en").by_hour

    assert {at: tally.offered for at, tally in enumerate(by_hour) if tally.offered} == {
        2: 3,
        9: 10,
        10: 60,
        23: 6,
    }


def test_a_night_belongs_to_the_date_on_which_it_begins(desk):
    lines = calls_report(desk, MONDAY, MONDAY, "en").by_shift

    assert [(line.name, line.calls.offered) for line in lines] == [("Day", 60), ("Night", 9)]


def test_hours_after_the_first_midnight_belong_to_the_night_before(desk):
    data = calls_report(desk, TUESDAY, TUESDAY, "zh_CN")

    assert [(line.name, line.calls.offered) for line in data.by_shift] == [("白班", 10)]
    assert data.total.offered == 13


def test_the_heat_is_the_mean_of_a_weekday_that_has_begun(desk):
    heat = calls_report(desk, date(2026, 11, 9), TUESDAY, "en").heat

    assert heat[0][10] == 40
    assert heat[1][9] == 5
    assert heat[5][9] == 0


def test_a_weekday_the_period_lacks_has_no_heat(desk):
    assert calls_report(desk, MONDAY, TUESDAY, "en").heat[6] == (None,) * 24


def test_the_busiest_hour_says_the_people_it_needs_and_who_was_there(desk):
    day = calls_report(desk, MONDAY, MONDAY, "en").by_day[0]

    assert day.peak is not None
    assert (day.peak.at, day.peak.offered) == (datetime(2026, 11, 16, 2, tzinfo=UTC), 60)
    # 5 erlangs: 8 people answer 80 % within 25 s, 12 with 30 % of their time elsewhere
    assert (day.peak.need.people, day.peak.need.asked_by) == (12, Asked.SERVICE_LEVEL)
    assert day.peak.rostered == 1


def test_the_people_needed_follow_the_aims_of_the_site(desk):
    change_settings(desk, {"staffing.shrinkage": 0}, versions={})

    day = calls_report(desk, MONDAY, MONDAY, "en").by_day[0]

    assert day.peak is not None
    assert day.peak.need.for_level == 8


def test_a_week_runs_from_monday_and_is_cut_at_the_period(desk):
    weeks = calls_report(desk, date(2026, 11, 14), TUESDAY, "en").by_week

    assert [(each.first.day, each.last.day, each.calls.offered) for each in weeks] == [
        (14, 15, 0),
        (16, 17, 79),
    ]
    assert weeks[0].peak is None


def test_the_present_month_is_counted_up_to_today(desk):
    data = calls_report(desk, date(2026, 11, 1), date(2026, 11, 30), "en")

    assert data.until == date(2026, 11, 20)
    assert len(data.by_day) == 20


def test_a_period_without_a_call_is_empty(desk):
    data = calls_report(desk, date(2019, 3, 1), date(2019, 3, 31), "en")

    assert data.total == CallTally()
    assert data.by_shift == ()


def test_a_month_to_come_is_empty(desk):
    data = calls_report(desk, date(2027, 1, 1), date(2027, 1, 31), "en")

    assert (data.total, data.by_day) == (CallTally(), ())


def test_who_may_not_read_reports_is_refused(desk, make):
    with pytest.raises(NotAllowed):
        calls_report(acting(desk, make.agent(), frozenset({"roster.read"})), MONDAY, TUESDAY, "en")


def test_the_command_line_writes_the_paper_and_says_the_figures(desk, tmp_path):
    paper = tmp_path / "calls.pdf"

    code, said, _ = say(desk, "report", "calls", "--first", "2026-11-16", "--out", str(paper), "--json")

    assert code == 0
    assert json.loads(said)["figures"]["total"]["offered"] == 66
    assert paper.read_bytes().startswith(b"%PDF-")
