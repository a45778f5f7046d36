"""Which lanes there are, which cards lie in them, and how much of its time each has used. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.entities.duty import Away
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.roster import OnDuty
from app.models.entities.wall import Wall, WallClock, WallTeam, WallTicket
from app.services.calendars.rules import working_time

END = 1.5
"""The right end of the wall: one and a half of the target. What has used more stands there."""
_OVER = 1.0
_RISKY = 75
_NOTHING = timedelta()


class LaneKind(StrEnum):
    """Whose cards a lane holds."""

    NOBODY = "nobody"
    PERSON = "person"
    TEAM = "team"
    OFF_DUTY = "off_duty"


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane. `duty` and `away` are those of a person on duty, `team` is that of a queue."""

    key: str
    kind: LaneKind
    tickets: tuple[WallTicket, ...]
    duty: OnDuty | None = None
    away: Away | None = None
    team: WallTeam | None = None

    @property
    def person_id(self) -> PersonId | None:
        """Whose lane it is."""
        return None if self.duty is None else self.duty.person_id

    @property
    def takes_cards(self) -> bool:
        """Whether a card may be dropped here: a ticket goes to somebody or to a team."""
        return self.kind in {LaneKind.PERSON, LaneKind.TEAM}


@dataclass(frozen=True, slots=True)
class WallFilter:
    """Which cards are shown: of one team only, at risk only."""

    team_id: TeamId | None = None
    at_risk: bool = False


def used_share(clock: WallClock | None, now: datetime) -> float | None:
    """Return which share of its target a clock has used at `now`, 1.0 is all of it; None without a promise.

    A clock goes on in the working time of its calendar, so at night an office ticket stands still.
    """
    if clock is None:
        return None
    used = clock.elapsed
    if not clock.is_paused:
        used += working_time(clock.calendar, clock.at, now)
    if clock.target <= _NOTHING:
        return END if used > _NOTHING else _OVER
    return max(0.0, used / clock.target)


def marks_passed(clock: WallClock | None, share: float | None) -> int:
    """Return how many of its warnings a clock has passed, its end included."""
    if clock is None or share is None:
        return 0
    return sum(share * 100 >= mark for mark in (*clock.warnings, 100))


def is_at_risk(ticket: WallTicket, share: float | None) -> bool:
    """Tell whether a card's clock runs and is past its first warning from 75 % on, or past its end."""
    clock = ticket.clock
    if clock is None or share is None or clock.is_paused:
        return False
    return share * 100 >= min((*(mark for mark in clock.warnings if mark >= _RISKY), 100))


def lanes_of(wall: Wall, shares: Mapping[int, float | None], wanted: WallFilter) -> list[Lane]:
    """Return the lanes from above: nobody's, people on duty (the supervisor first), queues, who is not there.

    People at work always have a lane, others and queues only with cards. Of one team, its members are shown.
    """
    tickets = [each for each in wall.tickets if _is_wanted(each, shares.get(each.id), wanted)]
    at_work = {one.person_id for one, _away in wall.on_duty}
    nobody = [each for each in tickets if each.row.assignee_id is None and each.row.team_id is None]
    absent = [each for each in tickets if each.row.assignee_id not in {None, *at_work}]
    lanes = [Lane("nobody", LaneKind.NOBODY, tuple(nobody))] if nobody or wanted.team_id is None else []
    for duty, away in _people(wall, wanted):
        own = tuple(each for each in tickets if each.row.assignee_id == duty.person_id)
        if own or not duty.is_standby:
            lanes.append(Lane(f"person-{duty.person_id}", LaneKind.PERSON, own, duty, away))
    for team in wall.teams:
        queue = tuple(
            each for each in tickets if each.row.assignee_id is None and each.row.team_id == team.id
        )
        if queue or team.id == wanted.team_id:
            lanes.append(Lane(f"team-{team.id}", LaneKind.TEAM, queue, team=team))
    if absent:
        lanes.append(Lane("off_duty", LaneKind.OFF_DUTY, tuple(absent)))
    return lanes


def team_for(ticket: WallTicket, person: OnDuty, teams: Sequence[WallTeam]) -> TeamId | None:
    """Return the team a ticket goes to with a person: the ticket's own if they belong to it, else theirs."""
    own = next((team for team in teams if team.id == ticket.row.team_id), None)
    if own is not None and person.person_id in own.members:
        return own.id
    return person.team_id


def _people(wall: Wall, wanted: WallFilter) -> list[tuple[OnDuty, Away | None]]:
    if wanted.team_id is None:
        return list(wall.on_duty)
    members = next((team.members for team in wall.teams if team.id == wanted.team_id), frozenset[PersonId]())
    return [(one, away) for one, away in wall.on_duty if one.person_id in members]


def _is_wanted(ticket: WallTicket, share: float | None, wanted: WallFilter) -> bool:
    if wanted.team_id is not None and ticket.row.team_id != wanted.team_id:
        return False
    return not wanted.at_risk or is_at_risk(ticket, share)
