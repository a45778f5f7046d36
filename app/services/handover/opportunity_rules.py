"""How an opportunity moves: noted, passed on, and how it ended. Pure."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.handover import OpportunityState

OPEN_STATES = frozenset({OpportunityState.NOTED, OpportunityState.FORWARDED})
LONGEST_TEXT = 2_000


def check_open(state: OpportunityState) -> None:
    """Refuse to touch one that came to an end. RuleViolation `opportunities.ended`."""
    if state not in OPEN_STATES:
        raise RuleViolation("opportunities.ended")
