"""What background work is: who may do it, and what one round of it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_CLOCK_TOLD = 60
"""Seconds a PC's clock may be off before people are told."""
MOST_CLOCK_HELD = 300
"""Seconds a PC's clock may be off before it may not do the background work."""
LONGEST_JUMP = timedelta(days=31)
"""How far the shared clock may be after the last time acted on before somebody must confirm it.

Longer than any desk is closed: over a weekend or the Spring Festival nobody must be asked.
"""
SECOND_LOOK_WITHIN = timedelta(hours=24)
"""How far apart the times two PCs see may be for the second to confirm the first."""


class ClockDoubt(StrEnum):
    """Why nothing is done at the time the shared clock shows."""

    AHEAD = "ahead"  # long after the last time acted on, and nobody else has confirmed it yet
    BEHIND = "behind"  # before the last time acted on: done again once it is over


@dataclass(frozen=True, slots=True)
class Lease:
    """Who does the background work, until when by the server's clock. `token` grows with every holder."""

    holder: str
    token: int
    renewed_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class BackgroundState:
    """What the status bar says: "background work by PC-03, 12 s ago".

    `holder` is the PC's name. `clock_offset_seconds` is how far this PC's clock is ahead of the database
    server's (of the file server's for a file); None where it could not be asked. `now` is the server's time.

    `doubt` is set while the work stands still because of the shared clock itself: `now` is more than
    LONGEST_JUMP after `acted_at` (AHEAD), the last time anything was done at, or more than MOST_CLOCK_TOLD
    seconds before it (BEHIND). AHEAD ends when a program on another PC sees the same time, both when somebody
    says `worker --accept-clock`. `acted_at` is None where nothing was ever done.
    """

    holder: str
    renewed_at: datetime
    until: datetime
    now: datetime
    is_mine: bool
    clock_offset_seconds: int | None
    acted_at: datetime | None = None
    doubt: ClockDoubt | None = None

    @property
    def is_running(self) -> bool:
        """Whether somebody does the work just now."""
        return self.now < self.until

    @property
    def seconds_ago(self) -> int:
        """How long ago the holder was last heard of."""
        return max(0, int((self.now - self.renewed_at).total_seconds()))

    @property
    def is_clock_off(self) -> bool:
        """Whether a person should set this PC's clock right."""
        return abs(self.clock_offset_seconds or 0) > MOST_CLOCK_TOLD


@dataclass(frozen=True, slots=True)
class TickReport:
    """What one round of background work did.

    `doubled` counts things found done by somebody else although they looked undone: 0 while the lease does
    its work. `put_off` counts tickets that could not be looked at (told in the log). `is_more` says that the
    round ended early and the next should follow at once; else it is due in `next_look` seconds. `doubt` says
    why nothing was done although there may be something to do.
    """

    holds_lease: bool
    looked_at: int = 0
    fired: int = 0
    skipped: int = 0
    doubled: int = 0
    put_off: int = 0
    is_more: bool = False
    next_look: float = 0.0
    clock_offset_seconds: int = 0
    jobs: tuple[str, ...] = ()
    doubt: ClockDoubt | None = None


@dataclass(frozen=True, slots=True)
class ClockDifference:
    """A ticket whose stored times are not what its log says; `columns` are those that differ."""

    ticket_id: int
    number: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verifier found: how many open tickets it recomputed, and which differ (none should)."""

    checked: int
    differing: tuple[ClockDifference, ...] = ()
