"""The shift report's figures: counted by the database, one line a type and priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.instants import to_micros
from app.models.entities.reports import Figures, HourFlow, PriorityFigures, SlaTally, TypeFigures
from app.models.entities.tickets import TicketType
from app.models.transactions import Reader

HOUR = timedelta(hours=1)

_RESPONSE = (
    "COUNT(CASE WHEN response_met = true THEN 1 END),"
    " COUNT(CASE WHEN response_met = false OR (response_met IS NULL AND response_due_at < ?) THEN 1 END),"
    " COUNT(CASE WHEN response_met IS NULL AND response_due_at >= ? THEN 1 END)"
)
_RECEIVED = (
    f"SELECT type, priority, COUNT(*), {_RESPONSE} FROM ticket"
    " WHERE received_at >= ? AND received_at < ? GROUP BY type, priority"
)
_RESOLVED = (
    "SELECT type, priority, COUNT(*), COUNT(CASE WHEN resolution_met = true THEN 1 END),"
    " COUNT(CASE WHEN resolution_met = false THEN 1 END) FROM ticket"
    " WHERE resolved_at >= ? AND resolved_at < ? GROUP BY type, priority"
)
_LEFT = (
    "SELECT type, priority, COUNT(*), COUNT(CASE WHEN resolution_due_at < ? THEN 1 END),"
    " COUNT(CASE WHEN resolution_due_at >= ? THEN 1 END) FROM ticket WHERE received_at < ? AND "
)
# Open at an instant: still open, or ended later. Three questions, each with an index of its own.
_STILL_OPEN = _LEFT + "is_open = true GROUP BY type, priority"
_SOLVED_LATER = _LEFT + "resolved_at >= ? GROUP BY type, priority"
_ENDED_LATER = _LEFT + "closed_at >= ? AND resolved_at IS NULL GROUP BY type, priority"


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """The same tickets counted three ways."""

    total: Figures
    by_type: tuple[TypeFigures, ...]
    by_priority: tuple[PriorityFigures, ...]


@dataclass(slots=True)
class _Count:
    received: int = 0
    resolved: int = 0
    carried: int = 0
    response: tuple[int, int, int] = (0, 0, 0)
    resolution: tuple[int, int, int] = (0, 0, 0)

    def add(self, other: _Count) -> None:
        self.received += other.received
        self.resolved += other.resolved
        self.carried += other.carried
        self.response = _sum(self.response, other.response)
        self.resolution = _sum(self.resolution, other.resolution)

    def figures(self) -> Figures:
        return Figures(
            self.received, self.resolved, self.carried, SlaTally(*self.response), SlaTally(*self.resolution)
        )


def figures_of(read: Reader, begin: datetime, until: datetime) -> ShiftFigures:
    """Count what was received and resolved in [begin, until), and what was open at `until`.

    The response tally is over tickets received; the resolution tally over tickets resolved and left over,
    where overdue ones count as missed (RULES 8).
    """
    counts = _counts(read, to_micros(begin), to_micros(until))
    by_type: dict[str, _Count] = {}
    by_priority: dict[int, _Count] = {}
    total = _Count()
    for (kind, priority), count in sorted(counts.items()):
        by_type.setdefault(kind, _Count()).add(count)
        by_priority.setdefault(priority, _Count()).add(count)
        total.add(count)
    return ShiftFigures(
        total.figures(),
        tuple(TypeFigures(kind, by_type[kind].figures()) for kind in TicketType if kind in by_type),
        tuple(PriorityFigures(priority, count.figures()) for priority, count in sorted(by_priority.items())),
    )


def hours_of(read: Reader, begin: datetime, until: datetime, end: datetime) -> tuple[HourFlow, ...]:
    """Return received and resolved per hour of the shift; hours that have not begun are left out."""
    found = []
    start = begin
    while start < min(end, until):
        stop = min(start + HOUR, end)
        span = (to_micros(start), to_micros(stop))
        received = read.value("SELECT COUNT(*) FROM ticket WHERE received_at >= ? AND received_at < ?", span)
        resolved = read.value("SELECT COUNT(*) FROM ticket WHERE resolved_at >= ? AND resolved_at < ?", span)
        found.append(HourFlow(start, received, resolved))
        start = stop
    return tuple(found)


def _counts(read: Reader, begin: int, until: int) -> Mapping[tuple[str, int], _Count]:
    counts: dict[tuple[str, int], _Count] = {}

    def at(row: tuple[object, ...]) -> _Count:
        return counts.setdefault((str(row[0]), int(str(row[1]))), _Count())

    for row in read.rows(_RECEIVED, (until, until, begin, until)):
        count = at(row)
        count.received += row[2]
        count.response = _sum(count.response, row[3:6])
    for row in read.rows(_RESOLVED, (begin, until)):
        count = at(row)
        count.resolved += row[2]
        count.resolution = _sum(count.resolution, (row[3], row[4], 0))
    for text, more in ((_STILL_OPEN, ()), (_SOLVED_LATER, (until,)), (_ENDED_LATER, (until,))):
        for row in read.rows(text, (until, until, until, *more)):
            count = at(row)
            count.carried += row[2]
            count.resolution = _sum(count.resolution, (0, row[3], row[4]))
    return counts


def _sum(first: Iterable[int], second: Iterable[int]) -> tuple[int, int, int]:
    met, missed, undecided = (one + other for one, other in zip(first, second, strict=True))
    return met, missed, undecided
