"""What is asked about an edit of service levels before it is saved or applied."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.errors import BadInput
from app.models.entities.ids import CategoryId
from app.models.entities.whatif import OPEN_SHOWN, InForce, Proposal, WhatIf
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.base.progress import NoProgress, Progress
from app.services.calendars.openings import EPOCH
from app.services.settings.current import load_config
from app.services.whatif.documents import documents_in_force, documents_proposed, in_force_of
from app.services.whatif.figures import Figures
from app.services.whatif.hours import seconds_of
from app.services.whatif.open_effects import open_change
from app.services.whatif.reading import BATCH, load_lives, load_peak, sides_of
from app.services.whatif.telling import told

MOST_DAYS = 3660


@query(permission="settings.read")
def what_if(
    ctx: Context, read: Reader, proposal: Proposal, *, days: int = 90, progress: Progress | None = None
) -> WhatIf:
    """Replay the tickets of the last `days` under a proposal, and tell what it would do to open ones.

    Nothing is written. Reads for seconds where there are many tickets: for the background, with `progress`,
    which hears of tickets read and then of tickets replayed; `Cancelled` passes through. What was read is
    kept, so that the next proposal is answered much sooner.

    A calendar's new version is part of a promise: open tickets keep the old one until documents are applied
    to them. What a waiting reason pauses is part of no promise: an edit of it holds for every ticket as soon
    as it is saved, and is told here as if it were applied too.

    Raises:
        BadInput: `whatif.days_bad` (1 to MOST_DAYS), or why the matrix or the table could not be used, such
        as
            `sla.calendar_unknown`.
        NeverOpen: a proposed calendar, or one the proposed table names, does not open any more.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadInput("whatif.days_bad", days=days, most=MOST_DAYS)
    site, now = load_config(read), ctx.clock.now()
    present, proposed = documents_in_force(site), documents_proposed(site, proposal, now)
    tell = progress or NoProgress()
    since = now - timedelta(days=days)
    before, after = sides_of(read, present, proposed)
    lives, reported = load_lives(read, since, tell)
    figures = Figures(before, after, seconds_of(now - EPOCH), load_peak(read, site.settings))
    earliest = seconds_of(since - EPOCH)
    replayed, open_tickets, changes = 0, 0, []
    for done, life in enumerate(lives, reported):
        if done % BATCH == 0:
            tell.report(done, reported + len(lives))
        if life.received_at >= earliest:
            replayed += 1
            figures.add(life)
        if life.is_open:
            open_tickets += 1
            change = open_change(life, before.ways, after, figures.now)
            if change.is_felt:
                changes.append(change)
    tell.report(reported + len(lives), reported + len(lives))
    names = _category_names(ctx, read)
    sums = figures.sums()
    changes.sort(key=lambda change: change.urgency)
    return WhatIf(
        days=days,
        tickets=replayed,
        effects=figures.effects(),
        up=sums.up,
        down=sums.down,
        unknown=figures.unknown,
        newly_missed=sums.newly_missed,
        newly_met=sums.newly_met,
        felt=figures.felt(names),
        open_tickets=open_tickets,
        open_changing=len(changes),
        open_becoming_overdue=sum(change.becomes_overdue for change in changes),
        open_changes=told(read, changes[:OPEN_SHOWN]),
        in_force=in_force_of(site),
        peak=figures.peak.need(),
    )


@query(permission="settings.read")
def documents_now(_ctx: Context, read: Reader) -> InForce:
    """Return the versions in force: what `apply_to_open` asks for, to apply nothing a person never saw."""
    return in_force_of(load_config(read))


def _category_names(ctx: Context, read: Reader) -> dict[CategoryId, str]:
    rows = read.rows("SELECT id, name, name_alt FROM category")
    return {CategoryId(row[0]): name_in(row[1], row[2], ctx.language) for row in rows}
