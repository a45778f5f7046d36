"""What filling a roster is asked: people, shifts, needs, rules and wishes as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.skills import SkillId


class FillMode(StrEnum):
    """What may become of cells that are painted but not fixed."""

    ANEW = "anew"  # they are a suggestion nobody holds on to
    REPAIR = "repair"  # every one that is changed costs; mended with as few changes as possible
    HOLES = "holes"  # they stay; only empty cells are filled


class Strength(StrEnum):
    """How a rule binds."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


class FillRule(StrEnum):
    """The rules a filled roster is made under; the unit of the limit stands behind each."""

    COVERAGE = "coverage"  # people; each need has its own
    SUPERVISOR = "supervisor"  # exactly one a shift; no limit
    SKILL = "skill"  # people; each need has its own
    REST = "rest"  # minutes between two shifts
    DAY_AFTER_NIGHT = "day_after_night"  # no limit
    NIGHTS_IN_A_ROW = "nights_in_a_row"  # nights
    SHIFTS_IN_A_ROW = "shifts_in_a_row"  # dates
    WEEK_HOURS = "week_hours"  # minutes from Monday to Sunday
    MONTH_HOURS = "month_hours"  # minutes of a calendar month
    MONTH_NIGHTS = "month_nights"  # nights of a calendar month; each person may have their own
    DAYS_OFF = "days_off"  # days off that stand together
    ELIGIBILITY = "eligibility"  # who may work which shift when; no limit


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How a rule binds, and its limit in the rule's unit."""

    strength: Strength
    limit: int = 0


DEFAULT_RULES: Mapping[FillRule, RuleSetting] = {
    FillRule.COVERAGE: RuleSetting(Strength.HARD),
    FillRule.SUPERVISOR: RuleSetting(Strength.HARD, 1),
    FillRule.SKILL: RuleSetting(Strength.HARD),
    FillRule.REST: RuleSetting(Strength.HARD, 11 * 60),
    FillRule.DAY_AFTER_NIGHT: RuleSetting(Strength.HARD),
    FillRule.NIGHTS_IN_A_ROW: RuleSetting(Strength.HARD, 2),
    FillRule.SHIFTS_IN_A_ROW: RuleSetting(Strength.HARD, 5),
    FillRule.WEEK_HOURS: RuleSetting(Strength.OFF, 60 * 60),
    FillRule.MONTH_HOURS: RuleSetting(Strength.OFF, 200 * 60),
    FillRule.MONTH_NIGHTS: RuleSetting(Strength.HARD, 31),
    FillRule.DAYS_OFF: RuleSetting(Strength.OFF, 2),
    FillRule.ELIGIBILITY: RuleSetting(Strength.HARD),
}


class FillMeasure(StrEnum):
    """What makes one roster better than another; less is better in each."""

    RULES = "rules"  # soft rules that are broken, once each or by the missing person
    WISHES = "wishes"  # wishes not met, by their weight
    NIGHTS = "nights"  # shifts away from the fair number, debts repaid
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    HOURS = "hours"  # units of work away from the contract, or from the fair part without one
    SURPLUS = "surplus"  # people above what a shift needs
    SINGLES = "singles"  # shifts with a day off on both sides
    CHANGES = "changes"  # cells that are not as they were; counted in a repair only


DEFAULT_WEIGHTS: Mapping[FillMeasure, int] = {
    # A soft rule is broken only where it must be; in a repair it is worth three changes.
    FillMeasure.RULES: 2_000,
    # One changed cell outweighs whatever it can better elsewhere: that is what "as few as possible" means.
    FillMeasure.CHANGES: 600,
    FillMeasure.WISHES: 6,
    FillMeasure.HOLIDAYS: 5,
    FillMeasure.NIGHTS: 4,
    FillMeasure.WEEKENDS: 3,
    FillMeasure.HOURS: 3,
    FillMeasure.SINGLES: 1,
    FillMeasure.SURPLUS: 1,
}


@dataclass(frozen=True, slots=True)
class FillCell:
    """What stands in a cell."""

    template_id: TemplateId
    is_lead: bool = False


CellKey = tuple[PersonId, date]
Cells = Mapping[CellKey, FillCell]


@dataclass(frozen=True, slots=True)
class Debts:
    """How much more than their fair part somebody has done so far (negative: owes it)."""

    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class FillPerson:
    """Somebody who can be planned.

    `away` are dates on which nothing is possible (leave, not yet here, gone). `barred` are shifts that
    the person's terms rule out on a date. `share` is the part of a full time, in percent. `target_minutes` is
    what the contract asks for over the stretch, None where nobody said.
    """

    id: PersonId
    team_id: TeamId | None = None
    can_lead: bool = False
    away: frozenset[date] = frozenset()
    barred: frozenset[tuple[date, TemplateId]] = frozenset()
    share: int = 100
    target_minutes: int | None = None
    nights_most: int | None = None
    debts: Debts = Debts()


@dataclass(frozen=True, slots=True)
class FillShift:
    """A shift template. Standby is no work: it needs people, but neither rest nor hours count.

    `minutes` is its length by the wall clock, by which hours are shared; limits of hours count real ones.
    `is_overnight`: a night that ends on the date after the one it begins on.
    """

    id: TemplateId
    minutes: int
    is_work: bool = True
    is_night: bool = False
    is_overnight: bool = False
    starts_in_morning: bool = True
    needs_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class FillDay:
    """A date to be filled."""

    on: date
    is_weekend: bool = False
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class FillNeed:
    """`minimum` of `people` are needed on a shift: of a team, the whole desk, or those with a skill."""

    on: date
    template_id: TemplateId
    minimum: int
    people: frozenset[PersonId]
    team_id: TeamId | None = None
    skill_id: SkillId | None = None


@dataclass(frozen=True, slots=True)
class FillWish:
    """A shift somebody would like on a date; None: to be off."""

    person_id: PersonId
    on: date
    template_id: TemplateId | None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Instance:
    """One rule at one place: what can be in conflict, be broken, or be excepted."""

    rule: FillRule
    on: date
    person_id: PersonId | None = None
    template_id: TemplateId | None = None
    team_id: TeamId | None = None
    skill_id: SkillId | None = None


@dataclass(frozen=True)
class FillProblem:
    """Everything a roster is filled from.

    `days` are the dates to fill, without gaps; no other date is ever touched. `kept` are the cells that
    stay as they are: fixed ones, absences, and those of dates around `days`, which rest and rows of shifts
    look at. `present` are the other cells of `days`. `spans` gives start and end of a shift on a date in
    minutes since 1970 in UTC, for every date and shift that occurs. `excepted` are rules that need not hold
    where they are named; breaking them still costs.
    """

    days: tuple[FillDay, ...]
    people: tuple[FillPerson, ...]
    shifts: tuple[FillShift, ...]
    spans: Mapping[tuple[TemplateId, date], tuple[int, int]]
    needs: tuple[FillNeed, ...]
    rules: Mapping[FillRule, RuleSetting] = field(default_factory=lambda: DEFAULT_RULES)
    kept: Cells = field(default_factory=dict)
    present: Cells = field(default_factory=dict)
    wishes: tuple[FillWish, ...] = ()
    mode: FillMode = FillMode.ANEW
    weights: Mapping[FillMeasure, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    excepted: frozenset[Instance] = frozenset()
