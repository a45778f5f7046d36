"""How times, lengths, numbers and telephone numbers look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.services.base.texts import Texts
from app.views.base.format import Format, phone

NOW = datetime(2026, 11, 21, 6, 2, tzinfo=UTC)  # 14:02 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")
EN = Format(Texts("en"), SHANGHAI)
ZH = Format(Texts("zh_CN"), SHANGHAI)


@pytest.mark.parametrize(
    ("length", "english", "chinese"),
    [
        (timedelta(seconds=59), "0 min", "0 分"),
        (timedelta(minutes=35), "35 min", "35 分"),
        (timedelta(hours=1, minutes=52), "1 h 52 min", "1 时 52 分"),
        (timedelta(hours=8), "8 h", "8 时"),
        (timedelta(days=1), "1 d", "1 天"),
        (timedelta(days=1, hours=2, minutes=40), "1 d 2 h", "1 天 2 时"),
        (timedelta(minutes=-18), "18 min", "18 分"),
    ],
)
def test_a_length_is_shown_in_its_two_largest_units(length, english, chinese):
    assert (EN.duration(length), ZH.duration(length)) == (english, chinese)


@pytest.mark.parametrize(
    ("distance", "english", "chinese"),
    [
        (timedelta(minutes=35), "in 35 min", "35 分后"),
        (timedelta(minutes=-18), "18 min ago", "18 分前"),
        (timedelta(seconds=30), "now", "现在"),
    ],
)
def test_a_moment_is_told_by_its_distance(distance, english, chinese):
    assert (EN.relative(NOW + distance, NOW), ZH.relative(NOW + distance, NOW)) == (english, chinese)


@pytest.mark.parametrize(
    ("left", "english"),
    [
        (timedelta(minutes=21), "21 min"),
        (timedelta(seconds=1), "0 min"),
        (timedelta(), "0 min over"),
        (timedelta(minutes=-18), "18 min over"),
    ],
)
def test_time_left_turns_into_time_over_at_the_due_instant(left, english):
    assert EN.time_left(NOW + left, NOW) == english


def test_an_exact_time_is_the_sites_wall_clock_in_the_persons_language():
    assert EN.exact(NOW) == "21 Nov 2026, 14:02"
    assert ZH.exact(NOW) == "2026年11月21日 14:02"


def test_the_night_belongs_to_the_sites_next_day():
    assert EN.when(datetime(2026, 11, 20, 18, tzinfo=UTC), NOW) == "02:00"


def test_a_moment_says_no_more_than_tells_it_apart():
    assert EN.when(datetime(2026, 11, 3, 1, tzinfo=UTC), NOW) == "3 Nov 09:00"
    assert ZH.when(datetime(2025, 11, 3, 1, tzinfo=UTC), NOW) == "2025年11月3日"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KB"),
        (12_800, "12 KB"),
        (3_565_158, "3.4 MB"),
        (1024**2 - 1, "1.0 MB"),
        (5 * 1024**4, "5.0 TB"),
    ],
)
def test_a_file_size_is_shown_in_the_unit_that_fits(size, shown):
    assert EN.file_size(size) == shown


def test_counts_beyond_the_limit_say_so():
    assert [EN.count(9_999), EN.count(10_000, is_exact=False)] == ["9,999", "10,000+"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13800138000", "138 0013 8000"),
        ("+8613800138000", "+86 138 0013 8000"),
        ("138-0013-8000", "138 0013 8000"),
        (" 6120 ", "6120"),
        ("021-5888 1234", "021-5888 1234"),
        ("", ""),
    ],
)
def test_a_mobile_number_is_grouped_and_others_stay_as_written(written, shown):
    assert phone(written) == shown
