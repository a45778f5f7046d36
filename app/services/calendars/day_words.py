"""Kinds of day as files and people write them: codes, the desk's words, other people's titles. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.models.entities.calendars import DayType
from app.services.base.terms import TERMS
from app.services.base.texts import LANGUAGES, Texts

# What is written for a kind of day besides its code and the desk's own words, in small letters.
_OTHER_WORDS: Mapping[str, DayType] = {
    "w": DayType.WORKDAY,
    "working day": DayType.WORKDAY,
    "other hours": DayType.WORKDAY,
    "上班": DayType.WORKDAY,
    "e": DayType.WEEKEND,
    "rest day": DayType.WEEKEND,
    "休息日": DayType.WEEKEND,
    "h": DayType.HOLIDAY,
    "bank holiday": DayType.HOLIDAY,
    "statutory holiday": DayType.HOLIDAY,
    "节假日": DayType.HOLIDAY,
    "节日": DayType.HOLIDAY,
    "假": DayType.HOLIDAY,
    "l": DayType.DAY_OFF_IN_LIEU,
    "in lieu": DayType.DAY_OFF_IN_LIEU,
    "休": DayType.DAY_OFF_IN_LIEU,
    "调休": DayType.DAY_OFF_IN_LIEU,
    "补休": DayType.DAY_OFF_IN_LIEU,
    "m": DayType.MAKE_UP_WORKDAY,
    "make-up": DayType.MAKE_UP_WORKDAY,
    "班": DayType.MAKE_UP_WORKDAY,
    "补班": DayType.MAKE_UP_WORKDAY,
}
# Words inside the title of somebody else's event that tell more than "a holiday", the surest first.
_IN_TITLES: tuple[tuple[str, DayType], ...] = (
    ("补班", DayType.MAKE_UP_WORKDAY),
    ("上班", DayType.MAKE_UP_WORKDAY),
    ("（班）", DayType.MAKE_UP_WORKDAY),
    ("(班)", DayType.MAKE_UP_WORKDAY),
    ("make-up workday", DayType.MAKE_UP_WORKDAY),
    ("working day", DayType.MAKE_UP_WORKDAY),
    ("调休", DayType.DAY_OFF_IN_LIEU),
    ("补休", DayType.DAY_OFF_IN_LIEU),
    ("in lieu", DayType.DAY_OFF_IN_LIEU),
    ("substituted", DayType.DAY_OFF_IN_LIEU),
)


def kind_of(text: str) -> DayType | None:
    """Return the kind of day a word names in any of the program's languages, or None."""
    return _words().get(text.strip().casefold())


def kind_in_title(title: str) -> DayType:
    """Return what an event called so most likely is; a public holiday where nothing else is said."""
    plain = title.casefold()
    if plain.endswith(" 班"):
        return DayType.MAKE_UP_WORKDAY
    return next((kind for word, kind in _IN_TITLES if word in plain), DayType.HOLIDAY)


@cache
def _words() -> Mapping[str, DayType]:
    words = dict(_OTHER_WORDS)
    for kind in DayType:
        words[kind.value] = kind
        for language in LANGUAGES:
            words[Texts(language).gettext(TERMS[DayType][kind]).casefold()] = kind
    return words
