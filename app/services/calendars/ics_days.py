"""Dated days as an iCalendar file (RFC 5545): whole-day events, once or every year. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from app.models.entities.calendars import BusinessCalendar, DayType, Windows
from app.models.entities.errors import BadInput
from app.services.base.terms import term
from app.services.base.texts import Texts
from app.services.calendars.day_lists import LAST_YEAR, MOST_DAYS, DayList, ListedDay, day_name, joined
from app.services.calendars.day_words import kind_in_title, kind_of
from app.services.calendars.edits import CLOSED_KINDS, DatedDay, dated_days, read_windows, windows_text
from app.services.calendars.ics_lines import Property, escaped, folded, properties, unescaped

EARLIEST_YEAR = 1900  # what repeats every year is often said to have begun long ago
LONGEST_EVENT = 100  # days; what lasts longer is no holiday
DEEPEST = 8  # parts within parts; calendars have three of them
MOST_NAMED = 10 * MOST_DAYS  # days of all events together, those that several name counted for each
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_MOMENT = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_PERIOD = re.compile(r"P(?:(\d{1,3})W|(\d{1,3})D)", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,4}", re.ASCII)
_TYPE, _HOURS = "X-FIRSTLINE-DAY-TYPE", "X-FIRSTLINE-HOURS"
_OWN_NAME, _ALT_NAME = "X-FIRSTLINE-NAME", "X-FIRSTLINE-NAME-ALT"
_APPLE = "X-APPLE-SPECIAL-DAY"
_APPLE_KINDS = {"WORK-HOLIDAY": DayType.HOLIDAY, "ALTERNATE-WORKDAY": DayType.MAKE_UP_WORKDAY}


@dataclass(slots=True)
class _Event:
    """One VEVENT: its properties by name, the first of each, and the dates left out."""

    line: int
    found: dict[str, Property] = field(default_factory=dict)
    left_out: set[date] = field(default_factory=set)


def read_ics(text: str, years: range) -> DayList:
    """Return the whole-day events of a file, by date.

    What repeats every year is taken for `years`. Our own files say the kind of day and its hours; of others
    it is read from the title, else it is a public holiday: the reader of the list decides. Events at a time
    of day and cancelled ones are passed over, and counted.

    Raises:
        BadInput: `calendar.ics_line`, `calendar.ics_part`, `calendar.ics_cut`, `calendar.ics_start`,
            `calendar.ics_date`, `calendar.ics_end`, `calendar.ics_long`, `calendar.ics_repeat`,
            `calendar.csv_hours`, `calendar.csv_kind`, each with the line, and what `joined` raises.
    """
    days: list[ListedDay] = []
    passed_over = 0
    for event in _events(text):
        if _is_passed_over(event):
            passed_over += 1
        else:
            days += _days(event, years)
        if len(days) > MOST_NAMED:
            raise BadInput("calendar.days_many", most=MOST_DAYS)
    return DayList(joined(days), passed_over)


def ics_text(calendar: BusinessCalendar, code: str, now: datetime, texts: Texts) -> str:
    """Return every dated day of a calendar, titles in the language of `texts`; `code` is part of the ids."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Firstline//Calendars//EN", "CALSCALE:GREGORIAN"]
    if calendar.name:
        lines.append(f"X-WR-CALNAME:{escaped(calendar.name)}")
    for day in dated_days(calendar):
        lines += _event_lines(day, code, stamp, texts)
    lines.append("END:VCALENDAR")
    return "".join(map(folded, lines))


# -- reading ---------------------------------------------------------------------------------------


def _events(text: str) -> Iterator[_Event]:
    open_: list[Property] = []
    event: _Event | None = None
    for each in properties(text):
        inside = open_[-1].value.strip().upper() if open_ else ""
        if each.name == "BEGIN":
            open_.append(_allowed(each, len(open_)))
            if each.value.strip().upper() == "VEVENT":
                event = _Event(each.line)
        elif each.name == "END":
            if not open_ or inside != each.value.strip().upper():
                raise BadInput("calendar.ics_part", line=each.line, part=each.value[:40])
            open_.pop()
            if inside == "VEVENT" and event is not None:
                yield event
                event = None
        elif not open_:
            raise BadInput("calendar.ics_part", line=each.line, part=each.name[:40])
        elif inside == "VEVENT" and event is not None:
            _take(event, each)
    if open_:
        raise BadInput("calendar.ics_cut", line=open_[-1].line, part=open_[-1].value[:40])


def _allowed(part: Property, depth: int) -> Property:
    if depth >= DEEPEST:
        raise BadInput("calendar.ics_part", line=part.line, part=part.value[:40])
    return part


def _take(event: _Event, each: Property) -> None:
    if each.name == "EXDATE":
        event.left_out |= {_day(part, each.line) for part in each.value.split(",") if _DATE.fullmatch(part)}
    elif each.name in {"RDATE", "RECURRENCE-ID"}:
        raise BadInput("calendar.ics_repeat", line=each.line, rule=each.name)
    else:
        event.found.setdefault(each.name, each)


def _is_passed_over(event: _Event) -> bool:
    status, start = event.found.get("STATUS"), event.found.get("DTSTART")
    if start is None:
        raise BadInput("calendar.ics_start", line=event.line)
    is_cancelled = status is not None and status.value.strip().upper() == "CANCELLED"
    return is_cancelled or bool(_MOMENT.fullmatch(start.value.strip()))


