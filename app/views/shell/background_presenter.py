"""Asks now and then who does the background work, for the status bar."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.background import BackgroundState
from app.services.background.high_water import accept_clock
from app.services.background.queries import background_state
from app.services.background.server_time import state_time
from app.services.base.context import Context
from app.views.base.format import Format
from app.views.base.tasks import Failed, Lane, Tasks
from app.views.shell.background_words import NOTHING, BackgroundFace, face_of

_TICK = 5_000
_TICKS_A_READING = 4  # asking makes a small file beside a database on a share


class BackgroundPresenter(QObject):
    """Reads every 20 s while it is started, counts on in between. Failures are the reach watch's to tell."""

    changed = Signal(object)  # BackgroundFace

    def __init__(self, ctx: Context, tasks: Tasks, fmt: Format, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self._format = fmt
        self._opened_at = self._read_at = ctx.clock.now()
        self._state: BackgroundState | None = None
        self._time = state_time(ctx)
        self._ticks = 0
        self.face: BackgroundFace = NOTHING
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to ask."""
        self.refresh()
        self._timer.start()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def refresh(self) -> None:
        """Ask now; in the lane of files, for a file server's clock takes its time and no list should wait."""
        job = partial(background_state, self._ctx, time=self._time)
        self._tasks.run(job, self._take, lambda _error: None, lane=Lane.FILES, owner=self)

    def tick(self) -> None:
        """Count on; ask again every few ticks, or each time while nobody does the work yet."""
        self._ticks += 1
        if self._state is None or self._ticks % _TICKS_A_READING == 0:
            self.refresh()
        else:
            self._show()

    def accept_clock(self, failed: Failed) -> None:
        """Take the shared clock's present time for right: somebody looked at it."""
        if self._state is None:
            return
        now = self._state.now + (self._ctx.clock.now() - self._read_at)
        job = partial(accept_clock, self._ctx, now=now)
        self._tasks.run(job, lambda _outcome: self.refresh(), failed, owner=self)

    def show_state(self, state: BackgroundState | None) -> None:
        """Show a state that was read just now."""
        self._take(state)

    def _take(self, state: BackgroundState | None) -> None:
        self._state = state
        self._read_at = self._ctx.clock.now()
        self._show()

    def _show(self) -> None:
        now = self._ctx.clock.now()
        nothing = timedelta()
        face = face_of(
            self._state, max(nothing, now - self._read_at), max(nothing, now - self._opened_at), self._format
        )
        if face != self.face:
            self.face = face
            self.changed.emit(face)
