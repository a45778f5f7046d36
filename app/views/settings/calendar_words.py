"""A calendar in words: what differs between two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from app.models.entities.calendars import BusinessCalendar, DayType, Windows
from app.models.entities.errors import FirstlineError
from app.services.base.terms import term
from app.services.calendars.edits import DatedDay, dated_days, windows_text
from app.services.calendars.midnight import counted_once
from app.services.calendars.rules import working_day_length
from app.views.base.format import Format
from app.views.base.i18n import _, current, pgettext
from app.views.base.widgets.applybar import Change
from app.views.settings.calendar_week import weekday_name
from app.views.settings.level_words import hours, told

_MOST_DATES = 4  # more changed dates than this are told as counts


def hours_words(windows: Windows) -> str:
    """Return "08:30–12:00, 13:00–18:30" or "closed"."""
    return windows_text(windows) or _("closed")


def calendar_changes(before: BusinessCalendar, after: BusinessCalendar, fmt: Format) -> tuple[Change, ...]:
    """Return what differs: name, zone, weekly hours, length of a day, then dates."""
    return tuple(_changes(before, after, fmt))


def _changes(before: BusinessCalendar, after: BusinessCalendar, fmt: Format) -> Iterator[Change]:
    if before.name != after.name:
        yield Change(pgettext("calendar", "Name"), before.name or "–", after.name or "–")
    if before.name_alt != after.name_alt:
        label = pgettext("calendar", "Name in Chinese")
        yield Change(label, before.name_alt or "–", after.name_alt or "–")
    if before.timezone != after.timezone:
        yield Change(_("Time zone"), before.timezone, after.timezone)
    if before.always_open != after.always_open:
        words = [_("all the time") if one.always_open else _("by the week") for one in (before, after)]
        yield Change(_("Open"), *words)
    for weekday, (old, new) in enumerate(zip(before.hours, after.hours, strict=True)):
        if old != new:
            yield Change(weekday_name(weekday, long=True), hours_words(old), hours_words(new))
    twice = [_twice(one) for one in (before, after)]
    if twice[0] != twice[1]:
        yield Change(_("Open by two weekdays, counted once"), *(said or "–" for said in twice))
    if before.working_day != after.working_day:
        lengths = [hours(working_day_length(one), fmt) for one in (before, after)]
        yield Change(_("1 d counts as"), *lengths)
    for year in sorted(_years(before) | _years(after)):
        yield from _date_changes(dated_days(before, year), dated_days(after, year), year, fmt)


def _twice(calendar: BusinessCalendar) -> str:
    """Return "Tue 06:00–08:00": where a night reaches into the next weekday's own hours."""
    found = () if calendar.always_open else counted_once(calendar.hours)
    return ", ".join(f"{weekday_name(each.weekday)} {each.to_text()}" for each in found)


def _years(calendar: BusinessCalendar) -> set[int]:
    dates = (*calendar.holidays, *calendar.special_days, *calendar.day_types)
    return {on.year for on in dates}


def _date_changes(before: list[DatedDay], after: list[DatedDay], year: int, fmt: Format) -> Iterator[Change]:
    old: dict[date, DatedDay] = {day.on: day for day in before}
    new: dict[date, DatedDay] = {day.on: day for day in after}
    differing = sorted(on for on in old.keys() | new.keys() if old.get(on) != new.get(on))
    if len(differing) <= _MOST_DATES:
        for on in differing:
            yield Change(fmt.day(on), *_pair(old.get(on), new.get(on)))
        return
    counts = [Counter(day.day_type for day in days) for days in (before, after)]
    told = False
    for kind in DayType:
        if counts[0][kind] != counts[1][kind]:
            told = True
            label = _("{kind} in {year}").format(kind=term(current.texts, kind), year=year)
            yield Change(label, str(counts[0][kind]), str(counts[1][kind]))
    if not told:
        label = _("Days of {year}").format(year=year)
        yield Change(label, "–", _("{n} other dates").format(n=len(differing)))


def _pair(before: DatedDay | None, after: DatedDay | None) -> tuple[str, str]:
    """Return both sides of a changed date; its names where nothing else differs."""
    if before is None or after is None or day_words(before) != day_words(after):
        return day_words(before), day_words(after)
    return _called(before), _called(after)


def _called(day: DatedDay) -> str:
    return " / ".join(filter(None, (day.name, day.name_alt))) or "–"


def day_words(day: DatedDay | None) -> str:
    """Return "Holiday", "Make-up workday 08:30–12:00", or "like its weekday"."""
    if day is None:
        return _("like its weekday")
    kind = term(current.texts, day.day_type)
    return f"{kind} {windows_text(day.windows)}".strip()


def hours_error(error: FirstlineError, fmt: Format) -> str:
    """Return what is wrong with hours that were typed; the weekday is plain from the place."""
    if error.code != "calendar.windows_overlap":
        return told(error, fmt)
    first, second = ("–".join(map(str, _bounds(error.params.get(name)))) for name in ("first", "second"))
    return _("{first} and {second} overlap.").format(first=first, second=second)


def _bounds(window: object) -> Sequence[object]:
    return window if isinstance(window, list) else ()
