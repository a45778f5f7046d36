"""Times, durations and amounts as people type them beside a ticket, in both languages. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput
from app.models.entities.time import Allowance
from app.services.search.tokens import norm

_NOW = frozenset({"now", "现在", "刚刚", "just now"})
_DAYS = {
    "today": 0, "今天": 0, "今日": 0, "今晚": 0, "tonight": 0, "tomorrow": 1, "明天": 1, "明日": 1,
    "day after tomorrow": 2, "后天": 2, "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "mon monday 周一 星期一", "tue tuesday 周二 星期二", "wed wednesday 周三 星期三",
            "thu thursday 周四 星期四", "fri friday 周五 星期五", "sat saturday 周六 星期六",
            "sun sunday 周日 星期日 星期天 周天",
        )
    )
    for word in words.split()
}  # fmt: skip
_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|中午|早上)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*[:点时]\s*(?P<minute>\d{1,2}|半)?\s*分?)?\s*(?P<half_en>am|pm)?$"
)
_DATE = re.compile(r"(?:(?P<year>\d{4})[-/年])?(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?\s*")
_SPAN_BEFORE = re.compile(r"\s*(?:in|for|within)\s+|^再?等\s*")
_SPAN_AHEAD = re.compile(r"\s*(?:from now|later|之?后|以?内)$")
_SPAN_BACK = re.compile(r"\s*(?:ago|earlier|之?前)$")
_AFTERNOON = frozenset({"下午", "晚上", "pm"})
_DAY_ENDS = time(18)  # "tomorrow" without a time: by the end of an office day
_AMOUNT = re.compile(r"[^\d.]*(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.0+)?\s*[^\d.,]*$")
_LONGEST_TEXT = 60


def read_moment(text: str, now: datetime, zone: ZoneInfo, *, is_ahead: bool = True) -> datetime | None:
    """Return the instant that was typed, to the minute where it names a clock time; None for nothing.

    Read are "16:00", "4 pm", "下午4点半", "2 h", "90 分钟", "20 min ago", "tomorrow 10:00", "周五 9:00",
    "11-24 10:00", "2026-11-24" and "now". A clock time alone is the next one, or the last one where
    `is_ahead` is False; a span counts in that direction, its days as days of the calendar on the wall.

    Raises:
        BadInput: `tickets.time_unreadable`.
    """
    typed = " ".join(norm(text).replace("，", " ").replace(",", " ").split())
    if not typed:
        return None
    if typed in _NOW:
        return now
    local = now.astimezone(zone)
    found = _span(typed, now, is_ahead=is_ahead) or _clock_of_day(typed, local, is_ahead=is_ahead)
    if found is None:
        raise BadInput("tickets.time_unreadable", text=text.strip()[:_LONGEST_TEXT])
    return found


def read_minutes(text: str) -> int | None:
    """Return whole minutes as typed: "90", "1 h 30 min", "1.5 小时"; None for nothing.

    Raises:
        BadInput: `tickets.minutes_unreadable`; a day is refused too, for how long it is depends on whose.
    """
    typed = norm(text).strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    try:
        allowance = Allowance.from_text(typed)
    except BadInput:
        allowance = Allowance()
    minutes = round(allowance.seconds / 60)
    if allowance.working_days or not minutes:
        raise BadInput("tickets.minutes_unreadable", text=text.strip()[:_LONGEST_TEXT])
    return minutes


def read_amount(text: str) -> int | None:
    """Return a whole number as typed, a unit around it passed over: "3 people", "1,200 元", "¥800".

    Raises:
        BadInput: `tickets.amount_unreadable`.
    """
    typed = norm(text).strip()
    if not typed:
        return None
    found = _AMOUNT.fullmatch(typed)
    if found is None or typed.startswith("-") or len(found[1]) > 15:
        raise BadInput("tickets.amount_unreadable", text=text.strip()[:_LONGEST_TEXT])
    return int(found[1].replace(",", "").replace(" ", ""))


def _span(typed: str, now: datetime, *, is_ahead: bool) -> datetime | None:
    is_back = bool(_SPAN_BACK.search(typed)) or (not is_ahead and not _SPAN_AHEAD.search(typed))
    rest = _SPAN_BEFORE.sub("", _SPAN_AHEAD.sub("", _SPAN_BACK.sub("", typed)), count=1)
    try:
        allowance = Allowance.from_text(rest)
    except BadInput:
        return None
    length = timedelta(seconds=allowance.seconds, days=allowance.working_days)
    if not length:
        return None
    return now - length if is_back else now + length


def _clock_of_day(typed: str, local: datetime, *, is_ahead: bool) -> datetime | None:
    day, rest = _day_of(typed, local)
    if day is not None and not rest:
        return _at(day, _DAY_ENDS, local)
    clock = _clock_of(rest, is_day_named=day is not None)
    if clock is None:
        return None
    if day is not None:
        return _at(day, clock, local)
    at = _at(local.date(), clock, local)
    if is_ahead and at <= local:
        return _at(local.date() + timedelta(days=1), clock, local)
    if not is_ahead and at > local:
        return _at(local.date() - timedelta(days=1), clock, local)
    return at


def _day_of(typed: str, local: datetime) -> tuple[date | None, str]:
    """Return the day a text begins with and what follows it; without a day, the whole text."""
    for word in sorted(_DAYS, key=len, reverse=True):
        if typed.startswith(word):
            return local.date() + timedelta(days=_DAYS[word]), typed[len(word) :].strip()
    for word in sorted(_WEEKDAYS, key=len, reverse=True):
        if typed.startswith(word):
            ahead = (_WEEKDAYS[word] - local.weekday()) % 7
            return local.date() + timedelta(days=ahead or 7), typed[len(word) :].strip()
    found = _DATE.match(typed)
    if found is None:
        return None, typed
    try:
        day = date(int(found["year"] or local.year), int(found["month"]), int(found["day"]))
    except ValueError:
        return None, ""
    return day, typed[found.end() :].removeprefix("t").strip()


def _clock_of(typed: str, *, is_day_named: bool) -> time | None:
    found = _CLOCK.match(typed)
    if found is None:
        return None
    half, minute = found["half"] or found["half_en"], found["minute"]
    is_clock = any(sign in typed for sign in ":点时")
    if not (is_clock or half or is_day_named):
        return None  # a number alone could be anything
    hour = int(found["hour"])
    if half in _AFTERNOON and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    minutes = 30 if minute == "半" else int(minute or 0)
    if hour == 24 and not minutes:
        return time(23, 59)
    return time(hour, minutes) if hour < 24 and minutes < 60 else None


def _at(day: date, clock: time, local: datetime) -> datetime:
    return datetime.combine(day, clock, local.tzinfo).astimezone(UTC)
