"""How open tickets stand to what is in force: what they hold, and what applying it to them would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.models.entities.settings import ConfigKind
from app.models.entities.whatif import OPEN_SHOWN, HeldVersion, OpenStanding, WhatIf
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.base.progress import NoProgress, Progress
from app.services.calendars.openings import EPOCH
from app.services.settings.current import SiteConfig, load_config
from app.services.whatif.documents import documents_in_force, in_force_of
from app.services.whatif.hours import seconds_of
from app.services.whatif.lives import Life
from app.services.whatif.log_reading import LifeReader
from app.services.whatif.open_effects import open_change
from app.services.whatif.reading import BATCH, open_ids, read_lives, sides_of
from app.services.whatif.telling import told


@query(permission="settings.read")
def open_standing(ctx: Context, read: Reader, *, progress: Progress | None = None) -> OpenStanding:
    """Tell which open tickets hold older documents, and which would change if those in force were applied.

    What `apply_to_open` with `result.in_force` would do. Reads the log of every open ticket, and keeps
    nothing: for the background, with `progress`; `Cancelled` passes through.
    """
    site, now = load_config(read), seconds_of(ctx.clock.now() - EPOCH)
    (side,) = sides_of(read, documents_in_force(site))
    reader, tell = LifeReader(), progress or NoProgress()
    newest = {0, site.matrix_version, site.sla_version, *site.calendar_versions.values()}
    ids, held, changes, behind = open_ids(read), Counter[int](), [], 0
    for start in range(0, len(ids), BATCH):
        tell.report(start, len(ids))
        batch = ids[start : start + BATCH]
        matrices = _matrices(read, batch)
        for life in read_lives(read, batch, reader):
            older = [each for each in _held(life, matrices.get(life.id)) if each not in newest]
            held.update(older)
            behind += bool(older)
            change = open_change(life, side.ways, side, now)
            if change.is_felt:
                changes.append(change)
    tell.report(len(ids), len(ids))
    changes.sort(key=lambda change: change.urgency)
    result = WhatIf(
        days=0,
        tickets=0,
        effects=(),
        up=0,
        down=0,
        unknown=0,
        newly_missed=0,
        newly_met=0,
        felt=(),
        open_tickets=len(ids),
        open_changing=len(changes),
        open_becoming_overdue=sum(change.becomes_overdue for change in changes),
        open_changes=told(read, changes[:OPEN_SHOWN]),
        in_force=in_force_of(site),
    )
    return OpenStanding(behind, _named(read, site, held, ctx.language), result)


def _matrices(read: Reader, ticket_ids: Sequence[int]) -> dict[int, int | None]:
    marks = ", ".join("?" * len(ticket_ids))
    rows = read.rows(f"SELECT id, matrix_version_id FROM ticket WHERE id IN ({marks})", ticket_ids)
    return {row[0]: row[1] for row in rows}


def _held(life: Life, matrix: int | None) -> Iterator[int]:
    """Yield the ids of the versions a ticket holds, 0 for what was never a version."""
    if matrix is not None:
        yield matrix
    promise = life.promises[-1] if life.promises else None
    if promise is not None and promise.allowed:
        yield promise.sla_version
        yield promise.calendar_version


def _named(read: Reader, site: SiteConfig, held: Counter[int], language: str) -> tuple[HeldVersion, ...]:
    """Return what is held by document, the newest version first."""
    if not held:
        return ()
    marks = ", ".join("?" * len(held))
    rows = read.rows(
        f"SELECT id, kind, code, number FROM config_version WHERE id IN ({marks})"
        " ORDER BY kind, code, number DESC",
        sorted(held),
    )
    return tuple(
        HeldVersion(
            ConfigKind(row[1]), row[2], _calendar_name(site, row[1], row[2], language), row[3], held[row[0]]
        )
        for row in rows
    )


def _calendar_name(site: SiteConfig, kind: str, code: str, language: str) -> str:
    if kind != ConfigKind.CALENDAR or code not in site.calendar_versions:
        return ""
    calendar = site.calendars[code]
    return name_in(calendar.name, calendar.name_alt, language) or code
