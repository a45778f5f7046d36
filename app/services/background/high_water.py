"""The last time anything was done at (RELIABILITY 6.5): nothing is done before it, nor long after it unasked.

A clock that shows a wrong year would tell every open ticket as broken and close every solved one. So a jump
of more than LONGEST_JUMP needs a second look: by a program on another PC, or by a person.
The mark moves with every transaction that does something and with every renewal of the lease.
"""

from __future__ import annotations

from datetime import datetime

from app.models.entities.background import SECOND_LOOK_WITHIN, ClockDoubt
from app.models.entities.instants import from_micros, to_micros
from app.models.transactions import Reader, Transaction
from app.services.background.rules import doubt_of
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome

_MARK = "background.acted_at"
_QUESTION = "background.clock_seen"


def acted_at(read: Reader) -> datetime | None:
    """Return the last time anything was done at; None where nothing ever was, or the fact is damaged."""
    text = str(read.value("SELECT value FROM meta WHERE key = ?", (_MARK,)) or "")
    return from_micros(int(text)) if text.isascii() and text.isdigit() else None


def move_mark(tx: Transaction, now: datetime) -> ClockDoubt | None:
    """Note that something is done at `now`; where that may not be, note nothing and say why."""
    mark = acted_at(tx)
    doubt = doubt_of(mark, now)
    if doubt is None and mark != now:
        put_meta(tx, _MARK, str(to_micros(now)))
    return doubt


@command(permission="store.migrate")
def look_at_clock(_ctx: Context, tx: Transaction, *, pc: str, now: datetime) -> Outcome:
    """Note that `pc` sees a time far ahead; where another PC saw the same, that time is good.

    The outcome's `id` is 1 where it is.
    """
    if doubt_of(acted_at(tx), now) is not ClockDoubt.AHEAD:
        return Outcome()
    seen_by, _, seen = str(_question(tx)).rpartition("@")
    is_same = seen.isdigit() and abs(now - from_micros(int(seen))) <= SECOND_LOOK_WITHIN
    if is_same and seen_by != pc:
        _accept(tx, now)
        return Outcome(1)
    put_meta(tx, _QUESTION, f"{pc}@{to_micros(now)}")
    return Outcome()


@command(permission="settings.edit")
def accept_clock(_ctx: Context, tx: Transaction, *, now: datetime) -> Outcome:
    """Take `now`, the shared clock's time, for right: a person looked at it. The work goes on from there.

    Steps that were done are not done again even where the time goes back.
    """
    _accept(tx, now)
    return Outcome()


def put_meta(tx: Transaction, key: str, value: str) -> None:
    """Write one fact about the database."""
    tx.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _accept(tx: Transaction, now: datetime) -> None:
    put_meta(tx, _MARK, str(to_micros(now)))
    tx.execute("DELETE FROM meta WHERE key = ?", (_QUESTION,))


def _question(read: Reader) -> object:
    return read.value("SELECT value FROM meta WHERE key = ?", (_QUESTION,)) or ""
