"""A calendar's year for the wall: one A4 landscape page with every day, the hours and the named dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from app.models.entities.calendars import BusinessCalendar, DayType, Windows
from app.models.entities.settings_papers import CalendarPaper
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.base.texts import Texts
from app.services.calendars.rules import day_type
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock
from app.services.reports.pdf.matrix_grid import shortened
from app.services.reports.pdf.page import render
from app.services.reports.pdf.year_grid import YearGrid, YearWords
from app.services.reports.settings_words import frame_of, version_line
from app.services.reports.words import ReportWords

_MONDAY = date(2026, 1, 5)
# So many lines of dates, then the rest is cut: the year above has every day anyway.
MOST_LINES = 5
_DAY = timedelta(days=1)


def render_calendar(data: CalendarPaper, texts: Texts) -> bytes:
    """Return the year as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    name = name_in(data.calendar.name or data.code, data.calendar.name_alt, texts.language)
    title = f"{name} {data.year}"
    frame = frame_of(words, title, is_landscape=True)
    return render(list(_story(data, words, title, frame.room, frame.content_height)), frame)


def _story(
    data: CalendarPaper, words: ReportWords, title: str, room: float, height: float
) -> Iterable[Flowable]:
    version = version_line(data.version, words)
    zone = words.texts.gettext("Time zone {zone}").format(zone=data.calendar.timezone)
    above: list[Flowable] = [
        _cut(title, styles.TITLE, room, 1),
        _cut(f"{version} · {zone}", styles.SUBTITLE, room, 1),
        _cut(_hours(data.calendar, words), styles.PROSE, room, 2),
    ]
    below = _cut(_named_days(data, words), styles.SMALL, room, MOST_LINES)
    used = sum(each.wrap(room, height)[1] for each in (*above, below))
    yield from above
    yield Spacer(1, 8)
    yield YearGrid(
        data.year,
        lambda on: day_type(data.calendar, on),
        frozenset(on for on in (*data.calendar.special_days, *data.calendar.breaks) if on.year == data.year),
        _words(data, words),
        room,
        height - used - 8 - 6 - 2,
    )
    yield Spacer(1, 6)
    yield below


def _cut(text: str, style: styles.TextStyle, room: float, most: int) -> TextBlock:
    return TextBlock("\n".join(shortened(text, style, room, most)), room, style)


def _words(data: CalendarPaper, words: ReportWords) -> YearWords:
    texts = words.texts
    return YearWords(
        tuple(texts.date_pattern(date(data.year, month, 1), "MMM") for month in range(1, 13)),
        tuple(texts.date_pattern(_MONDAY + place * _DAY, "E") for place in range(7)),
        [(kind, term(texts, kind)) for kind in DayType],
        texts.gettext("hours of its own"),
    )


def _hours(calendar: BusinessCalendar, words: ReportWords) -> str:
    """Return "Mon – Fri 08:30–12:00, 13:00–18:30 · Sat – Sun closed"."""
    texts = words.texts
    if calendar.always_open:
        return texts.gettext("Open around the clock, every day of the year.")
    between = texts.pgettext("between things", ", ")
    runs = []
    for windows, run in groupby(range(7), key=lambda place: calendar.hours[place]):
        places = list(run)
        days = [texts.date_pattern(_MONDAY + place * _DAY, "E") for place in (places[0], places[-1])]
        named = days[0] if len(places) == 1 else " – ".join(days)
        runs.append(f"{named} {_windows(windows, between) or texts.gettext('closed')}")
    return " · ".join(runs)


def _windows(windows: Windows, between: str) -> str:
    return between.join("–".join(window.to_list()) for window in windows)


def _named_days(data: CalendarPaper, words: ReportWords) -> str:
    """Return "1 Oct – 3 Oct: National Day" for each run of days with one name and the same hours."""
    return " · ".join(_runs(data, words))


def _runs(data: CalendarPaper, words: ReportWords) -> Iterator[str]:
    days = (data.first + place * _DAY for place in range(_days_in(data)))
    for told, run in groupby(days, key=lambda on: _told(data.calendar, on, words.texts)):
        dates = list(run)
        if told:
            first, last = (words.texts.date_pattern(on, "MMMd") for on in (dates[0], dates[-1]))
            yield f"{first}: {told}" if first == last else f"{first} – {last}: {told}"


def _days_in(data: CalendarPaper) -> int:
    return (date(data.year + 1, 1, 1) - data.first).days


def _told(calendar: BusinessCalendar, on: date, texts: Texts) -> str:
    """Return what a date is called, and its hours where it has some of its own; "" for any other day."""
    name = name_in(*calendar.day_names.get(on, ("", "")), texts.language)
    hours = _windows(calendar.special_days.get(on, ()), texts.pgettext("between things", ", "))
    return " ".join(part for part in (name, hours) if part)
