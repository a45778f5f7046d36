"""What filling a roster answers: how it ended, the cells, what they cost, and why nothing fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.entities.filling import Cells, FillCell, FillMeasure, Instance
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.skills import SkillId


class FillCode(StrEnum):
    """Why a roster cannot be filled, or what an exception would allow. `found` and `allowed` tell figures."""

    TOO_FEW_PEOPLE = "too_few_people"  # found can work the shift, allowed are needed
    TOO_FEW_LEADERS = "too_few_leaders"  # found may lead that date, allowed shifts need one
    TOO_FEW_SKILLED = "too_few_skilled"
    TOO_FEW_ON_DATE = "too_few_on_date"  # found people are there, allowed shifts are to be worked
    TOO_FEW_HOURS = "too_few_hours"  # found minutes may be worked in all, allowed are needed
    TOO_FEW_NIGHTS = "too_few_nights"  # found nights may be worked in all, allowed are needed
    RULE = "rule"  # the rule named; found and allowed in its unit


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason, with where it is and its figures. `on` is the first date it is about, `last` the last."""

    code: FillCode
    on: date
    last: date
    found: int
    allowed: int
    instance: Instance | None = None
    template_id: TemplateId | None = None
    team_id: TeamId | None = None
    skill_id: SkillId | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why nothing fits.

    `checks` follow from plain counting. `conflict` are rules that cannot all hold together; with
    `is_minimal` each one of them is part of the trouble. `relax` is a set of rules that need not hold for the
    rest to hold; with `is_smallest` there is none that asks less.
    """

    checks: tuple[Trouble, ...] = ()
    conflict: tuple[Trouble, ...] = ()
    relax: tuple[Trouble, ...] = ()
    is_minimal: bool = False
    is_smallest: bool = False


class FillStatus(StrEnum):
    """How a fill ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"  # the time was over: a roster, and how far from the best it can be at most
    INFEASIBLE = "infeasible"
    CANCELLED = "cancelled"  # with the best so far, if there was one
    UNKNOWN = "unknown"  # the time was over before anything was found or ruled out


@dataclass(frozen=True, slots=True)
class FillProgress:
    """How far a fill is: seconds, solutions so far, the best one's cost and the least possible."""

    elapsed: float
    solutions: int = 0
    best: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class FillChange:
    """A cell before and after; None is off."""

    person_id: PersonId
    on: date
    before: FillCell | None
    after: FillCell | None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One measure: how much of it there is, and what it costs."""

    measure: FillMeasure
    amount: int
    cost: int


@dataclass(frozen=True)
class FillResult:
    """What came out. `cells` are those of `days` after filling, kept ones included; empty without a roster.

    Costs are comparable within one problem only. `gap` is the part of `cost` that a better roster could still
    save at most, 0..1; None without a roster.
    """

    status: FillStatus
    cells: Cells
    changes: tuple[FillChange, ...]
    before: tuple[ScoreLine, ...]
    after: tuple[ScoreLine, ...]
    cost: int | None
    bound: int | None
    gap: float | None
    solutions: int
    seconds: float
    seconds_to_first: float | None
    explanation: Explanation | None = None

    @property
    def has_roster(self) -> bool:
        """Whether there is something to take over."""
        return self.cost is not None
