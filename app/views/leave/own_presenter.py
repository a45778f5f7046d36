"""Figures and shifts of one's own: the fairness ledger, the next weeks, and the calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import BadInput
from app.services.base.context import Context
from app.services.base.files import write_whole
from app.services.leave.ledger_queries import fairness_ledger
from app.services.roster.calendar_file import calendar_file
from app.services.roster.own_shifts import OwnShift, shifts_of
from app.views.base.i18n import current
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

WEEKS = 4


class OwnPresenter(QObject):
    """Reads the ledger and the reader's shifts."""

    ledger_read = Signal(object)  # Ledger
    shifts_read = Signal(object)  # list[OwnShift]
    failed = Signal(object)

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.shifts: list[OwnShift] = []

    @property
    def today(self) -> date:
        """The day at the site."""
        return self._env.format.local(self._ctx.clock.now()).date()

    def read_ledger(self) -> None:
        """Read the ledger of the last twelve months, today included."""
        job = partial(fairness_ledger, self._ctx, self.today + timedelta(days=1))
        self._env.tasks.run(job, self.ledger_read.emit, self.failed.emit, owner=self)

    def read_shifts(self) -> None:
        """Read the reader's shifts of the next four weeks; whoever is nobody in the database has none."""
        me = self._ctx.actor.person_id
        if me is None:
            self._keep([])
            return
        last = self.today + timedelta(weeks=WEEKS) - timedelta(days=1)
        job = partial(shifts_of, self._ctx, me, self.today, last)
        self._env.tasks.run(job, self._keep, self.failed.emit, owner=self)

    def save(self, path: Path, saved: Callable[[], None]) -> None:
        """Write the shifts shown as a calendar file."""
        content = calendar_file(
            self.shifts,
            person_key=str(self._ctx.actor.person_id),
            site_key=self._env.epoch or "firstline",
            texts=current.texts,
            stamp=self._ctx.clock.now(),
        )
        job = partial(_write, path, content)
        self._env.tasks.run(job, lambda _done: saved(), self.failed.emit, lane=Lane.FILES, owner=self)

    def _keep(self, shifts: list[OwnShift]) -> None:
        self.shifts = shifts
        self.shifts_read.emit(shifts)


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("files.cannot_write", path=str(path), reason=error.strerror or "") from error
