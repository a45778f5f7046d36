"""What leave requests, swaps of shifts and their effects are, and the states they go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import BrokenRule, CoverageCount, Violation

LeaveId = NewType("LeaveId", int)
SwapId = NewType("SwapId", int)


class LeaveState(StrEnum):
    """How far a leave request is."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SwapState(StrEnum):
    """How far a swap is. Taken: done at once in an emergency, and perhaps taken back."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"


LIVE_LEAVES = frozenset({LeaveState.ASKED, LeaveState.APPROVED})
LIVE_SWAPS = frozenset({SwapState.ASKED, SwapState.ACCEPTED})


class RouteReason(StrEnum):
    """Why a request goes to whom it goes."""

    SUPERIOR = "superior"
    STANDING_IN = "standing_in"  # the superior is away
    NO_SUPERIOR = "no_superior"
    SUPERIOR_AWAY = "superior_away"  # and nobody stands in
    SUPERIOR_GONE = "superior_gone"


@dataclass(frozen=True, slots=True)
class LeaveRoute:
    """To whom a leave request goes first; `decider_id` None: to everybody who holds the right to decide."""

    reason: RouteReason
    superior_id: PersonId | None = None
    decider_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """Somebody asks to be away, from the first date to the last, both included.

    `template_id` is the absence (leave, sickness, training). `substitute_id` takes over the shifts that fall
    away, where they are free. The names are those of a reader's language.
    """

    id: LeaveId
    person_id: PersonId
    person_name: str
    template_id: TemplateId
    first: date
    last: date
    reason: str
    state: LeaveState
    substitute_id: PersonId | None
    asked_by: PersonId | None
    asked_at: datetime
    decided_by: PersonId | None
    decided_at: datetime | None
    decision_note: str
    version: int
    substitute_name: str = ""
    decided_name: str = ""
    asked_name: str = ""
    # Where one that waits has gone, as its reader sees it, and whether they may decide on it.
    route: LeaveRoute | None = None
    superior_name: str = ""
    decider_name: str = ""
    may_decide: bool = False

    @property
    def days(self) -> int:
        """How many calendar days it covers."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class LeaveDetails:
    """Everything about a leave request that somebody types."""

    person_id: PersonId
    template_id: TemplateId
    first: date
    last: date
    reason: str
    substitute_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class SwapDetails:
    """A shift that is offered to one colleague or (None) to anybody, for nothing or for one of theirs."""

    asker_id: PersonId
    on_date: date
    other_id: PersonId | None = None
    other_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShiftSwap:
    """One swap. `template_id` and `other_template_id` are the shifts as they stood when it was asked."""

    id: SwapId
    asker_id: PersonId
    asker_name: str
    on_date: date
    template_id: TemplateId
    other_id: PersonId | None
    other_name: str
    other_date: date | None
    other_template_id: TemplateId | None
    reason: str
    state: SwapState
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    decided_by: PersonId | None
    decided_at: datetime | None
    decision_note: str
    version: int
    decided_name: str = ""

    @property
    def details(self) -> SwapDetails:
        """What was asked."""
        return SwapDetails(self.asker_id, self.on_date, self.other_id, self.other_date, self.reason)


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What a swap does to one person in the months it touches: minutes, nights, weekend days.

    `rest` is the shortest rest next to a shift they get, in minutes; None where nothing is near.
    """

    person_id: PersonId
    name: str
    minutes_before: int
    minutes_after: int
    nights_before: int
    nights_after: int
    weekends_before: int
    weekends_after: int
    rest: int | None


@dataclass(frozen=True, slots=True)
class SwapEffect:
    """What a swap would do, shown before anybody agrees: people, rules, coverage, fairness (0 to 100)."""

    people: tuple[PersonEffect, ...]
    added: tuple[Violation, ...]
    removed: tuple[Violation, ...]
    coverage: tuple[CoverageCount, ...]
    fairness_before: int
    fairness_after: int

    @property
    def forbidden(self) -> tuple[Violation, ...]:
        """The rules it would newly break that may not be broken."""
        return tuple(one for one in self.added if one.severity == "forbid")

    @property
    def unled(self) -> tuple[Violation, ...]:
        """The shifts nobody would lead any more."""
        return tuple(one for one in self.added if one.rule is BrokenRule.NO_SUPERVISOR)


@dataclass(frozen=True, slots=True)
class FallenShift:
    """A shift that falls away where somebody is absent. `taker_id` None: nobody takes it over.

    `broken` are the rules that may not be broken and keep the substitute from it; none, and no taker: the
    substitute has something planned that day, or there is no substitute.
    """

    on_date: date
    template_id: TemplateId
    taker_id: PersonId | None = None
    broken: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveEffect:
    """What an absence would do: shifts that fall away, rules newly broken, and counts that move."""

    shifts: tuple[FallenShift, ...]
    added: tuple[Violation, ...]
    coverage: tuple[CoverageCount, ...]

    @property
    def gaps(self) -> tuple[CoverageCount, ...]:
        """Where people would be missing."""
        return tuple(one for one in self.coverage if one.is_gap)


@dataclass(frozen=True, slots=True)
class Substitute:
    """A colleague who could stand in: for how many of the shifts, and their hours on the months' days.

    `is_agreed`: they are the person's substitute by their terms of work.
    """

    person_id: PersonId
    name: str
    takes: int
    of: int
    minutes: int
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague a shift could be offered to, and what the rules would say.

    `holds` is what they have planned that day; `rest` the shortest rest next to the shift, in minutes.
    """

    person_id: PersonId
    name: str
    is_same_team: bool
    holds: TemplateId | None
    broken: tuple[Violation, ...]
    rest: int | None
    minutes: int

    @property
    def is_forbidden(self) -> bool:
        """Whether a rule that may not be broken stands in the way."""
        return any(one.severity == "forbid" for one in self.broken)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One person's line of the fairness ledger, or the mean of a team (`person_id` None).

    `spared` is what they are not compared in, by agreement; see `FairShare`.
    """

    person_id: PersonId | None
    name: str
    team_id: TeamId | None
    team_name: str
    nights: float
    weekends: float
    holidays: float
    minutes: float
    swaps_given: float
    swaps_taken: float
    weight: float = 1.0
    is_reader: bool = False
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The fairness ledger as its reader may see it; `means` by team. Without `is_whole`: only their line.

    `by_measure` has the score of "nights", "weekends", "holidays" and "hours", those that can be compared.
    """

    since: date
    until: date
    lines: tuple[LedgerLine, ...]
    means: tuple[LedgerLine, ...]
    score: int | None
    is_whole: bool
    by_measure: Mapping[str, int] = field(default_factory=dict)

    def mean_of(self, line: LedgerLine) -> LedgerLine | None:
        """Return the mean of a line's team."""
        return next((one for one in self.means if one.team_id == line.team_id), None)
