"""When a watch looks again: rounds come every few seconds, most watches have a reason every few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

FIVE_MINUTES = timedelta(minutes=5)
"""What is painted and written by people changes now and then: what is known is not believed for longer."""


class Pace:
    """Remembers until when nothing needs to be asked. A clock that went back asks at once."""

    def __init__(self, longest: timedelta = FIVE_MINUTES) -> None:
        self._longest = longest
        self._asked_at: datetime | None = None
        self._next_at: datetime | None = None

    def is_resting(self, now: datetime) -> bool:
        """Tell whether there is no reason to ask yet."""
        if self._asked_at is None or self._next_at is None:
            return False
        return self._asked_at <= now < self._next_at

    def asked(self, now: datetime, *reasons: datetime) -> None:
        """Note that it was asked; the next time is the first of `reasons`, at the latest after `longest`."""
        self._asked_at, self._next_at = now, min([now + self._longest, *reasons])
