"""Lists of dated days from elsewhere (a country, a file) before they are taken into a calendar. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.models.entities.calendars import LONGEST_DAY_NAME, BusinessCalendar, DayType, Windows
from app.models.entities.errors import BadInput
from app.services.calendars.edits import CLOSED_KINDS, DatedDay, usual_hours

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DAYS = 5_000
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A date as a list names it. `windows` is None where the list says no hours: the kind of day decides.

    `line` is where it stands in a file, counted from 1; 0 where there is no file.
    """

    on: date
    day_type: DayType
    windows: Windows | None = None
    name: str = ""
    name_alt: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class DayList:
    """What a file says. `passed_over` counts entries that are no whole days or were cancelled."""

    days: tuple[ListedDay, ...]
    passed_over: int = 0


def days_for(calendar: BusinessCalendar, listed: Iterable[ListedDay]) -> list[DatedDay]:
    """Return listed days as this calendar would hold them: workdays without hours get its usual ones.

    Raises:
        BadInput: `calendar.no_usual_hours`.
    """
    return [DatedDay(day.on, day.day_type, _windows(calendar, day), day.name, day.name_alt) for day in listed]


def joined(days: Iterable[ListedDay]) -> tuple[ListedDay, ...]:
    """Return listed days by date, each date once; two entries that agree about a date are joined.

    Raises:
        BadInput: `calendar.day_twice` (two entries contradict each other), `calendar.days_many`,
            `calendar.year_range`.
    """
    found: dict[date, ListedDay] = {}
    for day in days:
        if not FIRST_YEAR <= day.on.year <= LAST_YEAR:
            raise BadInput("calendar.year_range", line=day.line, year=day.on.year)
        held = found.get(day.on)
        found[day.on] = day if held is None else _both(held, day)
        if len(found) > MOST_DAYS:
            raise BadInput("calendar.days_many", most=MOST_DAYS)
    return tuple(found[on] for on in sorted(found))


def day_name(text: str) -> str:
    """Return a name on one line, without control characters, cut where it is too long."""
    # Direction marks and other format characters would let a name rewrite the line it stands in.
    plain = "".join(" " if unicodedata.category(each) in {"Cc", "Cf", "Cs"} else each for each in text)
    name = _BLANKS.sub(" ", plain).strip()
    return name if len(name) <= LONGEST_DAY_NAME else name[: LONGEST_DAY_NAME - 1].rstrip() + "…"


def _windows(calendar: BusinessCalendar, day: ListedDay) -> Windows:
    if day.windows is not None:
        return day.windows
    return () if day.day_type in CLOSED_KINDS or day.day_type is DayType.WEEKEND else usual_hours(calendar)


def _both(held: ListedDay, day: ListedDay) -> ListedDay:
    if (held.day_type, held.windows) != (day.day_type, day.windows):
        raise BadInput("calendar.day_twice", line=day.line, on=day.on, first=held.line)
    if day.name in held.name.split(" / "):
        return held
    return replace(held, name=day_name(" / ".join(filter(None, (held.name, day.name)))))
