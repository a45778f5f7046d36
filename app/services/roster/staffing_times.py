"""Times of day as telephone systems write them, and the instants they mean at the site. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput

_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
# "10:00-11:00" is an hour, "10:00:00-05:00" an offset: without seconds a minus parts two times.
_CLOCK = re.compile(
    r"[T\s]*(?P<mark>上午|下午)?\s*(?P<hour>\d{1,2})(?:[:时点h]\s*(?P<minute>\d{1,2})?(?:[:分]\s*(?P<second>\d{1,2})"
    r"(?:\.\d+)?秒?)?分?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|\+\d\d:?\d\d|(?<=:\d\d:\d\d)-\d\d:?\d\d)?"
    r"(?:\s*[-–—~至到]\s*\d{1,2}(?:[:时点h]\d{0,2})?(?::\d\d)?\s*(?:[ap]m)?)?\s*h?",
    re.ASCII | re.IGNORECASE,
)
_SHEET_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day 0 knows no zone
_SHEET_DAYS = (20_000, 80_000)
_YEARS = range(1980, 2200)  # outside them it is a slip, and calendars end somewhere
_LONGEST_NUMBER = 18
_SHOWN = 60


class DateOrder(StrEnum):
    """How a date with its year at the end is meant."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"


def date_order(texts: Iterable[str]) -> DateOrder:
    """Return how a file means 03/04/2026, judged by dates that can be read one way only.

    Dates with dots are day first everywhere. Where nothing tells, or dates contradict each other: unknown.
    """
    found: set[DateOrder] = set()
    for text in texts:
        match = _YEAR_LAST.match(_plain(text))
        if match is None or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found.add(DateOrder.DAY_FIRST)
        elif second > 12 >= first:
            found.add(DateOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else DateOrder.UNKNOWN


def read_wall(text: str, hour: str, order: DateOrder) -> datetime:
    """Return the wall-clock time that a cell, or a date cell with one of the hour, means; naive.

    With an offset or a Z in it the answer is aware. Hours are "10", "10:00", "10:00–11:00", "10时", "2 PM".

    Raises:
        BadInput: `staffing.time_unread`, `staffing.date_order` (03/04/2026, and the file does not tell
            which is the month).
    """
    plain = _plain(text)
    if _NUMBER.fullmatch(plain) and _SHEET_DAYS[0] <= float(plain) <= _SHEET_DAYS[1]:
        seconds = round(float(plain) * 86_400)
        return _with_hour(_SHEET_DAY + timedelta(seconds=seconds), hour, text)
    for pattern in (_YEAR_FIRST, _COMPACT, _YEAR_LAST):
        match = pattern.match(plain)
        if match is None:
            continue
        year, month, day = _ymd(match, order, pattern is _YEAR_LAST, text)
        if year not in _YEARS:
            raise BadInput("staffing.time_unread", text=text[:_SHOWN])
        try:
            on = datetime(year, month, day)  # noqa: DTZ001 - wall time, made an instant by `instants`
        except ValueError:
            raise BadInput("staffing.time_unread", text=text[:_SHOWN]) from None
        rest = plain[match.end() :].strip()
        return _with_hour(_at(on, rest, text) if rest else on, hour, text)
    raise BadInput("staffing.time_unread", text=text[:_SHOWN])


def read_seconds(text: str, *, in_minutes: bool = False) -> float:
    """Return a length in seconds: "182.5", "3:02", "0:03:02"; a plain number may be in minutes.

    Raises:
        BadInput: `staffing.number_unread`.
    """
    plain = _plain(text).removesuffix("秒").removesuffix("s").strip()
    if not plain:
        return 0.0
    if len(plain) > _LONGEST_NUMBER:
        raise BadInput("staffing.number_unread", text=text[:_SHOWN])
    if _NUMBER.fullmatch(plain):
        return float(plain) * (60 if in_minutes else 1)
    parts = plain.split(":")
    if 2 <= len(parts) <= 3 and all(_NUMBER.fullmatch(part) for part in parts):
        seconds = 0.0
        for part in parts:
            seconds = seconds * 60 + float(part)
        return seconds
    raise BadInput("staffing.number_unread", text=text[:_SHOWN])


@dataclass(frozen=True, slots=True)
class Meant:
    """The instant of a wall time. `again`: the clocks show it twice; `missing`: they leave it out."""

    at: datetime
    again: bool = False
    missing: bool = False


def instant_of(wall: datetime, zone: ZoneInfo, *, second: bool = False) -> Meant:
    """Return the instant a wall time means in the site's zone; of two the first, or the `second`.

    A time with an offset of its own is taken as it says.
    """
    if wall.tzinfo is not None:
        return Meant(wall.astimezone(UTC))
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    last = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    is_missing = first.astimezone(zone).replace(tzinfo=None) != wall
    return Meant(last if second else first, again=first < last, missing=is_missing)


def hour_of(at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the hour of the site's clocks began that an instant lies in, in UTC."""
    local = at.astimezone(zone)
    return at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


# --- inside --------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _ymd(match: re.Match[str], order: DateOrder, is_year_last: bool, text: str) -> tuple[int, int, int]:
    if not is_year_last:
        return int(match[1]), int(match[2]), int(match[3])
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or order is DateOrder.DAY_FIRST or first == second:
        return year, second, first
    if order is DateOrder.UNKNOWN:
        raise BadInput("staffing.date_order", text=text[:_SHOWN])
    return year, first, second


def _with_hour(wall: datetime, hour: str, text: str) -> datetime:
    if not hour.strip():
        return wall
    plain = _plain(hour)
    if _NUMBER.fullmatch(plain) and 0 < float(plain) < 1:  # a spreadsheet's time of day
        return wall + timedelta(seconds=round(float(plain) * 86_400))
    return _at(wall.replace(hour=0, minute=0, second=0), plain, f"{text} {hour}")


def _at(on: datetime, clock: str, text: str) -> datetime:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise BadInput("staffing.time_unread", text=text[:_SHOWN])
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = "p" if match["mark"] == "下午" else "a" if match["mark"] else (match["half"] or "")[:1].lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadInput("staffing.time_unread", text=text[:_SHOWN])
    wall = on.replace(hour=hour, minute=minute, second=second)
    offset = match["zone"]
    if not offset:
        return wall
    try:
        return datetime.fromisoformat(wall.isoformat() + offset.upper().replace("Z", "+00:00"))
    except ValueError:  # an offset of a day or more
        raise BadInput("staffing.time_unread", text=text[:_SHOWN]) from None
