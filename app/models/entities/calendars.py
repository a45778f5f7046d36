"""What a service calendar is: weekly hours in a zone, holidays, special days and breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.models.entities.errors import BadInput

V = TypeVar("V")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KEYS = frozenset(
    {
        "name",
        "name_alt",
        "timezone",
        "hours",
        "holidays",
        "special_days",
        "breaks",
        "always_open",
        "working_day",
        "day_types",
        "day_names",
    }
)
LONGEST_DAY_NAME = 80


class DayType(StrEnum):
    """What kind of day a date is. Rosters and service hours both speak of these."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DAY_OFF_IN_LIEU = "day_off_in_lieu"
    MAKE_UP_WORKDAY = "make_up_workday"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Opening hours that begin `start_minute` after a date's midnight; they may run on into the next day.

    Both numbers are minutes on the wall clock: start 0..1439, duration 1..1440.
    """

    start_minute: int
    duration_minutes: int

    def __post_init__(self) -> None:
        if not (0 <= self.start_minute < MINUTES_A_DAY and 1 <= self.duration_minutes <= MINUTES_A_DAY):
            raise BadInput(
                "calendar.window_impossible", start=self.start_minute, duration=self.duration_minutes
            )

    @property
    def end_minute(self) -> int:
        """The first closed minute; above 1440 where the window runs into the next day."""
        return self.start_minute + self.duration_minutes

    @classmethod
    def between(cls, opens: str, closes: str) -> Window:
        """Read two wall times. An end not after the start is on the next day; "24:00" is a legal end.

        Raises:
            BadInput: `calendar.time_bad`, with the text that is no time of day.
        """
        start, end = _minute(opens), _minute(closes)
        if start == MINUTES_A_DAY:
            raise BadInput("calendar.time_bad", text=opens)
        return cls(start, end - start if end > start else end - start + MINUTES_A_DAY)

    def to_list(self) -> list[str]:
        """Return the two wall times that `between` reads."""
        end = self.end_minute if self.end_minute <= MINUTES_A_DAY else self.end_minute - MINUTES_A_DAY
        return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.start_minute, end)]


Windows = tuple[Window, ...]
DayName = tuple[str, str]
"""What a date is called, and its Chinese name; either may be ""."""


@dataclass(frozen=True)
class BusinessCalendar:
    """When the desk's clocks run. An immutable value: keep one object per calendar version and share it.

    `hours` holds one tuple of windows per weekday, Monday first. `special_days` replace the weekly hours
    of their dates, `breaks` are taken out, `holidays` close every second of their local dates.
    `always_open` ignores all of these. `day_types` overrule the kind of day that follows from the rest;
    they do not change the hours. `day_names` say what dates are called; no rule reads them. `memo` is room
    for what the rules derive, and no part of the value.

    Raises:
        BadInput: `calendar.zone_unknown`, `calendar.windows_overlap`.
    """

    timezone: str
    hours: tuple[Windows, ...] = ((),) * 7
    holidays: frozenset[date] = frozenset()
    special_days: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    breaks: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    always_open: bool = False
    working_day: timedelta | None = None
    day_types: Mapping[date, DayType] = field(default_factory=dict, hash=False)
    day_names: Mapping[date, DayName] = field(default_factory=dict, hash=False)
    name: str = ""
    name_alt: str = ""
    zone: ZoneInfo = field(init=False, repr=False, compare=False)
    memo: dict[object, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "zone", _zone(self.timezone))
        if len(self.hours) != len(WEEKDAYS):
            raise BadInput("calendar.weekdays_seven", count=len(self.hours))
        for day, windows in zip(WEEKDAYS, self.hours, strict=True):
            _refuse_overlap(day, windows)
        for on, windows in self.special_days.items():
            _refuse_overlap(on.isoformat(), windows)

    @property
    def has_open_time(self) -> bool:
        """Whether it opens at all: around the clock, weekly, or at least on one special day."""
        return self.always_open or any(self.hours) or any(self.special_days.values())

    def __getstate__(self) -> dict[str, Any]:
        """Leave derived data behind when the calendar travels to a worker process."""
        return {**self.__dict__, "memo": {}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BusinessCalendar:
        """Read the readable form.

        Keys: `timezone` (IANA name); `hours` {"mon": [["08:00", "12:00"], ...], ...}, a missing weekday is
        closed; `holidays` [ISO date, ...]; `special_days` and `breaks` {ISO date: [[from, to], ...]};
        `always_open`; and optionally `name`, `name_alt`, `working_day` (minutes), `day_types` {ISO date:
        DayType}, `day_names` {ISO date: [name, Chinese name]}.

        Raises:
            BadInput: a code beginning with `calendar.` and what was found where.
        """
        if not isinstance(data, Mapping):
            raise BadInput("calendar.form_bad", field="", value=str(data)[:60])
        if unknown := sorted(str(key) for key in data if key not in _KEYS):
            raise BadInput("calendar.field_unknown", field=unknown[0])
        hours = _mapping(data, "hours")
        if wrong := sorted(str(day) for day in hours if day not in WEEKDAYS):
            raise BadInput("calendar.weekday_unknown", weekday=wrong[0])
        return cls(
            timezone=data.get("timezone", ""),
            hours=tuple(_windows(day, hours.get(day, ())) for day in WEEKDAYS),
            holidays=frozenset(_date(text) for text in _list("holidays", data.get("holidays", ()))),
            special_days=_dated_windows(data, "special_days"),
            breaks=_dated_windows(data, "breaks"),
            always_open=_flag(data, "always_open"),
            working_day=_working_day(data.get("working_day")),
            day_types={_date(on): _day_type(kind) for on, kind in _mapping(data, "day_types").items()},
            day_names={_date(on): _day_name(on, names) for on, names in _mapping(data, "day_names").items()},
            name=str(data.get("name", "")),
            name_alt=str(data.get("name_alt", "")),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the form that `from_dict` reads back to an equal calendar; absent parts are left out."""
        hours = zip(WEEKDAYS, self.hours, strict=True)
        minutes = int(self.working_day.total_seconds()) // 60 if self.working_day is not None else None
        parts: dict[str, Any] = {
            "name": self.name,
            "name_alt": self.name_alt,
            "always_open": self.always_open,
            "hours": {day: _pairs(windows) for day, windows in hours if windows},
            "holidays": sorted(on.isoformat() for on in self.holidays),
            "special_days": _by_date(self.special_days, _pairs),
            "breaks": _by_date(self.breaks, _pairs),
            "working_day": minutes,
            "day_types": _by_date(self.day_types, lambda kind: kind.value),
            "day_names": _by_date(self.day_names, list),
        }
        return {"timezone": self.timezone, **{name: part for name, part in parts.items() if part}}


