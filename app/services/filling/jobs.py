"""A fill as a job for another thread: hand it to `Tasks.watch` in the long lane, keep it to stop it.

job = FillJob(asked.problem)
running = tasks.watch(job, done, failed, shown=lambda done, total: show(job.progress), lane=Lane.LONG)
job.stop()  # `done` gets the best so far; `running.cancel()` throws everything away
"""

from __future__ import annotations

import threading

from app.models.entities.filled import FillProgress, FillResult
from app.models.entities.filling import FillProblem
from app.services.base.progress import NoProgress, Progress
from app.services.filling.running import LIMIT_SECONDS, WORKERS, fill


class FillJob:
    """One fill. `progress` may be read from any thread; it is replaced, never changed."""

    def __init__(
        self, problem: FillProblem, *, limit_seconds: float = LIMIT_SECONDS, workers: int = WORKERS
    ) -> None:
        self.problem = problem
        self.limit_seconds = limit_seconds
        self.progress = FillProgress(0.0)
        self._workers = workers
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ask for the best so far; it comes within half a second."""
        self._stopped.set()

    def __call__(self, progress: Progress | None = None) -> FillResult:
        """Fill, reporting tenths of seconds of the limit.

        Raises:
            Cancelled: the job was cancelled instead of stopped; nothing is returned.
        """
        teller = progress or NoProgress()

        def tell(now: FillProgress) -> None:
            self.progress = now
            total = round(self.limit_seconds * 10)
            teller.report(min(round(now.elapsed * 10), total), total)

        return fill(
            self.problem,
            tell,
            self._stopped.is_set,
            limit_seconds=self.limit_seconds,
            workers=self._workers,
        )
