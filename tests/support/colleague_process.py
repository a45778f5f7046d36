"""Another program on the same database: does what a line of JSON asks, says when the database acknowledged.

Run as `python -m tests.support.colleague_process URL`. A line is [action, ticket's id, value]; the answer is
the time of the acknowledgement in seconds, as `time.monotonic` counts it for every process of a computer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from app.models.entities.handover import LineState
from app.models.entities.ids import PersonId, TicketId
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.handing_over import DEMO_PASSWORD
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.handover import commands as handover_commands
from app.services.handover import queries as handover_queries
from app.services.handover.loading import load_line
from app.services.reports.handover_closing import take_over
from app.services.tickets import edit_commands, note_commands, queries

ROOT = Path(__file__).parents[2]


class Colleague:
    """Drives that program: it renames and moves tickets, notes on them, ticks and signs handovers."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.colleague_process", url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Colleague:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            self._process.kill()

    def rename(self, ticket_id: int, subject: str) -> float:
        """Change a subject; return when it was acknowledged."""
        return self._ask("subject", ticket_id, subject)

    def move(self, ticket_id: int, location: str) -> float:
        """Change a location; return when it was acknowledged."""
        return self._ask("location", ticket_id, location)

    def note(self, ticket_id: int, text: str) -> float:
        """Write a note; return when it was acknowledged."""
        return self._ask("note", ticket_id, text)

    def tick(self, line_id: int) -> float:
        """Take a line of a handover over; return when it was acknowledged."""
        return self._ask("tick", line_id, "")

    def sign_in(self, handover_id: int, person_id: int) -> float:
        """Tick what is left of a handover and take it over as a person; return when it was acknowledged."""
        return self._ask("sign_in", handover_id, str(person_id))

    def _ask(self, action: str, ticket_id: int, value: str) -> float:
        sender, answers = self._process.stdin, self._process.stdout
        assert sender is not None
        assert answers is not None
        sender.write(json.dumps([action, ticket_id, value]) + "\n")
        sender.flush()
        return float(answers.readline())


def main() -> None:
    """Do as asked until nobody asks any more."""
    ctx = Context(Store(sys.argv[1]), FixedClock(DEFAULT_UNTIL), console_actor())
    for line in sys.stdin:
        action, ticket_id, value = json.loads(line)
        if action == "note":
            note_commands.add_note(ctx, TicketId(ticket_id), value)
        elif action == "tick":
            with ctx.store.read() as read:
                found, _handover = load_line(read, ticket_id)
            handover_commands.tick_lines(ctx, [(ticket_id, found.version)], is_ticked=True)
        elif action == "sign_in":
            sign_in(ctx, ticket_id, PersonId(int(value)))
        else:
            ticket = queries.ticket_detail(ctx, TicketId(ticket_id)).ticket
            base = {action: getattr(ticket, action)}
            edit_commands.edit_ticket(
                ctx, TicketId(ticket_id), version=ticket.version, changes={action: value}, base=base
            )
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()


def sign_in(ctx: Context, handover_id: int, person_id: PersonId) -> None:
    """Take a handover over with the demo's password."""
    lines = handover_queries.handover(ctx, handover_id).lines
    open_lines = [(line.id, line.version) for line in lines if line.state is not LineState.TICKED]
    handover_commands.tick_lines(ctx, open_lines, is_ticked=True)
    version = handover_queries.handover(ctx, handover_id).version
    take_over(ctx, handover_id, person_id, DEMO_PASSWORD, version=version)


if __name__ == "__main__":
    main()
