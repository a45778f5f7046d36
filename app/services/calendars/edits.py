"""Changing a calendar as an administrator does. Pure: every function returns a new calendar.

A date is one of three things in a calendar: closed (`holidays`), open at hours of its own (`special_days`),
or like its weekday. What kind of day it is called (`day_types`) is stated only where it does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.models.entities.calendars import BusinessCalendar, DayType, Window, Windows
from app.models.entities.errors import BadInput
from app.services.calendars.rules import day_type

CLOSED_KINDS = frozenset({DayType.HOLIDAY, DayType.DAY_OFF_IN_LIEU})
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|～|至|到|to)\s*")
_PARTS = re.compile(r"[,，;；、]")
_HOUR = re.compile(r"\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A date that is not like its weekday; `windows` is empty where it is closed."""

    on: date
    day_type: DayType
    windows: Windows


def read_windows(text: str) -> Windows:
    """Read "08:30-12:00, 13-18:30", "20:00-08:00" (over midnight) or "00:00-24:00"; nothing means closed.

    Raises:
        BadInput: `calendar.time_bad` (with the part that cannot be read), `calendar.windows_overlap`.
    """
    windows = []
    for part in _PARTS.split(text):
        if not part.strip():
            continue
        bounds = _BETWEEN.split(part.strip())
        if len(bounds) != 2:
            raise BadInput("calendar.time_bad", text=part.strip())
        windows.append(Window.between(*(_clock(bound) for bound in bounds)))
    hours = tuple(sorted(windows))
    BusinessCalendar("UTC", hours=(hours, *((),) * 6))  # the one place that knows what overlaps
    return hours


def windows_text(windows: Windows) -> str:
    """Return "08:30–12:00, 13:00–18:30", which `read_windows` reads back; "" where closed."""
    return ", ".join("–".join(window.to_list()) for window in windows)


def set_hours(calendar: BusinessCalendar, weekday: int, windows: Windows) -> BusinessCalendar:
    """Set the hours of a weekday, 0 for Monday. Dates stay what they are called, make-up workdays too.

    Raises:
        BadInput: `calendar.windows_overlap`.
    """
    hours = tuple(windows if day == weekday else held for day, held in enumerate(calendar.hours))
    changed = replace(calendar, hours=hours)
    # What a special day is follows from whether its weekday has hours: where that would turn, it is stated.
    kept = {
        on: day_type(calendar, on)
        for on in calendar.special_days
        if day_type(calendar, on) is not day_type(changed, on)
    }
    return replace(changed, day_types={**changed.day_types, **kept}) if kept else changed


def longest_hours(calendar: BusinessCalendar) -> Windows:
    """Return the windows of the longest weekday: what a make-up workday usually has."""
    return max(calendar.hours, key=lambda day: sum(window.duration_minutes for window in day), default=())


def dated_days(calendar: BusinessCalendar, year: int) -> list[DatedDay]:
    """Return the dates of a year that the calendar says something about, in order."""
    dates = calendar.holidays | calendar.special_days.keys() | calendar.day_types.keys()
    return [
        DatedDay(on, day_type(calendar, on), () if on in calendar.holidays else _hours_of(calendar, on))
        for on in sorted(dates)
        if on.year == year
    ]


def set_day(calendar: BusinessCalendar, day: DatedDay) -> BusinessCalendar:
    """Say what a date is; whatever was said about it before is forgotten.

    Raises:
        BadInput: `calendar.windows_overlap`.
    """
    plain = remove_day(calendar, day.on)
    if day.day_type in CLOSED_KINDS:
        changed = replace(plain, holidays=plain.holidays | {day.on})
    else:
        changed = replace(plain, special_days={**plain.special_days, day.on: day.windows})
    if day_type(changed, day.on) is day.day_type:
        return changed
    return replace(changed, day_types={**changed.day_types, day.on: day.day_type})


def remove_day(calendar: BusinessCalendar, on: date) -> BusinessCalendar:
    """Let a date be like its weekday again. Breaks taken out of it stay."""
    return replace(
        calendar,
        holidays=calendar.holidays - {on},
        special_days={held: windows for held, windows in calendar.special_days.items() if held != on},
        day_types={held: kind for held, kind in calendar.day_types.items() if held != on},
    )


def set_days(calendar: BusinessCalendar, days: Iterable[DatedDay]) -> BusinessCalendar:
    """Say what several dates are; other dates stay as they are."""
    for day in days:
        calendar = set_day(calendar, day)
    return calendar


def _hours_of(calendar: BusinessCalendar, on: date) -> Windows:
    return calendar.special_days.get(on, calendar.hours[on.weekday()])


def _clock(text: str) -> str:
    return f"{text}:00" if _HOUR.fullmatch(text) else text.replace("：", ":")
