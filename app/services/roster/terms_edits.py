"""What is typed about somebody's terms, read: hours a week, nights a month, dates. Pure."""

from __future__ import annotations

import re
from datetime import date

from app.models.entities.errors import BadInput

MOST_HOURS = 168
MOST_NIGHTS = 31
_HOURS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:h|小时)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_hours(text: str) -> int | None:
    """Return the minutes of hours a week, "37.5" or "40 h"; None for nothing: full time.

    Raises:
        BadInput: `roster.hours_unreadable` (text, most); none at all, or more than a week has.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _HOURS.fullmatch(typed)
    minutes = round(float(f"{found[1]}.{found[2] or 0}") * 60) if found is not None else 0
    if not 0 < minutes <= MOST_HOURS * 60:
        raise BadInput("roster.hours_unreadable", text=typed[:40], most=MOST_HOURS)
    return minutes


def read_nights(text: str) -> int | None:
    """Return a number of nights a month; None for nothing. BadInput `roster.nights_unreadable`."""
    typed = text.strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 2 or int(typed) > MOST_NIGHTS:
        raise BadInput("roster.nights_unreadable", text=typed[:40], most=MOST_NIGHTS)
    return int(typed)


def read_date(text: str) -> date | None:
    """Return a date, "2026-4-1" or "2026年4月1日"; None for nothing. BadInput `roster.date_unreadable`."""
    typed = text.strip()
    if not typed:
        return None
    found = _DATE.fullmatch(typed)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass  # the thirtieth of February
    raise BadInput("roster.date_unreadable", text=typed[:40])
