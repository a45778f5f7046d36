"""Applying the service levels in force to tickets that are open: an administrator's explicit choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.tickets import EventKind
from app.models.entities.whatif import InForce
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.progress import NoProgress, Progress
from app.services.base.undo import Outcome, Undo
from app.services.calendars.openings import EPOCH
from app.services.settings.current import SiteConfig, load_config
from app.services.tickets.many import Seen, seen_now
from app.services.tickets.recording import Recorder
from app.services.whatif.applying import (
    AT_ONCE,
    Written,
    last_promise,
    record_promise,
    renewal,
    tell_concerned,
    write_changes,
)
from app.services.whatif.documents import Judge, documents_in_force, in_force_of
from app.services.whatif.hours import seconds_of
from app.services.whatif.log_reading import LifeReader
from app.services.whatif.open_effects import OpenChange, open_change
from app.services.whatif.reading import open_ids, read_lives, sides_of

# Kept with the priority's log line, for taking it back.
MATRIX_BEFORE = "matrix_version_id"
Mirrors = tuple[int | None, int | None]


@command(permission="settings.edit")
def apply_to_open(
    ctx: Context,
    tx: Transaction,
    expected: InForce,
    *,
    note: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Give every open ticket the priority and the promise that it would get if it were registered now.

    `expected` are the documents the person saw the consequences of (`WhatIf.in_force` with what was saved
    since, or `documents_now`). The priority comes from the matrix, unless somebody set it against the matrix
    or the matrix lacks the ticket's levels. Where the promise changes, the new one counts from now on and
    keeps the time used; a due time set by hand stays. A ticket that no policy covers any more is promised
    nothing. Calendars belong to the promise: with it a ticket gets the calendar's newest version. What
    waiting reasons pause belongs to no promise: edits of them hold by themselves, and here the mirrored times
    of all open tickets follow.

    One transaction, during which other programs wait to write (some tenths of a millisecond for each ticket
    that changes); `updated_at` is left alone. Background work looks at every open ticket again. Owners and
    assignees of tickets whose priority or times change are told by a notice with `note`.
    `undo.params["count"]` is how many tickets got a new priority or promise; without any there is no undo.
    Taken back, they have their former priority and promise again, those excepted that somebody saved since.

    Raises:
        RuleViolation: `whatif.levels_changed`; something else is in force than what the person saw.
        StaleRecord: tickets are saved by others faster than they can be written; nothing was applied.
    """
    site = load_config(tx)
    if in_force_of(site) != expected:
        raise RuleViolation("whatif.levels_changed")
    written = _apply(tx, site, progress or NoProgress())
    # Warnings, rises and steps may have other percentages now: whoever does background work looks again.
    tx.execute("UPDATE ticket SET wake_at = 0 WHERE is_open = true AND (wake_at IS NULL OR wake_at <> 0)")
    tell_concerned(tx, site, written, note)
    if not written.versions:
        return Outcome()
    back = partial(
        take_back_applied,
        ctx,
        seen_now(written.versions),
        batch=tx.op_id,
        expected=expected,
        note=note,
    )
    return Outcome(undo=Undo("whatif.applied", back, {"count": len(written.versions)}))


@command(permission="settings.edit")
def take_back_applied(
    ctx: Context, tx: Transaction, taken: Seen, *, batch: str, expected: InForce, note: str = ""
) -> Outcome:
    """Give tickets back the priority and promise they had before `apply_to_open` (`batch`).

    Tickets that somebody saved since are left as they are and named in `skipped`. Its undo applies the
    documents again, if they are still those in force.
    """
    site = load_config(tx)
    versions = {int(ticket_id): version for ticket_id, version in taken}
    skipped: dict[int, str] = {}
    written = Written()

    def restore(recorder: Recorder) -> None:
        if recorder.ticket.version == versions[recorder.ticket.id]:
            _restore(recorder, batch)
        else:
            skipped[recorder.ticket.id] = "store.stale"

    ids = sorted(versions)
    for start in range(0, len(ids), AT_ONCE):
        write_changes(tx, site, ids[start : start + AT_ONCE], restore, written)
    tell_concerned(tx, site, written, note)
    again = partial(apply_to_open, ctx, expected, note=note)
    count = len(written.versions)
    return Outcome(undo=Undo("whatif.applied", again, {"count": count}) if count else None, skipped=skipped)


def _apply(tx: Transaction, site: SiteConfig, tell: Progress) -> Written:
    (side,) = sides_of(tx, documents_in_force(site))
    now, reader, written = seconds_of(tx.now - EPOCH), LifeReader(), Written()
    renew = partial(_renew, judge=side.judge, reader=reader)
    ids = open_ids(tx)
    for start in range(0, len(ids), AT_ONCE):
        tell.report(start, len(ids))
        batch = ids[start : start + AT_ONCE]
        mirrors = _mirrors(tx, batch)
        changes = [open_change(life, side.ways, side, now) for life in read_lives(tx, batch, reader)]
        wanted = [change.life.id for change in changes if _is_wanted(change, mirrors[change.life.id])]
        if wanted:
            write_changes(tx, site, wanted, renew, written)
    tell.report(len(ids), len(ids))
    return written


def _is_wanted(change: OpenChange, mirrors: Mirrors) -> bool:
    """Whether there is anything to write: a priority, a promise, or times that mirror the log no longer."""
    life, judged = change.life, change.judged
    last = life.promises[-1] if life.promises else None
    return (
        judged.priority != life.facts.priority
        or renewal(last, judged.promise) is not None
        or change.before.due_times != mirrors
    )


def _mirrors(tx: Transaction, ticket_ids: Sequence[int]) -> dict[int, Mirrors]:
    marks = ", ".join("?" * len(ticket_ids))
    rows = tx.rows(
        f"SELECT id, response_due_at, resolution_due_at FROM ticket WHERE id IN ({marks})", ticket_ids
    )
    return {row[0]: (_seconds(row[1]), _seconds(row[2])) for row in rows}


def _renew(recorder: Recorder, *, judge: Judge, reader: LifeReader) -> None:
    """Record the priority and the promise that the documents in force give the ticket."""
    ticket = recorder.ticket
    facts = reader.facts(
        (
            ticket.type,
            ticket.impact,
            ticket.urgency,
            ticket.priority,
            ticket.priority_source,
            ticket.service_id,
            ticket.category_id,
        )
    )
    judged = judge.judged(facts, ticket.requester_id)
    if recorder.change("priority", judged.priority, detail={MATRIX_BEFORE: ticket.matrix_version_id}):
        recorder.columns["matrix_version_id"] = recorder.site.matrix_version
    record_promise(recorder, judged.promise)


def _restore(recorder: Recorder, batch: str) -> None:
    """Record what the ticket had before the lines of `batch`, which are its last ones."""
    lines = [event for event in recorder.log if event.batch == batch]
    for line in lines:
        if line.kind is EventKind.CHANGED and line.field == "priority" and line.old is not None:
            recorder.change("priority", int(line.old))
            recorder.columns["matrix_version_id"] = line.detail.get(MATRIX_BEFORE)
    if any(line.kind is EventKind.PROMISED for line in lines):
        before = [event for event in recorder.log if event.batch != batch]
        record_promise(recorder, last_promise(before))


def _seconds(micros: int | None) -> int | None:
    return None if micros is None else micros // 1_000_000
