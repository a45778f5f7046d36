"""The demo site's telephone: calls by the hour, as many as its tickets make likely. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from app.models.entities.staffing import CallHour, CallSheet, SheetOfCalls
from app.models.entities.tickets import Channel
from app.services.demo.facts import TicketFact
from app.services.roster.staffing_times import hour_of

# Not every call makes a ticket: somebody asks how far it is, somebody has the wrong number.
_MOST_BESIDES = 3
_TALK = (110, 260)  # seconds
_AFTER = (20, 60)
_RING = (3, 16)
_LOST_OF_A_HUNDRED = 4


def plan_calls(tickets: Sequence[TicketFact], until: datetime, zone: ZoneInfo, seed: int) -> CallSheet:
    """Return the calls of every full hour before `until` in which somebody reported something by telephone.

    The same tickets and seed give the same calls.
    """
    dice = Random(seed)
    reported = Counter(hour_of(fact.received_at, zone) for fact in tickets if fact.channel is Channel.PHONE)
    now = hour_of(until, zone)
    hours = tuple(_hour(at, reported[at], dice) for at in sorted(reported) if at < now)
    return CallSheet(SheetOfCalls.HOURS, len(hours), hours)


def _hour(at: datetime, reported: int, dice: Random) -> CallHour:
    offered = sum(1 + dice.randint(0, _MOST_BESIDES) for _ in range(reported))
    lost = sum(dice.randrange(100) < _LOST_OF_A_HUNDRED for _ in range(offered - reported))
    answered = offered - lost
    talk, after, ring = (
        sum(dice.randint(*length) for _ in range(answered)) for length in (_TALK, _AFTER, _RING)
    )
    return CallHour(at, offered, answered, lost, talk, after, ring)
