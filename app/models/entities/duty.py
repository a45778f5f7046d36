"""What presence on a shift and the checks of a shift are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CheckMoment(StrEnum):
    """When a point of the shift's list is looked at."""

    START = "start"
    END = "end"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class ShiftCheck:
    """One point to tick."""

    id: int
    code: str
    moment: CheckMoment
    name: str
    name_alt: str
    position: int
    is_active: bool
    version: int
