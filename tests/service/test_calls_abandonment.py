"""Whether calls hung up in time count in abandonment: one setting, the same everywhere (RULES 8).

Of 66 calls of the Monday 60 were answered, four rang longer than 25 seconds, two hung up sooner.
"""

from __future__ import annotations

import pytest

from app.models.entities.reports import ShiftCalls
from app.models.entities.staffing import CallSheet, SheetOfCalls, abandonment_of
from app.services.reports.calls_queries import calls_report
from app.services.reports.queries import shift_report
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_queries import staffing_of_day
from app.services.settings import declared
from app.services.settings.commands import change_settings
from tests.service.test_calls_report import MONDAY, TUESDAY, hour
from tests.support.command_line import say
from tests.support.site import set_up_site

COUNTED = (hour(16, 10, 60, 54, 4), hour(16, 15, 6, 6))


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    make.team(name="First line", code="first")
    make.shift_template("D", name="Day", duration_minute=720)
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, len(COUNTED), COUNTED))
    return ctx


@pytest.fixture
def left_out(desk):
    change_settings(desk, {declared.STAFFING_KEEPS_HUNG_UP.name: False}, versions={})
    return desk


def monday(ctx):
    return calls_report(ctx, MONDAY, MONDAY, "en")


def shift_calls(ctx) -> ShiftCalls:
    found = shift_report(ctx, MONDAY, "D", "en").calls
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("keeps", "numbers", "share"),
    [
        (True, (66, 60, 4), 4 / 66),
        (False, (66, 60, 4), 4 / 64),
        (True, (2, 0, 0), 0.0),
        (False, (2, 0, 0), None),
        (True, (0, 0, 0), None),
    ],
)
def test_it_is_a_part_of_all_offered_or_of_answered_and_abandoned(keeps, numbers, share):
    assert abandonment_of(*numbers, keeps_hung_up=keeps) == share


def test_shipped_they_stay_among_the_offered_everywhere(desk):
    report = monday(desk)

    assert report.total.abandonment == report.by_day[0].calls.abandonment == 4 / 66
    assert shift_calls(desk).abandonment == 4 / 66
    assert staffing_of_day(desk, TUESDAY).observed == 4 / 66


def test_left_out_they_count_in_no_figure_of_abandonment(left_out):
    report = monday(left_out)

    assert report.total.abandonment == report.by_day[0].calls.abandonment == 4 / 64
    assert report.by_hour[10].abandonment == report.by_shift[0].calls.abandonment - 4 / 64 + 4 / 58
    assert shift_calls(left_out).abandonment == 4 / 64
    assert staffing_of_day(left_out, TUESDAY).observed == 4 / 64


def test_left_out_they_are_still_told_apart(left_out):
    total = monday(left_out).total

    assert (total.offered, total.hung_up, total.left_out) == (66, 2, 2)


def test_the_command_line_says_which_it_is(left_out):
    _code, told, _complaint = say(left_out, "staffing", "day", "2026-11-17")

    assert "6.2% of the calls were abandoned, those hung up within 25 s left out" in told
