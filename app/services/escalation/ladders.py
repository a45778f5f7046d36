"""Ladders of things that fall due: of one ladder only the highest rung reached is done. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.escalation import FiringState
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length
from app.services.escalation.steps import Done, DueStep


def highest(
    codes: Sequence[str], done: Done, cycle: int, make: Callable[[int], DueStep]
) -> Iterator[DueStep]:
    """Yield the reached rungs of a ladder that were not done, in order; all but the topmost as skipped."""
    for place, code in enumerate(codes):
        if (code, cycle) not in done:
            step = make(place)
            yield step if place == len(codes) - 1 else skipped(step)


def skipped(step: DueStep) -> DueStep:
    """Return a step as one that is only noted."""
    return replace(step, state=FiringState.SKIPPED)


def earliest(instants: Sequence[datetime | None]) -> datetime | None:
    """Return the first of the instants that are known, or None."""
    return min((instant for instant in instants if instant is not None), default=None)


def later(calendar: BusinessCalendar, since: datetime, allowed: Allowance) -> datetime:
    """Return when a period of working time is over.

    Raises:
        NeverOpen, NeverDue: the calendar never has that much.
    """
    return add_working_time(calendar, since, allowed.length(working_day_length(calendar)))
