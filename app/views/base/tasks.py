"""The one gateway from the window to everything that takes time: four lanes, answers on the window thread."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.models.entities.errors import FirstlineError
from app.services.base.progress import Cancelled, Progress
from app.views.base.lanes import LaneThread, Running, ShowProgress, ThrottledProgress

T = TypeVar("T")
Failed = Callable[[Exception], None]

_log = logging.getLogger("firstline.tasks")


class Lane(StrEnum):
    """Jobs of one lane run one after another, as they were asked for; lanes do not wait for each other."""

    SCREEN = "screen"  # what the screen reads and writes
    FEED = "feed"  # changes made on other workstations
    LONG = "long"  # reports, exports, big reads, waiting for a worker process
    FILES = "files"  # files and network


class Tasks(Protocol):
    """What presenters are handed. `WorkerTasks` in the program, `ImmediateTasks` in tests and screen shots.

    `failed` gets every exception of the job. Those that are no `FirstlineError` have been logged and
    reported by then; a screen only takes back its busy state. Without `failed`, expected errors go to the
    same place as unexpected ones. Answers whose `owner` was destroyed are dropped; its job is not: what a
    person saved before closing the page is saved.
    """

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        lane: Lane = Lane.SCREEN,
        owner: QObject | None = None,
    ) -> Running:
        """Do `job` in `lane`, then call `done` with its result on the window thread."""
        ...

    def watch(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        shown: ShowProgress | None = None,
        lane: Lane = Lane.LONG,
        owner: QObject | None = None,
    ) -> Running:
        """Do a job that reports how far it is; `shown(done, total)` is called on the window thread.

        `Running.cancel` makes the job's next report raise `Cancelled`, which `failed` receives.
        """
        ...


class ImmediateTasks:
    """Does every job at once on the calling thread. Unexpected errors are raised: a test fails on them."""

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        lane: Lane = Lane.SCREEN,  # noqa: ARG002 - there is only one thread
        owner: QObject | None = None,
    ) -> Running:
        """See `Tasks.run`."""
        return self._settle(job, done, failed, owner, Running())

    def watch(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        shown: ShowProgress | None = None,
        lane: Lane = Lane.LONG,  # noqa: ARG002 - there is only one thread
        owner: QObject | None = None,
    ) -> Running:
        """See `Tasks.watch`."""
        running = Running()
        progress = _DirectProgress(running, shown)
        return self._settle(lambda: job(progress), done, failed, owner, running)

    def _settle(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Failed | None,
        owner: QObject | None,
        running: Running,
    ) -> Running:
        try:
            result = job()
        except FirstlineError as error:
            if failed is None:
                raise
            if _is_wanted(owner):
                failed(error)
            return running
        if done is not None and _is_wanted(owner):
            done(result)
        return running


class _DirectProgress:
    def __init__(self, running: Running, shown: ShowProgress | None) -> None:
        self._running = running
        self._shown = shown

    def report(self, done: int, total: int) -> None:
        if self._running.is_cancelled:
            raise Cancelled
        if self._shown is not None:
            self._shown(done, total)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A job on its way, with everybody who wants to hear of it."""

    running: Running
    job: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Failed | None
    shown: ShowProgress | None
    owner: QObject | None
    is_watched: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is left to be answered."""
        return not self.running.is_dropped and _is_wanted(self.owner)


class WorkerTasks(QObject):
    """Runs jobs on one thread per lane and answers on the thread it was made on: the window's.

    `unexpected` is called on the window thread with whatever nobody foresaw, wherever it was raised.
    `thread_ends` runs last on each lane's thread, for example to close the database connection it opened.
    """

    # Everything with a callback stays in `_asked`, on the window thread; workers know jobs by number. Else
    # a worker could drop the last reference to a widget, and destroy it on the wrong thread.
    _answered = Signal(object, object, object)  # number, result, error
    _progressed = Signal(object, object, object)  # number, done, total

    def __init__(
        self,
        unexpected: Callable[[Exception], None],
        *,
        thread_ends: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._unexpected = unexpected
        self._lanes = {lane: LaneThread(lane, self._answered.emit, thread_ends) for lane in Lane}
        self._asked: dict[int, _Asked] = {}
        self._numbers = itertools.count(1)
        self._is_closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        lane: Lane = Lane.SCREEN,
        owner: QObject | None = None,
    ) -> Running:
        """See `Tasks.run`. After `close`, does nothing."""
        running = Running()
        return self._start(lane, next(self._numbers), _Asked(running, job, done, failed, None, owner))

    def watch(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        shown: ShowProgress | None = None,
        lane: Lane = Lane.LONG,
        owner: QObject | None = None,
    ) -> Running:
        """See `Tasks.watch`. After `close`, does nothing."""
        running, number = Running(), next(self._numbers)
        progress = ThrottledProgress(running, partial(self._progressed.emit, number))
        asked = _Asked(running, partial(job, progress), done, failed, shown, owner, is_watched=True)
        return self._start(lane, number, asked)

    def close(self, patience: float = 30.0) -> bool:
        """Cancel watched jobs, finish the queued ones, end the threads; no answer is delivered afterwards.

        Returns False if some job did not end within `patience` seconds (a stalled share): its thread is
        left behind and dies with the program.
        """
        self._is_closed = True
        for asked in self._asked.values():
            if asked.is_watched:
                asked.running.cancel()
        until = time.monotonic() + patience
        for lane in self._lanes.values():
            lane.finish()
        return all([lane.join(until) for lane in self._lanes.values()])

    def _start(self, lane: Lane, number: int, asked: _Asked) -> Running:
        if not self._is_closed:
            self._asked[number] = asked
            self._lanes[lane].put(number, asked.running, asked.job)
        return asked.running

    @Slot(object, object, object)
    def _on_answered(self, number: int, result: object, error: Exception | None) -> None:
        asked = self._asked.pop(number)
        if self._is_closed or not asked.is_wanted:
            return
        try:
            if error is not None:
                self._fail(error, asked.failed)
            elif asked.done is not None:
                asked.done(result)
        except Exception as trouble:  # noqa: BLE001 - an error in an answer must not end the event loop
            self._report(trouble)

    @Slot(object, object, object)
    def _on_progressed(self, number: int, done: int, total: int) -> None:
        asked = self._asked.get(number)
        if asked is not None and asked.shown is not None and not self._is_closed and asked.is_wanted:
            asked.shown(done, total)

    def _fail(self, error: Exception, failed: Failed | None) -> None:
        if failed is None or not isinstance(error, FirstlineError):
            self._report(error)
        if failed is not None:
            failed(error)

    def _report(self, error: Exception) -> None:
        if not isinstance(error, FirstlineError):
            _log.error("a job failed", exc_info=error)
        self._unexpected(error)


def _is_wanted(owner: QObject | None) -> bool:
    return owner is None or isValid(owner)
