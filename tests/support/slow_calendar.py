"""A second opinion on working time: it asks every minute, and knows nothing of how the program does it.

A minute is open or not by looking at its local wall time, so it serves for zones and dates where clocks
change by whole minutes. Windows at a skipped or repeated wall time are compared as instants.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SlowCalendar:
    """Answers from the readable form itself."""

    def __init__(self, form: dict[str, Any]) -> None:
        self.form = form
        self.zone = ZoneInfo(form["timezone"])
        self._open: dict[datetime, bool] = {}
        self._spans: dict[tuple[str, date], list[tuple[datetime, datetime]]] = {}

    def is_open(self, minute: datetime) -> bool:
        """Whether the minute beginning at a UTC instant is open."""
        known = self._open.get(minute)
        if known is None:
            known = self._open[minute] = self._look(minute)
        return known

    def working_minutes(
        self, start: datetime, end: datetime, pauses: Sequence[tuple[datetime, datetime]] = ()
    ) -> int:
        """Count open, unpaused minutes one by one."""
        count = 0
        while start < end:
            count += self._runs(start, pauses)
            start += MINUTE
        return count

    def due(
        self, start: datetime, minutes: int, pauses: Sequence[tuple[datetime, datetime]] = ()
    ) -> datetime:
        """Walk until the minutes are used up; for none, until the first minute in which time runs."""
        if minutes == 0:
            while not self._runs(start, pauses):
                start += MINUTE
            return start
        while True:
            minutes -= self._runs(start, pauses)
            start += MINUTE
            if minutes == 0:
                return start

    def _runs(self, minute: datetime, pauses: Sequence[tuple[datetime, datetime]]) -> bool:
        return self.is_open(minute) and not any(a <= minute < b for a, b in pauses)

    def _look(self, minute: datetime) -> bool:
        if self.form.get("always_open"):
            return True
        today = minute.astimezone(self.zone).date()
        if today.isoformat() in self.form.get("holidays", ()):
            return False
        near = [today + timedelta(days=i) for i in (-3, -2, -1, 0, 1)]
        in_hours = any(a <= minute < b for on in near for a, b in self._of("hours", on))
        return in_hours and not any(a <= minute < b for on in near for a, b in self._of("breaks", on))

    def _of(self, what: str, on: date) -> list[tuple[datetime, datetime]]:
        key = (what, on)
        if key not in self._spans:
            pairs = self.form.get(what, {}).get(DAYS[on.weekday()] if what == "hours" else on.isoformat(), [])
            if what == "hours" and on.isoformat() in self.form.get("special_days", {}):
                pairs = self.form["special_days"][on.isoformat()]
            self._spans[key] = [self._instants(on, opens, closes) for opens, closes in pairs]
        return self._spans[key]

    def _instants(self, on: date, opens: str, closes: str) -> tuple[datetime, datetime]:
        closing_on = on if _wall(closes) > _wall(opens) else on + timedelta(days=1)
        return self._instant(on, opens), self._instant(closing_on, closes)

    def _instant(self, on: date, wall: str) -> datetime:
        local = datetime(on.year, on.month, on.day) + _wall(wall)  # noqa: DTZ001
        return local.replace(tzinfo=self.zone, fold=0).astimezone(UTC)


def _wall(text: str) -> timedelta:
    hour, minute = text.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))
