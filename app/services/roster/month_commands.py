"""What people do with the published versions of a month: withdraw, restore, and have seen them."""

from __future__ import annotations

from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.events import NoticesChanged, RosterChanged
from app.models.entities.notices import NoticeKind
from app.models.entities.roster import PaintedCell
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.months import cells_of_version, load_state, load_version, restoring
from app.services.roster.painting import write_cells
from app.services.roster.planned import month_dates
from app.services.roster.publishing import add_version, mark_month
from app.services.roster.queries import load_cells
from app.services.roster.telling import published_key


@command(permission="roster.publish", serializable=True)
def withdraw_version(ctx: Context, tx: Transaction, version_id: int, *, was_published: bool) -> Outcome:
    """Take back that a version was published, as long as nobody else has seen it; the cells stay.

    `was_published` is whether the month was published before: it then stands as the version before did.
    Unread notices of the publication are taken back with it.

    Raises:
        NotFound: `roster.version_missing`.
        RuleViolation: `roster.version_old` (a later one was published), `roster.version_seen` (count).
    """
    version = load_version(tx, version_id, ctx.language)
    month = version.month
    newest = tx.value("SELECT MAX(number) FROM roster_version WHERE month = ?", (month,))
    if newest != version.number:
        raise RuleViolation("roster.version_old", month=month, number=version.number)
    seen = tx.value(
        "SELECT COUNT(*) FROM roster_seen WHERE roster_version_id = ? AND person_id <> ?",
        (version_id, ctx.actor.person_id or 0),
    )
    if seen:
        raise RuleViolation("roster.version_seen", month=month, number=version.number, count=seen)
    people = {person for person, _on in cells_of_version(tx, version_id)}
    tx.execute("DELETE FROM roster_seen WHERE roster_version_id = ?", (version_id,))
    tx.execute("DELETE FROM roster_version WHERE id = ?", (version_id,))
    for person in sorted(people):
        tx.execute(
            "DELETE FROM notice WHERE key = ? AND kind = ? AND read_at IS NULL",
            (published_key(month, version.number, person), NoticeKind.ROSTER_PUBLISHED.value),
        )
    tx.announce(NoticesChanged(frozenset(int(person) for person in people)))
    mark_month(tx, month, is_published=was_published)
    again = partial(publish_again, ctx, month, note=version.note)
    return Outcome(None, None, Undo("roster.undo.withdrawn", again, {"month": month}))


@command(permission="roster.publish", serializable=True)
def publish_again(ctx: Context, tx: Transaction, month: str, *, note: str = "") -> Outcome:
    """Publish what was withdrawn, as the month stands now, whatever it lacks: that was said before."""
    state = load_state(tx, month, ctx.language)
    version_id, number = add_version(tx, month, state, note, anyway=True)
    back = partial(withdraw_version, ctx, version_id, was_published=state.is_published)
    return Outcome(version_id, number, Undo("roster.undo.published", back, {"month": month}))


@command(permission="roster.edit")
def restore_version(ctx: Context, tx: Transaction, version_id: int) -> Outcome:
    """Let a month's cells be again what a version says; of a published month it is told as any change is.

    Raises:
        NotFound: `roster.version_missing`, or a shift, a person or a team that is gone.
    """
    version = load_version(tx, version_id, ctx.language)
    first, last = month_dates(version.month)
    wanted = cells_of_version(tx, version_id)
    undone = write_cells(tx, restoring(wanted, load_cells(tx, first, last)))
    run = partial(put_back, ctx, undone, version_id)
    params = {"month": version.month, "number": version.number}
    return Outcome(version_id, version.number, Undo("roster.undo.restored", run, params))


@command(permission="roster.edit")
def put_back(ctx: Context, tx: Transaction, cells: tuple[PaintedCell, ...], version_id: int) -> Outcome:
    """Put back the cells that restoring a version replaced. StaleRecord: one was painted meanwhile."""
    write_cells(tx, cells)
    run = partial(restore_version, ctx, version_id)
    return Outcome(None, None, Undo("roster.undo.painted", run, {"count": len(cells)}))


@command(permission="roster.read")
def mark_seen(ctx: Context, tx: Transaction, version_id: int) -> Outcome:
    """Note that the actor has seen a published version; the first time counts, and there is no undo.

    Raises:
        NotFound: `roster.version_missing`.
    """
    load_version(tx, version_id, ctx.language)
    if ctx.actor.person_id is None:
        return Outcome(version_id)
    new = tx.execute(
        "INSERT INTO roster_seen (roster_version_id, person_id, at) VALUES (?, ?, ?)"
        " ON CONFLICT (roster_version_id, person_id) DO NOTHING",
        (version_id, ctx.actor.person_id, tx.now_micros),
    )
    if new:
        tx.announce(RosterChanged())
    return Outcome(version_id)
