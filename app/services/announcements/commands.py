"""What people do about announcements: write, change, end, withdraw, read. One transaction each."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from app.models.entities.announcements import AnnouncementDetails
from app.models.entities.errors import NotFound
from app.models.entities.events import AnnouncementsChanged
from app.models.entities.ids import AnnouncementId
from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.announcements import rules
from app.services.announcements.reading import load_announcement
from app.services.announcements.telling import beginnings
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.notices.writing import put_notices


@command(permission="announcements.write")
def write_announcement(ctx: Context, tx: Transaction, details: AnnouncementDetails) -> Outcome:
    """Announce something. Where it must be read and holds already, the desk is told at once.

    Whoever writes it has read it.

    Raises:
        BadInput, RuleViolation: what `rules.checked` and `rules.check_new` raise.
        NotFound: `catalogue.service_missing`, `knowledge.not_found`, `tickets.not_found`.
    """
    rules.check_new(details, tx.now)
    values = _columns(tx, details)
    written = {"written_by_id": ctx.actor.person_id, "written_at": tx.now_micros, "version": 1}
    made = AnnouncementId(tx.insert("announcement", {**values, **written}))
    if ctx.actor.person_id is not None:
        _see(ctx, tx, made)
    _tell(ctx, tx, made)
    back = partial(withdraw_announcement, ctx, made, version=1)
    return Outcome(made, 1, Undo("announcements.undo.written", back, {"title": values["title"]}))


@command(permission="announcements.write")
def edit_announcement(
    ctx: Context,
    tx: Transaction,
    announcement_id: AnnouncementId,
    details: AnnouncementDetails,
    *,
    version: int,
) -> Outcome:
    """Change one. Who has read it stays so; if it must be read from now on, the others are told.

    Raises:
        BadInput, RuleViolation, NotFound: as for writing, save that an end may lie in the past.
        RuleViolation: `announcements.withdrawn`.
        StaleRecord: somebody changed it since `version`.
    """
    before = load_announcement(tx, announcement_id, tx.now)
    rules.check_changeable(before.state)
    # A beginning that is not said again stays the one it had.
    wanted = replace(details, shown_from=details.shown_from or before.shown_from)
    values = _columns(tx, wanted, before.details)
    new = tx.update_versioned("announcement", announcement_id, version, values)
    _tell(ctx, tx, announcement_id)
    back = partial(edit_announcement, ctx, announcement_id, before.details, version=new)
    params = {"title": values["title"]}
    return Outcome(announcement_id, new, Undo("announcements.undo.changed", back, params))


@command(permission="announcements.write")
def end_announcement(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, *, version: int
) -> Outcome:
    """Say that it is over now: the fault is mended, the maintenance done. One still to come is withdrawn.

    Raises:
        NotFound: `announcements.not_found`.
        RuleViolation: `announcements.over` (it is over or withdrawn already).
        StaleRecord: as every edit.
    """
    before = load_announcement(tx, announcement_id, tx.now)
    rules.check_live(before.state)
    if before.shown_from >= tx.now:
        return _set_withdrawn(ctx, tx, announcement_id, version, is_withdrawn=True)
    new = tx.update_versioned("announcement", announcement_id, version, {"shown_until": tx.now_micros})
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))
    back = partial(edit_announcement, ctx, announcement_id, before.details, version=new)
    params = {"title": before.details.title}
    return Outcome(announcement_id, new, Undo("announcements.undo.ended", back, params))


@command(permission="announcements.write")
def withdraw_announcement(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, *, version: int
) -> Outcome:
    """Take one back that was wrong: it is shown no more, and stays on record.

    Raises:
        NotFound: `announcements.not_found`.
        RuleViolation: `announcements.over` (it is over or withdrawn already).
        StaleRecord: as every edit.
    """
    rules.check_live(load_announcement(tx, announcement_id, tx.now).state)
    return _set_withdrawn(ctx, tx, announcement_id, version, is_withdrawn=True)


@command(permission="announcements.write")
def restore_announcement(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, *, version: int
) -> Outcome:
    """Let one hold again that was withdrawn. NotFound, StaleRecord as every edit."""
    load_announcement(tx, announcement_id, tx.now)
    return _set_withdrawn(ctx, tx, announcement_id, version, is_withdrawn=False)


@command(permission="tickets.read")
def mark_announcement_read(ctx: Context, tx: Transaction, announcement_id: AnnouncementId) -> Outcome:
    """Say that the actor has read one; saying it again changes nothing. NotFound as every edit."""
    found = load_announcement(tx, announcement_id, tx.now)
    if ctx.actor.person_id is None or not _see(ctx, tx, announcement_id):
        return Outcome(announcement_id, found.version)
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))
    back = partial(unmark_announcement_read, ctx, announcement_id)
    params = {"title": found.details.title}
    return Outcome(announcement_id, found.version, Undo("announcements.undo.read", back, params))


@command(permission="tickets.read")
def unmark_announcement_read(ctx: Context, tx: Transaction, announcement_id: AnnouncementId) -> Outcome:
    """Take back that the actor has read one. NotFound as every edit."""
    found = load_announcement(tx, announcement_id, tx.now)
    tx.execute(
        "DELETE FROM announcement_seen WHERE announcement_id = ? AND person_id = ?",
        (announcement_id, ctx.actor.person_id),
    )
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))
    back = partial(mark_announcement_read, ctx, announcement_id)
    params = {"title": found.details.title}
    return Outcome(announcement_id, found.version, Undo("announcements.undo.unread", back, params))


def _set_withdrawn(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, version: int, *, is_withdrawn: bool
) -> Outcome:
    values = {
        "withdrawn_by_id": ctx.actor.person_id if is_withdrawn else None,
        "withdrawn_at": tx.now_micros if is_withdrawn else None,
    }
    new = tx.update_versioned("announcement", announcement_id, version, values)
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))
    title = tx.value("SELECT title FROM announcement WHERE id = ?", (announcement_id,))
    other = restore_announcement if is_withdrawn else withdraw_announcement
    code = "announcements.undo.withdrawn" if is_withdrawn else "announcements.undo.restored"
    back = partial(other, ctx, announcement_id, version=new)
    return Outcome(announcement_id, new, Undo(code, back, {"title": title}))


def _tell(ctx: Context, tx: Transaction, announcement_id: AnnouncementId) -> None:
    """Announce the change, and tell the desk of what must be read and has begun; its writer knows."""
    found = load_announcement(tx, announcement_id, tx.now)
    if found.withdrawn_at is None:
        me = ctx.actor.person_id
        put_notices(tx, [one for one in beginnings(tx, found, tx.now) if one.person_id != me])
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))


def _see(ctx: Context, tx: Transaction, announcement_id: AnnouncementId) -> bool:
    """Note that the actor has read one; tell whether that is new."""
    text = (
        "INSERT INTO announcement_seen (announcement_id, person_id, at) VALUES (?, ?, ?)"
        " ON CONFLICT (announcement_id, person_id) DO NOTHING"
    )
    return tx.execute(text, (announcement_id, ctx.actor.person_id, tx.now_micros)) == 1


def _columns(
    tx: Transaction, details: AnnouncementDetails, before: AnnouncementDetails | None = None
) -> dict[str, object]:
    kept = rules.checked(details, tx.now)
    _check_links(tx, kept, before)
    return {
        "kind": kept.kind.value,
        "title": kept.title,
        "text": kept.text,
        "service_id": kept.service_id,
        "article_id": kept.article_id,
        "ticket_id": kept.ticket_id,
        "live_on": kept.live_on.isoformat() if kept.live_on else "",
        "training_minutes": kept.training_minutes,
        "must_read": kept.must_read,
        "channels": json.dumps([each.value for each in kept.channels]),
        "shown_from": to_micros(kept.shown_from or tx.now),
        "shown_until": None if kept.shown_until is None else to_micros(kept.shown_until),
    }


def _check_links(tx: Transaction, kept: AnnouncementDetails, before: AnnouncementDetails | None) -> None:
    """Refuse to link what is not there; a link kept from before, gone since, stands in nobody's way."""
    had = before or AnnouncementDetails(kept.kind, "")
    if _is_missing(tx, "service", kept.service_id, had.service_id):
        raise NotFound("catalogue.service_missing", id=kept.service_id)
    if _is_missing(tx, "article", kept.article_id, had.article_id):
        raise NotFound("knowledge.not_found", id=kept.article_id)
    if _is_missing(tx, "ticket", kept.ticket_id, had.ticket_id):
        raise NotFound("tickets.not_found", id=kept.ticket_id)


def _is_missing(tx: Transaction, table: str, wanted: int | None, had: int | None) -> bool:
    if wanted is None or wanted == had:
        return False
    return tx.one(f'SELECT 1 FROM "{table}" WHERE id = ?', (wanted,)) is None
