"""What is typed about rules and terms is read, and a pattern is laid for crews."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.roster import Severity
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES, RuleName
from app.services.roster.pattern_preview import preview
from app.services.roster.rule_edits import read_limit, set_led_shifts, set_limit, set_severity
from app.services.roster.terms_edits import read_date, read_hours, read_nights
from tests.support.roster_plans import BY_CODE


@pytest.mark.parametrize("typed", ["11", " 11 h", "11小时", "１１"])
def test_a_limit_is_read_with_and_without_its_unit(typed):
    assert read_limit(RuleName.REST, typed) == 11


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "roster.limit_unreadable"),
        ("eleven", "roster.limit_unreadable"),
        ("-1", "roster.limit_unreadable"),
        ("1.5", "roster.limit_unreadable"),
        ("0", "roster.rule_range"),
        ("25", "roster.rule_range"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(typed, code):
    with pytest.raises(BadInput) as refused:
        read_limit(RuleName.REST, typed)

    assert refused.value.code == code


def test_a_rule_that_is_off_keeps_its_limit():
    rules = set_severity(set_limit(DEFAULT_ROSTER_RULES, RuleName.REST, 9), RuleName.REST, Severity.OFF)

    assert (rules.severity(RuleName.REST), rules.limit(RuleName.REST)) == (Severity.OFF, 9)
    assert rules.settings[RuleName.GAP] == DEFAULT_ROSTER_RULES.settings[RuleName.GAP]


def test_led_shifts_stand_in_the_order_of_the_shifts():
    assert set_led_shifts(DEFAULT_ROSTER_RULES, {"N", "X", "D"}, ["D", "G", "N"]).led_shifts == (
        "D",
        "N",
        "X",
    )


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", None), ("40", 2400), ("37.5", 2250), ("37,5 h", 2250), ("40小时", 2400)]
)
def test_hours_a_week_are_read(typed, minutes):
    assert read_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["0", "169", "forty", "-4", "12:30"])
def test_hours_no_week_has_are_refused(typed):
    with pytest.raises(BadInput) as refused:
        read_hours(typed)

    assert refused.value.code == "roster.hours_unreadable"


def test_nights_a_month_are_read():
    assert (read_nights(" 4 "), read_nights("0"), read_nights("")) == (4, 0, None)


@pytest.mark.parametrize("typed", ["32", "four", "-1", "²"])
def test_nights_no_month_has_are_refused(typed):
    with pytest.raises(BadInput) as refused:
        read_nights(typed)

    assert refused.value.code == "roster.nights_unreadable"


@pytest.mark.parametrize("typed", ["2026-04-01", "2026/4/1", "2026.4.1", "2026年4月1日"])
def test_a_date_is_read_as_people_write_it(typed):
    assert read_date(typed) == date(2026, 4, 1)


@pytest.mark.parametrize("typed", ["1.4.2026", "2026-13-01", "2026-02-30", "soon"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(BadInput) as refused:
        read_date(typed)

    assert refused.value.code == "roster.date_unreadable"


def test_four_crews_of_a_pattern_of_four_have_every_shift_once_a_day():
    found = preview(["D", "N", "", ""], 4, 8, BY_CODE)

    assert found.lines[:2] == (("D", "N", "", "", "D", "N", "", ""), ("N", "", "", "D", "N", "", "", "D"))
    assert found.counts == {"D": (1,) * 8, "N": (1,) * 8}
    assert found.week_minutes == 42 * 60


def test_a_pattern_that_does_not_divide_shows_its_gaps():
    found = preview(["D", "", ""], 2, 3, BY_CODE)

    assert found.counts == {"D": (1, 1, 0)}


def test_an_empty_pattern_gives_empty_lines():
    found = preview([], 2, 3, BY_CODE)

    assert (found.lines, found.counts, found.week_minutes) == ((("", "", ""),) * 2, {}, 0)


def test_hours_of_unknown_codes_and_absences_do_not_count():
    assert preview(["X", "V", "G", "", "", "", ""], 1, 7, BY_CODE).week_minutes == 8 * 60
