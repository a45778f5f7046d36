"""What people do to the roster: paint, publish, and leave notes for the next shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.models.entities.errors import NotFound, RuleViolation, StaleRecord
from app.models.entities.events import ShiftNotesChanged
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import PaintedCell
from app.models.entities.roster_plan import CellKey
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import rules
from app.services.roster.checks import painted_of
from app.services.roster.laying import swapped
from app.services.roster.month_commands import withdraw_version
from app.services.roster.months import load_state
from app.services.roster.painting import write_cells
from app.services.roster.publishing import add_version, mark_month
from app.services.roster.queries import load_cells, load_templates, site_zone
from app.services.roster.template_dates import check_cells

LONGEST_NOTE = 2_000


@command(permission="roster.edit")
def paint_cells(ctx: Context, tx: Transaction, cells: Sequence[PaintedCell]) -> Outcome:
    """Set or clear cells of the roster in one commit; undo puts back what stood there.

    A cell whose shift is no longer what the painter saw (`before`) refuses the whole stroke. What the rules
    forbid may be painted: publishing refuses it. Changes of a published month are told to whom they concern.

    Raises:
        StaleRecord: somebody else painted one of the cells meanwhile; nothing was changed.
        NotFound: a shift, a person or a team does not exist.
        RuleViolation: `roster.shift_not_then`.
    """
    check_cells(load_templates(tx, include_retired=True), cells)
    undone = write_cells(tx, cells)
    run = partial(paint_cells, ctx, undone)
    return Outcome(None, None, Undo("roster.undo.painted", run, {"count": len(cells)}))


@command(permission="roster.edit")
def swap_cells(
    ctx: Context,
    tx: Transaction,
    one: CellKey,
    other: CellKey,
    *,
    before: tuple[TemplateId | None, TemplateId | None],
) -> Outcome:
    """Exchange two cells with everything in them; `before` are the shifts the person saw in them.

    Raises:
        StaleRecord: somebody else painted one of the cells meanwhile; nothing was changed.
    """
    there = load_cells(tx, min(one[1], other[1]), max(one[1], other[1]))
    for key, seen in zip((one, other), before, strict=True):
        found = there.get(key)
        if (None if found is None else found.template_id) != seen:
            raise StaleRecord("assignment", 0, date=key[1].isoformat())
    write_cells(tx, swapped(there, one, other))
    run = partial(swap_cells, ctx, one, other, before=(before[1], before[0]))
    return Outcome(None, None, Undo("roster.undo.swapped", run))


@command(permission="roster.edit")
def name_supervisor(
    ctx: Context, tx: Transaction, *, person_id: int, on_date: date, is_supervisor: bool
) -> Outcome:
    """Make a rostered person the duty supervisor of their shift, or no longer.

    Naming one takes the mark from whoever had it on the same shift: there is exactly one (N3).

    Raises:
        RuleViolation: the person has no shift on that date.
    """
    cells = load_cells(tx, on_date, on_date)
    mine = cells.get((PersonId(person_id), on_date))
    if mine is None:
        raise RuleViolation("roster.no_shift_to_lead")
    crew = [cell for cell in cells.values() if cell.template_id == mine.template_id]
    holders = [cell.person_id for cell in crew if cell.is_supervisor]
    stroke = []
    for cell in crew:
        leads = is_supervisor and cell.person_id == person_id
        if cell.is_supervisor != leads:
            painted = painted_of((cell.person_id, on_date), cell, cell.template_id)
            stroke.append(replace(painted, is_supervisor=leads))
    write_cells(tx, stroke)
    earlier = holders[0] if holders else person_id
    run = partial(name_supervisor, ctx, person_id=earlier, on_date=on_date, is_supervisor=bool(holders))
    return Outcome(None, None, Undo("roster.undo.supervisor", run))


@command(permission="roster.publish", serializable=True)
def publish_month(
    ctx: Context,
    tx: Transaction,
    month: str,
    *,
    is_published: bool = True,
    note: str = "",
    anyway: bool = False,
) -> Outcome:
    """Publish a month ("2026-04") as its next version, or take it back to a draft; versions stay.

    Told are all who have a shift when it is published first, later those whose shifts differ from the version
    before. A draft that still is what its newest version says stands again without another. The outcome's
    `id` is that of the version in force, its `version` the number. A month that lacks something goes out only
    `anyway`; its version keeps what it lacked (N3, U62).

    Raises:
        BadInput: `roster.month_bad`.
        RuleViolation: `roster.publish_refused` (month, count, violations) while from today on a rule that
            forbids is broken, a shift has not one duty supervisor, or people are missing in the month or on a
            published day of the next 30; `roster.publish_empty` (the same) while nobody has a shift;
            `roster.publish_unchanged` where there is nothing new.
    """
    state = load_state(tx, month, ctx.language)
    back = partial(publish_month, ctx, month, is_published=not is_published, anyway=True)
    if not is_published:
        mark_month(tx, month, is_published=False)
        return Outcome(None, None, Undo("roster.undo.taken_back", back, {"month": month}))
    if state.version is not None and not state.changes:
        if state.is_published:
            raise RuleViolation("roster.publish_unchanged", month=month)
        mark_month(tx, month, is_published=True)
        undo = Undo("roster.undo.published", back, {"month": month})
        return Outcome(state.version.id, state.version.number, undo)
    version_id, number = add_version(tx, month, state, note.strip()[:LONGEST_NOTE], anyway=anyway)
    back = partial(withdraw_version, ctx, version_id, was_published=state.is_published)
    return Outcome(version_id, number, Undo("roster.undo.published", back, {"month": month}))


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
