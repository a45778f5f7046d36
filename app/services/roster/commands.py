"""What people do to the roster: paint, publish, and leave notes for the next shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.models.entities.errors import NotFound, RuleViolation, StaleRecord
from app.models.entities.events import RosterChanged, ShiftNotesChanged
from app.models.entities.ids import TemplateId
from app.models.entities.roster import PaintedCell
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import rules
from app.services.roster.queries import load_templates, site_zone

LONGEST_NOTE = 2_000


@command(permission="roster.edit")
def paint_cells(ctx: Context, tx: Transaction, cells: Sequence[PaintedCell]) -> Outcome:
    """Set or clear cells of the roster in one commit; undo puts back what stood there.

    A cell whose shift is no longer what the painter saw (`before`) refuses the whole stroke.

    Raises:
        StaleRecord: somebody else painted one of the cells meanwhile; nothing was changed.
        NotFound: a shift does not exist.
    """
    known = {template.id for template in load_templates(tx, include_retired=True)}
    undone: list[PaintedCell] = []
    for cell in cells:
        if cell.template_id is not None and cell.template_id not in known:
            raise NotFound("roster.shift_not_found", id=cell.template_id)
        undone.append(_paint(tx, cell))
    if cells:
        tx.announce(RosterChanged())
    run = partial(paint_cells, ctx, tuple(undone))
    return Outcome(None, None, Undo("roster.undo.painted", run, {"count": len(cells)}))


@command(permission="roster.edit")
def name_supervisor(
    ctx: Context, tx: Transaction, *, person_id: int, on_date: date, is_supervisor: bool
) -> Outcome:
    """Make a rostered person the duty supervisor of their shift, or no longer.

    Naming one takes the mark from whoever had it on the same shift: there is exactly one (N3).

    Raises:
        RuleViolation: the person has no shift on that date.
    """
    row = tx.one(
        "SELECT template_id FROM assignment WHERE person_id = ? AND on_date = ?",
        (person_id, on_date.isoformat()),
    )
    if row is None:
        raise RuleViolation("roster.no_shift_to_lead")
    holders = tx.rows(
        "SELECT person_id FROM assignment WHERE on_date = ? AND template_id = ? AND is_supervisor = true",
        (on_date.isoformat(), row[0]),
    )
    tx.execute(
        "UPDATE assignment SET is_supervisor = false, version = version + 1"
        " WHERE on_date = ? AND template_id = ? AND is_supervisor = true",
        (on_date.isoformat(), row[0]),
    )
    if is_supervisor:
        tx.execute(
            "UPDATE assignment SET is_supervisor = true, version = version + 1"
            " WHERE person_id = ? AND on_date = ?",
            (person_id, on_date.isoformat()),
        )
    tx.announce(RosterChanged())
    earlier = holders[0][0] if holders else person_id
    run = partial(name_supervisor, ctx, person_id=earlier, on_date=on_date, is_supervisor=bool(holders))
    return Outcome(None, None, Undo("roster.undo.supervisor", run))


@command(permission="roster.publish")
def publish_month(ctx: Context, tx: Transaction, month: str, *, is_published: bool = True) -> Outcome:
    """Publish a month ("2026-04"), or take it back to a draft."""
    values = {
        "is_published": is_published,
        "published_at": tx.now_micros if is_published else None,
        "published_by_id": ctx.actor.person_id if is_published else None,
    }
    row = tx.one("SELECT id, version FROM roster_month WHERE month = ?", (month,))
    if row is None:
        tx.insert("roster_month", {"month": month, **values})
    else:
        tx.update_versioned("roster_month", row[0], row[1], values)
    tx.announce(RosterChanged())
    run = partial(publish_month, ctx, month, is_published=not is_published)
    return Outcome(None, None, Undo("roster.undo.published", run, {"month": month}))


@command(permission="handover.write")
def leave_note(ctx: Context, tx: Transaction, text: str) -> Outcome:
    """Leave a note for the next shift; it belongs to the shift that runs now.

    Raises:
        RuleViolation: the text is empty, or no shift runs now.
    """
    if not text.strip():
        raise RuleViolation("roster.note_empty")
    shift = rules.shift_at(load_templates(tx), tx.now, site_zone(tx))
    if shift is None:
        raise RuleViolation("roster.no_shift_now")
    note_id = tx.insert(
        "shift_note",
        {
            "on_date": shift.on_date.isoformat(),
            "template_id": shift.template.id,
            "text": text.strip()[:LONGEST_NOTE],
            "author_id": ctx.actor.person_id,
            "at": tx.now_micros,
        },
    )
    tx.announce(ShiftNotesChanged(frozenset({note_id})))
    run = partial(mark_note, ctx, note_id, is_done=True)
    return Outcome(note_id, None, Undo("roster.undo.note_left", run))


@command(permission="handover.write")
def mark_note(ctx: Context, tx: Transaction, note_id: int, *, is_done: bool) -> Outcome:
    """Mark a note as done, or as open again.

    Raises:
        NotFound: there is no such note.
    """
    changed = tx.execute(
        "UPDATE shift_note SET done_at = ?, done_by_id = ? WHERE id = ?",
        (tx.now_micros if is_done else None, ctx.actor.person_id if is_done else None, note_id),
    )
    if not changed:
        raise NotFound("roster.note_not_found", id=note_id)
    tx.announce(ShiftNotesChanged(frozenset({note_id})))
    run = partial(mark_note, ctx, note_id, is_done=not is_done)
    return Outcome(note_id, None, Undo("roster.undo.note_done", run))


def _paint(tx: Transaction, cell: PaintedCell) -> PaintedCell:
    """Write one cell and return what undoes it."""
    where = (cell.person_id, cell.on_date.isoformat())
    row = tx.one(
        "SELECT id, template_id, is_supervisor FROM assignment WHERE person_id = ? AND on_date = ?", where
    )
    found = None if row is None else TemplateId(row[1])
    if found != cell.before:
        raise StaleRecord("assignment", 0, date=cell.on_date.isoformat())
    undone = replace(
        cell,
        template_id=found,
        before=cell.template_id,
        is_supervisor=bool(row[2]) if row else False,
    )
    if cell.template_id is None:
        tx.execute("DELETE FROM assignment WHERE person_id = ? AND on_date = ?", where)
    elif row is None:
        tx.insert(
            "assignment",
            {
                "person_id": cell.person_id,
                "on_date": cell.on_date.isoformat(),
                "template_id": cell.template_id,
                "is_supervisor": cell.is_supervisor,
            },
        )
    else:
        tx.execute(
            "UPDATE assignment SET template_id = ?, is_supervisor = ?, version = version + 1 WHERE id = ?",
            (cell.template_id, cell.is_supervisor, row[0]),
        )
    return undone
