"""Days as people type them: "24", "12-24", "2026-12-24", "tomorrow", "+3", also in Chinese. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.models.entities.errors import BadInput
from app.services.base.years import checked_day

_WORDS = {
    "today": 0, "tomorrow": 1, "yesterday": -1,
    "今天": 0, "明天": 1, "后天": 2, "昨天": -1,
}  # fmt: skip
_FURTHEST = 3_660  # days
_SHOWN = 40
_CHINESE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})[日号]?")
_PARTS = re.compile(r"(?:(\d{4})[-/.])?(?:(\d{1,2})[-/.])?(\d{1,2})")


def read_day(text: str, today: date, *, base: date | None = None) -> date:
    """Return the day a text means.

    A day alone, or a month and day, is the next one from `today` on, `today` included. "+3" counts from
    `base` (default: today), "-2" back from it.

    Raises:
        BadInput: `leave.dates_unread`, `dates.out_of_range`.
    """
    typed = "".join(text.split()).casefold()
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if re.fullmatch(r"[+-]\d{1,4}", typed, re.ASCII) and abs(int(typed)) <= _FURTHEST:
        try:
            return (base or today) + timedelta(days=int(typed))
        except OverflowError:
            raise _unread(text) from None
    found = _PARTS.fullmatch(typed) or _CHINESE.fullmatch(typed)
    if found is None:
        raise _unread(text)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    made = _made(year, month, day, today)
    if made is None:
        raise _unread(text)
    return checked_day(made)


def _made(year: int, month: int, day: int, today: date) -> date | None:
    if year:
        return _date(year, month, day) if month else None
    if month:
        # Eight years hold a 29 February, whatever century begins.
        tries = (_date(today.year + count, month, day) for count in range(9))
    else:
        months = (today.year * 12 + today.month - 1 + count for count in range(12))
        tries = (_date(number // 12, number % 12 + 1, day) for number in months)
    return next((found for found in tries if found is not None and found >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unread(text: str) -> BadInput:
    return BadInput("leave.dates_unread", text=text.strip()[:_SHOWN])
