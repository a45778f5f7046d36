"""Cards for tests of the wall: tickets with clocks in a calendar that never closes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import PersonId, TeamId, TicketId
from app.models.entities.roster import OnDuty
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, TicketRow, TicketStatus, TicketType
from app.models.entities.wall import Wall, WallClock, WallTeam, WallTicket
from tests.support.site import ALWAYS, OFFICE

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)  # a Friday, 12:00 in Shanghai
OPEN = BusinessCalendar.from_dict(ALWAYS)
OFFICE_HOURS = BusinessCalendar.from_dict(OFFICE)
FIRST = WallTeam(TeamId(1), "First line", "一线", frozenset({PersonId(1), PersonId(2)}))
FIELD = WallTeam(TeamId(2), "Field", "现场", frozenset({PersonId(3)}))


def clock(
    used: float, *, paused: bool = False, calendar: BusinessCalendar = OPEN, hours: float = 4
) -> WallClock:
    """A clock of four hours with a share of it used at noon."""
    target = timedelta(hours=hours)
    due = None if paused else NOON + target * (1 - used)
    return WallClock(ClockKind.RESOLUTION, NOON, target, target * used, paused, due, calendar, (50, 75, 90))


def card(number: int, promise: WallClock | None = None, **columns: Any) -> WallTicket:
    """A ticket on the wall; `team`, `person` and `priority` may be given."""
    row = TicketRow(
        TicketId(number), 10_000 + number, TicketType.INCIDENT, TicketStatus.IN_PROGRESS,
        columns.get("priority", 3), columns.get("subject", f"Ticket {number}"), PersonId(9), "Caller", False,
        columns.get("team"), columns.get("person"), columns.get("name", ""), None, Channel.PHONE, NOON, NOON,
        None if promise is None else promise.due_at, NOON, promise is not None and promise.is_paused, None, 0,
        1, columns.get("effective"), False,
    )  # fmt: skip
    return WallTicket(row, columns.get("owner", "Li Na"), promise)


def at_work(person: int, *, team: int = 1, leads: bool = False, standby: bool = False) -> OnDuty:
    """Somebody on duty."""
    return OnDuty(
        PersonId(person), f"Person {person}", TeamId(team), "First line", "D", leads, standby,
        NOON, NOON + timedelta(hours=8), "6101", "138",
    )  # fmt: skip


def wall_of(*tickets: WallTicket, people: tuple[OnDuty, ...] = ()) -> Wall:
    """A wall with these cards and people."""
    return Wall(NOON, tickets, tuple((one, None) for one in people), (FIRST, FIELD), (50, 75, 90))
