"""What the heat wall knows: open tickets with the clock that breaks next, and in whose hands they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.duty import Away
from app.models.entities.ids import PersonId, TeamId, TicketId
from app.models.entities.roster import OnDuty
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketRow


@dataclass(frozen=True, slots=True)
class WallClock:
    """The clock of a ticket that breaks next, as it stood at `at`; from then on it is told without a read.

    `elapsed` of `target` was used at `at`. While it runs it goes on in the working time of `calendar`;
    paused, it stands. `warnings` are percent of the target.
    """

    kind: ClockKind
    at: datetime
    target: timedelta
    elapsed: timedelta
    is_paused: bool
    due_at: datetime | None
    calendar: BusinessCalendar = field(repr=False)
    warnings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WallTicket:
    """One open ticket; `clock` None: nothing is promised. `owner_name` answers for it at the desk."""

    row: TicketRow
    owner_name: str
    clock: WallClock | None

    @property
    def id(self) -> TicketId:
        """The ticket's id."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class WallTeam:
    """A team in whose queue tickets can lie."""

    id: TeamId
    name: str
    name_alt: str
    members: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything the wall shows at an instant. `marks` are the warnings of the SLA table in force."""

    at: datetime
    tickets: tuple[WallTicket, ...]
    on_duty: tuple[tuple[OnDuty, Away | None], ...]
    teams: tuple[WallTeam, ...]
    marks: tuple[int, ...]
    is_whole: bool = True
    prefix: str = "#"  # stands before a ticket's number


Known = Mapping[TicketId, WallTicket]
"""What an earlier read found: a ticket of the same version need not be folded again."""
