"""What the demo's book of handovers needs besides the commands of a window. Only for demo sites."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.duty import CheckMoment
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.roster import ShiftAt
from app.models.transactions import Transaction
from app.services.access.writing import ADMINISTRATOR, write_hash
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.queries import load_checks

_MARGIN = timedelta(minutes=12)  # after a shift began, and before it ends


@command(permission="access.manage")
def write_signers(_ctx: Context, tx: Transaction, password_hash: str, pin_hash: str) -> Outcome:
    """Give everybody who leads a shift or administers a password and a PIN; the id is how many they are.

    Without an administrator who can sign in, a program that opens the site would take it for a new one.
    """
    rows = tx.rows(
        "SELECT person_id FROM assignment WHERE is_supervisor = true UNION"
        " SELECT person_id FROM person_role JOIN role ON role.id = person_role.role_id"
        " WHERE role.code = ? ORDER BY 1",
        (ADMINISTRATOR,),
    )
    for (person_id,) in rows:
        write_hash(tx, person_id, password_hash, must_change=False)
        tx.execute(
            "INSERT INTO signing_pin (person_id, pin_hash, changed_at) VALUES (?, ?, ?)",
            (person_id, pin_hash, tx.now_micros),
        )
    return Outcome(len(rows))


@command(permission="access.manage")
def write_ticks(_ctx: Context, tx: Transaction, shift: ShiftAt, person_id: PersonId) -> Outcome:
    """Let one person have found everything good on a shift that lies behind: its start, equipment and end."""
    at = {CheckMoment.END: shift.ends_at - _MARGIN}
    for check in load_checks(tx):
        values = {
            "on_date": shift.on_date.isoformat(),
            "template_id": shift.template.id,
            "shift_check_id": check.id,
            "is_good": True,
            "note": "",
            "person_id": person_id,
            "at": to_micros(at.get(check.moment, shift.starts_at + _MARGIN)),
        }
        tx.insert("shift_check_tick", values)
    return Outcome()


@command(permission="access.manage")
def drop_later_lines(_ctx: Context, tx: Transaction, handover_id: int) -> Outcome:
    """Take off a past sheet what nobody could know at the clock's moment; the id is how many lines that was.

    The demo's tickets, notes and announcements are all there when its past handovers are written.
    """
    dropped = tx.execute(
        "DELETE FROM handover_line WHERE handover_id = ? AND reference = 'unconfirmed'", (handover_id,)
    )
    known_since = (
        ("t", "ticket", "created_at"),
        ("n", "shift_note", "at"),
        ("a", "announcement", "written_at"),
    )
    for letter, table, column in known_since:
        dropped += tx.execute(
            "DELETE FROM handover_line WHERE handover_id = ? AND reference IN"
            f" (SELECT '{letter}' || id FROM {table} WHERE {column} > ?)",
            (handover_id, tx.now_micros),
        )
    return Outcome(dropped)
