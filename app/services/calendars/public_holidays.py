"""A country's public holidays of a year, with the days on which people work or rest instead.

The data comes with the `holidays` package; countries that move working days (China) publish them late in
the year before, so a year may be known only in part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput


@dataclass(frozen=True, slots=True)
class PublicDay:
    """One date: HOLIDAY, DAY_OFF_IN_LIEU or MAKE_UP_WORKDAY, and what it is called (a make-up day is not)."""

    on: date
    day_type: DayType
    name: str


@dataclass(frozen=True, slots=True)
class PublicYear:
    """A year of a country. `is_complete` is False while its moved working days are not published yet."""

    country: str
    year: int
    days: tuple[PublicDay, ...]
    is_complete: bool


def public_years(country: str, years: Iterable[int], language: str) -> tuple[PublicYear, ...]:
    """Return each year's days by date, named in `language` where the package knows it, else in English.

    Raises:
        BadInput: `setup.country_unknown`.
    """
    return tuple(_public_year(country, year, language) for year in years)


def known_countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return (ISO code, name in `language`) of the countries whose holidays are known, by name."""
    import holidays  # noqa: PLC0415  0.1 s, only where somebody asks
    from babel import Locale  # noqa: PLC0415  50 ms, likewise

    names = Locale.parse(language).territories
    codes = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1]))


def _public_year(country: str, year: int, language: str) -> PublicYear:
    import holidays  # noqa: PLC0415  as above

    try:
        english = holidays.country_holidays(country, years=[year], language="en_US")
    except NotImplementedError as error:
        raise BadInput("setup.country_unknown", country=country) from error
    named = english
    if language in english.supported_languages:
        named = holidays.country_holidays(country, years=[year], language=language)
    made_up = {on for on in getattr(english, "weekend_workdays", ()) if on.year == year}
    days = [
        PublicDay(on, DayType.DAY_OFF_IN_LIEU if "substituted" in english[on] else DayType.HOLIDAY, named[on])
        for on in english
        if on.year == year
    ]
    days += [PublicDay(on, DayType.MAKE_UP_WORKDAY, "") for on in made_up]
    is_complete = bool(made_up) or not _moves_working_days(country, year)
    return PublicYear(country, year, tuple(sorted(days, key=lambda day: day.on)), is_complete)


def _moves_working_days(country: str, year: int) -> bool:
    """Whether this country had make-up workdays in one of the years before: then it will again."""
    import holidays  # noqa: PLC0415  as above

    before = holidays.country_holidays(country, years=[year - 1, year - 2])
    list(before)  # the package computes a year when it is first asked for
    return bool(getattr(before, "weekend_workdays", ()))
