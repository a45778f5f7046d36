"""What the editors of service levels read: all documents at once, and their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.models.entities.errors import NotFound
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.settings import declared
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.queries import config_of, load_config_version, load_settings


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """The newest version of every document that decides what is promised, read in one moment.

    `names` are the people who saved them; whoever is no person (the set-up, the console) is not in it.
    `escalation` and `roster` are None at a site that has no such document yet: the shipped rules hold.
    """

    matrix: ConfigVersion
    sla: ConfigVersion
    calendars: Mapping[str, ConfigVersion]
    zone: ZoneInfo
    country: str
    site_calendar: str
    names: Mapping[int, str]
    escalation: ConfigVersion | None = None
    roster: ConfigVersion | None = None


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One version of a document and who saved it; `who` is "" where no person did."""

    version: ConfigVersion
    who: str


@query(permission="settings.read")
def service_levels(_ctx: Context, read: Reader) -> ServiceLevels:
    """Return the matrix, the SLA table, the rules of escalation and roster, and every calendar in force.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    settings = load_settings(read)
    calendars = {
        row[2]: config_of(row)
        for row in read.rows(_VERSION + " WHERE kind = ? ORDER BY number", (ConfigKind.CALENDAR.value,))
    }
    matrix = load_config_version(read, ConfigKind.MATRIX, SITE_DOCUMENT)
    sla = load_config_version(read, ConfigKind.SLA, SITE_DOCUMENT)
    escalation, roster = _rules(read, ConfigKind.ESCALATION), _rules(read, ConfigKind.ROSTER)
    documents = (matrix, sla, *calendars.values(), *filter(None, (escalation, roster)))
    wanted = {one.actor_id for one in documents} - {None}
    people = read.rows("SELECT id, name FROM person WHERE is_staff = true") if wanted else []
    return ServiceLevels(
        matrix=matrix,
        sla=sla,
        calendars=dict(sorted(calendars.items())),
        zone=ZoneInfo(settings[declared.TIMEZONE]),
        country=settings[declared.COUNTRY],
        site_calendar=settings[declared.DEFAULT_CALENDAR],
        names={row[0]: row[1] for row in people if row[0] in wanted},
        escalation=escalation,
        roster=roster,
    )


def _rules(read: Reader, kind: ConfigKind) -> ConfigVersion | None:
    try:
        return load_config_version(read, kind, SITE_DOCUMENT)
    except NotFound:
        return None


@query(permission="settings.read")
def saved_versions(_ctx: Context, read: Reader, kind: ConfigKind, code: str) -> list[SavedVersion]:
    """Return every version of a document, the newest first; empty where there is none."""
    rows = read.rows(
        "SELECT config_version.id, kind, code, number, body, at, actor_id, note, person.name"
        " FROM config_version LEFT JOIN person ON person.id = config_version.actor_id"
        " WHERE kind = ? AND code = ? ORDER BY number DESC",
        (kind.value, code),
    )
    return [SavedVersion(config_of(row), row[8] or "") for row in rows]


_VERSION = "SELECT id, kind, code, number, body, at, actor_id, note FROM config_version"
