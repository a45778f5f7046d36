"""What follows from the facts a site states about itself: users, hours, visits, languages (S2-57). Pure."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.staffing import FieldWork
from app.services.calendars.rules import working_time

_SHARE = re.compile(r"^(?P<name>.*?)[\s:：(（]*(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s*[%％]\s*[)）]?$")
_BETWEEN = re.compile(r"[,，;；、/\n]")
_MOST = 12
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Wanted:
    """A language or skill that callers need, with the part of the calls (0..1) where the site says it."""

    name: str
    share: float | None = None


def read_wanted(text: str) -> tuple[Wanted, ...]:
    """Return what a text such as "English 20 %, Japanese" names, each once; at most twelve.

    A part above 100 % is none. Nothing is refused: people wrote these notes before anything was reckoned.
    """
    found: dict[str, Wanted] = {}
    for part in _BETWEEN.split(text):
        said = part.strip()
        if not said:
            continue
        match = _SHARE.match(said)
        name, share = (
            (match["name"].strip(), float(match["share"].replace(",", ".")) / 100) if match else (said, 0)
        )
        if name:
            found.setdefault(name.casefold(), Wanted(name, share if 0 < share <= 1 else None))
    return tuple(found.values())[:_MOST]


def is_planned(
    calendar: BusinessCalendar, begin: datetime, until: datetime, only_service_hours: bool
) -> bool:
    """Tell whether people are planned for the calls of an hour: the calendar is open for half of it."""
    return not only_service_hours or working_time(calendar, begin, until) * 2 >= until - begin


def calls_of_users(
    users: int, per_hundred: int, calendar: BusinessCalendar, begin: datetime, until: datetime
) -> float:
    """Return the calls of an hour where `per_hundred` a month come from 100 users each.

    A month's calls are spread evenly over the hours in which the calendar is open in that month; an hour it
    is closed brings none, and a month it never opens none at all.
    """
    local = begin.astimezone(calendar.zone)
    first = datetime.combine(local.date().replace(day=1), time(), calendar.zone)
    days = monthrange(local.year, local.month)[1]
    last = datetime.combine(first.date() + timedelta(days=days), time(), calendar.zone)
    whole = working_time(calendar, first, last)
    return users * per_hundred / 100 * (working_time(calendar, begin, until) / whole) if whole else 0.0


def field_people(visits: float, work: FieldWork, shrinkage: float) -> int:
    """Return the people whom visits of an hour keep busy: visits x (way there, work, way back) + shrinkage.

    Visits can wait a while, so no queue is reckoned: as much work as comes in an hour is done in an hour.
    """
    busy = visits * work.minutes / 60
    return math.ceil(busy / (1 - shrinkage) - _HAIR)


def hardest(loads: Sequence[float]) -> int:
    """Return where the largest of some loads stands, the first of equals."""
    return max(range(len(loads)), key=lambda at: (loads[at], -at))
