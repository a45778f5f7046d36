"""Counts of calls by hour, and what they say about the people needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.entities.errors import BadInput


@dataclass(frozen=True, slots=True)
class CallHour:
    """The calls of one hour of the site's clocks; `starts_at` is UTC, seconds are sums over the answered.

    `abandoned` hung up after waiting longer than the promise; who hung up sooner is in `offered` alone.
    """

    starts_at: datetime
    offered: int
    answered: int
    abandoned: int = 0
    talk_seconds: int = 0
    after_seconds: int = 0
    ring_seconds: int = 0


def abandonment_of(offered: int, answered: int, abandoned: int, *, keeps_hung_up: bool) -> float | None:
    """Return the part of calls that were abandoned, 0..1 (RULES 8); None where none is counted.

    It is a part of all offered; without `keeps_hung_up` of the answered and abandoned only, so that whoever
    hung up sooner neither helps nor hurts.
    """
    counted = offered if keeps_hung_up else answered + abandoned
    return abandoned / counted if counted else None


class SheetOfCalls(StrEnum):
    """What one row of a file of calls counts."""

    HOURS = "hours"
    CALLS = "calls"


@dataclass(frozen=True, slots=True)
class CallRefusal:
    """A row that cannot be taken: the line it stands on (the heading is 1), and why."""

    line: int
    reason: BadInput


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What a file of calls says.

    `ambiguous` rows name a time the clocks showed twice and count for the first; `skipped` rows are empty
    and name a time the clocks left out. `ignored` are columns nobody knows.
    """

    kind: SheetOfCalls
    rows: int
    hours: tuple[CallHour, ...]
    refused: tuple[CallRefusal, ...] = ()
    ambiguous: int = 0
    skipped: int = 0
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPreview:
    """What importing a file would do now; an hour counted before is replaced."""

    sheet: CallSheet
    added: int
    replaced: int
    unchanged: int

    @property
    def offered(self) -> int:
        """How many calls the file counts."""
        return sum(hour.offered for hour in self.sheet.hours)


class ArrivalSource(StrEnum):
    """Where the expected arrivals come from."""

    CALLS = "calls"
    TICKETS = "tickets"
    USERS = "users"  # a new site: so many calls a month for so many users
    NOTHING = "nothing"


class HandlingSource(StrEnum):
    """Where the average handling time comes from."""

    CALLS = "calls"
    CATEGORIES = "categories"
    SETTING = "setting"


class VisitSource(StrEnum):
    """Where it comes from which part of the calls needs somebody on site."""

    SETTING = "setting"
    TICKETS = "tickets"
    NOTHING = "nothing"


class Asked(StrEnum):
    """What decides how many people an hour needs."""

    NOBODY = "nobody"
    SERVICE_LEVEL = "service_level"
    ABANDONMENT = "abandonment"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class StaffingAims:
    """What the people of an hour are reckoned for; shares are 0..1, times seconds.

    `keeps_hung_up`: calls given up before they count as abandoned stay in what abandonment is a part of.
    `occupancy` is the most of their time at the telephone that people may be busy.
    """

    level: float = 0.80
    within: int = 25
    abandonment: float = 0.05
    patience: int = 120
    shrinkage: float = 0.30
    handling: int = 300
    weeks: int = 8
    keeps_hung_up: bool = True
    occupancy: float = 1.0


@dataclass(frozen=True, slots=True)
class Need:
    """People to plan for a load: for the level, for the abandonment, and the coverage asked for anyhow."""

    for_level: int
    for_abandonment: int
    for_coverage: int

    @property
    def people(self) -> int:
        """The largest of the three (RULES 6, the night rule)."""
        return max(self.for_level, self.for_abandonment, self.for_coverage)

    @property
    def asked_by(self) -> Asked:
        """Which of the three decides; coverage only where it asks for more than the calls do."""
        if self.people == 0:
            return Asked.NOBODY
        if self.for_coverage > max(self.for_level, self.for_abandonment):
            return Asked.COVERAGE
        is_level = self.for_level >= self.for_abandonment
        return Asked.SERVICE_LEVEL if is_level else Asked.ABANDONMENT


@dataclass(frozen=True, slots=True)
class StaffingHour:
    """One hour of a day: `expected` calls with their band, what they need, and who is there.

    `rostered` is the time of people at work, in whole people; `abandonment` (0..1) what these people would
    lose of the expected calls, None where none are expected. Where the hour is not `is_open` nobody is
    planned for its calls. `visits` are those on site that calls bring, with the field people they keep busy.
    """

    starts_at: datetime
    ends_at: datetime
    expected: float
    low: float
    high: float
    aht: float
    need: Need
    rostered: int
    abandonment: float | None
    is_open: bool = True
    visits: float = 0.0
    field_needed: int = 0
    field_rostered: int = 0

    @property
    def needed(self) -> int:
        """People to plan for this hour."""
        return self.need.people

    @property
    def shortfall(self) -> int:
        """How many people are missing, 0 where there are enough."""
        return max(0, self.needed - self.rostered)


@dataclass(frozen=True, slots=True)
class FieldWork:
    """What visits on site take: the `share` of calls that need one, minutes one way and at the user's."""

    share: float = 0.0
    source: VisitSource = VisitSource.NOTHING
    travel: int = 0
    work: int = 0

    @property
    def minutes(self) -> int:
        """How long a visit keeps somebody busy: there, the work, and back."""
        return 2 * self.travel + self.work


@dataclass(frozen=True, slots=True)
class SkillHint:
    """What a language or skill the site names asks for in the day's hardest hour, against who can do it.

    `share` is the part of the calls that need it, None where the settings name none: then one person has to
    be there. `is_known` False: the site's list of skills has none of this name.
    """

    name: str
    share: float | None
    at: datetime
    needed: int
    able: int
    is_known: bool = True

    @property
    def shortfall(self) -> int:
        """How many people who can do it are missing, 0 where there are enough."""
        return max(0, self.needed - self.able)


@dataclass(frozen=True, slots=True)
class StaffingDay:
    """The hours of a day by the site's clocks: 24, or 23 or 25 where the clocks change.

    `based_on` are the days the expectation was taken from; `teams` names whose people count, in the
    reader's language. `observed` is the abandonment of the calls counted in the weeks looked at. `users` and
    `calls_a_month` (for 100 users) are what a new site's calls are expected from.
    """

    on: date
    day_type: str
    hours: tuple[StaffingHour, ...]
    arrivals: ArrivalSource
    handling: HandlingSource
    based_on: tuple[date, ...]
    aims: StaffingAims
    teams: tuple[str, ...] = field(default=())
    observed: float | None = None
    field_work: FieldWork = FieldWork()
    skills: tuple[SkillHint, ...] = ()
    users: int = 0
    calls_a_month: int = 0

    @property
    def expected(self) -> float:
        """The calls expected on the whole day."""
        return sum(hour.expected for hour in self.hours)

    @property
    def short_hours(self) -> tuple[StaffingHour, ...]:
        """The hours in which people are missing."""
        return tuple(hour for hour in self.hours if hour.shortfall)

    @property
    def field_short_hours(self) -> tuple[StaffingHour, ...]:
        """The hours in which people for visits on site are missing."""
        return tuple(hour for hour in self.hours if hour.field_needed > hour.field_rostered)

    @property
    def lost(self) -> float:
        """How many callers of the day will hang up with the people there."""
        return sum(hour.expected * (hour.abandonment or 0.0) for hour in self.hours)
