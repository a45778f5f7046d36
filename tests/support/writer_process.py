"""A program that registers tickets as fast as it can and says each number once it is acknowledged.

Run as `python -m tests.support.writer_process URL MODE`. MODE "whole" uses the real command; "halves" writes
the ticket and its log in two transactions: the control that a kill must be able to catch.
"""

from __future__ import annotations

import sys
import uuid

from app.models.store import Operation, Store
from app.services.base.clock import SystemClock
from app.services.base.context import Context, console_actor
from app.services.tickets import commands
from tests.service.test_tickets_commands import CALL


def main() -> None:
    """Write until killed."""
    url, mode = sys.argv[1:]
    ctx = Context(Store(url), SystemClock(), console_actor())
    while True:
        number = _whole(ctx) if mode == "whole" else _halves(ctx)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _whole(ctx: Context) -> int:
    outcome = commands.create_ticket(ctx, CALL)
    with ctx.store.read() as read:
        return int(read.value("SELECT number FROM ticket WHERE id = ?", (outcome.id,)))


def _halves(ctx: Context) -> int:
    now = ctx.clock.now()

    def operation() -> Operation:
        return Operation(uuid.uuid4().hex, now, None, "control")

    def ticket(tx):
        values = {
            "number": tx.next_number("ticket"), "type": "incident", "status": "new", "channel": "phone",
            "subject": "half", "impact": 2, "urgency": 2, "priority": 2, "received_at": tx.now_micros,
            "created_at": tx.now_micros, "updated_at": tx.now_micros,
        }  # fmt: skip
        return tx.insert("ticket", values)

    ticket_id = ctx.store.write(operation(), ticket)
    line = {"ticket_id": ticket_id, "at": 0, "kind": "created"}
    ctx.store.write(operation(), lambda tx: tx.insert("ticket_event", line))
    with ctx.store.read() as read:
        return int(read.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,)))


if __name__ == "__main__":
    main()
