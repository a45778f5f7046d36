"""A calendar's week for the eye: openings per weekday, and what it comes to in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QLocale

from app.models.entities.calendars import MINUTES_A_DAY, BusinessCalendar, Windows
from app.services.calendars.rules import working_day_length
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.widgets.weekstrip import WeekDay
from app.views.settings.level_words import hours


def weekday_name(weekday: int, *, long: bool = False) -> str:
    """Return "Mon" or "Monday"; 0 is Monday."""
    form = QLocale.FormatType.LongFormat if long else QLocale.FormatType.ShortFormat
    return QLocale(current.code).standaloneDayName(weekday + 1, form)


def week_days(calendar: BusinessCalendar, today: date) -> list[WeekDay]:
    """Return the usual week, Monday first; windows over midnight show on both days."""
    return week_of_windows(calendar.hours, today, always_open=calendar.always_open)


def week_of_windows(hours_: Sequence[Windows], today: date | None, *, always_open: bool) -> list[WeekDay]:
    """Return the week of weekly windows; `today` marks its weekday, None marks none."""
    open_: list[list[tuple[int, int]]] = [[] for _day in range(7)]
    for weekday, windows in enumerate(hours_):
        for window in windows:
            open_[weekday].append((window.start_minute, min(window.end_minute, MINUTES_A_DAY)))
            if window.end_minute > MINUTES_A_DAY:
                open_[(weekday + 1) % 7].append((0, window.end_minute - MINUTES_A_DAY))
    if always_open:
        open_ = [[(0, MINUTES_A_DAY)] for _day in range(7)]
    return [
        WeekDay(
            weekday_name(weekday),
            sorted(spans),
            note="" if spans else _("closed"),
            today=today is not None and weekday == today.weekday(),
        )
        for weekday, spans in enumerate(open_)
    ]


def hours_sentence(calendar: BusinessCalendar, fmt: Format) -> str:
    """Return "1 d counts as 9 h · Asia/Shanghai", or that the calendar is always open."""
    if calendar.always_open:
        return _("Open all the time · {zone}").format(zone=calendar.timezone)
    day = hours(working_day_length(calendar), fmt)
    return _("1 d counts as {hours} · {zone}").format(hours=day, zone=calendar.timezone)
