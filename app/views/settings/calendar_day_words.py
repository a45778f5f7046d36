"""One date of a calendar for the eye and in words: its look in the year view, its tip, its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from app.models.entities.calendars import BusinessCalendar, DayName, DayType
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.calendars.edits import DatedDay, dated_day
from app.services.calendars.holiday_gaps import GapKind, HolidayGap
from app.services.calendars.rules import day_type
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext
from app.views.settings.calendar_week import weekday_name
from app.views.settings.calendar_words import day_words, hours_words
from app.views.settings.calendar_year_paint import DayLook

Names = Mapping[date, DayName]
"""What a country calls its days, for dates that the calendar itself has no name for."""


def year_looks(calendar: BusinessCalendar, saved: BusinessCalendar, year: int) -> dict[date, DayLook]:
    """Return how every date of a year looks; what differs from the saved calendar is marked."""
    return {
        on: DayLook(
            day_type(calendar, on),
            is_dated=dated_day(calendar, on) is not None,
            is_changed=dated_day(calendar, on) != dated_day(saved, on),
        )
        for on in _dates(year)
    }


def day_sentence(
    on: date, calendar: BusinessCalendar, saved: BusinessCalendar, names: Names, fmt: Format
) -> str:
    """Return "Thu 1 Oct 2026: Public holiday, National Day, closed", and what it was before the edit."""
    held, before = dated_day(calendar, on), dated_day(saved, on)
    kind = day_type(calendar, on)
    windows = held.windows if held is not None else calendar.hours[on.weekday()]
    hours = _("open all day") if calendar.always_open else hours_words(windows)
    parts = [term(current.texts, kind), name_of(on, kind, held, names), hours]
    if held != before:
        parts.append(_("was: {before}").format(before=day_words(before)))
    comma = current.texts.pgettext("between things", ", ")
    head = f"{weekday_name(on.weekday())} {fmt.day(on)}"
    return _("{date}: {day}").format(date=head, day=comma.join(filter(None, parts)))


def name_of(on: date, kind: DayType, held: DatedDay | None, names: Names) -> str:
    """Return what a date is called in the reader's language, or ""."""
    if held is None:
        return ""
    own = (held.name, held.name_alt) if held.name or held.name_alt else ("", "")
    is_off = kind in {DayType.HOLIDAY, DayType.DAY_OFF_IN_LIEU, DayType.MAKE_UP_WORKDAY}
    main, alt = own if any(own) or not is_off else names.get(on, ("", ""))
    return name_in(main or alt, alt, current.code)


def range_words(dates: Sequence[date], fmt: Format) -> str:
    """Return "Thu 1 Oct 2026", or "1 Oct 2026 – 7 Oct 2026 (7 days)"."""
    if len(dates) == 1:
        return f"{weekday_name(dates[0].weekday(), long=True)}, {fmt.day(dates[0])}"
    count = ngettext("{n} day", "{n} days", len(dates)).format(n=len(dates))
    return f"{fmt.day(dates[0])} – {fmt.day(dates[-1])} ({count})"


def gap_sentences(gaps: Sequence[HolidayGap], country: str) -> str:
    """Return what the years lack, one sentence each, or ""."""
    unpublished = [gap.year for gap in gaps if gap.kind is GapKind.NOT_PUBLISHED]
    said = [_missing_sentence(gap, country) for gap in gaps if gap.missing]
    return " ".join([*said, unpublished_sentence(unpublished, country)] if unpublished else said)


def unpublished_sentence(years: Sequence[int], country: str) -> str:
    """Return that a country's years are known only in part, and which part."""
    listed = current.texts.pgettext("between things", ", ").join(map(str, years))
    return _(
        "{years} not yet published: {country} has not announced its moved workdays. Known are only weekends"
        " and the days fixed by law."
    ).format(years=listed, country=country)


def _missing_sentence(gap: HolidayGap, country: str) -> str:
    said = ngettext(
        "{n} day of {country} for {year} is missing here: fill the year in.",
        "{n} days of {country} for {year} are missing here: fill the year in.",
        gap.missing,
    )
    return said.format(n=gap.missing, country=country, year=gap.year)


def _dates(year: int) -> Iterator[date]:
    on = date(year, 1, 1)
    while on.year == year:
        yield on
        on += timedelta(days=1)
