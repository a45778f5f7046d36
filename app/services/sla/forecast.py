"""Whether what is left to do will be done in time, walking the open hours that count. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.sla import ClockState
from app.models.entities.tickets import EventKind, TicketEvent, TicketStatus
from app.services.calendars.rules import add_working_time, working_time
from app.services.sla.stretches import calendar_of

_MOVING = frozenset({EventKind.CREATED, EventKind.STATUS, EventKind.IMPORTED})
LEAST_CASES = 3
"""Fewer tickets solved before say nothing about the next one."""


class Basis(StrEnum):
    """From what it is known how long the work will take."""

    ESTIMATE = "estimate"  # somebody estimated this ticket
    USUAL = "usual"  # the category or the service says so
    HISTORY = "history"  # the median of the last tickets of the category


@dataclass(frozen=True, slots=True)
class Needed:
    """How long the work is expected to take, and how that is known."""

    length: timedelta
    basis: Basis


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the work will be done if it goes on now, against when it is promised."""

    needed: Needed
    ready_at: datetime
    due_at: datetime

    @property
    def is_late(self) -> bool:
        """Whether it will not be in time; done at the due second itself is in time."""
        return self.ready_at > self.due_at


def forecast(
    clock: ClockState | None,
    needed: Needed | None,
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
) -> Forecast | None:
    """Return when a ticket will be solved that is worked on from `now` in the open hours of its promise.

    None where nothing can be said: nobody knows how long it takes, nothing is promised, the promise is over
    or stands still, or its calendar never has that much time.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    if clock is None or needed is None or clock.ended_at is not None or clock.due_at is None:
        return None
    if not clock.stretches:
        return None
    calendar = calendar_of(calendars, clock.stretches[-1].promise)
    try:
        ready_at = add_working_time(calendar, now.replace(microsecond=0), needed.length)
    except (NeverOpen, NeverDue):
        return None
    return Forecast(needed, ready_at, clock.due_at)


def needed_for(
    estimate_minutes: int | None, usual_minutes: int | None, history: Sequence[timedelta]
) -> Needed | None:
    """Return how long the work will take by the best that is known: estimate, set-up, then what it took."""
    if estimate_minutes:
        return Needed(timedelta(minutes=estimate_minutes), Basis.ESTIMATE)
    if usual_minutes:
        return Needed(timedelta(minutes=usual_minutes), Basis.USUAL)
    took = [length for length in history if length]
    if len(took) < LEAST_CASES:
        return None
    seconds = round(median(length.total_seconds() for length in took))
    return Needed(timedelta(seconds=seconds), Basis.HISTORY)


def active_time(events: Sequence[TicketEvent], calendar: BusinessCalendar) -> timedelta:
    """Return how long a ticket was in progress within the open hours, by its whole log in order."""
    total, since = timedelta(), None
    for event in events:
        if event.kind not in _MOVING or event.new is None:
            continue
        is_active = event.new == TicketStatus.IN_PROGRESS.value
        if is_active and since is None:
            since = event.at
        elif not is_active and since is not None:
            total += working_time(calendar, since, event.at)
            since = None
    return total
