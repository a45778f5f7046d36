"""Reading what staffing is reckoned from: calls by hour, else tickets by when they were received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.instants import from_micros, to_micros
from app.models.entities.staffing import ArrivalSource, CallHour, HandlingSource, abandonment_of
from app.models.entities.tickets import Channel
from app.models.transactions import Reader

# Time zones differ by quarters of an hour: these add up to the hours of any of them.
_QUARTER = 900_000_000
_COLUMNS = "starts_at, offered, answered, abandoned, talk_seconds, after_seconds, ring_seconds"


@dataclass(frozen=True, slots=True)
class History:
    """Arrivals by date and hour of the site's clocks, and the seconds one takes.

    `days` holds every date that counts, also one on which nobody called. `counted` are the calls offered,
    answered and abandoned; all 0 where nobody counts calls.
    """

    source: ArrivalSource
    days: Mapping[date, Mapping[int, float]]
    aht: float
    handling: HandlingSource
    counted: tuple[int, int, int] = (0, 0, 0)

    def abandonment(self, *, keeps_hung_up: bool) -> float | None:
        """Return the part of the counted calls that were abandoned; None where none was counted."""
        return abandonment_of(*self.counted, keeps_hung_up=keeps_hung_up)


def load_call_hours(read: Reader, first: datetime, end: datetime) -> list[CallHour]:
    """Return the hours counted from `first` up to (without) `end`, by time."""
    rows = read.rows(
        f"SELECT {_COLUMNS} FROM call_hour WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at",
        (to_micros(first), to_micros(end)),
    )
    return [CallHour(from_micros(row[0]), *row[1:]) for row in rows]


def load_history(read: Reader, first: datetime, end: datetime, zone: ZoneInfo, handling: int) -> History:
    """Return the arrivals of a stretch: calls where any were counted in it, else tickets.

    Of calls the days count that any hour was counted of. Tickets of every channel but monitoring are work
    somebody waits for; they count from the first day that has one. The handling time comes from the calls,
    else from the usual minutes of the tickets' categories and services, else it is `handling`.
    """
    hours = load_call_hours(read, first, end)
    return _of_calls(hours, zone, handling) if hours else _of_tickets(read, first, end, zone, handling)


def _of_calls(hours: list[CallHour], zone: ZoneInfo, handling: int) -> History:
    days: dict[date, dict[int, float]] = {}
    for hour in hours:
        _add(days, hour.starts_at, zone, hour.offered)
    answered = sum(hour.answered for hour in hours)
    seconds = sum(hour.talk_seconds + hour.after_seconds for hour in hours)
    is_known = answered > 0 and seconds > 0
    aht = seconds / answered if is_known else float(handling)
    told = HandlingSource.CALLS if is_known else HandlingSource.SETTING
    counted = (sum(hour.offered for hour in hours), answered, sum(hour.abandoned for hour in hours))
    return History(ArrivalSource.CALLS, days, aht, told, counted)


def _of_tickets(read: Reader, first: datetime, end: datetime, zone: ZoneInfo, handling: int) -> History:
    rows = read.rows(
        f"SELECT ticket.received_at / {_QUARTER} AS quarter, COUNT(*),"
        " SUM(COALESCE(category.handling_minutes, service.handling_minutes)),"
        " COUNT(COALESCE(category.handling_minutes, service.handling_minutes))"
        " FROM ticket LEFT JOIN category ON category.id = ticket.category_id"
        " LEFT JOIN service ON service.id = ticket.service_id"
        " WHERE ticket.received_at >= ? AND ticket.received_at < ? AND ticket.channel <> ?"
        f" GROUP BY ticket.received_at / {_QUARTER}",
        (to_micros(first), to_micros(end), Channel.MONITORING.value),
    )
    if not rows:
        return History(ArrivalSource.NOTHING, {}, float(handling), HandlingSource.SETTING)
    days: dict[date, dict[int, float]] = {}
    for quarter, count, _minutes, _known in rows:
        _add(days, from_micros(int(quarter) * _QUARTER), zone, count)
    day, last = min(days), (end - timedelta(microseconds=1)).astimezone(zone).date()
    while day < last:  # a day without a ticket is a quiet day, not an unknown one
        day += timedelta(days=1)
        days.setdefault(day, {})
    minutes, known = (sum(int(row[at] or 0) for row in rows) for at in (2, 3))
    is_known = known > 0 and minutes > 0
    aht = minutes * 60 / known if is_known else float(handling)
    told = HandlingSource.CATEGORIES if is_known else HandlingSource.SETTING
    return History(ArrivalSource.TICKETS, days, aht, told)


def _add(days: dict[date, dict[int, float]], at: datetime, zone: ZoneInfo, count: int) -> None:
    local = at.astimezone(zone)
    hours = days.setdefault(local.date(), {})
    hours[local.hour] = hours.get(local.hour, 0.0) + count
