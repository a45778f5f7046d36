"""How the effective priority climbs as time is used: what an administrator may write down. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.models.entities.errors import BadInput
from app.models.entities.priority import HIGHEST_PRIORITY, LOWEST_PRIORITY

Rises = tuple[tuple[int, int], ...]
"""Pairs: from this percent of the resolution allowance on, so many steps up."""

MOST_PERCENT = 1000
MOST_STEPS = LOWEST_PRIORITY - HIGHEST_PRIORITY


def in_order(rises: Sequence[tuple[int, int]]) -> Rises:
    """Return rises by percent."""
    return tuple(sorted(rises))


def next_rise(rises: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return a further rise to begin with: later than the last one and one step higher, within limits."""
    if not rises:
        return 75, 1
    at, by = max(rises)
    return min(MOST_PERCENT, at + 15 if at < 90 else at + 25), min(MOST_STEPS, by + 1)


def check_rises(rises: Sequence[tuple[int, int]]) -> None:
    """Refuse rises that cannot be, or that would do nothing: the largest reached step holds.

    Raises:
        BadInput: `sla.rise_range`, `sla.rise_twice`, `sla.rise_idle` (a later rise that is no higher).
    """
    for at, by in rises:
        if not (1 <= at <= MOST_PERCENT and 1 <= by <= MOST_STEPS):
            raise BadInput("sla.rise_range", percent=at, steps=by, most=MOST_PERCENT, highest=MOST_STEPS)
    for (at, by), (later, higher) in pairwise(in_order(rises)):
        if at == later:
            raise BadInput("sla.rise_twice", percent=at)
        if higher <= by:
            raise BadInput("sla.rise_idle", percent=later, steps=higher, before=at)
