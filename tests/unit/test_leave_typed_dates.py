"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.errors import BadInput
from app.services.leave.typed_dates import read_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24", date(2026, 11, 24)),
        ("20", date(2026, 11, 20)),
        ("19", date(2026, 12, 19)),
        ("31", date(2026, 12, 31)),
        ("12-24", date(2026, 12, 24)),
        ("12/24", date(2026, 12, 24)),
        ("1.5", date(2027, 1, 5)),
        ("2026-12-24", date(2026, 12, 24)),
        ("2026-1-2", date(2026, 1, 2)),
        (" Tomorrow ", date(2026, 11, 21)),
        ("+3", date(2026, 11, 23)),
        ("-2", date(2026, 11, 18)),
        ("明天", date(2026, 11, 21)),
        ("后天", date(2026, 11, 22)),
        ("12月24日", date(2026, 12, 24)),
        ("2027年1月2日", date(2027, 1, 2)),
        ("24号", date(2026, 11, 24)),
        ("2-29", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text, day):
    assert read_day(text, FRIDAY) == day


def test_a_step_counts_from_the_first_day():
    assert read_day("+2", FRIDAY, base=date(2026, 12, 1)) == date(2026, 12, 3)


@pytest.mark.parametrize(
    "text",
    ["", "32", "13-40", "2026-02-30", "2-30", "soon", "+99999", "24-12-2026-1", "２４x", "--3", "2027年5日"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(BadInput, match=r"leave\.dates_unread"):
        read_day(text, FRIDAY)


def test_a_step_beyond_the_calendar_is_refused():
    with pytest.raises(BadInput, match=r"leave\.dates_unread"):
        read_day("+3000", date(9999, 12, 1))
