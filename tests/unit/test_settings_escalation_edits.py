"""Escalation rules as they are edited: order, what is refused, times of day, quiet hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.escalation import DEFAULT_RULES, EscalationRules, EscalationStep, Recipient
from app.models.entities.sla import ClockKind
from app.services.settings.escalation_edits import (
    free_percent,
    in_order,
    put_step,
    quiet_end,
    quiet_length,
    read_percent,
    read_time,
    remove_step,
    step_of,
    time_text,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
OWNER = frozenset({Recipient.OWNER})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def night(start: int, end: int) -> EscalationRules:
    return EscalationRules(quiet_from=start * 60, quiet_until=end * 60)


def test_steps_stand_by_clock_and_percent():
    steps = (
        EscalationStep(90),
        EscalationStep(100, ClockKind.RESPONSE),
        EscalationStep(75),
    )
    assert [step.code for step in in_order(steps)] == ["response:100", "resolution:75", "resolution:90"]


def test_a_step_that_is_put_finds_its_place():
    rules = put_step(DEFAULT_RULES, EscalationStep(95, recipients=OWNER))
    assert [step.percent for step in rules.steps] == [75, 90, 95, 100, 150]


def test_a_step_takes_the_place_of_another():
    moved = EscalationStep(80, recipients=OWNER)
    rules = put_step(DEFAULT_RULES, moved, instead_of="resolution:75")
    assert [step.percent for step in rules.steps] == [80, 90, 100, 150]
    assert step_of(rules, "resolution:80") == moved
    assert step_of(rules, "resolution:75") is None


def test_a_step_may_stay_where_it_is():
    step = DEFAULT_RULES.steps[0]
    assert put_step(DEFAULT_RULES, step, instead_of=step.code) == DEFAULT_RULES


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (EscalationStep(90), "escalation.step_twice"),
        (EscalationStep(0), "escalation.percent_range"),
        (EscalationStep(1001), "escalation.percent_range"),
    ],
)
def test_what_can_never_be_right_is_refused_at_once(step, code):
    with pytest.raises(BadInput) as refused:
        put_step(DEFAULT_RULES, step)
    assert refused.value.code == code


def test_two_clocks_may_have_a_step_at_the_same_percentage():
    rules = put_step(DEFAULT_RULES, EscalationStep(90, ClockKind.RESPONSE, OWNER))
    assert [step.code for step in rules.steps][:2] == ["response:90", "resolution:75"]


def test_a_step_is_taken_out_and_an_unknown_one_changes_nothing():
    assert [step.percent for step in remove_step(DEFAULT_RULES, "resolution:90").steps] == [75, 100, 150]
    assert remove_step(DEFAULT_RULES, "response:90") == DEFAULT_RULES


@pytest.mark.parametrize(
    ("clock", "wanted", "found"),
    [
        (ClockKind.RESOLUTION, 80, 80),
        (ClockKind.RESOLUTION, 90, 95),
        (ClockKind.RESPONSE, 90, 90),
        (ClockKind.RESOLUTION, 2000, 1000),
        (ClockKind.RESOLUTION, -5, 1),
    ],
)
def test_a_free_place_is_found(clock, wanted, found):
    assert free_percent(DEFAULT_RULES, clock, wanted) == found


def test_where_the_upper_end_is_taken_the_place_below_it_is_found():
    rules = EscalationRules(steps=(EscalationStep(1000), EscalationStep(999)))
    assert free_percent(rules, ClockKind.RESOLUTION, 1000) == 998


@pytest.mark.parametrize(("text", "percent"), [("90", 90), (" 90 % ", 90), ("100％", 100), ("1", 1)])
def test_percentages_as_people_write_them(text, percent):
    assert read_percent(text) == percent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "escalation.percent_unreadable"),
        ("soon", "escalation.percent_unreadable"),
        ("7.5", "escalation.percent_unreadable"),
        ("-5", "escalation.percent_unreadable"),
        ("٣", "escalation.percent_unreadable"),
        ("9" * 30, "escalation.percent_unreadable"),
        ("0", "escalation.percent_range"),
        ("1001", "escalation.percent_range"),
    ],
)
def test_what_is_no_percentage_is_told(text, code):
    with pytest.raises(BadInput) as refused:
        read_percent(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("22:00", 1320),
        ("7", 420),
        ("07.30", 450),
        ("22：15", 1335),
        ("22 时", 1320),
        ("6时30分", 390),
        ("0:00", 0),
        ("24:00", 1440),
    ],
)
def test_times_of_day_as_people_write_them(text, minutes):
    assert read_time(text) == minutes


@pytest.mark.parametrize("text", ["", "late", "25:00", "24:01", "12:60", "12:5", "-1"])
def test_what_is_no_time_of_day_is_told(text):
    with pytest.raises(BadInput) as refused:
        read_time(text)
    assert refused.value.code == "escalation.time_unreadable"


@pytest.mark.parametrize(("minutes", "text"), [(0, "00:00"), (450, "07:30"), (1440, "24:00")])
def test_a_time_is_written_with_two_digits(minutes, text):
    assert time_text(minutes) == text


@pytest.mark.parametrize(
    ("start", "end", "minutes"), [(22, 7, 540), (12, 14, 120), (22, 24, 120), (0, 24, 1440), (8, 8, 0)]
)
def test_how_long_it_is_quiet(start, end, minutes):
    assert quiet_length(night(start, end)) == minutes


@pytest.mark.parametrize(
    ("start", "end", "moment", "ends"),
    [
        (22, 7, at(20, 23), at(21, 7)),
        (22, 7, at(21, 3), at(21, 7)),
        (22, 7, at(21, 7), None),
        (22, 7, at(20, 21, 59), None),
        (22, 7, at(20, 22), at(21, 7)),
        (12, 14, at(20, 13), at(20, 14)),
        (12, 14, at(20, 11, 59), None),
        (22, 24, at(20, 23), at(21, 0)),
        (22, 0, at(20, 23), at(21, 0)),
        (0, 24, at(20, 9), at(21, 0)),
        (8, 8, at(20, 8), None),
    ],
)
def test_when_the_quiet_ends(start, end, moment, ends):
    assert quiet_end(night(start, end), moment) == ends
