"""What the report on calls says: how many came, were answered and given up, and the people they need."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from app.models.entities.reports import ReportHead
from app.models.entities.staffing import Need, StaffingAims


@dataclass(frozen=True, slots=True)
class CallTally:
    """Calls of a stretch of time; seconds are sums over the answered.

    `left_out` are those hung up in time that the site leaves out of what abandonment is a part of.
    """

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    talk_seconds: int = 0
    after_seconds: int = 0
    ring_seconds: int = 0
    left_out: int = 0

    def __add__(self, other: CallTally) -> CallTally:
        """Return the sum of both, figure by figure."""
        sums = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return CallTally(**sums)

    @property
    def unconnected(self) -> int:
        """Calls nobody answered, however long they rang."""
        return self.offered - self.answered

    @property
    def hung_up(self) -> int:
        """Calls given up before they count as abandoned."""
        return self.unconnected - self.abandoned

    @property
    def abandonment(self) -> float | None:
        """Abandoned among the offered that count, 0..1; None where nobody called."""
        counted = self.offered - self.left_out
        return self.abandoned / counted if counted else None

    @property
    def answered_share(self) -> float | None:
        """Answered among all offered, 0..1; None where nobody called."""
        return self.answered / self.offered if self.offered else None

    @property
    def speed_of_answer(self) -> float | None:
        """Seconds an answered call rang on average; None where none was answered."""
        return self.ring_seconds / self.answered if self.answered else None

    @property
    def talk(self) -> float | None:
        """Seconds talked on average; None where none was answered."""
        return self.talk_seconds / self.answered if self.answered else None

    @property
    def handling(self) -> float | None:
        """Seconds talked and worked afterwards on average; None where none was answered."""
        return (self.talk_seconds + self.after_seconds) / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class CallPeak:
    """The busiest hour of a stretch and the people it needs; `rostered` people who answer were on duty."""

    at: datetime
    offered: int
    need: Need
    rostered: int


@dataclass(frozen=True, slots=True)
class CallStretch:
    """The calls of a day, or of the part of a week that lies in the period; `peak` None: nobody called."""

    first: date
    last: date
    calls: CallTally
    peak: CallPeak | None = None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class ShiftCallLine:
    """The calls of one shift over the period; `name` "" for hours in which no shift runs."""

    name: str
    calls: CallTally


@dataclass(frozen=True, slots=True)
class CallsReport:
    """The calls of a period, `first` to `last`, counted up to `until`, the last day that has begun.

    `by_hour` has a tally for each hour of the day, `heat` for each weekday (Monday first) and hour the calls
    of such an hour on average over the weekday's days in the period, None where it has none.
    """

    head: ReportHead
    first: date
    last: date
    until: date
    total: CallTally
    by_hour: tuple[CallTally, ...]
    by_shift: tuple[ShiftCallLine, ...]
    by_day: tuple[CallStretch, ...]
    by_week: tuple[CallStretch, ...]
    heat: tuple[tuple[float | None, ...], ...]
    aims: StaffingAims
