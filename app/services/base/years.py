"""Which days the program plans and reports: every day and month that is typed is held to these years.

Rules look weeks and months back and ahead of a day, into time zones and whole years; at the ends of what a
computer can count (years 1 and 9999) that has no answer. A year far away is a slip of the hand: nobody
planned here before the program was written, and no roster is made for the grandchildren. Leave asked for a
day that no approval can ever write into the roster would wait for ever.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput

FIRST_YEAR, LAST_YEAR = 2000, 2199
_SHOWN = 40


def checked_day(on: date) -> date:
    """Return the day. BadInput `dates.out_of_range` (text, first, last) outside the years."""
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise BadInput("dates.out_of_range", text=on.isoformat(), first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return on


def read_iso_day(text: str) -> date:
    """Return the day of a text such as "2026-04-16". BadInput `cli.bad_date` (text), `dates.out_of_range`."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise BadInput("cli.bad_date", text=text[:_SHOWN]) from None
    return checked_day(on)


def read_iso_month(text: str) -> date:
    """Return the first day of a month as "2026-04". BadInput `roster.month_bad`, `dates.out_of_range`."""
    if len(text) != len("2026-04"):
        raise BadInput("roster.month_bad", text=text[:_SHOWN])
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise BadInput("roster.month_bad", text=text[:_SHOWN]) from None
    return checked_day(first)


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant of "2026-04-16T14:02", of `zone` unless it says another offset.

    Raises:
        BadInput: `cli.bad_date` (text), `dates.out_of_range`.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("cli.bad_date", text=text[:_SHOWN]) from None
    checked_day(instant.date())
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
