"""Where time comes from. The only module that reads the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        """See `Clock.now`."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: pictures, demos and tests."""

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._instant

    def advance(self, by: timedelta) -> None:
        """Move on by `by`; a negative value sets the clock back."""
        self._instant += by

    def set(self, instant: datetime) -> None:
        """Jump to `instant`."""
        self._instant = instant.astimezone(UTC)
