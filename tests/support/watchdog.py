"""Watches the window's thread: what it must not do itself, and how long it was kept from answering."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.models.dialects import Dialect

_BEAT = 5  # milliseconds
_LOOK = 0.004  # seconds
# Modules are files too: importing a page when it is first shown is allowed, and watched as a hold.
_ALLOWED_ENDINGS = (".py", ".pyc", ".so", ".pyd", ".dll")

Stack = tuple[tuple[CodeType, int], ...]
"""Code and line of each call, the innermost first: no frame, for a frame keeps its painters alive."""


@dataclass
class Watched:
    """What was seen while watching; every list is empty on a good day."""

    queries: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    holds: list[tuple[float, str]] = field(default_factory=list)

    def holds_over(self, seconds: float) -> list[str]:
        """Return the stacks that held the window longer than that, the longest first."""
        long = sorted((hold for hold in self.holds if hold[0] > seconds), reverse=True)
        return [f"{length * 1000:.0f} ms\n{stack}" for length, stack in long]


class _FileWatch:
    """An audit hook cannot be taken away again, so there is one, which sleeps while nobody watches."""

    def __init__(self) -> None:
        self.heard: Callable[[str], None] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        heard = self.heard
        if heard is None or event != "open" or threading.current_thread() is not threading.main_thread():
            return
        path = str(arguments[0])
        if not path.endswith(_ALLOWED_ENDINGS) and not path.isdigit():
            heard(path)


_files = _FileWatch()


@contextmanager
def watched(dialect: Dialect) -> Iterator[Watched]:
    """Watch the calling thread, which runs the window, until the block ends."""
    seen = Watched()
    as_written = dialect.sql

    def sql(text: str) -> str:
        if threading.current_thread() is threading.main_thread():
            seen.queries.append(text + "\n" + "".join(traceback.format_stack(limit=12)))
        return as_written(text)

    beats = _Heartbeat(seen)
    dialect.sql = sql  # type: ignore[method-assign]
    _files.heard = lambda path: seen.files.append(path + "\n" + "".join(traceback.format_stack(limit=12)))
    beats.start()
    try:
        yield seen
    finally:
        beats.stop()
        _files.heard = None
        del dialect.sql  # type: ignore[misc]  the instance's; the class's own shows again


def stack_of(thread: int, deep: int = 14) -> Stack:
    """Return where a thread is now, and let go of its frames at once.

    A frame held here outlives its function's return, and with it every local: a `QPainter` would stay
    active on its widget, and Qt complains of it.
    """
    frame = sys._current_frames().get(thread)
    found = []
    while frame is not None and len(found) < deep:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return tuple(found)


def as_text(stack: Stack) -> str:
    """Return a stack as a traceback shows it, the innermost call last."""
    calls = reversed(stack)
    return "".join(
        traceback.format_list([(code.co_filename, line, code.co_qualname, None) for code, line in calls])
    )


class _Heartbeat(QObject):
    """The window beats; a thread beside it notes when a beat is missing, and what ran instead."""

    def __init__(self, seen: Watched) -> None:
        super().__init__()
        self._seen = seen
        self._last = time.monotonic()
        self._main = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._beat)
        self._stop = threading.Event()
        self._stack: Stack = ()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._last = time.monotonic()
        self._timer.start()
        self._watcher.start()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()
        self._stop.set()
        self._watcher.join()

    def _beat(self) -> None:
        now = time.monotonic()
        if self._stack:
            self._seen.holds.append((now - self._last, as_text(self._stack)))
            self._stack = ()
        self._last = now

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK):
            if time.monotonic() - self._last > 0.05 and not self._stack:
                self._stack = stack_of(self._main)
