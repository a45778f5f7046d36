"""What the sample set-up promises for a ticket, so that the demo's tickets are on time or late on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import ClockKind, SlaTable
from app.models.entities.tickets import TicketType
from app.services.calendars.rules import add_working_time, working_day_length, working_time
from app.services.priority.rules import priority_of

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """A resolution time: how much, and which calendar counts it."""

    calendar: BusinessCalendar
    allowed: timedelta

    def at(self, start: datetime, fraction: float) -> datetime:
        """Return when a fraction of the allowed time has run since `start`, in whole seconds."""
        seconds = round(self.allowed.total_seconds() * fraction)
        return add_working_time(self.calendar, start, timedelta(seconds=seconds))

    def used(self, start: datetime, end: datetime) -> float:
        """Return which fraction of the allowed time runs between two instants."""
        return working_time(self.calendar, start, end) / self.allowed

    def start_for(self, remaining: timedelta, now: datetime) -> datetime:
        """Return the latest minute at which work must have begun for `remaining` to be left at `now`."""
        wanted = self.allowed - remaining
        early, late = 0, 60 * 24 * 60  # minutes before now: it lies within sixty days
        while early < late:
            middle = (early + late) // 2
            if working_time(self.calendar, now - middle * _MINUTE, now) >= wanted:
                late = middle
            else:
                early = middle + 1
        return now - early * _MINUTE


class Promises:
    """The sample matrix, SLA table and calendars, with the holidays of the demo's year."""

    def __init__(self, defaults: Mapping[str, Any], holidays: frozenset[date]) -> None:
        self._matrix = MatrixDefinition.from_dict(defaults["desk_4x3"]["matrix"])
        self._table = SlaTable.from_dict(defaults["sla"]["table"])
        self._calendars = {
            row["code"]: BusinessCalendar.from_dict(
                {**row["calendar"], "holidays": [day.isoformat() for day in sorted(holidays)]}
            )
            for row in defaults["calendars"]["calendars"]
        }

    @property
    def office(self) -> BusinessCalendar:
        """The calendar in which waiting for the user's confirmation counts."""
        return self._calendars["office"]

    def auto_close_at(self, solved_at: datetime, working_days: int) -> datetime:
        """Return when a solved ticket closes itself because nobody answered."""
        allowed = working_days * working_day_length(self.office)
        return add_working_time(self.office, solved_at, allowed)

    def priority(self, kind: TicketType, impact: int, urgency: int) -> int:
        """Return the priority the sample matrix gives a ticket of this kind."""
        return priority_of(self._matrix, kind, impact, urgency)

    def resolution(self, kind: TicketType, impact: int, urgency: int) -> Promise:
        """Return the resolution time promised for a ticket of this kind and weight."""
        policy = next(policy for policy in self._table.policies if kind in policy.types)
        priority = self.priority(kind, impact, urgency)
        target = next(target for target in policy.targets if target.priority == priority)
        calendar = self._calendars[target.calendar]
        return Promise(calendar, target.allowances[ClockKind.RESOLUTION].length(working_day_length(calendar)))
