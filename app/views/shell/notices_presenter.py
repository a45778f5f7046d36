"""Knows what the bell shows: reads it again when it changed, and tells which notices have just come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.events import NoticesChanged, PeopleChanged
from app.models.entities.notices import Notice
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.notices import commands, queries
from app.services.notices.queries import Bell
from app.views.base.bridge import Bridge
from app.views.base.pages import Ticker
from app.views.base.tasks import Tasks

SHOWN = 50


class NoticesPresenter(QObject):
    """State of the bell; no widget. `did` is handed what can be taken back, `failed` what went wrong.

    Marking one notice is switched back in its line and is no step of the window's undo; marking all is one.
    """

    changed = Signal(object)  # Bell
    arrived = Signal(object)  # tuple[Notice, ...]: unread, and not there when this program looked before

    def __init__(
        self,
        ctx: Context,
        tasks: Tasks,
        did: Callable[[Outcome], None],
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self._did = did
        self._failed = failed
        self._read_at: datetime | None = None
        self._known: set[int] = set()
        self.bell = Bell(0, ())

    @property
    def is_for_me(self) -> bool:
        """Whether the one signed in can have notices at all."""
        return self._ctx.actor.person_id is not None and self._ctx.actor.may("tickets.read")

    def follow(self, bridge: Bridge, ticker: Ticker) -> None:
        """Read again when notices of mine come or are read, and each minute: some are put off until then."""
        bridge.listen(NoticesChanged, self, self._heard)
        bridge.listen(PeopleChanged, self, lambda _event: self.refresh())
        ticker.minute.connect(self.refresh)

    def refresh(self) -> None:
        """Read what the bell shows."""
        if self.is_for_me:
            job = partial(queries.bell, self._ctx, limit=SHOWN)
            self._tasks.run(job, self._take, self._failed, owner=self)

    def mark_read(self, notice: Notice) -> None:
        """Mark one notice as read."""
        if not notice.is_read:
            self._run(partial(commands.mark_read, self._ctx, [notice.id]), self._marked)

    def switch_read(self, notice: Notice) -> None:
        """Mark a notice as read, or one that was read as unread."""
        mark = commands.mark_unread if notice.is_read else commands.mark_read
        self._run(partial(mark, self._ctx, [notice.id]), self._marked)

    def mark_all_read(self) -> None:
        """Mark all as read that were there when the bell was last read; what came since stays unread."""
        if self.bell.unread:
            seen = max(notice.id for notice in self.bell.notices)
            self._run(partial(commands.mark_all_read, self._ctx, up_to=seen), self._all_marked)

    def _run(self, job: Callable[[], Outcome], done: Callable[[Outcome], None]) -> None:
        self._tasks.run(job, done, self._failed, owner=self)

    def _marked(self, _outcome: Outcome) -> None:
        self.refresh()

    def _all_marked(self, outcome: Outcome) -> None:
        self._did(outcome)
        self.refresh()

    def _heard(self, event: NoticesChanged) -> None:
        if not event.ids or self._ctx.actor.person_id in event.ids:
            self.refresh()

    def _take(self, bell: Bell) -> None:
        fresh = tuple(notice for notice in bell.notices if self._is_fresh(notice))
        self._known |= {notice.id for notice in bell.notices}
        self._read_at = self._ctx.clock.now()
        self.bell = bell
        self.changed.emit(bell)
        if fresh:
            self.arrived.emit(fresh)

    def _is_fresh(self, notice: Notice) -> bool:
        if self._read_at is None or notice.is_read or notice.id in self._known:
            return False
        # An old one that others made room for is not news; one put off has its own time of coming.
        return notice.id > max(self._known, default=0) or notice.at > self._read_at
