"""What planning a roster is about: everything a check reads, what a stroke changes, versions, fairness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import (
    Assignment,
    CoverageCount,
    CoverageRule,
    PaintedCell,
    RosterPerson,
    ShiftTemplate,
    Violation,
)
from app.models.entities.roster_lacks import NO_LACKS, NOTHING_LACKS, LackCounts, Lacks
from app.models.entities.roster_rules import RosterRules
from app.models.entities.skills import SkillNeed

CellKey = tuple[PersonId, date]
"""One cell: whose, and on which date."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Approved leave of one person, both dates included; `template_id` is the absence it is planned as."""

    person_id: PersonId
    first: date
    last: date
    template_id: TemplateId


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like on a date: a shift, or (None) to be off. It binds nobody."""

    person_id: PersonId
    on_date: date
    template_id: TemplateId | None
    text: str
    version: int


@dataclass(frozen=True)
class RosterPlan:
    """All that the rules of a stretch of dates read. `days` are the dates it is about.

    `cells` and `day_types` also hold dates around them: whole months and weeks, and what looks back.
    """

    days: tuple[date, ...]
    day_types: Mapping[date, str]
    people: tuple[RosterPerson, ...]
    templates: tuple[ShiftTemplate, ...]
    cells: Mapping[CellKey, Assignment]
    rules: RosterRules
    zone: ZoneInfo
    coverage: tuple[CoverageRule, ...] = ()
    skill_needs: tuple[SkillNeed, ...] = ()
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    # Asked for and not decided: no rule speaks of them, but nobody should plan over them unseen.
    asked_leaves: tuple[Leave, ...] = ()
    # Retired, no staff or in no team, with shifts kept ahead: these count nowhere, and are told where nobody
    # may work them any more; `left_on` is past then.
    gone: tuple[RosterPerson, ...] = ()
    # People a shift of a team needs for the calls expected, whatever its coverage rule asks for.
    load_needs: Mapping[tuple[TemplateId, TeamId | None, date], int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What a stroke did to the rules: violations that came and went, counts that moved, and its undoing."""

    added: tuple[Violation, ...] = ()
    removed: tuple[Violation, ...] = ()
    counts: tuple[CoverageCount, ...] = ()
    undo: tuple[PaintedCell, ...] = ()


class RemedyCode(StrEnum):
    """Ways to mend a broken rule."""

    SWAP = "swap"  # with somebody of the same date
    GIVE = "give"  # the shift to somebody who is free
    ADD = "add"  # somebody who is free to a shift that lacks people
    LEAD = "lead"  # let somebody of the shift lead it
    LEAD_NO_LONGER = "lead_no_longer"
    CLEAR = "clear"
    START_LATER = "start_later"  # not before `at`


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend it: `cells` are what to paint, none where it takes another shift.

    `person_id` is who takes it over, leads, or is taken off; `at` the earliest start after enough rest.
    """

    code: RemedyCode
    person_id: PersonId | None = None
    cells: tuple[PaintedCell, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """People who work the same pattern together."""

    id: int
    code: str
    name: str
    name_alt: str
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class ShiftPattern:
    """A row of shifts that repeats, by shift codes; an empty one is a day off."""

    id: int
    code: str
    name: str
    name_alt: str
    cells: tuple[str, ...]
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """What was agreed with one person, or holds for everybody of a department; see `RosterPerson`."""

    no_nights: bool = False
    no_weekends: bool = False
    no_holidays: bool = False
    contract_minutes: int | None = None
    nights_most: int | None = None
    is_reachable: bool = False
    crew_id: int | None = None
    substitute_id: PersonId | None = None
    superior_id: PersonId | None = None
    joined_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class HeldTerms:
    """Terms as they are kept: for a person or for a department, never for both."""

    id: int
    person_id: PersonId | None
    department_id: int | None
    terms: WorkTerms
    version: int


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs between two states of a month; None is off."""

    person_id: PersonId
    on_date: date
    before: Assignment | None
    after: Assignment | None


@dataclass(frozen=True, slots=True)
class RosterVersion:
    """A month as it was published; `lacks` is what it went out with all the same."""

    id: int
    month: str
    number: int
    at: datetime
    actor_id: PersonId | None
    by: str
    note: str
    lacks: LackCounts = NO_LACKS


@dataclass(frozen=True, slots=True)
class Seen:
    """Who has seen a version, and when first."""

    person_id: PersonId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """A version with who has seen it, the first first."""

    version: RosterVersion
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class VersionCompared:
    """What is otherwise in a later state than in a version, and who has a shift in that version."""

    changes: tuple[CellChange, ...]
    people: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class MonthState:
    """How far a month is: a draft, or published as `version`, with what was changed since.

    A month that was taken back to a draft keeps its versions: `version` is then the newest of them, and
    `changes` what differs from it.
    """

    month: str
    is_published: bool
    version: RosterVersion | None
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishCheck:
    """What to know before publishing a month. `lacks` has to be said "all the same" to.

    `gaps` are those of the month, `gaps_ahead` those of the 30 days from now, whatever their month. `told`
    are the people who get a notice if it is published now.
    """

    month: str
    state: MonthState
    forbidden: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    gaps: tuple[CoverageCount, ...]
    gaps_ahead: tuple[CoverageCount, ...]
    without_shift: tuple[PersonId, ...]
    open_leaves: int
    open_swaps: int
    told: tuple[PersonId, ...] = ()
    lacks: Lacks = NOTHING_LACKS


@dataclass(frozen=True, slots=True)
class FairShare:
    """What one person did in a stretch of time, as it was, and `weight`, the part of a full share they owe.

    A full share is full time through the whole stretch. What a person is not planned for by agreement is
    in `spared` ("nights", "weekends", "holidays"); in that they are compared with nobody. `by_day_type` are
    the dates worked by type of day, as a calendar names the types; types without any are left out.
    """

    person_id: PersonId
    team_id: TeamId | None
    nights: int
    weekends: int
    holidays: int
    minutes: int
    weight: float = 1.0
    swaps_given: int = 0
    swaps_taken: int = 0
    spared: frozenset[str] = frozenset()
    by_day_type: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Fairness:
    """The ledger of a stretch of time, `until` not included. Scores are 0 to 100; None: nobody to compare.

    `by_measure` is keyed "nights", "weekends", "holidays", "hours".
    """

    since: date
    until: date
    shares: tuple[FairShare, ...]
    score: int | None
    by_measure: Mapping[str, int] = field(default_factory=dict, hash=False)
