"""What the report on people says: tickets, duty, presence, calls and training, by department and team."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.reports import ReportHead, SlaTally


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """The figures of one person, or the sum of several. Lengths are whole minutes unless they say seconds.

    `eligible` are the resolved tickets that could be solved in the first contact, `solve_seconds` the working
    time from coming in to resolved of all `resolved` together. `calls` is a share of the site's answered
    calls by time on duty: nobody counts calls of a person.
    """

    worked_on: int = 0
    resolved: int = 0
    eligible: int = 0
    first_contact: int = 0
    met: int = 0
    missed: int = 0
    solve_seconds: int = 0
    reopened: int = 0
    open_now: int = 0
    duty_minutes: int = 0
    nights: int = 0
    weekends: int = 0
    late_minutes: int = 0
    early_minutes: int = 0
    not_come: int = 0
    calls: float = 0.0
    training_minutes: int = 0

    def __add__(self, other: PeopleFigures) -> PeopleFigures:
        """Return the sum of both, figure by figure."""
        sums = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return PeopleFigures(**sums)

    @property
    def in_time(self) -> SlaTally:
        """How the promised resolution was kept, of what was decided."""
        return SlaTally(self.met, self.missed)

    @property
    def first_contact_share(self) -> float | None:
        """Solved in the first contact among the eligible, 0..1; None where there are none."""
        return self.first_contact / self.eligible if self.eligible else None

    @property
    def mean_solve(self) -> timedelta | None:
        """The mean working time until resolved; None where nothing was resolved."""
        return timedelta(seconds=self.solve_seconds / self.resolved) if self.resolved else None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One engineer. `experts` and `skilled` count the skills held at that level.

    `joined_on` and `left_on` are set only where they fall into the period.
    """

    person_id: PersonId
    name: str
    figures: PeopleFigures
    title: str = ""
    experts: int = 0
    skilled: int = 0
    joined_on: date | None = None
    left_on: date | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is known of the period; tickets open now say nothing of it."""
        is_moved = self.joined_on is not None or self.left_on is not None
        return not is_moved and replace(self.figures, open_now=0) == PeopleFigures()


@dataclass(frozen=True, slots=True)
class TeamLines:
    """The people of one team of a department; `name` "" where they are in none."""

    name: str
    people: tuple[PersonLine, ...]

    @property
    def total(self) -> PeopleFigures:
        """The sum of the team."""
        return sum((one.figures for one in self.people), PeopleFigures())


@dataclass(frozen=True, slots=True)
class DepartmentLines:
    """The teams of one department; `name` "" where people are in none."""

    name: str
    teams: tuple[TeamLines, ...]

    @property
    def total(self) -> PeopleFigures:
        """The sum of the department."""
        return sum((team.total for team in self.teams), PeopleFigures())

    @property
    def people(self) -> tuple[PersonLine, ...]:
        """Everybody of the department, team by team."""
        return tuple(one for team in self.teams for one in team.people)


@dataclass(frozen=True, slots=True)
class SharedCalls:
    """The site's answered calls against the people who answer them.

    `unmanned` came in hours for which nobody who answers was rostered. `agents` counts each by their time on
    duty against a full week; `duty_minutes` are all their minutes on duty in the period.
    """

    answered: int
    unmanned: int
    duty_minutes: int
    agents: float

    @property
    def per_agent(self) -> float | None:
        """Calls answered for each full agent (S0-31); None where nobody was on duty."""
        return self.answered / self.agents if self.agents else None

    @property
    def per_hour(self) -> float | None:
        """Calls answered for each hour on duty; None where nobody was on duty."""
        return self.answered * 60 / self.duty_minutes if self.duty_minutes else None


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """The people of a period, `first` to `last`, counted up to `until`, the last day that has begun.

    `calls` is None where none were counted. `unassigned` tickets were resolved and are nobody's.
    `full_time_hours` are those of the week that agents are counted by.
    """

    head: ReportHead
    first: date
    last: date
    until: date
    departments: tuple[DepartmentLines, ...]
    calls: SharedCalls | None = None
    unassigned: int = 0
    full_time_hours: int = 40

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of the period; what is open now says nothing of it."""
        return all(one.is_silent for one in self.people) and self.calls is None and not self.unassigned

    @property
    def total(self) -> PeopleFigures:
        """The sum of all departments."""
        return sum((each.total for each in self.departments), PeopleFigures())

    @property
    def people(self) -> tuple[PersonLine, ...]:
        """Everybody, department by department."""
        return tuple(one for each in self.departments for one in each.people)
