"""A day of the roster by its hours: who works from when to when, and how many there are each hour. Pure.

Hours are real ones from the day's midnight: a day on which the clocks change has 23 or 25 of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import Assignment, CoverageRule
from app.services.roster.rules import asked_for
from app.views.roster.board import Board

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class DayBar:
    """A shift of one person on the shown day; a night of the day before begins before 0."""

    cell: Assignment
    start: float
    end: float
    is_whole_day: bool = False  # being away: no hours of its own


@dataclass(frozen=True, slots=True)
class HourCount:
    """People at work and needed in one hour."""

    planned: int
    needed: int

    @property
    def is_gap(self) -> bool:
        """Whether people are missing."""
        return self.planned < self.needed


class DayHours:
    """The hours of one day of a board, as the board is now."""

    def __init__(self, board: Board, on: date) -> None:
        self._board = board
        self.on = on
        self._midnight = _midnight(board, on)
        self.length = (_midnight(board, on + _DAY) - self._midnight) / 60
        """How many hours the day has."""

    def bars(self, person_id: PersonId) -> tuple[DayBar, ...]:
        """Return what somebody has on the day, and the night before it where it goes on."""
        found = []
        for on in (self.on - _DAY, self.on):
            cell = self._board.cell((person_id, on))
            if cell is None:
                continue
            if cell.template_id in self._board.absences:
                if on == self.on:
                    found.append(DayBar(cell, 0.0, self.length, is_whole_day=True))
                continue
            start, end = self.span(cell.template_id, on)
            if end > 0:
                found.append(DayBar(cell, start, end))
        return tuple(found)

    def span(self, template_id: TemplateId, on: date) -> tuple[float, float]:
        """Return from which to which hour of the day a shift goes."""
        begin, end = self._board.checks.times.span(template_id, on)
        return (begin - self._midnight) / 60, (end - self._midnight) / 60

    def hour_of(self, instant: datetime) -> float | None:
        """Return how many hours of the day have passed at an instant; None on another day."""
        passed = ((instant - _EPOCH) / timedelta(minutes=1) - self._midnight) / 60
        return passed if 0 <= passed < self.length else None

    def clock(self, hour: int) -> str:
        """Return what the site's clocks show after so many hours, "08"."""
        instant = _EPOCH + timedelta(minutes=self._midnight + 60 * hour)
        return f"{instant.astimezone(self._board.plan.zone):%H}"

    def counts(self) -> tuple[HourCount, ...]:
        """Return people at work and people the coverage rules ask for, hour by hour."""
        work = self._board.checks.times.work
        hours = round(self.length)
        planned, needed = [0] * hours, [0] * hours
        for person in self._board.people:
            for bar in self.bars(person.id):
                if bar.cell.template_id in work:
                    for hour in _filled(bar.start, bar.end, hours):
                        planned[hour] += 1
        for on in (self.on - _DAY, self.on):
            for template_id, people in self._asked(on).items():
                if template_id not in work:
                    continue
                for hour in _filled(*self.span(template_id, on), hours):
                    needed[hour] += people
        return tuple(HourCount(*pair) for pair in zip(planned, needed, strict=True))

    def _asked(self, on: date) -> Mapping[TemplateId, int]:
        """Return how many people each shift needs: for its teams, or for the whole desk if that is more."""
        plan = self._board.plan
        lines: dict[tuple[TemplateId, TeamId | None], dict[str, CoverageRule]] = {}
        for rule in plan.coverage:
            lines.setdefault((rule.template_id, rule.team_id), {})[rule.day_type] = rule
        of_teams: dict[TemplateId, int] = {}
        of_desk: dict[TemplateId, int] = {}
        for (template_id, team_id), by_type in lines.items():
            asked = asked_for(plan.day_types.get(on, ""), by_type)
            into = of_desk if team_id is None else of_teams
            into[template_id] = into.get(template_id, 0) + (asked.minimum if asked is not None else 0)
        shifts = of_teams.keys() | of_desk.keys()
        return {shift: max(of_teams.get(shift, 0), of_desk.get(shift, 0)) for shift in shifts}


def _filled(start: float, end: float, hours: int) -> Iterator[int]:
    """Yield the hours of which a stretch fills at least half."""
    for hour in range(hours):
        if min(end, hour + 1) - max(start, hour) >= _HALF:
            yield hour


def _midnight(board: Board, on: date) -> int:
    """Return when a date begins at the site, in minutes since 1970 UTC."""
    local = datetime.combine(on, time(), board.plan.zone)
    return (local.astimezone(UTC) - _EPOCH) // timedelta(minutes=1)
