"""What stands on every page of a paper: the desk, when it was printed and by whom."""

from __future__ import annotations

from app.models.entities.reports import ReportHead
from app.models.transactions import Reader
from app.services.base.context import Context
from app.services.settings import declared
from app.services.settings.current import load_config


def report_head(ctx: Context, read: Reader, language: str) -> ReportHead:
    """Return the head of a paper, in the language of the paper, inside a query."""
    settings = load_config(read).settings
    desk = settings[declared.SITE_NAME]
    if language.startswith("zh") and settings[declared.SITE_NAME_ALT]:
        desk = settings[declared.SITE_NAME_ALT]
    phone = settings[declared.DESK_PHONE]
    return ReportHead(
        site=desk,
        desk=phone,
        timezone=settings[declared.TIMEZONE],
        printed_at=ctx.clock.now(),
        printed_by=ctx.actor.name,
    )
