"""The verifier: recompute every open ticket from its log and compare with what is stored (RULES 2.8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.models.entities.background import ClockDifference, Verified
from app.services.background.queries import differences, watched_ids
from app.services.base.context import Context

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class VerifiedSome:
    """What some tickets gave; `after` is the last one's id, None where there are no more."""

    checked: int
    differing: tuple[ClockDifference, ...]
    after: int | None


def verify_some(ctx: Context, after: int) -> VerifiedSome:
    """Recompute the next some hundred tickets that are not over; nothing is written.

    Raises:
        NotAllowed: the actor may not care for the database.
    """
    ids = watched_ids(ctx, after, _AT_ONCE)
    found = differences(ctx, ids)
    if found:
        # A second look: what was written between two reads of the first one differs only once.
        found = differences(ctx, [one.ticket_id for one in found])
    return VerifiedSome(len(ids), tuple(found), ids[-1] if len(ids) == _AT_ONCE else None)


def verify(ctx: Context, is_stopped: Callable[[], bool] = lambda: False) -> Verified:
    """Recompute all tickets that are not over, some hundred at a time; nothing is written.

    `is_stopped` is asked between reads: a program that ends does not wait for it.

    Raises:
        NotAllowed: the actor may not care for the database.
    """
    checked, found = 0, list[ClockDifference]()
    after: int | None = 0
    while after is not None and not is_stopped():
        some = verify_some(ctx, after)
        checked, after = checked + some.checked, some.after
        found += some.differing
    return Verified(checked, tuple(found))
