"""What is asked about the settings file: its bytes, and what importing one would do."""

from __future__ import annotations

from collections.abc import Collection

from app.models.entities.settings_file import (
    SECTION_RIGHTS,
    Section,
    SettingsDocument,
    SettingsPlan,
    SettingsPreview,
)
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.settings_file.planning import plan_import
from app.services.settings_file.reading import document_in, file_of
from app.services.settings_file.site import load_site


@query(permission="transfer.export")
def export_settings(ctx: Context, read: Reader) -> bytes:
    """Return all settings as a file; the same settings give the same bytes.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    return file_of(load_site(read, ctx.clock.now()).entries)


@query(permission="settings.edit")
def preview_settings(ctx: Context, read: Reader, body: bytes) -> SettingsPreview:
    """Return what importing a file would do, entry by entry, without doing it.

    Raises:
        BadInput: what `reading.document_in` raises; what is wrong with single entries stands in the plan.
        NotFound: `settings.config_missing`; the site is not set up.
    """
    document = document_in(body)
    plan = plan_import(load_site(read, ctx.clock.now()), document, frozenset(Section), ctx.clock.now()).plan
    locked = {section: right for section, right in SECTION_RIGHTS.items() if not ctx.actor.may(right)}
    return SettingsPreview(
        document, plan, {each: locked[each] for each in document.sections if each in locked}
    )


@query(permission="settings.edit")
def plan_settings(
    ctx: Context, read: Reader, document: SettingsDocument, sections: Collection[Section]
) -> SettingsPlan:
    """Return what importing only these sections of a document would do now."""
    return plan_import(load_site(read, ctx.clock.now()), document, frozenset(sections), ctx.clock.now()).plan
