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
    team_name_alt: str = ""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One line of the roster. `can_lead` says whether the person may be a shift's duty supervisor."""

    id: PersonId
    name: str
    team_id: TeamId | None
    team_name: str
    team_position: int
    can_lead: bool = False
    name_alt: str = ""
    team_name_alt: str = ""


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """People planned and needed for one rule on one date."""

    rule: CoverageRule
    on_date: date
    planned: int
    needed: int

    @property
    def is_gap(self) -> bool:
        """Whether people are missing."""
        return self.planned < self.needed


class BrokenRule(StrEnum):
    """What can be wrong with a roster."""

    REST = "rest"
    DAY_AFTER_NIGHT = "day_after_night"
    NIGHTS_IN_A_ROW = "nights_in_a_row"
    NO_SUPERVISOR = "no_supervisor"
    TWO_SUPERVISORS = "two_supervisors"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: where, and the figures that explain it. Shift rules have no person."""

    rule: BrokenRule
    on_date: date
    person_id: PersonId | None
    template_id: TemplateId | None
    found: int
    allowed: int


@dataclass(frozen=True)
class Roster:
    """Days, people and cells of a stretch of dates, with what follows from them."""

    days: tuple[date, ...]
    day_types: tuple[str, ...]
    people: tuple[RosterPerson, ...]
    templates: tuple[ShiftTemplate, ...]
    cells: dict[tuple[PersonId, date], Assignment]
    coverage: tuple[CoverageCount, ...]
    violations: tuple[Violation, ...]
    is_published: bool
    published_at: datetime | None
    published_by: str


@dataclass(frozen=True, slots=True)
class PaintedCell:
    """One cell as it shall be. `before` is what the person saw there; None is off."""

    person_id: PersonId
    on_date: date
    template_id: TemplateId | None
    before: TemplateId | None = None
    is_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class ShiftNote:
    """A note left for the next shift, until somebody marks it done."""

    id: int
    on_date: date
    template_id: TemplateId
    text: str
    author_name: str
    at: datetime
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class ShiftAt:
    """The shift that runs at an instant: template, date, real start and end."""

    template: ShiftTemplate
    on_date: date
    starts_at: datetime
    ends_at: datetime
