"""For the tests of what an edit would do: results written down, and tasks that end when a test says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import CategoryId, ConfigId, TicketId
from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.whatif import Felt, InForce, OpenEffect, PriorityEffect, Proposal, Tally, WhatIf
from app.services.base.context import Context
from app.services.base.progress import Cancelled, NoProgress
from app.services.base.undo import Outcome
from app.views.base.lanes import Running
from app.views.base.tasks import ImmediateTasks, Lane

SEEN = InForce(ConfigId(11), ConfigId(12), {"office": 13})


def result(days: int = 90, *, moved: int = 5, becoming: int = 1, **changes: Any) -> WhatIf:
    """Return consequences: P2 takes 4 tickets of P3, 3 more are late; `moved` open tickets would change."""
    parts: dict[str, Any] = {
        "days": days,
        "tickets": 20,
        "effects": (
            PriorityEffect(2, Tally(6, 6, 6), Tally(10, 10, 7)),
            PriorityEffect(3, Tally(14, 14, 12), Tally(10, 10, 8)),
        ),
        "up": 4,
        "down": 0,
        "unknown": 0,
        "newly_missed": 3,
        "newly_met": 0,
        "felt": (Felt(CategoryId(1), "VPN", 3, 0, 2, 0), Felt(None, "", 1, 0, 1, 0)),
        "open_tickets": 9,
        "open_changing": moved,
        "open_becoming_overdue": becoming,
        "open_changes": (),
        "in_force": SEEN,
    }
    return WhatIf(**{**parts, **changes})


def open_effects(ctx: Context, count: int) -> tuple[OpenEffect, ...]:
    """Return open tickets 101, 102 ... that would rise from P3 to P2; the first becomes overdue."""
    now = ctx.clock.now()
    return tuple(
        OpenEffect(
            TicketId(number),
            100 + number,
            f"Printer {number} is out of order",
            3,
            2,
            now + timedelta(hours=number),
            now + timedelta(hours=number - 2),
            becomes_overdue=number == 1,
        )
        for number in range(1, count + 1)
    )


def matrix(priority: int = 1) -> MatrixDefinition:
    """Return a matrix of one priority everywhere."""
    levels = tuple(Level(number, f"Level {number}") for number in (1, 2, 3))
    cells = {(impact, urgency): priority for impact in (1, 2, 3) for urgency in (1, 2, 3)}
    return MatrixDefinition(levels, levels, cells)


def proposal(priority: int = 1) -> Proposal:
    """Return a proposal that differs by `priority`."""
    return Proposal(matrix=matrix(priority))


@dataclass
class Services:
    """Stands for both services: notes what it is asked, and answers `answer`, or raises it."""

    answer: WhatIf | FirstlineError = field(default_factory=result)
    asked: list[tuple[Proposal, int]] = field(default_factory=list)
    applied: list[InForce] = field(default_factory=list)

    def count(self, _ctx: Context, asked: Proposal, *, days: int, progress: Any) -> WhatIf:
        """See `what_if`."""
        del progress
        self.asked.append((asked, days))
        if isinstance(self.answer, FirstlineError):
            raise self.answer
        return self.answer

    def apply(self, _ctx: Context, seen: InForce, *, progress: Any) -> Outcome:
        """See `apply_to_open`."""
        del progress
        self.applied.append(seen)
        return Outcome()


class HeldTasks(ImmediateTasks):
    """Does short jobs at once and holds watched ones, by place, until `report`, `finish` or `stop`."""

    def __init__(self) -> None:
        self.held: list[tuple[Any, Any, Any, Any, Running]] = []

    def watch(self, job, done=None, failed=None, *, shown=None, lane=Lane.LONG, owner=None):
        del lane, owner
        running = Running()
        self.held.append((job, done, failed, shown, running))
        return running

    def running(self, place: int = -1) -> Running:
        """Return the handle a job was answered with."""
        return self.held[place][-1]

    def report(self, done: int, total: int, place: int = -1) -> None:
        """Let a job say how far it is."""
        self.held[place][3](done, total)

    def finish(self, place: int = -1) -> None:
        """Do the job and answer, also where nobody waits any more: what is asked of the presenter."""
        job, done, failed, _shown, _running = self.held[place]
        try:
            answer = job(NoProgress())
        except FirstlineError as error:
            failed(error)
        else:
            done(answer)

    def stop(self, place: int = -1) -> None:
        """Let a cancelled job notice it."""
        self.held[place][2](Cancelled())