def _pairs(windows: Windows) -> list[list[str]]:
    return [window.to_list() for window in windows]


def _by_date(dated: Mapping[date, V], written: Callable[[V], Any]) -> dict[str, Any]:
    return {on.isoformat(): written(dated[on]) for on in sorted(dated)}


def _minute(text: object) -> int:
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else MINUTES_A_DAY + 1
    if minute > MINUTES_A_DAY:
        raise BadInput("calendar.time_bad", text=str(text)[:60])
    return minute


def _zone(name: object) -> ZoneInfo:
    # A folder of the zone database ("America") and hostile names fail in ways of their own.
    try:
        return ZoneInfo(name)  # type: ignore[arg-type]
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError, AttributeError) as error:
        raise BadInput("calendar.zone_unknown", zone=str(name)[:60]) from error


def _date(text: object) -> date:
    if type(text) is date:
        return text
    try:
        if isinstance(text, str) and _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the right shape, but no such day
    raise BadInput("calendar.date_bad", text=str(text)[:60])


def _day_type(kind: object) -> DayType:
    if not isinstance(kind, str) or kind not in set(DayType):
        raise BadInput("calendar.day_type_unknown", day_type=str(kind)[:60])
    return DayType(str(kind))


def _day_name(on: object, value: object) -> DayName:
    names = _list("day_names", value)
    if len(names) != 2 or not all(isinstance(name, str) and len(name) <= LONGEST_DAY_NAME for name in names):
        raise BadInput("calendar.form_bad", field="day_names", value=f"{on}: {value}"[:60])
    return names[0], names[1]


def _list(name: str, value: object) -> list[Any]:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise BadInput("calendar.form_bad", field=name, value=str(value)[:60])
    return list(value)


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[Any, Any]:
    value = data.get(name) or {}
    if not isinstance(value, Mapping):
        raise BadInput("calendar.form_bad", field=name, value=str(value)[:60])
    return value


def _flag(data: Mapping[str, Any], name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise BadInput("calendar.form_bad", field=name, value=str(value)[:60])
    return value


def _working_day(minutes: object) -> timedelta | None:
    if minutes is None:
        return None
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= MINUTES_A_DAY:
        raise BadInput("calendar.working_day_bad", value=str(minutes)[:60])
    return timedelta(minutes=minutes)


def _windows(where: str, value: object) -> Windows:
    windows = []
    for pair in _list(where, value):
        bounds = _list(where, pair)
        if len(bounds) != 2:
            raise BadInput("calendar.form_bad", field=where, value=str(pair)[:60])
        windows.append(Window.between(bounds[0], bounds[1]))
    return tuple(sorted(windows))


def _dated_windows(data: Mapping[str, Any], name: str) -> dict[date, Windows]:
    return {_date(on): _windows(str(on), value) for on, value in _mapping(data, name).items()}


def _refuse_overlap(day: str, windows: Windows) -> None:
    ordered = sorted(windows)
    for earlier, later in pairwise(ordered):
        if later.start_minute < earlier.end_minute:
            raise BadInput(
                "calendar.windows_overlap", day=day, first=earlier.to_list(), second=later.to_list()
            )
