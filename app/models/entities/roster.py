"""What shifts, assignments and coverage are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.entities.ids import PersonId, TeamId, TemplateId


class ShiftKind(StrEnum):
    """Whether a shift template means being at work, reachable, or away."""

    WORK = "work"
    STANDBY = "standby"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class ShiftTemplate:
    """A shift by wall-clock start and length in minutes; `tone` names its colours in the tokens."""

    id: TemplateId
    code: str
    name: str
    name_alt: str
    kind: ShiftKind
    start_minute: int
    duration_minute: int
    tone: str
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works what on a date. A night shift belongs to the date on which it starts."""

    person_id: PersonId
    on_date: date
    template_id: TemplateId
    is_supervisor: bool
    version: int


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """How many people of a team (None: the whole desk) a shift needs on a type of day."""

    template_id: TemplateId
    team_id: TeamId | None
    day_type: str
    minimum: int


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person at work at an instant, with the shift's real start and end."""

    person_id: PersonId
    person_name: str
    team_id: TeamId | None
    team_name: str
    template_code: str
    is_supervisor: bool
    is_standby: bool
    starts_at: datetime
    ends_at: datetime
    phone: str
    mobile: str
