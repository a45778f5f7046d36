"""What must hold for every calendar: the properties of the rules, and a slow second opinion."""

from __future__ import annotations

import pickle
import random
from datetime import UTC, datetime, timedelta
from threading import Thread
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.time import Span
from app.services.calendars.rules import add_working_time, is_open, working_time
from tests.support.slow_calendar import SlowCalendar

ZONES = (
    "Europe/London",
    "Asia/Shanghai",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
)
# Around clock changes, the skipped date of Apia, year ends and ordinary weeks.
STARTS = (
    datetime(2026, 3, 26, tzinfo=UTC),
    datetime(2026, 10, 22, tzinfo=UTC),
    datetime(2026, 4, 2, tzinfo=UTC),
    datetime(2011, 12, 28, tzinfo=UTC),
    datetime(2018, 2, 15, tzinfo=UTC),
    datetime(2018, 11, 1, tzinfo=UTC),
    datetime(2025, 12, 29, tzinfo=UTC),
    datetime(2026, 4, 22, tzinfo=UTC),
)
MINUTE = timedelta(minutes=1)
PARIS = BusinessCalendar.from_dict(
    {
        "timezone": "Europe/Paris",
        "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]},
        "holidays": ["2026-05-01", "2026-05-08"],
    }
)
BASE = datetime(2026, 3, 1, tzinfo=UTC)
minutes_of_a_quarter = st.integers(0, 90 * 24 * 60)


def at(minutes: int) -> datetime:
    return BASE + minutes * MINUTE


def _wall(chance: random.Random, low: int, high: int) -> int:
    return chance.choice([chance.randrange(low, high), 5 * chance.randrange(low // 5, high // 5)])


def _text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _windows(chance: random.Random) -> list[list[str]]:
    shape = chance.randrange(5)
    if shape == 0:
        return []
    if shape == 1:
        return [["00:00", "24:00"]]
    if shape == 2:
        return [[_text(_wall(chance, 1080, 1435)), _text(_wall(chance, 0, 600))]]
    cuts = sorted(chance.sample(range(1441), 4))
    return [[_text(cuts[0]), _text(cuts[1])], [_text(cuts[2]), _text(cuts[3])]]


def _form(chance: random.Random, start: datetime) -> dict[str, object]:
    dates = [(start + timedelta(days=i)).date().isoformat() for i in range(8)]
    return {
        "timezone": chance.choice(ZONES),
        "hours": {day: _windows(chance) for day in WEEKDAYS},
        "holidays": chance.sample(dates, chance.randrange(3)),
        "special_days": {on: _windows(chance) for on in chance.sample(dates, chance.randrange(3))},
        "breaks": {on: _windows(chance) for on in chance.sample(dates, chance.randrange(3))},
    }


@pytest.mark.parametrize("seed", range(200))
def test_random_calendars_agree_with_a_walk_minute_by_minute(seed):
    chance = random.Random(seed)
    base = chance.choice(STARTS)
    form = _form(chance, base)
    slow, fast = SlowCalendar(form), BusinessCalendar.from_dict(form)
    start = base + chance.randrange(1440) * MINUTE
    end = start + chance.randrange(4 * 1440) * MINUTE
    cuts = sorted(chance.randrange(4 * 1440) for _ in range(4))
    pauses = [(base + a * MINUTE, base + b * MINUTE) for a, b in (cuts[:2], cuts[2:])]
    spans = [Span(a, b) for a, b in pauses]

    expected = slow.working_minutes(start, end, pauses)

    assert working_time(fast, start, end, spans) == expected * MINUTE
    assert is_open(fast, start) == slow.is_open(start)
    if expected:
        allowed = chance.randrange(expected + 1)
        assert add_working_time(fast, start, allowed * MINUTE, spans) == slow.due(start, allowed, pauses)


@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_every_zone_counts_each_second_of_a_round_the_clock_week_once(zone):
    hours = {day: [["00:00", "24:00"]] for day in WEEKDAYS}
    cal = BusinessCalendar.from_dict({"timezone": zone, "hours": hours})

    counted = working_time(cal, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))

    assert counted == timedelta(days=365)


@given(minutes_of_a_quarter, minutes_of_a_quarter, minutes_of_a_quarter)
def test_splitting_an_interval_is_additive(a, b, c):
    first, middle, last = sorted((a, b, c))

    parts = working_time(PARIS, at(first), at(middle)) + working_time(PARIS, at(middle), at(last))

    assert parts == working_time(PARIS, at(first), at(last))


@given(minutes_of_a_quarter, st.integers(1, 20_000), minutes_of_a_quarter, st.integers(0, 5000))
def test_due_is_the_inverse_of_elapsed(start, allowed, pause, length):
    pauses = [Span(at(pause), at(pause + length))]

    due = add_working_time(PARIS, at(start), allowed * MINUTE, pauses)

    assert working_time(PARIS, at(start), due, pauses) == allowed * MINUTE
    assert working_time(PARIS, at(start), due - MINUTE, pauses) == (allowed - 1) * MINUTE


@given(minutes_of_a_quarter, st.integers(0, 20_000), minutes_of_a_quarter)
def test_a_pause_of_no_length_changes_nothing(start, allowed, pause):
    empty = [Span(at(pause), at(pause))]

    assert add_working_time(PARIS, at(start), allowed * MINUTE, empty) == add_working_time(
        PARIS, at(start), allowed * MINUTE
    )


@given(minutes_of_a_quarter, minutes_of_a_quarter, minutes_of_a_quarter)
def test_while_paused_the_elapsed_time_stays_constant(start, pause, later):
    pauses = [Span(at(pause), None)]

    paused = working_time(PARIS, at(start), at(max(pause, later)), pauses)

    assert paused == working_time(PARIS, at(start), at(pause))


@given(minutes_of_a_quarter, st.integers(0, 5000), st.integers(0, 5000))
def test_more_allowance_never_falls_due_earlier(start, allowed, extra):
    due = add_working_time(PARIS, at(start), allowed * MINUTE)

    assert add_working_time(PARIS, at(start), (allowed + extra) * MINUTE) >= due


@given(st.integers(-(10**9), 3 * 10**9), st.integers(1, 10**7))
def test_always_open_time_is_plain_time(since_1970, seconds):
    always = BusinessCalendar("Asia/Shanghai", always_open=True)
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=since_1970)
    allowed = timedelta(seconds=seconds)

    assert add_working_time(always, start, allowed) == start + allowed
    assert working_time(always, start, start + allowed) == allowed


def test_threads_may_share_one_calendar():
    cal = BusinessCalendar.from_dict(PARIS.to_dict())
    answers: list[timedelta] = []
    work = [Thread(target=lambda: answers.append(working_time(cal, at(0), at(500_000)))) for _ in range(8)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()

    assert set(answers) == {working_time(PARIS, at(0), at(500_000))}


def test_a_calendar_travels_to_another_process_without_its_derived_data():
    working_time(PARIS, at(0), at(5000))

    copy = pickle.loads(pickle.dumps(PARIS))

    assert copy == PARIS
    assert copy.memo == {}
    assert working_time(copy, at(0), at(5000)) == working_time(PARIS, at(0), at(5000))
