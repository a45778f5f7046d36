"""Presence entered or changed afterwards, by who plans, with the reason; the month says so (S4-21)."""

from __future__ import annotations

from datetime import date, datetime

from app.models.entities.duty import Attendance
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty import presence, rules
from app.services.duty.commands import restore_presence
from app.services.duty.written import presence_written


@command(permission="roster.edit")
def correct_presence(
    ctx: Context,
    tx: Transaction,
    *,
    person_id: PersonId,
    on_date: date,
    in_at: datetime | None,
    out_at: datetime | None = None,
    note: str = "",
) -> Outcome:
    """Write when somebody came to a shift and left it; `in_at` None: they never came.

    `note` is the reason. The presence keeps who corrected it.

    Raises:
        RuleViolation: `duty.no_shift_then`: they have no shift of work on that date;
            `duty.correction_unexplained`.
        BadInput: `duty.out_before_in`, `duty.not_yet`, `duty.not_of_shift`, `duty.text_too_long`.
    """
    kept = rules.kept_text(note, rules.LONGEST_NOTE)
    if not kept:
        raise RuleViolation("duty.correction_unexplained")
    before = presence.attendance_on(tx, person_id, on_date)
    after = None
    if in_at is not None:
        planned = presence.shifts_of(tx, person_id, on_date, on_date)
        if not planned:
            raise RuleViolation("duty.no_shift_then", date=on_date)
        rules.check_presence(planned[0], in_at, out_at, tx.now)
        shift = planned[0].assignment.template_id
        after = Attendance(person_id, on_date, shift, in_at, out_at, kept, True, ctx.actor.person_id)
    presence.put_attendance(tx, person_id, on_date, after)
    code, whose = "duty.undo.corrected", (person_id, on_date)
    return presence_written(ctx, tx, restore_presence, code, whose, after, before)
