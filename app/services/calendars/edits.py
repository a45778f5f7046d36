"""Changing a calendar as an administrator does. Pure: every function returns a new calendar.

A date is one of three things in a calendar: closed (`holidays`), open at hours of its own (`special_days`),
or like its weekday. What kind of day it is (`day_types`) is stated only where it does not follow from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.models.entities.calendars import MINUTES_A_DAY, BusinessCalendar, DayType, Window, Windows
from app.models.entities.errors import BadInput
from app.services.calendars.rules import day_type

V = TypeVar("V")

CLOSED_KINDS = frozenset({DayType.HOLIDAY, DayType.DAY_OFF_IN_LIEU})
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|～|至|到|to)\s*")
_PARTS = re.compile(r"[,，;；、]")
_HOUR = re.compile(r"\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A date that is not like its weekday; `windows` is empty where it is closed.

    `name` and `name_alt` (Chinese) say what it is called; either may be "".
    """

    on: date
    day_type: DayType
    windows: Windows
    name: str = ""
    name_alt: str = ""


@dataclass(frozen=True, slots=True)
class DayChange:
    """A date that would become another; `before` is None where it is like its weekday so far."""

    before: DatedDay | None
    after: DatedDay


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


def usual_hours(calendar: BusinessCalendar) -> Windows:
    """Return what a day has that is opened without saying when: the longest weekday, 24 hours for 24x7.

    Raises:
        BadInput: `calendar.no_usual_hours`; the calendar has no weekly hours to take.
    """
    if calendar.always_open:
        return (Window(0, MINUTES_A_DAY),)
    if not any(calendar.hours):
        raise BadInput("calendar.no_usual_hours")
    return longest_hours(calendar)


def dated_days(calendar: BusinessCalendar, year: int | None = None) -> list[DatedDay]:
    """Return the dates that the calendar says something about, in order: of one year, or of all (None)."""
    dates = calendar.holidays | calendar.special_days.keys() | calendar.day_types.keys()
    return [_dated(calendar, on) for on in sorted(dates) if year is None or on.year == year]


def dated_day(calendar: BusinessCalendar, on: date) -> DatedDay | None:
    """Return what the calendar says about a date, or None where it is like its weekday."""
    is_dated = on in calendar.holidays or on in calendar.special_days or on in calendar.day_types
    return _dated(calendar, on) if is_dated else None


def set_day(calendar: BusinessCalendar, day: DatedDay) -> BusinessCalendar:
    """Say what a date is; whatever was said about it before is forgotten.

    Raises:
        BadInput: `calendar.windows_overlap`.
    """
    return set_days(calendar, (day,))


def remove_day(calendar: BusinessCalendar, on: date) -> BusinessCalendar:
    """Let a date be like its weekday again. Breaks taken out of it stay."""
    return remove_days(calendar, (on,))


def remove_days(calendar: BusinessCalendar, dates: Iterable[date]) -> BusinessCalendar:
    """Let dates be like their weekdays again; one that already is stays so. Breaks stay."""
    gone = frozenset(dates)
    return replace(
        calendar,
        holidays=calendar.holidays - gone,
        special_days=_without(calendar.special_days, gone),
        day_types=_without(calendar.day_types, gone),
        day_names=_without(calendar.day_names, gone),
    )


def set_days(calendar: BusinessCalendar, days: Iterable[DatedDay]) -> BusinessCalendar:
    """Say what several dates are; other dates stay as they are. Of a date named twice the last holds.

    Raises:
        BadInput: `calendar.windows_overlap`.
    """
    wanted = {day.on: day for day in days}
    plain = remove_days(calendar, wanted)
    closed = {on for on, day in wanted.items() if day.day_type in CLOSED_KINDS and not day.windows}
    opened = {on: day.windows for on, day in wanted.items() if on not in closed}
    named = {on: (day.name, day.name_alt) for on, day in wanted.items() if day.name or day.name_alt}
    changed = replace(
        plain,
        holidays=plain.holidays | closed,
        special_days={**plain.special_days, **opened},
        day_names={**plain.day_names, **named},
    )
    # What kind of day it is follows from the rest, mostly; it is stated where it does not.
    stated = {on: day.day_type for on, day in wanted.items() if day_type(changed, on) is not day.day_type}
    return replace(changed, day_types={**changed.day_types, **stated}) if stated else changed


def compare_days(calendar: BusinessCalendar, days: Iterable[DatedDay]) -> tuple[DayChange, ...]:
    """Return what `set_days` would change, by date; dates that already are so are left out."""
    wanted = {day.on: day for day in days}
    changes = [DayChange(dated_day(calendar, on), day) for on, day in sorted(wanted.items())]
    return tuple(change for change in changes if change.before != change.after)


def _dated(calendar: BusinessCalendar, on: date) -> DatedDay:
    name, name_alt = calendar.day_names.get(on, ("", ""))
    windows = () if on in calendar.holidays else _hours_of(calendar, on)
    return DatedDay(on, day_type(calendar, on), windows, name, name_alt)


def _without(held: Mapping[date, V], gone: frozenset[date]) -> dict[date, V]:
    return {on: value for on, value in held.items() if on not in gone}


def _hours_of(calendar: BusinessCalendar, on: date) -> Windows:
    return calendar.special_days.get(on, calendar.hours[on.weekday()])


def _clock(text: str) -> str:
    return f"{text}:00" if _HOUR.fullmatch(text) else text.replace("：", ":")
