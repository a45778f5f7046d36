"""A small site for clock tests: an office calendar, two promises, three waiting reasons, and short words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.ids import ReasonId, TeamId
from app.models.entities.sla import ClockKind, ClockState, Promise, WaitingRule
from app.models.entities.tickets import Channel, WaitingKind
from app.models.entities.time import Allowance
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from tests.support.ticket_log import TicketLog

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE = BusinessCalendar.from_dict(
    {"timezone": "UTC", "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]}}
)
CALENDARS = {"office": OFFICE, "24x7": BusinessCalendar("UTC", always_open=True)}
P3 = Promise(
    "incident",
    3,
    "office",
    {ClockKind.RESPONSE: HOUR, ClockKind.RESOLUTION: 8 * HOUR, ClockKind.FIRST_LINE: 2 * HOUR},
)
P1 = replace(
    P3, priority=1, calendar="24x7", allowed={ClockKind.RESPONSE: 10 * MINUTE, ClockKind.RESOLUTION: 2 * HOUR}
)
FOR_USER, FOR_SUPPLIER, LIMITED = ReasonId(1), ReasonId(2), ReasonId(3)
SETTINGS = FoldSettings(
    waiting_rules={
        FOR_USER: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION, ClockKind.RESPONSE})),
        FOR_SUPPLIER: WaitingRule(WaitingKind.SUPPLIER),
        LIMITED: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION}), Allowance(working_days=1)),
    },
    team_lines={TeamId(1): 1, TeamId(2): 2},
)


def may(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """May 2026: the 4th is a Monday, the 8th a Friday."""
    return datetime(2026, 5, day, hour, minute, second, tzinfo=UTC)


MONDAY_MORNING = may(4, 9)


def log(at: datetime = MONDAY_MORNING, promise: Promise = P3, **detail: object) -> TicketLog:
    return TicketLog().created(at, promise, channel=Channel.EMAIL, **detail)


def clocks(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> dict[ClockKind, ClockState]:
    return fold(of.events, CALENDARS, now, settings)


def resolution(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> ClockState:
    return clocks(of, now, settings)[ClockKind.RESOLUTION]


def response(of: TicketLog, now: datetime, settings: FoldSettings = SETTINGS) -> ClockState:
    return clocks(of, now, settings)[ClockKind.RESPONSE]
