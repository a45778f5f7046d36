"""Hours over midnight that meet hours of the next weekday."""

from __future__ import annotations

import pytest

from app.models.entities.calendars import Window
from app.services.calendars.midnight import counted_once

NIGHT = Window.between("20:00", "08:00")
EARLY = Window.between("06:00", "14:00")


def week(**days):
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return tuple(tuple(days.get(name, ())) for name in names)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (week(mon=[NIGHT], tue=[EARLY]), [(1, "06:00–08:00")]),
        (week(sun=[NIGHT], mon=[EARLY]), [(0, "06:00–08:00")]),
        (
            week(mon=[NIGHT], tue=[Window.between("01:00", "02:00"), EARLY]),
            [(1, "01:00–02:00"), (1, "06:00–08:00")],
        ),
        (week(mon=[NIGHT], tue=[Window.between("08:00", "12:00")]), []),
        (week(mon=[Window.between("16:00", "24:00")], tue=[Window.between("00:00", "24:00")]), []),
        (week(mon=[NIGHT], wed=[EARLY]), []),
        (week(), []),
    ],
)
def test_what_two_weekdays_open_is_found(hours, said):
    assert [(each.weekday, each.to_text()) for each in counted_once(hours)] == said
