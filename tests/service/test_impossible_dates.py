"""Days and months no roster reaches are told in words by every command that takes one, not as a traceback."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate

from app.models.entities.errors import BadInput
from app.services.base.years import FIRST_YEAR, LAST_YEAR, checked_day, read_instant, read_iso_month
from app.services.roster.queries import site_zone
from app.views.base.widgets.days import DayEdit
from tests.support.changing_places import places
from tests.support.command_line import say

WANG = "Wang Fang"
OUT = "--out"


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "1999-12", "2200-01"])
@pytest.mark.parametrize(
    "line",
    [
        ("roster", "check", "MONTH"),
        ("roster", "publish", "MONTH"),
        ("roster", "publish", "MONTH", "--anyway"),
        ("roster", "versions", "MONTH"),
        ("roster", "ics", WANG, "MONTH"),
        ("roster", "export", "MONTH", "never-written.xlsx"),
        ("roster", "wish", "list", "MONTH"),
        ("fill", "MONTH"),
        ("duty", "month", "MONTH"),
        ("report", "roster", "--month", "MONTH", OUT, "never-written.pdf"),
        ("report", "fairness", "--month", "MONTH", OUT, "never-written.pdf"),
        ("report", "compliance", "--month", "MONTH", OUT, "never-written.pdf"),
        ("report", "people", "--month", "MONTH", OUT, "never-written.pdf"),
        ("report", "calls", "--month", "MONTH", OUT, "never-written.pdf"),
    ],
)
def test_a_month_outside_the_years_is_refused_by_every_command(desk, line, month):
    asked = [month if part == "MONTH" else part for part in line]

    code, _out, err = say(desk.ctx, *asked)

    assert (code, err.strip()) == (1, "dates.out_of_range")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-02-01", "2200-01-01"])
@pytest.mark.parametrize(
    "line",
    [
        ("roster", "fairness", "--until", "DAY"),
        ("roster", "who", "--at", "DAY"),
        ("roster", "wish", "set", WANG, "DAY", "off"),
        ("staffing", "day", "DAY"),
        ("leave", "ask", WANG, "V", "DAY", "--reason", "x"),
        ("leave", "record", WANG, "V", "DAY", "--reason", "x"),
        ("swap", "ask", WANG, "DAY", "--reason", "x"),
        ("duty", "correct", "LOGIN", "DAY", "--reason", "x"),
        ("report", "shift", "--date", "DAY", OUT, "never-written.pdf"),
        ("report", "handover", "--date", "DAY", OUT, "never-written.pdf"),
        ("report", "people", "--first", "DAY", OUT, "never-written.pdf"),
        ("report", "calls", "--first", "2026-11-01", "--last", "DAY", OUT, "never-written.pdf"),
    ],
)
def test_a_day_outside_the_years_is_refused_by_every_command(desk, line, day):
    given = {"DAY": day, "LOGIN": desk.wang.login}
    asked = [given.get(part, part) for part in line]

    code, _out, err = say(desk.ctx, *asked)

    assert (code, err.strip()) == (1, "dates.out_of_range")


def test_leave_that_could_never_be_approved_is_not_taken(desk):
    code, _out, err = say(desk.ctx, "leave", "ask", WANG, "V", "9999-12-30", "9999-12-31", "--reason", "x")

    assert (code, err.strip()) == (1, "dates.out_of_range")


@pytest.mark.parametrize("on", [date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)])
def test_the_first_and_the_last_day_are_dates(on):
    assert checked_day(on) == on


@pytest.mark.parametrize("month", [f"{FIRST_YEAR}-01", f"{LAST_YEAR}-12"])
def test_the_first_and_the_last_month_can_be_checked(desk, month):
    assert say(desk.ctx, "roster", "check", month)[2] == ""


@pytest.mark.parametrize("text", ["2026-4", "26-04", "2026-13", "April", "", "2026-04-01"])
def test_what_is_no_month_is_told_as_such(text):
    with pytest.raises(BadInput, match=r"roster\.month_bad"):
        read_iso_month(text)


def test_an_instant_keeps_the_offset_it_names(desk):
    with desk.ctx.store.read() as read:
        zone = site_zone(read)

    assert read_instant("2026-11-21T03:00", zone).tzinfo == zone
    assert read_instant("2026-11-21T03:00+00:00", zone).utcoffset().total_seconds() == 0


def test_a_day_far_away_is_told_with_the_years():
    with pytest.raises(BadInput) as refused:
        checked_day(date(9999, 12, 31))

    assert refused.value.params == {"text": "9999-12-31", "first": "2000", "last": "2199"}


def test_a_field_for_a_day_offers_no_other_year(qtbot):
    field = DayEdit("yyyy-MM-dd")
    qtbot.addWidget(field)

    field.setDate(QDate(9999, 1, 1))

    assert field.date() == QDate(LAST_YEAR, 12, 31)
