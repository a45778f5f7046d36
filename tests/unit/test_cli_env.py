"""How results are printed: as JSON that machines read, as columns that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from app.cli.env import plain, table


class Colour(StrEnum):
    """Any state."""

    RED = "red"


@dataclass(frozen=True)
class Thing:
    """Any record."""

    at: datetime
    on: date
    lasting: timedelta
    colour: Colour


def test_a_record_becomes_plain_values() -> None:
    thing = Thing(
        datetime(2026, 4, 16, 14, 2, tzinfo=UTC), date(2026, 4, 16), timedelta(minutes=2), Colour.RED
    )

    assert plain([thing]) == [
        {"at": "2026-04-16T14:02:00+00:00", "on": "2026-04-16", "lasting": 120.0, "colour": "red"}
    ]


def test_keys_that_are_states_become_text() -> None:
    assert plain({Colour.RED: (1, None)}) == {"red": [1, None]}


def test_columns_line_up_with_chinese_letters_counted_as_two() -> None:
    assert table([("工单", "x"), ("abcdef", "y")], ("n", "s")) == "n       s\n工单    x\nabcdef  y"


def test_no_rows_print_nothing_but_the_heads() -> None:
    assert table([]) == ""
    assert table([], ("number", "subject")) == "number  subject"
