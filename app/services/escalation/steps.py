"""What the watch over one ticket is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.escalation import EscalationRules, EscalationStep, FiringState
from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind, ClockState, WaitingRule
from app.models.entities.tickets import TicketEvent, TicketStatus, TicketType
from app.models.entities.time import Allowance


class DueKind(StrEnum):
    """Kinds of things that fall due."""

    WARNING = "warning"  # a share of a promise is used (the policy's own percentages)
    BREACH = "breach"  # a promise is broken
    STEP = "step"  # a step of the escalation rules
    RISE = "rise"  # the effective priority climbs
    FOLLOW_UP = "follow_up"  # ask the one a ticket waits for
    WAITED_TOO_LONG = "waited_too_long"  # the reason's longest wait is over
    AUTO_RESOLVE = "auto_resolve"  # asked often enough, nobody answered
    CONFIRM_REMINDER = "confirm_reminder"
    AUTO_CLOSE = "auto_close"
    TOLD_NEAR = "told_near"  # the time told to the user is about to pass
    TOLD_OVER = "told_over"  # it has passed, and the ticket is still open


@dataclass(frozen=True, slots=True)
class DueStep:
    """One thing that fell due at `due_at` and is not done; `code` and `cycle` name it within a ticket's life.

    `state` SKIPPED: something higher of the same ladder fell due too, only that is told. `clock` and
    `percent` are those of a warning, breach, step or rise; `count` is a follow-up's number; `priorities`
    are a rise's old and new effective priority; `rule` is a step's.
    """

    kind: DueKind
    code: str
    cycle: int
    due_at: datetime
    state: FiringState = FiringState.FIRED
    clock: ClockKind | None = None
    percent: int = 0
    count: int = 0
    priorities: tuple[int, int] = (0, 0)
    rule: EscalationStep | None = None

    @property
    def is_fired(self) -> bool:
        """Whether it is to be done, not only noted."""
        return self.state is FiringState.FIRED


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a ticket found: what is due, and when to look again; None where nothing follows."""

    due: tuple[DueStep, ...]
    wake_at: datetime | None


Done = Mapping[tuple[str, int], FiringState]
"""What fell due before: (code, cycle) -> what became of it."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One ticket as the watch sees it: what it is, its log, and the clocks folded from that log.

    `told_until` is the time that the user was told, where somebody told them one.
    """

    type: TicketType
    status: TicketStatus
    priority: int
    log: Sequence[TicketEvent]
    clocks: Mapping[ClockKind, ClockState]
    resolved_at: datetime | None = None
    told_until: datetime | None = None
    done: Done = field(default_factory=dict)


@dataclass(frozen=True)
class WatchRules:
    """What the site configured for watching.

    `remind_after` and `close_after` count from the solution in working days of `default_calendar`;
    `remind_after` None means no reminder. `told_before` is how long before a time told to the user their
    owner hears of it. `calendars` are by code and by version, as the fold wants them.
    """

    escalation: EscalationRules
    rises: Sequence[tuple[int, int]]
    waiting: Mapping[ReasonId, WaitingRule]
    calendars: Mapping[str, BusinessCalendar]
    default_calendar: BusinessCalendar
    close_after: Allowance
    remind_after: Allowance | None = None
    told_before: timedelta = timedelta(minutes=15)
