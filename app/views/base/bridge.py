"""From the event bus to the window thread, and from many events to one refresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.models.entities.events import Event
from app.services.base.events import EventBus

E = TypeVar("E", bound=Event)


class Bridge(QObject):
    """Repeats the bus's events on the window thread, in the order they were published.

    Commands publish on worker threads; only the bridge subscribes to the bus, screens listen to the bridge.
    """

    _published = Signal(object)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._listeners: dict[type[Event], list[tuple[QObject, Callable[[Event], None]]]] = {}
        self._unsubscribe: list[Callable[[], None]] = []
        self._published.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def listen(self, event_type: type[E], owner: QObject, handler: Callable[[E], None]) -> None:
        """Call `handler` with each event of exactly this type until `owner` is destroyed."""
        if event_type not in self._listeners:
            self._listeners[event_type] = []
            self._unsubscribe.append(self._bus.subscribe(event_type, self._published.emit))
        # The list is keyed by the type, so the handler only ever meets its own kind.
        self._listeners[event_type].append((owner, handler))  # type: ignore[arg-type]

    def close(self) -> None:
        """Stop listening to the bus. Events already on their way are still passed on."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    @Slot(object)
    def _pass_on(self, event: Event) -> None:
        listeners = self._listeners.get(type(event), [])
        listeners[:] = [(owner, handler) for owner, handler in listeners if isValid(owner)]
        for owner, handler in list(listeners):
            if isValid(owner):  # an earlier handler may have closed this one's screen
                handler(event)


class RefreshMark(QObject):
    """Remembers that a screen shows old data and refreshes it once: soon if it is visible, else when shown.

    Twenty events in one turn of the event loop cause one refresh. The mark lives and dies with its screen.
    """

    def __init__(self, screen: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._refresh = refresh
        self._is_stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._refresh_if_visible)
        screen.installEventFilter(self)

    @property
    def is_stale(self) -> bool:
        """Whether the screen shows data older than the last event."""
        return self._is_stale

    def mark(self) -> None:
        """Say that what the screen shows is out of date."""
        self._is_stale = True
        self._timer.start()

    def on(
        self, bridge: Bridge, event_type: type[E], concerns: Callable[[E], bool] | None = None
    ) -> RefreshMark:
        """Mark on every such event that `concerns` this screen (all of them without it); returns itself."""

        def heard(event: E) -> None:
            if concerns is None or concerns(event):
                self.mark()

        bridge.listen(event_type, self, heard)
        return self

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refresh a stale screen when it is shown."""
        if event.type() == QEvent.Type.Show and self._is_stale:
            self._timer.start()
        return super().eventFilter(watched, event)

    def _refresh_if_visible(self) -> None:
        if self._is_stale and self._screen.isVisible():
            self._is_stale = False
            self._refresh()
