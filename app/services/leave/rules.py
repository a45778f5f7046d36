"""Which way a leave request or a swap can go, and what may not be asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.leave import LIVE_LEAVES, LeaveDetails, LeaveRequest, LeaveState, SwapState
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.base.years import checked_day

LONGEST_LEAVE = 366  # days
LONGEST_REASON = 2_000


class LeaveMove(StrEnum):
    """What is done to a leave request."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REVIVE = "revive"  # the way back of a decision


class SwapMove(StrEnum):
    """What is done to a swap."""

    ACCEPT = "accept"
    DECLINE = "decline"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    TAKE_BACK = "take_back"
    REVIVE = "revive"


_LEAVE_MOVES: dict[tuple[LeaveState, LeaveMove], LeaveState] = {
    (LeaveState.ASKED, LeaveMove.APPROVE): LeaveState.APPROVED,
    (LeaveState.ASKED, LeaveMove.REFUSE): LeaveState.REFUSED,
    (LeaveState.ASKED, LeaveMove.WITHDRAW): LeaveState.WITHDRAWN,
    (LeaveState.APPROVED, LeaveMove.WITHDRAW): LeaveState.WITHDRAWN,
    (LeaveState.REFUSED, LeaveMove.REVIVE): LeaveState.ASKED,
    (LeaveState.WITHDRAWN, LeaveMove.REVIVE): LeaveState.ASKED,
    (LeaveState.APPROVED, LeaveMove.REVIVE): LeaveState.ASKED,
}
_SWAP_MOVES: dict[tuple[SwapState, SwapMove], SwapState] = {
    (SwapState.ASKED, SwapMove.ACCEPT): SwapState.ACCEPTED,
    (SwapState.ASKED, SwapMove.DECLINE): SwapState.DECLINED,
    (SwapState.ASKED, SwapMove.APPROVE): SwapState.APPROVED,
    (SwapState.ASKED, SwapMove.REFUSE): SwapState.REFUSED,
    (SwapState.ASKED, SwapMove.WITHDRAW): SwapState.WITHDRAWN,
    (SwapState.ASKED, SwapMove.EXPIRE): SwapState.EXPIRED,
    (SwapState.ACCEPTED, SwapMove.APPROVE): SwapState.APPROVED,
    (SwapState.ACCEPTED, SwapMove.REFUSE): SwapState.REFUSED,
    (SwapState.ACCEPTED, SwapMove.WITHDRAW): SwapState.WITHDRAWN,
    (SwapState.ACCEPTED, SwapMove.EXPIRE): SwapState.EXPIRED,
    (SwapState.TAKEN, SwapMove.TAKE_BACK): SwapState.TAKEN_BACK,
    (SwapState.APPROVED, SwapMove.TAKE_BACK): SwapState.TAKEN_BACK,
    (SwapState.DECLINED, SwapMove.REVIVE): SwapState.ASKED,
    (SwapState.WITHDRAWN, SwapMove.REVIVE): SwapState.ASKED,
    (SwapState.ACCEPTED, SwapMove.REVIVE): SwapState.ASKED,
    (SwapState.REFUSED, SwapMove.REVIVE): SwapState.ACCEPTED,
}


def leave_after(state: LeaveState, move: LeaveMove) -> LeaveState:
    """Return the state a move leads to. RuleViolation `leave.not_now` where it leads nowhere."""
    if (state, move) not in _LEAVE_MOVES:
        raise RuleViolation("leave.not_now", state=state.value, move=move.value)
    return _LEAVE_MOVES[state, move]


def swap_after(state: SwapState, move: SwapMove) -> SwapState:
    """Return the state a move leads to. RuleViolation `swap.not_now` where it leads nowhere."""
    if (state, move) not in _SWAP_MOVES:
        raise RuleViolation("swap.not_now", state=state.value, move=move.value)
    return _SWAP_MOVES[state, move]


def check_leave(
    details: LeaveDetails, template: ShiftTemplate, others: Iterable[LeaveRequest], *, itself: int = 0
) -> None:
    """Refuse a request that nobody could decide on.

    `others` are the person's requests around these dates; the one with id `itself` is passed over.

    Raises:
        BadInput: `leave.dates_reversed`, `leave.too_long` (more than 366 days), `leave.reason_missing`,
            `leave.not_an_absence` (the shift is one to work), `leave.own_substitute`.
        RuleViolation: `leave.overlaps`: another request of the person, asked or approved, shares a day.
    """
    check_length(details)
    if not details.reason.strip():
        raise BadInput("leave.reason_missing")
    if template.kind is not ShiftKind.ABSENCE:
        raise BadInput("leave.not_an_absence", shift=template.code)
    if details.substitute_id == details.person_id:
        raise BadInput("leave.own_substitute")
    for other in others:
        shares = other.first <= details.last and details.first <= other.last
        if other.id != itself and other.state in LIVE_LEAVES and shares:
            raise RuleViolation(
                "leave.overlaps",
                first=other.first,
                last=other.last,
            )


def check_length(details: LeaveDetails) -> None:
    """Refuse dates no roster reaches, those the wrong way round (`leave.dates_reversed`) and endless ones.

    Raises:
        BadInput: `dates.out_of_range`, `leave.dates_reversed`, `leave.too_long`.
    """
    checked_day(details.first)
    checked_day(details.last)
    if details.last < details.first:
        raise BadInput("leave.dates_reversed", first=details.first, last=details.last)
    days = (details.last - details.first).days + 1
    if days > LONGEST_LEAVE:
        raise BadInput("leave.too_long", days=days, longest=LONGEST_LEAVE)


def expiry(asked_at: datetime, starts: Sequence[datetime], hours: int) -> datetime:
    """Return when a swap that nobody agreed to lapses: after `hours`, or when its first shift begins.

    Raises:
        RuleViolation: `swap.too_late`: one of the shifts has begun.
    """
    first = min(starts)
    if first <= asked_at:
        raise RuleViolation("swap.too_late")
    return min(first, asked_at + timedelta(hours=hours))


def dates_of(first: date, last: date) -> list[date]:
    """Return every date from the first to the last, both included."""
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
