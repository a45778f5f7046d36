"""What falls due because the user was told a time: it comes near, and it passes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.services.escalation.ladders import earliest, highest
from app.services.escalation.steps import DueKind, DueStep, Look, Watched, WatchRules

_SECOND = timedelta(seconds=1)


def told_look(watched: Watched, rules: WatchRules, now: datetime) -> Look:
    """Return what is due of the time told for an open ticket, and when that is to be looked at again.

    Another time told later is another promise: its steps have names of their own.
    """
    until = watched.told_until
    if until is None:
        return Look((), None)
    mark = int(until.timestamp())
    rungs = (
        (DueKind.TOLD_NEAR, f"told:{mark}:near", until - rules.told_before),
        (DueKind.TOLD_OVER, f"told:{mark}:over", until + _SECOND),
    )
    reached = [rung for rung in rungs if rung[2] <= now]
    due = highest(
        [code for _, code, _ in reached],
        watched.done,
        0,
        lambda place: DueStep(reached[place][0], reached[place][1], 0, reached[place][2]),
    )
    return Look(tuple(due), earliest([at for _, _, at in rungs if at > now]))
