"""Painting dates of a calendar with a kind of day, as the year view does. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from app.models.entities.calendars import BusinessCalendar, DayType
from app.services.calendars.edits import (
    CLOSED_KINDS,
    DatedDay,
    dated_day,
    remove_days,
    set_days,
    usual_hours,
)

Brush = DayType | None
"""The kind of day that is painted; None lets dates be like their weekdays."""


def paint(calendar: BusinessCalendar, dates: Collection[date], brush: Brush) -> BusinessCalendar:
    """Return the calendar with dates made this kind of day.

    A date that is of the kind already keeps its hours and its name. Else: holidays, days off in lieu and
    weekends are closed; a workday has its weekday's hours, or the usual ones where that weekday has none; a
    make-up workday has the usual ones. Workdays that are workdays by their weekday need no entry.

    Raises:
        BadInput: `calendar.no_usual_hours`.
    """
    if brush is None:
        return remove_days(calendar, dates)
    plain = remove_days(calendar, dates)
    days = [_painted(calendar, plain, on, brush) for on in dates]
    return set_days(plain, [day for day in days if day is not None])


def _painted(before: BusinessCalendar, plain: BusinessCalendar, on: date, brush: DayType) -> DatedDay | None:
    held = dated_day(before, on)
    if held is not None and held.day_type is brush:
        return held
    if brush in CLOSED_KINDS:
        return DatedDay(on, brush, ())
    is_weekend = on.weekday() >= 5
    weekly = plain.hours[on.weekday()]
    if brush is DayType.WEEKEND:
        return None if is_weekend and not weekly else DatedDay(on, brush, ())
    if brush is DayType.WORKDAY and not is_weekend and (weekly or plain.always_open):
        return None
    windows = weekly if brush is DayType.WORKDAY and weekly else usual_hours(plain)
    return DatedDay(on, brush, windows)


def rename(calendar: BusinessCalendar, dates: Collection[date], name: str, name_alt: str) -> BusinessCalendar:
    """Return the calendar with dates called so; dates that are like their weekday have no name."""
    held = [dated_day(calendar, on) for on in dates]
    return set_days(calendar, [replace(day, name=name, name_alt=name_alt) for day in held if day is not None])
