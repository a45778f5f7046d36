"""Hours that reach over midnight into hours of the next weekday. Pure.

Such a week is legal: time that is open twice counts once. But whoever typed it should see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.entities.calendars import MINUTES_A_DAY, Windows


@dataclass(frozen=True, slots=True)
class CountedOnce:
    """A stretch of `weekday` (0 is Monday) that the day before and the day itself both open.

    `start_minute` and `end_minute` are minutes after the weekday's midnight; the end is the first not meant.
    """

    weekday: int
    start_minute: int
    end_minute: int

    def to_text(self) -> str:
        """Return "06:00–08:00"."""
        minutes = (self.start_minute, self.end_minute)
        return "–".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes)


def counted_once(hours: Sequence[Windows]) -> tuple[CountedOnce, ...]:
    """Return what two weekdays of a week both open, Monday first; Sunday reaches into Monday."""
    return tuple(
        CountedOnce(weekday, window.start_minute, min(window.end_minute, reach))
        for weekday, windows in enumerate(hours)
        for reach in (_reach(hours[weekday - 1]),)
        for window in windows
        if window.start_minute < reach
    )


def _reach(windows: Windows) -> int:
    """Return up to which minute of the next day the windows go; 0 where none runs over midnight."""
    return max((window.end_minute - MINUTES_A_DAY for window in windows), default=0)
