"""How long work tells how far it is and hears that nobody wants it any more."""

from __future__ import annotations

from typing import Protocol

from app.models.entities.errors import FirstlineError


class Cancelled(FirstlineError):
    """The person stopped the work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("task.cancelled")


class Progress(Protocol):
    """Handed to long work, which calls `report` at every step; thousands of calls are cheap."""

    def report(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are finished; a `total` of 0 means nobody knows how many.

        Raises:
            Cancelled: the person stopped the work. Let it pass through.
        """


class NoProgress:
    """For callers without a screen: reports go nowhere and nothing is ever cancelled."""

    def report(self, done: int, total: int) -> None:
        """Do nothing."""
