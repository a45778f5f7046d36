"""What shifts, assignments and coverage are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.skills import SkillId, SkillLevel


class ShiftKind(StrEnum):
    """Whether a shift template means being at work, reachable, or away."""

    WORK = "work"
    STANDBY = "standby"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class ShiftTemplate:
    """A shift by wall-clock start and length in minutes; `tone` names its colours in the tokens.

    It holds from `first_date` to `last_date`, both included, by the date on which it begins; None: without
    bound. One that is retired (`is_active` is false) without a last date holds on no date. `previous_id` is
    the shift it took over from on its first date.
    """

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
    first_date: date | None = None
    last_date: date | None = None
    previous_id: TemplateId | None = None

    def holds_on(self, on: date) -> bool:
        """Tell whether the desk plans and works by the shift on a date."""
        return self.holds_within(on, on)

    def holds_within(self, first: date, last: date) -> bool:
        """Tell whether it holds on any date from `first` to `last`, both included."""
        if not self.is_active and self.last_date is None:
            return False
        begins = date.min if self.first_date is None else self.first_date
        ends = date.max if self.last_date is None else self.last_date
        return max(begins, first) <= min(ends, last)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works what on a date. A night shift belongs to the date on which it starts.

    `team_id` is the team they stand in for on that shift, None for their own first one. A fixed cell is one
    that no filling may change; people may.
    """

    person_id: PersonId
    on_date: date
    template_id: TemplateId
    is_supervisor: bool
    version: int
    team_id: TeamId | None = None
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """How many people of a team (None: the whole desk) a shift needs on a type of day."""

    template_id: TemplateId
    team_id: TeamId | None
    day_type: str
    minimum: int


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person at work at an instant, with the shift's real start and end.

    `away` says why they have left the desk for a while, "" while they are there.
    """

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
    away: str = ""
    away_until: datetime | None = None


class Standing(StrEnum):
    """What somebody with shifts ahead is to the roster; all but the first are planned no more."""

    PLANNED = "planned"
    NO_TEAM = "no_team"
    NOT_STAFF = "not_staff"


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One line of the roster. `can_lead` says whether the person may be a shift's duty supervisor.

    `team_ids` are all teams of the person, the first is `team_id`. What was agreed is the person's own, else
    that of their department: `contract_minutes` a week (None: full time), `nights_most` in a calendar month
    (None: as many as the rules allow), `joined_on` and `left_on` the first and last day (None: no end).
    """

    id: PersonId
    name: str
    team_id: TeamId | None
    team_name: str
    team_position: int
    can_lead: bool = False
    name_alt: str = ""
    team_name_alt: str = ""
    team_ids: tuple[TeamId, ...] = ()
    department_id: int | None = None
    crew_id: int | None = None
    no_nights: bool = False
    no_weekends: bool = False
    no_holidays: bool = False
    contract_minutes: int | None = None
    nights_most: int | None = None
    is_reachable: bool = False
    substitute_id: PersonId | None = None
    joined_on: date | None = None
    left_on: date | None = None
    skills: Mapping[SkillId, SkillLevel] = field(default_factory=dict, hash=False)
    standing: Standing = Standing.PLANNED

    def is_employed(self, on: date) -> bool:
        """Tell whether the person works here on a date, the first and the last day included."""
        return (self.joined_on is None or self.joined_on <= on) and (
            self.left_on is None or on <= self.left_on
        )


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
    SHIFTS_IN_A_ROW = "shifts_in_a_row"
    HOURS_WEEK = "hours_week"
    HOURS_MONTH = "hours_month"
    CONTRACT = "contract"  # more hours in a month than were agreed
    NIGHTS_MOST = "nights_most"  # more nights in a month than were agreed
    NO_NIGHTS = "no_nights"
    NO_WEEKENDS = "no_weekends"
    NO_HOLIDAYS = "no_holidays"
    NOT_EMPLOYED = "not_employed"  # before the first day, or after the last
    LEAVE = "leave"  # planned on approved leave
    STANDBY_IN_A_ROW = "standby_in_a_row"
    GAP = "gap"
    SKILL_MIX = "skill_mix"


class Severity(StrEnum):
    """What a broken rule means: nothing, a remark, or that the month cannot be published."""

    OFF = "off"
    WARN = "warn"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: where, and the figures that explain it. Shift rules have no person.

    `found` and `allowed` count what the rule counts: minutes of rest or work, people, shifts in a row.
    `since` is the first date that has part in it: the shift before a short rest, the Monday of a week. It
    is None where only `on_date` has. A rule about a team or a skill names it.
    """

    rule: BrokenRule
    on_date: date
    person_id: PersonId | None
    template_id: TemplateId | None
    found: int
    allowed: int
    severity: Severity = Severity.FORBID
    since: date | None = None
    team_id: TeamId | None = None
    skill_id: SkillId | None = None


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
    team_id: TeamId | None = None
    is_fixed: bool = False


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
