"""The threads behind the gateway: one per lane, each working off its own queue. Only `tasks.py` uses them."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from app.services.base.progress import Cancelled

ShowProgress = Callable[[int, int], None]

_log = logging.getLogger("firstline.tasks")

# A progress bar that moves more often than this costs the window more than the person can see.
_BETWEEN_REPORTS = 0.05


class Running:
    """A job on its way. Keeping it is optional."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._dropped = False

    def cancel(self) -> None:
        """Stop a watched job at its next report; a job that has not begun never begins."""
        self._cancelled.set()

    def drop(self) -> None:
        """Let the job run to its end but tell nobody about it."""
        self._dropped = True

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop. The job may still be on its way to the next report."""
        return self._cancelled.is_set()

    @property
    def is_dropped(self) -> bool:
        """Whether nobody wants the answer any more."""
        return self._dropped


class ThrottledProgress:
    """Reports at most every 50 ms, and always the last step."""

    def __init__(self, running: Running, show: ShowProgress) -> None:
        self._running = running
        self._show = show
        self._next_at = 0.0

    def report(self, done: int, total: int) -> None:
        if self._running.is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if now >= self._next_at or (total and done >= total):
            self._next_at = now + _BETWEEN_REPORTS
            self._show(done, total)


class LaneThread:
    """One thread that works off one queue. Started at its first job: an unused lane costs nothing."""

    def __init__(
        self,
        lane: str,
        answer: Callable[[int, object, Exception | None], None],
        thread_ends: Callable[[], None] | None,
    ) -> None:
        self._jobs: queue.SimpleQueue[tuple[int, Running, Callable[[], Any]] | None] = queue.SimpleQueue()
        self._answer = answer
        self._thread_ends = thread_ends
        # A daemon, because a job stuck in a network call must not keep the closed program alive.
        self._thread = threading.Thread(target=self._work, name=f"lane-{lane}", daemon=True)
        self._is_started = False
        self._is_finishing = False

    def put(self, number: int, running: Running, job: Callable[[], Any]) -> None:
        self._jobs.put((number, running, job))
        if not self._is_started:
            self._is_started = True
            self._thread.start()

    def finish(self) -> None:
        self._is_finishing = True
        self._jobs.put(None)

    def join(self, until: float) -> bool:
        if not self._is_started:
            return True
        self._thread.join(max(0.0, until - time.monotonic()))
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (order := self._jobs.get()) is not None:
            number, result, error = _outcome(*order)
            order = None  # the window thread still holds the job; here it must be gone before the answer
            if not self._is_finishing:  # nobody listens any more, and the listener may be gone
                self._answer(number, result, error)
            elif error is not None and not isinstance(error, Cancelled):
                _log.error("a job failed while the program closed", exc_info=error)
            result = error = None
        if self._thread_ends is not None:
            self._thread_ends()


def _outcome(number: int, running: Running, job: Callable[[], Any]) -> tuple[int, object, Exception | None]:
    try:
        if running.is_cancelled:
            raise Cancelled  # noqa: TRY301 - the same road as a job that notices later
        return number, job(), None
    except Exception as error:  # noqa: BLE001 - the gateway is where every job's error ends
        return number, None, error
