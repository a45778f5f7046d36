"""The few facts about a site that every window needs before it shows its first page."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.settings import declared
from app.services.settings.queries import load_settings


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """`epoch` is the database's identity: drafts and remembered sign-ins belong to it."""

    epoch: str
    name: str
    name_alt: str
    zone: ZoneInfo
    desk_phone: str
    number_prefix: str


@query(permission=ANYBODY)
def site_facts(_ctx: Context, read: Reader) -> SiteFacts:
    """Return the facts in force; settings that are broken or missing have their defaults."""
    settings = load_settings(read)
    return SiteFacts(
        epoch=str(read.value("SELECT value FROM meta WHERE key = ?", ("epoch",))),
        name=settings[declared.SITE_NAME],
        name_alt=settings[declared.SITE_NAME_ALT],
        zone=ZoneInfo(settings[declared.TIMEZONE]),
        desk_phone=settings[declared.DESK_PHONE],
        number_prefix=settings[declared.NUMBER_PREFIX],
    )
