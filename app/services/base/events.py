"""The event bus: who listens to what the desk announces."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from app.models.entities.events import Event

E = TypeVar("E", bound=Event)
log = logging.getLogger("firstline.bus")


class EventBus:
    """Hands each event to the handlers of its type, on the thread that publishes.

    A failing handler is logged and never undoes the command or keeps others from hearing.
    """

    def __init__(self) -> None:
        self._handlers: dict[type[Event], list[Callable[[Event], None]]] = {}
        self._lock = threading.Lock()

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call `handler` for events of exactly `kind` (`Event`: for all); return what unsubscribes."""
        listener: Callable[[Event], None] = handler  # type: ignore[assignment]
        with self._lock:
            self._handlers.setdefault(kind, []).append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._handlers.get(kind, []):
                    self._handlers[kind].remove(listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell everybody who subscribed to this type of event, or to all events."""
        with self._lock:
            listeners = [*self._handlers.get(type(event), []), *self._handlers.get(Event, [])]
        for listener in listeners:
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %s", type(event).__name__)