def _days(event: _Event, years: range) -> Iterator[ListedDay]:
    start = event.found["DTSTART"]
    first = _day(start.value, start.line)
    length = _length(event, first)
    kind = _kind(event)
    windows = _windows(event, kind)
    name, name_alt = _names(event)
    for begin in _begins(event, first, years):
        for number in range(length):
            on = begin + timedelta(days=number)
            if begin not in event.left_out:
                yield ListedDay(on, kind, windows, name, name_alt, event.line)


def _day(text: str, line: int) -> date:
    found = _DATE.fullmatch(text.strip())
    try:
        if found:
            on = date(int(found[1]), int(found[2]), int(found[3]))
            if EARLIEST_YEAR <= on.year <= LAST_YEAR:
                return on
    except ValueError:
        pass  # the right shape, but no such day
    raise BadInput("calendar.ics_date", line=line, text=text.strip()[:40])


def _length(event: _Event, first: date) -> int:
    """Return how many days an event lasts; DTEND is the first day that is not part of it."""
    end, period = event.found.get("DTEND"), event.found.get("DURATION")
    days, line = 1, event.line
    if end is not None:
        days, line = (_day(end.value, end.line) - first).days, end.line
    elif period is not None:
        found, line = _PERIOD.fullmatch(period.value.strip()), period.line
        days = (int(found[1] or 0) * 7 + int(found[2] or 0)) if found else 0
    if days < 1:
        raise BadInput("calendar.ics_end", line=line)
    if days > LONGEST_EVENT:
        raise BadInput("calendar.ics_long", line=line, days=days, most=LONGEST_EVENT)
    return days


def _begins(event: _Event, first: date, years: range) -> Iterator[date]:
    """Return the dates an event begins on: one, or one a year."""
    rule = event.found.get("RRULE")
    if rule is None:
        yield first
        return
    parts = _rule(rule, first)
    step = int(parts.get("INTERVAL", "1"))
    left = int(parts["COUNT"]) if "COUNT" in parts else None
    until = _day(parts["UNTIL"][:8], rule.line) if "UNTIL" in parts else date(LAST_YEAR, 12, 31)
    for year in range(first.year, min(years.stop, until.year + 1), step):
        on = _same_day(first, year)
        if on is None:
            continue  # 29 February of a year that has none
        if on > until or left == 0:
            return
        if left is not None:
            left -= 1
        if year in years:
            yield on


def _rule(rule: Property, first: date) -> Mapping[str, str]:
    """Read a rule that means "every year on this date"; every other is refused."""
    parts = {}
    for part in rule.value.strip().upper().split(";"):
        key, _equals, value = part.partition("=")
        parts[key] = value
    same = {"FREQ": "YEARLY", "BYMONTH": str(first.month), "BYMONTHDAY": str(first.day)}
    fits = parts.get("FREQ") == "YEARLY" and all(
        value.lstrip("0") == same[key].lstrip("0")
        if key in same
        else key == "WKST"
        or (key == "UNTIL" and _DATE.fullmatch(value[:8]) is not None)
        or (key in {"INTERVAL", "COUNT"} and _COUNT.fullmatch(value) is not None)
        for key, value in parts.items()
    )
    if not fits:
        raise BadInput("calendar.ics_repeat", line=rule.line, rule=rule.value.strip()[:60])
    return parts


def _same_day(first: date, year: int) -> date | None:
    try:
        return first.replace(year=year)
    except ValueError:
        return None


def _kind(event: _Event) -> DayType:
    own, apple = event.found.get(_TYPE), event.found.get(_APPLE)
    if own is not None:
        kind = kind_of(own.value)
        if kind is None:
            raise BadInput("calendar.csv_kind", line=own.line, text=own.value.strip()[:60])
        return kind
    if apple is not None and apple.value.strip().upper() in _APPLE_KINDS:
        return _APPLE_KINDS[apple.value.strip().upper()]
    return kind_in_title(_text(event, "SUMMARY"))


def _windows(event: _Event, kind: DayType) -> Windows | None:
    given = event.found.get(_HOURS)
    if given is None:
        return () if kind in CLOSED_KINDS or kind is DayType.WEEKEND or _TYPE in event.found else None
    try:
        return read_windows(unescaped(given.value))
    except BadInput as error:
        raise BadInput("calendar.csv_hours", line=given.line, text=given.value[:60]) from error


def _names(event: _Event) -> tuple[str, str]:
    if _TYPE in event.found:
        return _text(event, _OWN_NAME), _text(event, _ALT_NAME)
    return _text(event, "SUMMARY"), ""


def _text(event: _Event, name: str) -> str:
    return day_name(unescaped(event.found[name].value)) if name in event.found else ""


# -- writing ---------------------------------------------------------------------------------------


def _event_lines(day: DatedDay, code: str, stamp: str, texts: Texts) -> Iterator[str]:
    kind = term(texts, day.day_type)
    called = day.name_alt if texts.language.startswith("zh") and day.name_alt else day.name
    yield "BEGIN:VEVENT"
    yield f"UID:{day.on.isoformat()}.{code}@firstline"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{called} ({kind})' if called else kind)}"
    yield f"CATEGORIES:{escaped(kind)}"
    yield "TRANSP:TRANSPARENT"
    yield f"{_TYPE}:{day.day_type.value}"
    if day.windows:
        yield f"{_HOURS}:{escaped(windows_text(day.windows).replace('–', '-'))}"
    for name, value in ((_OWN_NAME, day.name), (_ALT_NAME, day.name_alt)):
        if value:
            yield f"{name}:{escaped(value)}"
    yield "END:VEVENT"
