"""Which calendars lack the next year's holidays: asked each night from 1 November on."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput
from app.models.entities.settings import ConfigKind
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.calendars.holiday_gaps import GapKind, holiday_gaps
from app.services.settings import declared
from app.services.settings.queries import current_configs, site_settings

log = logging.getLogger("firstline.background")


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A calendar, by its code and its name in the site's language, that lacks holidays of a year.

    `is_published` is False while the country itself has not said yet which days are moved.
    """

    code: str
    name: str
    year: int
    is_published: bool


def missing_next_year(ctx: Context, today: date) -> tuple[MissingYear, ...]:
    """Return the calendars in force that lack the year after `today`, the site's local date.

    Nothing before 1 November, for a site without a country, or for one whose holidays nobody knows.
    """
    settings = site_settings(ctx)
    found = []
    for version in current_configs(ctx, ConfigKind.CALENDAR):
        try:
            calendar = BusinessCalendar.from_dict(version.body)
            gaps = holiday_gaps(calendar, settings[declared.COUNTRY], today)
        except BadInput as error:
            log.info("the holidays of calendar %s cannot be looked up: %s", version.code, error)
            continue
        name = name_in(calendar.name, calendar.name_alt, settings[declared.LANGUAGE]) or version.code
        found += [
            MissingYear(version.code, name, gap.year, gap.kind is GapKind.MISSING)
            for gap in gaps
            if gap.year > today.year
        ]
    return tuple(found)
