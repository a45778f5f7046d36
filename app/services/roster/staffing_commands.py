"""Taking in counts of calls: all hours of a file, or none; undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.events import CallsCounted
from app.models.entities.instants import to_micros
from app.models.entities.staffing import CallHour, CallSheet
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.staffing_history import load_call_hours

_LONGEST_SOURCE = 120
_WRITE = (
    "INSERT INTO call_hour (starts_at, offered, answered, abandoned, talk_seconds, after_seconds,"
    " ring_seconds, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@command(permission="roster.edit", serializable=True)
def import_calls(ctx: Context, tx: Transaction, sheet: CallSheet, *, source: str = "") -> Outcome:
    """Take in the hours of a file; an hour counted before is replaced. `source` names the file.

    Raises:
        RuleViolation: `staffing.import_refused` (rows cannot be taken), `staffing.import_empty` (every hour
            is counted so already).
    """
    if sheet.refused:
        raise RuleViolation("staffing.import_refused", count=len(sheet.refused), line=sheet.refused[0].line)
    known = _known(tx, [hour.starts_at for hour in sheet.hours])
    changed = tuple(hour for hour in sheet.hours if known.get(hour.starts_at) != hour)
    if not changed:
        raise RuleViolation("staffing.import_empty")
    before = tuple(known[hour.starts_at] for hour in changed if hour.starts_at in known)
    _replace(tx, changed, changed, source)
    back = partial(put_calls_back, ctx, before, changed, source=source, code="staffing.import_undone")
    return Outcome(None, None, Undo("staffing.imported", back, {"count": len(changed)}))


@command(permission="roster.edit", serializable=True)
def put_calls_back(
    ctx: Context,
    tx: Transaction,
    hours: Sequence[CallHour],
    seen: Sequence[CallHour],
    *,
    source: str,
    code: str,
) -> Outcome:
    """Let `hours` stand where `seen` stood; `code` names the deed. Its undo is the redo.

    Raises:
        StaleRecord: one of the hours was counted anew since; nothing is put back then.
    """
    starts = {hour.starts_at for hour in (*seen, *hours)}
    known = _known(tx, sorted(starts))
    expected = {hour.starts_at: hour for hour in seen}
    for at in starts:
        if known.get(at) != expected.get(at):
            raise StaleRecord("call_hour", 0)
    _replace(tx, seen, hours, source)
    other = "staffing.imported" if code == "staffing.import_undone" else "staffing.import_undone"
    again = partial(put_calls_back, ctx, tuple(seen), tuple(hours), source=source, code=other)
    return Outcome(None, None, Undo(code, again, {"count": len(starts)}))


def _known(tx: Transaction, starts: Sequence[datetime]) -> dict[datetime, CallHour]:
    """Return what is counted of some hours; `starts` are in order."""
    if not starts:
        return {}
    wanted = set(starts)
    found = load_call_hours(tx, starts[0], starts[-1] + timedelta(hours=1))
    return {hour.starts_at: hour for hour in found if hour.starts_at in wanted}


def _replace(tx: Transaction, old: Sequence[CallHour], new: Sequence[CallHour], source: str) -> None:
    gone = [(to_micros(hour.starts_at),) for hour in old]
    if gone:
        tx.execute_many("DELETE FROM call_hour WHERE starts_at = ?", gone)
    if new:
        tx.execute_many(_WRITE, [_row(hour, source[:_LONGEST_SOURCE]) for hour in new])
    tx.announce(CallsCounted())


def _row(hour: CallHour, source: str) -> tuple[object, ...]:
    return (
        to_micros(hour.starts_at),
        hour.offered,
        hour.answered,
        hour.abandoned,
        hour.talk_seconds,
        hour.after_seconds,
        hour.ring_seconds,
        source,
    )
