"""Which holidays a calendar lacks: of this year, and from November on of the next one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.entities.calendars import BusinessCalendar
from app.services.calendars.edits import dated_day
from app.services.calendars.public_holidays import PublicYear, public_years

WATCHED_FROM_MONTH = 11


class GapKind(StrEnum):
    """Why a year is not whole."""

    MISSING = "missing"  # the country's days are known, the calendar lacks some
    NOT_PUBLISHED = "not_published"  # the country has not published its moved working days yet


@dataclass(frozen=True, slots=True)
class HolidayGap:
    """A year that is not whole; `missing` counts the known days the calendar says nothing about."""

    year: int
    kind: GapKind
    missing: int


def holiday_gaps(calendar: BusinessCalendar, country: str, today: date) -> tuple[HolidayGap, ...]:
    """Return what is missing on this local date, the earlier year first; empty where all is well.

    A calendar that keeps no holidays (open around the clock, or without any dated day last year and this)
    lacks none, and nor does a site without a country ("").

    Raises:
        BadInput: `setup.country_unknown`.
    """
    if not country or not keeps_holidays(calendar, today):
        return ()
    return gaps_in(calendar, public_years(country, watched_years(today)))


def watched_years(today: date) -> tuple[int, ...]:
    """Return the years a calendar should be whole for: this one, and from 1 November the next."""
    return (today.year, today.year + 1) if today.month >= WATCHED_FROM_MONTH else (today.year,)


def keeps_holidays(calendar: BusinessCalendar, today: date) -> bool:
    """Return whether somebody keeps this calendar's holidays at all."""
    kept = {on.year for on in (*calendar.holidays, *calendar.special_days)}
    return not calendar.always_open and bool(kept & {today.year - 1, today.year})


def gaps_in(calendar: BusinessCalendar, years: Iterable[PublicYear]) -> tuple[HolidayGap, ...]:
    """Return the years that are not whole, in the order given."""
    gaps = []
    for public in years:
        missing = sum(dated_day(calendar, day.on) is None for day in public.days)
        if not public.is_complete:
            gaps.append(HolidayGap(public.year, GapKind.NOT_PUBLISHED, missing))
        elif missing:
            gaps.append(HolidayGap(public.year, GapKind.MISSING, missing))
    return tuple(gaps)
