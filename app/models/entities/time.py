"""Spans of time, and the amounts of time that a promise speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.errors import BadInput

# What people write, in both languages. A day is always a working day: its length is the calendar's matter.
_UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分", "分钟"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时"), 3600),
    **dict.fromkeys(("d", "day", "days", "wd", "working day", "working days"), 0),
    **dict.fromkeys(("天", "日", "工作日", "个工作日"), 0),
}
_PART = re.compile(r"\s*(\d+)(?:[.,](\d{1,3}))?\s*(working days?|[a-z]+|[一-鿿]+)\s*[,，]?")
# Ten years: anything longer is a slip of the finger, and keeps arithmetic far from the end of the calendar.
LONGEST_ALLOWANCE = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time: `start` belongs to it, `end` does not. `end` None means it still runs.

    A span whose end is not after its start holds no time. Naive datetimes raise ValueError.
    """

    start: datetime
    end: datetime | None

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or (self.end is not None and self.end.utcoffset() is None):
            raise ValueError("a span needs datetimes with a time zone")


@dataclass(frozen=True, slots=True)
class Allowance:
    """An amount of working time: fixed seconds, plus whole working days of whichever calendar counts it."""

    seconds: int = 0
    working_days: int = 0

    def __post_init__(self) -> None:
        if self.seconds < 0 or self.working_days < 0:
            raise BadInput("duration.negative")
        if timedelta(seconds=self.seconds, days=self.working_days) > LONGEST_ALLOWANCE:
            raise BadInput("duration.too_long", longest_days=LONGEST_ALLOWANCE.days)

    def length(self, working_day: timedelta) -> timedelta:
        """Return the working time meant, where one working day is `working_day` long."""
        return timedelta(seconds=self.seconds) + self.working_days * working_day

    @classmethod
    def from_text(cls, text: str) -> Allowance:
        """Read "4 h", "1 d 2 h", "90 min", "1.5 h", "2 工作日" or "1 天 2 小时".

        Raises:
            BadInput: `duration.unreadable` (no such form), `duration.part_day` (days are whole),
                `duration.too_long`.
        """
        rest = text.strip().lower()
        seconds, working_days, at = 0, 0, 0
        while at < len(rest):
            part = _PART.match(rest, at)
            if part is None or part[3] not in _UNITS or len(part[1]) > 9:
                raise BadInput("duration.unreadable", text=text)
            unit, thousandths = _UNITS[part[3]], int((part[2] or "0").ljust(3, "0"))
            if unit == 0 and thousandths:
                raise BadInput("duration.part_day", text=text)
            if unit == 0:
                working_days += int(part[1])
            else:
                seconds += int(part[1]) * unit + round(thousandths * unit / 1000)
            at = part.end()
        if at == 0:
            raise BadInput("duration.unreadable", text=text)
        return cls(seconds, working_days)

    def to_text(self) -> str:
        """Return the shortest form that `from_text` reads back, in English units: "3 d", "1 h 30 min"."""
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        parts = ((self.working_days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
        return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"
