"""CPU-heavy jobs in a process of their own, so that they cannot hold the interpreter against the window."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from app.models.entities.errors import FirstlineError
from app.services.base.progress import Cancelled, Progress

T = TypeVar("T")

# How often the waiting thread looks whether the person cancelled.
_LOOK_AFTER = 0.1
# A job that does not reach its next `report` this long after being cancelled is ended from outside.
_PATIENCE = 2.0


class WorkerProcessFailed(RuntimeError):
    """The job failed in a way nobody foresaw; the message holds the traceback from the other process."""


def in_process(job: Callable[[Progress], T]) -> Callable[[Progress], T]:
    """Return a job that does the same in a freshly started process and waits for its answer.

    `job` and its result must be picklable: a module-level function or a `partial` of one, with plain
    values. It starts from nothing: no database connection, no context. Starting costs about 0.2 s.

    The returned job raises:
        Cancelled: `progress.report` raised it; the process has ended by then.
        FirstlineError: the job's own, with its code and parameters.
        WorkerProcessFailed: any other error, or the process died (out of memory, killed).
    """

    def run(progress: Progress) -> T:
        start = multiprocessing.get_context("spawn")
        ours, theirs = start.Pipe()
        stop = start.Event()
        process = start.Process(target=_serve, args=(job, theirs, stop), daemon=True)
        process.start()
        theirs.close()
        try:
            answer: T = _answer(ours, process.sentinel, progress)
        except Cancelled:
            stop.set()
            raise
        else:
            return answer
        finally:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
            ours.close()

    return run


def _answer(pipe: Connection, sentinel: int, progress: Progress) -> Any:
    """Pass reports on until the answer comes."""
    done, total = 0, 0
    while True:
        progress.report(done, total)
        if pipe not in wait([pipe, sentinel], _LOOK_AFTER):
            if wait([sentinel], 0) and not pipe.poll():
                raise WorkerProcessFailed("the worker process ended without an answer")
            continue
        try:
            kind, content = pipe.recv()
        except EOFError as lost:
            raise WorkerProcessFailed("the worker process ended without an answer") from lost
        if kind == "report":
            done, total = content
        elif kind == "refused":
            raise _rebuilt(*content)
        elif kind == "failed":
            raise WorkerProcessFailed(content)
        else:
            return content


class _PipeProgress:
    """The job's end of the pipe; a report identical to the last one is not sent again."""

    def __init__(self, pipe: Connection, stop: Event) -> None:
        self._pipe = pipe
        self._stop = stop
        self._sent = (-1, -1)

    def report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        # A hundredth is the finest step a person sees; sending each of 100,000 rows would cost more.
        step = (done * 100 // total, total) if total else (done // 100, 0)
        if step != self._sent:
            self._sent = step
            self._pipe.send(("report", (done, total)))


def _serve(job: Callable[[Progress], object], pipe: Connection, stop: Event) -> None:
    """Run in the new process: do the job, send one answer."""
    try:
        pipe.send(("result", job(_PipeProgress(pipe, stop))))
    except Cancelled:
        return
    except FirstlineError as refused:
        pipe.send(("refused", (type(refused), refused.code, refused.params)))
    except Exception:  # noqa: BLE001 - the border of a process: whatever it is must reach the other side
        pipe.send(("failed", traceback.format_exc()))
    finally:
        pipe.close()


def _rebuilt(kind: type[FirstlineError], code: str, params: dict[str, object]) -> FirstlineError:
    """Make the error again as it was; children differ in what their `__init__` takes, so it is not asked."""
    error = kind.__new__(kind)
    FirstlineError.__init__(error, code, **params)
    return error
