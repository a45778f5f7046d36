"""Hearing of other programs' commits: the bell differs by database, the feed is the truth."""

from __future__ import annotations

import logging
import threading
from typing import Any, Protocol

from app.models.dialects import FEED_CHANNEL
from app.models.entities.errors import FirstlineError
from app.models.store import Store
from app.services.base.events import EventBus

log = logging.getLogger("firstline.bus")

POLL_SECONDS = 0.5
# The bell of PostgreSQL may be lost with a connection; reading every now and then makes up for it.
READ_ANYWAY_SECONDS = 30.0
_LONGEST_WAIT = 30.0


class Listener(Protocol):
    """Somebody who wants to know whether the database answers."""

    def __call__(self, is_reachable: bool) -> None:
        """Hear that the database was lost (False) or is back (True)."""


def _nobody(is_reachable: bool) -> None:
    """Stand in for a listener that nobody passed."""
    del is_reachable


class FeedReader:
    """Follows the change feed on a connection of its own, in the thread that calls `follow`."""

    def __init__(self, store: Store, bus: EventBus, reachable: Listener | None = None) -> None:
        self._store = store
        self._bus = bus
        self._reachable = reachable or _nobody
        self._stop = threading.Event()
        self._position: int | None = None

    def stop(self) -> None:
        """Ask `follow` to return; it does within a second."""
        self._stop.set()

    def follow(self) -> None:
        """Publish other programs' changes until stopped; reconnect with growing pauses, losing nothing."""
        wait = 1.0
        while not self._stop.is_set():
            try:
                self._follow_connected()
            except FirstlineError as error:
                log.info("the change feed was lost: %s", error)
                self._reachable(is_reachable=False)
                self._stop.wait(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
            else:
                wait = 1.0
        self._store.release()

    def _follow_connected(self) -> None:
        bell = self._bell()
        if self._position is None:
            self._position = self._store.feed_position()
        self._reachable(is_reachable=True)
        # Listen first, then read: what came in between is found by the reading.
        self.read_once()
        while not self._stop.is_set():
            if bell.rings():
                self.read_once()

    def read_once(self) -> None:
        """Publish what is new in the feed; the first call only remembers where the feed stands."""
        if self._position is None:
            self._position = self._store.feed_position()
            return
        self._position, events = self._store.feed_after(self._position)
        for event in events:
            self._bus.publish(event)

    def _bell(self) -> _Poll | _Notifications:
        if self._store.dialect.name == "sqlite":
            return _Poll(self._store, self._stop)
        return _Notifications(self._store)


class _Poll:
    """`PRAGMA data_version` changes when another connection commits; asking costs 4 microseconds."""

    def __init__(self, store: Store, stop: threading.Event) -> None:
        self._store = store
        self._stop = stop
        self._seen = self._version()

    def rings(self) -> bool:
        self._stop.wait(POLL_SECONDS)
        version = self._version()
        changed, self._seen = version != self._seen, version
        return changed

    def _version(self) -> int:
        with self._store.read() as read:
            return int(read.value("PRAGMA data_version"))


class _Notifications:
    """LISTEN on this thread's connection; silent for half a minute also means: look."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._silent = 0.0
        with store.read() as read:
            read.connection.execute("LISTEN " + FEED_CHANNEL)
            self._connection: Any = read.connection

    def rings(self) -> bool:
        with self._store.read() as read:
            if read.connection is not self._connection:
                read.connection.execute("LISTEN " + FEED_CHANNEL)
                self._connection = read.connection
                return True
            heard = bool(list(read.connection.notifies(timeout=POLL_SECONDS, stop_after=1)))
        self._silent = 0.0 if heard else self._silent + POLL_SECONDS
        if self._silent >= READ_ANYWAY_SECONDS:
            self._silent = 0.0
            return True
        return heard
