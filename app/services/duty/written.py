"""What commands that write a presence share: it is announced, and how it is taken back is handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from app.models.entities.duty import Attendance, Away
from app.models.entities.events import DutyChanged
from app.models.entities.ids import PersonId
from app.models.transactions import Transaction
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.base.undo import Outcome, Undo


def presence_written(
    ctx: Context,
    tx: Transaction,
    restore: Callable[..., Outcome],
    code: str,
    whose: tuple[PersonId, date],
    after: Attendance | None,
    before: Attendance | None,
    away: Away | None = None,
) -> Outcome:
    """Announce that a presence was written; `restore` is the command that lets it be as it was."""
    tx.announce(DutyChanged())
    person_id, on_date = whose
    back = partial(
        restore,
        ctx,
        code,
        person_id=person_id,
        on_date=on_date,
        wanted=before,
        seen=after,
        away=away,
    )
    column = person_column("person", ctx.language)
    name = str(tx.value(f"SELECT {column} FROM person WHERE id = ?", (person_id,)) or "")
    return Outcome(person_id, None, Undo(code, back, {"name": name}))
