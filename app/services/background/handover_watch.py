"""The sheet of each shift, written some minutes before its end; and what is told when the book differs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from app.models.entities.handover import BookFault
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.roster import ShiftAt
from app.models.transactions import Transaction
from app.services.background.lease_commands import require_token
from app.services.background.pace import Pace
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory
from app.services.handover.book import BEGINNING, Link, verify_some
from app.services.handover.drafting import open_sheet
from app.services.handover.loading import leaders_of
from app.services.handover.rules import DRAFT_LEAD, is_draft_due
from app.services.notices.writing import put_notices
from app.services.roster.queries import shift_at

log = logging.getLogger("firstline.background")

JOB = "sheet"
_ADMINISTRATOR = "administrator"
_MOST_NAMED = 20


class SheetWatch:
    """Knows when to look next, so that most rounds ask nothing."""

    def __init__(self) -> None:
        self._pace = Pace()

    def look(self, ctx: Context, token: int) -> list[str]:
        """Write the sheet of the running shift once its end is near; name the job if it was done.

        Raises:
            LeaseLost: somebody else does it.
        """
        now = ctx.clock.now()
        if self._pace.is_resting(now):
            return []
        shift = shift_at(ctx, now)
        self._pace.asked(now, *([] if shift is None else [_next_reason(shift, now)]))
        if shift is None or not is_draft_due(shift, now) or ctx.store.was_done(_operation(shift)):
            return []
        write: Callable[..., Outcome] = write_sheet
        write(ctx, shift, token=token, op_id=_operation(shift))
        return [JOB]


class BookCheck:
    """Computes the book of handovers again, some records a round, as a job of the night."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._link: Link = BEGINNING
        self._faults: list[BookFault] = []

    def go_on(self, ctx: Context, token: int, op_id: str, is_enough: Callable[[], bool]) -> bool:
        """Look at records until `is_enough`; tell whether all were. What differs is logged and told.

        Raises:
            LeaseLost: somebody else does it.
        """
        link: Link | None = self._link
        while link is not None:
            some = verify_some(ctx, link)
            self._faults += some.faults
            link = some.link
            if link is not None:
                self._link = link
                if is_enough():
                    return False
        found = self._faults
        self.forget()
        if found:
            named = sorted({f"{one.number} ({one.fault.value})" for one in found})[:_MOST_NAMED]
            log.warning("handovers are not what was signed: %s", ", ".join(named))
        report: Callable[..., Outcome] = report_book
        report(ctx, found, token=token, night=op_id.partition("-")[2], op_id=op_id)
        return True


@command(permission="store.migrate")
def write_sheet(_ctx: Context, tx: Transaction, shift: ShiftAt, *, token: int) -> Outcome:
    """Write a shift's sheet, or bring it up to date, and tell the shift's leaders that it is there."""
    require_token(tx, token)
    handover_id = open_sheet(tx, shift)
    body = {
        "day": shift.on_date.isoformat(),
        "shift": shift.template.code,
        "name": shift.template.name,
        "name_alt": shift.template.name_alt,
    }
    put_notices(
        tx,
        [
            NewNotice(
                leader.person_id,
                NoticeKind.HANDOVER_READY,
                f"handover_ready:{handover_id}:p{leader.person_id}",
                None,
                body,
            )
            for leader in leaders_of(tx, shift)
        ],
    )
    return Outcome(handover_id)


@command(permission="store.migrate")
def report_book(
    _ctx: Context, tx: Transaction, faults: Sequence[BookFault], *, token: int, night: str
) -> Outcome:
    """Tell administrators which handovers are not what was signed; without any, only that it was looked."""
    require_token(tx, token)
    if not faults:
        return Outcome()
    numbers = sorted({fault.number for fault in faults})
    body = {"count": len(numbers), "numbers": numbers[:_MOST_NAMED]}
    people = sorted(Directory(tx, tx.now).holders(_ADMINISTRATOR))
    put_notices(
        tx,
        [
            NewNotice(person, NoticeKind.BOOK_DIFFERS, f"book_differs:{night}:p{person}", None, body)
            for person in people
        ],
    )
    return Outcome()


def _operation(shift: ShiftAt) -> str:
    return f"{JOB}-{shift.on_date}-{shift.template.id}"


def _next_reason(shift: ShiftAt, now: datetime) -> datetime:
    return shift.ends_at if is_draft_due(shift, now) else shift.ends_at - DRAFT_LEAD
