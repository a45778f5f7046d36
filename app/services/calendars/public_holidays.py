"""A country's public holidays of a year, with the days on which people work or rest instead.

The data comes with the `holidays` package; countries that move working days (China) publish them late in
the year before, so a year may be known only in part. Nothing is guessed: of such a year only the days are
told that the law fixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput
from app.services.calendars.day_lists import ListedDay, day_name

_MAIN, _ALT = "en_US", "zh_CN"
_SUBSTITUTED = re.compile(r"substituted from (\d\d/\d\d/\d{4})", re.ASCII)
_OBSERVED = "(observed)"


@dataclass(frozen=True, slots=True)
class PublicYear:
    """A year of a country. `is_complete` is False while its moved working days are not published yet."""

    country: str
    year: int
    days: tuple[ListedDay, ...]
    is_complete: bool


def public_years(country: str, years: Iterable[int]) -> tuple[PublicYear, ...]:
    """Return each year's days by date, named in English, and in Chinese where the package knows it.

    A day off in lieu and the workday made up for it carry the name of the festival they belong to.

    Raises:
        BadInput: `setup.country_unknown`.
    """
    return tuple(_public_year(country, year) for year in years)


def known_countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return (ISO code, name in `language`) of the countries whose holidays are known, by name."""
    import holidays  # noqa: PLC0415  0.1 s, only where somebody asks
    from babel import Locale  # noqa: PLC0415  50 ms, likewise

    names = Locale.parse(language).territories
    codes = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1]))


@lru_cache(maxsize=64)
def _public_year(country: str, year: int) -> PublicYear:
    import holidays  # noqa: PLC0415  as above

    try:
        # The year after is computed too: its first festival may move a day of this December.
        main = holidays.country_holidays(country, years=[year, year + 1], language=_MAIN)
    except NotImplementedError as error:
        raise BadInput("setup.country_unknown", country=country) from error
    alt: Mapping[date, str] = {}
    if _ALT in main.supported_languages:
        alt = holidays.country_holidays(country, years=[year, year + 1], language=_ALT)
    made_up = {on for on in getattr(main, "weekend_workdays", ()) if on.year == year}
    moves = _moves_working_days(country, year)
    is_complete = bool(made_up) or not moves
    days = [*_days_off(main, alt, year, moves=moves, is_complete=is_complete), *_made_up(main, alt, made_up)]
    return PublicYear(country, year, tuple(sorted(days, key=lambda day: day.on)), is_complete)


def _days_off(
    main: Any, alt: Mapping[date, str], year: int, *, moves: bool, is_complete: bool
) -> Iterable[ListedDay]:
    for on in main:
        if on.year != year:
            continue
        is_observed = moves and _OBSERVED in main[on]
        if is_observed and not is_complete:
            continue  # which day stands in for a festival on a weekend is for the publication to say
        if _SUBSTITUTED.search(main[on]) or is_observed:
            yield ListedDay(on, DayType.DAY_OFF_IN_LIEU, (), *_festival(main, alt, on))
        else:
            yield ListedDay(on, DayType.HOLIDAY, (), *_names(main, alt, on))


def _made_up(main: Any, alt: Mapping[date, str], made_up: Iterable[date]) -> Iterable[ListedDay]:
    rests = {}
    for on in main:
        if found := _SUBSTITUTED.search(main[on]):
            rests[datetime.strptime(found[1], "%m/%d/%Y").date()] = on  # noqa: DTZ007 - a date has no zone
    for on in made_up:
        yield ListedDay(on, DayType.MAKE_UP_WORKDAY, None, *_festival(main, alt, rests.get(on, on)))


def _festival(main: Any, alt: Mapping[date, str], near: date) -> tuple[str, str]:
    """Return the names of the festival next to a moved day."""
    festivals = [on for on in main if not _SUBSTITUTED.search(main[on]) and _OBSERVED not in main[on]]
    if not festivals:
        return "", ""
    return _names(main, alt, min(festivals, key=lambda on: (abs((on - near).days), on)))


def _names(main: Any, alt: Mapping[date, str], on: date) -> tuple[str, str]:
    name = day_name(main[on])
    name_alt = day_name(alt[on]) if on in alt else ""
    return name, "" if name_alt == name else name_alt


def _moves_working_days(country: str, year: int) -> bool:
    """Whether this country had make-up workdays in this year or the two before: then it will again."""
    import holidays  # noqa: PLC0415  as above

    near = holidays.country_holidays(country, years=[year, year - 1, year - 2])
    list(near)  # the package computes a year when it is first asked for
    return any(year - 2 <= on.year <= year for on in getattr(near, "weekend_workdays", ()))
