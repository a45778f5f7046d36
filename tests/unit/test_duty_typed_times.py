"""Times typed into a correction: read as people write them, and meant next to the shift."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.errors import BadInput
from app.services.duty.rules import needs_permission
from app.services.duty.typed_times import read_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT = datetime(2026, 11, 20, 0, tzinfo=UTC)  # 08:00 in Shanghai
NIGHT_ENDS = datetime(2026, 11, 21, 0, tzinfo=UTC)  # 08:00 the day after
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", ["07:58", "7:58", "7.58", "0758", " 07 : 58 ", "０７：５８"])
def test_a_time_is_read_as_people_write_it(text):
    assert read_time(text, EIGHT, SHANGHAI) == EIGHT - timedelta(minutes=2)


@pytest.mark.parametrize("text", ["", "8", "24:00", "07:60", "seven", "7:5", "123:00", "-7:58"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(BadInput, match=r"duty\.time_bad"):
        read_time(text, EIGHT, SHANGHAI)


def test_the_end_of_a_night_is_the_morning_after():
    assert read_time("07:58", NIGHT_ENDS, SHANGHAI) == NIGHT_ENDS - timedelta(minutes=2)


def test_shortly_before_midnight_belongs_to_the_evening():
    midnight = datetime(2026, 11, 20, 16, tzinfo=UTC)  # 00:00 on the 21st

    assert read_time("23:55", midnight, SHANGHAI) == midnight - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("length", "minutes", "expected"),
    [(30, 30, False), (31, 30, True), (None, 30, True), (600, 0, False), (None, 0, False)],
)
def test_longer_than_allowed_or_not_known_needs_permission(length, minutes, expected):
    until = None if length is None else NOW + timedelta(minutes=length)

    assert needs_permission(until, NOW, minutes) is expected
