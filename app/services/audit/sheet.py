"""The record as a workbook; taking it out is recorded like everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.entities.audit import AccessEntry, AccessFilter, AccessKey, AccessSubject
from app.services.audit.handing_out import exported, hand_out_file
from app.services.audit.queries import access_page
from app.services.audit.words import about_words
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.texts import Texts
from app.services.base.workbook_writing import Sheet, Value, write_sheets

MOST_EXPORTED = 50_000
_AT_ONCE = 1_000


def export_records(ctx: Context, wanted: AccessFilter, path: Path, texts: Texts, zone: ZoneInfo) -> int:
    """Write the lines that fit to a workbook, the newest first, at most MOST_EXPORTED; return how many.

    Raises:
        NotAllowed: the actor may not read the record.
        StoreUnavailable, StoreRefused: it could not be recorded, nor was the file written.
        BadInput: `files.cannot_write`.
    """
    lines = list(all_lines(ctx, wanted, MOST_EXPORTED))
    _ = texts.gettext
    head: list[Value] = [_("Time"), _("Who"), _("Deed"), _("Of what"), _("Which"), _("PC"), _("Rows")]
    rows = [head, *(_row(line, texts, zone) for line in lines)]
    content = write_sheets((Sheet(_("Audit log"), rows),))
    access = exported(AccessSubject.AUDIT, "log", path, rows=len(lines), filter=_told(wanted))
    hand_out_file(ctx, access, path, content)
    return len(lines)


def all_lines(ctx: Context, wanted: AccessFilter, most: int) -> Iterator[AccessEntry]:
    """Yield the lines that fit, the newest first, at most `most`. NotAllowed as `access_page`."""
    after: AccessKey | None = None
    left = most
    while left > 0:
        page = access_page(ctx, wanted, after=after, limit=min(_AT_ONCE, left))
        yield from page.entries
        left -= len(page.entries)
        after = page.after
        if after is None:
            return


def _row(line: AccessEntry, texts: Texts, zone: ZoneInfo) -> list[Value]:
    return [
        f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        line.person,
        term(texts, line.kind),
        term(texts, line.subject),
        about_words(line, texts),
        line.pc,
        "" if line.row_count is None else line.row_count,
    ]


def _told(wanted: AccessFilter) -> str:
    """Return by what the exported lines were chosen, as plain codes; "" for all of them."""
    parts = (
        ("person", wanted.person_id),
        ("kind", wanted.kind),
        ("subject", wanted.subject),
        ("since", wanted.since and wanted.since.isoformat()),
        ("until", wanted.until and wanted.until.isoformat()),
        ("words", wanted.words),
    )
    return " ".join(f"{name}={value}" for name, value in parts if value)
