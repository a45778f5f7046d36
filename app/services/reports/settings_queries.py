"""What printed copies of settings are made of: matrix, SLA table, a calendar's year."""

from __future__ import annotations

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.settings_papers import (
    CalendarPaper,
    MatrixPaper,
    PaperCalendar,
    PaperVersion,
    SlaPaper,
)
from app.models.entities.sla import SlaTable
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.calendars.rules import working_day_length
from app.services.catalogue.queries import load_categories, load_services
from app.services.reports.heads import report_head
from app.services.settings import declared
from app.services.settings.configs import calendar_codes
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.queries import load_config_version, load_settings

EARLIEST_YEAR, LATEST_YEAR = 1970, 2199


@query(permission="reports.read")
def matrix_paper(ctx: Context, read: Reader, language: str) -> MatrixPaper:
    """Return the priority matrix in force with what each priority promises.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    version = load_config_version(read, ConfigKind.MATRIX, SITE_DOCUMENT)
    table = SlaTable.from_dict(load_config_version(read, ConfigKind.SLA, SITE_DOCUMENT).body)
    return MatrixPaper(
        report_head(ctx, read, language),
        _version(version),
        MatrixDefinition.from_dict(version.body),
        table,
        _calendars(read, language),
    )


@query(permission="reports.read")
def sla_paper(ctx: Context, read: Reader, language: str) -> SlaPaper:
    """Return the SLA table in force.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    version = load_config_version(read, ConfigKind.SLA, SITE_DOCUMENT)
    return SlaPaper(
        report_head(ctx, read, language),
        _version(version),
        SlaTable.from_dict(version.body),
        _calendars(read, language),
        {int(each.id): named(each.details, language) for each in load_categories(read, include_retired=True)},
        {int(each.id): named(each.details, language) for each in load_services(read, include_retired=True)},
    )


@query(permission="reports.read")
def calendar_paper(ctx: Context, read: Reader, code: str, year: int, language: str) -> CalendarPaper:
    """Return one year of the newest version of a calendar.

    Raises:
        NotFound: `settings.config_missing`; there is no such calendar.
        BadInput: `reports.year_bad`.
    """
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BadInput("reports.year_bad", year=year, earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
    version = load_config_version(read, ConfigKind.CALENDAR, code)
    calendar = BusinessCalendar.from_dict(version.body)
    return CalendarPaper(report_head(ctx, read, language), _version(version), code, calendar, year)


@query(permission="reports.read")
def printed_calendars(_ctx: Context, read: Reader, language: str) -> list[tuple[str, str]]:
    """Return code and name of every calendar, the site's own first."""
    own = load_settings(read)[declared.DEFAULT_CALENDAR]
    found = [(code, each.name) for code, each in _calendars(read, language).items()]
    return sorted(found, key=lambda each: each[0] != own)


def _version(version: ConfigVersion) -> PaperVersion:
    return PaperVersion(version.number, version.at)


def _calendars(read: Reader, language: str) -> dict[str, PaperCalendar]:
    found = {}
    for code in sorted(calendar_codes(read)):
        calendar = BusinessCalendar.from_dict(load_config_version(read, ConfigKind.CALENDAR, code).body)
        name = name_in(calendar.name or code, calendar.name_alt, language)
        found[code] = PaperCalendar(name, working_day_length(calendar))
    return found
