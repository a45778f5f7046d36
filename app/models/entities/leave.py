"""What leave requests, swaps of shifts and wishes are, and their states."""

from __future__ import annotations

from enum import StrEnum


class LeaveState(StrEnum):
    """How far a leave request is."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SwapState(StrEnum):
    """How far a swap is. Taken: done at once in an emergency, approved or taken back afterwards."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
