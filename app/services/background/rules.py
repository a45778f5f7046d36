"""Who may do the background work, at which times, and which nightly jobs are due. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from app.models.entities.background import LONGEST_JUMP, MOST_CLOCK_HELD, ClockDoubt, Lease

LEASE_TIME = timedelta(seconds=60)
RENEW_AFTER = timedelta(seconds=20)
TRY_EVERY = 15.0
"""Seconds between two tries of who does not hold the lease."""
LOOK_EVERY = 5.0
"""Seconds between two looks of the holder where nothing falls due sooner."""
_NIGHT = time(2, 0)


class Attempt(Enum):
    """What to do about the lease."""

    RENEW = "renew"
    TAKE = "take"
    LEAVE = "leave"
    GIVE_BACK = "give_back"


def attempt(lease: Lease | None, holder: str, now: datetime, offset: timedelta) -> Attempt:
    """Return what `holder` should do at `now`, the server's time; `offset` is how far its own clock is off.

    A clock that is wrong by more than MOST_CLOCK_HELD may not hold the lease, and gives one back.
    """
    is_mine = lease is not None and lease.holder == holder
    if not may_hold(offset):
        return Attempt.GIVE_BACK if is_mine else Attempt.LEAVE
    if is_mine:
        return Attempt.RENEW
    return Attempt.TAKE if lease is None or is_free(lease, now) else Attempt.LEAVE


def is_free(lease: Lease, now: datetime) -> bool:
    """Tell whether a lease is over, or was taken at a time that is not yet: by a clock since put right."""
    return lease.until <= now or lease.renewed_at > now + LEASE_TIME


def may_hold(offset: timedelta) -> bool:
    """Tell whether a program whose own clock is off by `offset` may do the background work."""
    return abs(offset) <= timedelta(seconds=MOST_CLOCK_HELD)


def doubt_of(acted_at: datetime | None, now: datetime) -> ClockDoubt | None:
    """Return why nothing may be done at `now`, when `acted_at` is the last time anything was; None: go on."""
    if acted_at is None:
        return None
    if now < acted_at:
        return ClockDoubt.BEHIND
    return ClockDoubt.AHEAD if now - acted_at > LONGEST_JUMP else None


def next_try(chance: Callable[[], float] = random.random) -> float:
    """Return in how many seconds to try again: never all programs at once."""
    return TRY_EVERY * (0.8 + 0.2 * chance())


def next_look(now: datetime, wakes_at: datetime | None) -> float:
    """Return in how many seconds to look again: sooner where something falls due, never under 0.2 s."""
    if wakes_at is None:
        return LOOK_EVERY
    return min(LOOK_EVERY, max(0.2, (wakes_at - now).total_seconds()))


def night_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the night whose jobs are due at `now`: it begins at two o'clock of its date, local time."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= _NIGHT else local.date() - timedelta(days=1)
