"""What a handover between two shifts is: its sections, lines, states and the record both sign."""

from __future__ import annotations

from enum import StrEnum


class HandoverState(StrEnum):
    """How far a handover is. Only a closed one is frozen."""

    DRAFT = "draft"
    SIGNED_OUT = "signed_out"
    CLOSED = "closed"


class LineState(StrEnum):
    """What the incoming leader says of a line."""

    OPEN = "open"
    TICKED = "ticked"
    ASKED = "asked"
    ANSWERED = "answered"
