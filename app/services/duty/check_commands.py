"""What people do to the list of a shift's checks, and what they found at them (S4-19, S4-25)."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.models.entities.duty import CheckDetails, CheckMoment
from app.models.entities.errors import BadInput, NotFound, RuleViolation
from app.models.entities.events import DutyChanged, SettingsChanged
from app.models.entities.ids import TemplateId
from app.models.transactions import Row, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.duty import rules
from app.services.roster.queries import load_templates, site_zone
from app.services.roster.rules import shift_at


@command(permission="settings.edit")
def add_check(ctx: Context, tx: Transaction, details: CheckDetails) -> Outcome:
    """Add a point behind the others. BadInput: what `rules.check_point` raises, `settings.code_taken`."""
    rules.check_point(details)
    _refuse_taken(tx, details.code, 0)
    position = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM shift_check")) + 1
    check_id = tx.insert("shift_check", {**_columns(details), "position": position})
    tx.announce(SettingsChanged(frozenset({check_id})))
    back = partial(set_check_active, ctx, check_id, version=1, is_active=False)
    return Outcome(check_id, 1, Undo("settings.entry_added", back, {"name": details.name.strip()}))


@command(permission="settings.edit")
def edit_check(
    ctx: Context, tx: Transaction, check_id: int, details: CheckDetails, *, version: int
) -> Outcome:
    """Change a point; what was found at it in earlier shifts stays, under its new name.

    Raises:
        BadInput: what `rules.check_point` raises, `settings.code_taken`.
        NotFound, StaleRecord: as every edit.
    """
    rules.check_point(details)
    row = _row(tx, check_id)
    before = CheckDetails(row[0], row[1], row[2], CheckMoment(row[3]))
    _refuse_taken(tx, details.code, check_id)
    new = tx.update_versioned("shift_check", check_id, version, _columns(details))
    tx.announce(SettingsChanged(frozenset({check_id})))
    back = partial(edit_check, ctx, check_id, before, version=new)
    return Outcome(check_id, new, Undo("settings.entry_changed", back, {"name": details.name.strip()}))


@command(permission="settings.edit")
def set_check_active(
    ctx: Context, tx: Transaction, check_id: int, *, version: int, is_active: bool
) -> Outcome:
    """Retire a point, or look at it again. NotFound, StaleRecord as every edit."""
    _row(tx, check_id)
    new = tx.update_versioned("shift_check", check_id, version, {"is_active": is_active})
    tx.announce(SettingsChanged(frozenset({check_id})))
    back = partial(set_check_active, ctx, check_id, version=new, is_active=not is_active)
    code = "settings.entry_restored" if is_active else "settings.entry_retired"
    return Outcome(check_id, new, Undo(code, back))


@command(permission="settings.edit", serializable=True)
def move_check(
    ctx: Context, tx: Transaction, check_id: int, *, version: int, before_id: int | None
) -> Outcome:
    """Let a point stand before another; None: last. NotFound, StaleRecord as every edit."""
    name = _row(tx, check_id)[1]
    new, old_next = move_before(tx, "shift_check", check_id, version, before_id)
    tx.announce(SettingsChanged(frozenset({check_id})))
    back = partial(move_check, ctx, check_id, version=new, before_id=old_next)
    return Outcome(check_id, new, Undo("settings.entry_moved", back, {"name": name}))


@command(permission="handover.write")
def tick_check(
    ctx: Context,
    tx: Transaction,
    check_id: int,
    *,
    is_good: bool | None,
    note: str = "",
    on_date: date | None = None,
    template_id: TemplateId | None = None,
) -> Outcome:
    """Say what was found at a point: good, not good, or None for not looked at after all.

    It belongs to the shift that runs now, or to the one named by `on_date` and `template_id`. What is not
    good needs a note. A later look replaces an earlier one.

    Raises:
        RuleViolation: `duty.note_missing`, `duty.check_retired`, `roster.no_shift_now`.
        BadInput: `duty.text_too_long`.
        NotFound: `settings.entry_missing`.
    """
    kept = rules.kept_text(note, rules.LONGEST_NOTE)
    if is_good is False and not kept:
        raise RuleViolation("duty.note_missing")
    row = _row(tx, check_id)
    if not row[4] and is_good is not None:
        raise RuleViolation("duty.check_retired")
    if on_date is None or template_id is None:
        shift = shift_at(load_templates(tx), tx.now, site_zone(tx))
        if shift is None:
            raise RuleViolation("roster.no_shift_now")
        on_date, template_id = shift.on_date, shift.template.id
    where = (on_date.isoformat(), template_id, check_id)
    before = tx.one(
        "SELECT is_good, note FROM shift_check_tick"
        " WHERE on_date = ? AND template_id = ? AND shift_check_id = ?",
        where,
    )
    tx.execute(
        "DELETE FROM shift_check_tick WHERE on_date = ? AND template_id = ? AND shift_check_id = ?", where
    )
    if is_good is not None:
        values = {
            "on_date": where[0],
            "template_id": template_id,
            "shift_check_id": check_id,
            "is_good": is_good,
            "note": kept,
            "person_id": ctx.actor.person_id,
            "at": tx.now_micros,
        }
        tx.insert("shift_check_tick", values)
    tx.announce(DutyChanged())
    back = partial(
        tick_check,
        ctx,
        check_id,
        is_good=None if before is None else bool(before[0]),
        note="" if before is None else before[1],
        on_date=on_date,
        template_id=template_id,
    )
    return Outcome(check_id, None, Undo("duty.undo.ticked", back, {"name": row[1]}))


def _row(tx: Transaction, check_id: int) -> Row:
    row = tx.one("SELECT code, name, name_alt, moment, is_active FROM shift_check WHERE id = ?", (check_id,))
    if row is None:
        raise NotFound("settings.entry_missing", id=check_id)
    return row


def _refuse_taken(tx: Transaction, code: str, check_id: int) -> None:
    if tx.one("SELECT 1 FROM shift_check WHERE code = ? AND id <> ?", (code.strip(), check_id)) is not None:
        raise BadInput("settings.code_taken", entry=code)


def _columns(details: CheckDetails) -> dict[str, object]:
    return {
        "code": details.code.strip(),
        "name": details.name.strip(),
        "name_alt": details.name_alt.strip(),
        "moment": details.moment.value,
    }
