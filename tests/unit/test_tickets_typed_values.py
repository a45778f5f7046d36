"""Times, lengths and amounts as people type them, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.errors import BadInput
from app.services.tickets.typed_values import read_amount, read_minutes, read_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 4, 16, 6, 2, tzinfo=UTC)  # a Thursday, 14:02 in Shanghai


def local(text, *, is_ahead=True):
    found = read_moment(text, NOW, SHANGHAI, is_ahead=is_ahead)
    return f"{found.astimezone(SHANGHAI):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("16:00", "04-16 16:00"),
        ("16：00", "04-16 16:00"),
        ("10:00", "04-17 10:00"),
        ("4 pm", "04-16 16:00"),
        ("16点", "04-16 16:00"),
        ("下午4点半", "04-16 16:30"),
        ("2 h", "04-16 16:02"),
        ("90 min", "04-16 15:32"),
        ("2小时", "04-16 16:02"),
        ("30 分钟后", "04-16 14:32"),
        ("in 1 h 30 min", "04-16 15:32"),
        ("2 d", "04-18 14:02"),
        ("tomorrow 10:00", "04-17 10:00"),
        ("明天10点", "04-17 10:00"),
        ("后天 9:30", "04-18 09:30"),
        ("tomorrow", "04-17 18:00"),
        ("today 18", "04-16 18:00"),
        ("Friday 9:00", "04-17 09:00"),
        ("周五 9:00", "04-17 09:00"),
        ("thursday 9:00", "04-23 09:00"),
        ("2026-04-20 08:30", "04-20 08:30"),
        ("4月20日 8:30", "04-20 08:30"),
        ("04-20 8:30", "04-20 08:30"),
        ("now", "04-16 14:02"),
        ("现在", "04-16 14:02"),
        ("24:00", "04-16 23:59"),
    ],
)
def test_a_time_ahead_is_read_as_people_say_it(text, meant):
    assert local(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13:30", "04-16 13:30"),
        ("23:00", "04-15 23:00"),
        ("20 min ago", "04-16 13:42"),
        ("20分钟前", "04-16 13:42"),
        ("1 h", "04-16 13:02"),
        ("yesterday 17:00", "04-15 17:00"),
        ("昨天 17:00", "04-15 17:00"),
    ],
)
def test_a_time_behind_is_the_last_one_of_that_name(text, meant):
    assert local(text, is_ahead=False) == meant


def test_nothing_typed_is_no_time():
    assert read_moment("  ", NOW, SHANGHAI) is None


@pytest.mark.parametrize(
    "text", ["soon", "25:00", "16:75", "12", "2026-02-30 10:00", "tomorrow late", "-2 h", "h", "0 min"]
)
def test_what_is_no_time_is_refused_with_what_was_typed(text):
    with pytest.raises(BadInput) as refused:
        read_moment(text, NOW, SHANGHAI)

    assert (refused.value.code, refused.value.params["text"]) == ("tickets.time_unreadable", text)


def test_a_clock_time_is_one_of_the_sites_wall_also_when_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert read_moment("tomorrow 10:00", before, berlin) == datetime(2026, 3, 29, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("1 h 30 min", 90), ("1.5 h", 90), ("1 小时", 60), ("", None), ("90 分钟", 90)],
)
def test_minutes_are_read_with_or_without_a_unit(text, minutes):
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["a while", "2 d", "-5", "0 min", "1 h x"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(BadInput, match="minutes_unreadable"):
        read_minutes(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("3", 3), ("3 people", 3), ("3 人", 3), ("1,200", 1200), ("1 200 CNY", 1200), ("¥800", 800), ("", None),
     ("1200.00", 1200)],
)  # fmt: skip
def test_amounts_are_read_with_a_unit_around_them(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["-3", "many", "1.5", "3 or 4", "1,20"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(BadInput, match="amount_unreadable"):
        read_amount(text)
