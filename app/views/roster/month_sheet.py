"""The month as a workbook: read, made and written off the window thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessSubject
from app.models.entities.reports import RosterMonth
from app.services.audit.handing_out import exported, hand_out_file
from app.services.base.context import Context
from app.services.base.texts import Texts
from app.services.reports import queries
from app.services.reports.roster_sheet import roster_workbook
from app.views.base.i18n import current
from app.views.base.tasks import Lane, Tasks


class MonthSheet(QObject):
    """Saves the roster of a month as an Excel workbook, in the window's language."""

    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks

    def save(self, month: date, path: Path, saved: Callable[[], None], *, by_crew: bool = False) -> None:
        """Write the month that begins on `month` to a file, then call `saved`."""
        job = partial(queries.roster_month, self._ctx, month.year, month.month, current.code, by_crew=by_crew)
        self._tasks.run(job, partial(self._write, path, saved), self.failed.emit, lane=Lane.LONG, owner=self)

    def _write(self, path: Path, saved: Callable[[], None], data: RosterMonth) -> None:
        job = partial(_write_sheet, self._ctx, path, data, current.texts)
        self._tasks.run(job, lambda _done: saved(), self.failed.emit, lane=Lane.FILES, owner=self)


def _write_sheet(ctx: Context, path: Path, data: RosterMonth, texts: Texts) -> None:
    access = exported(AccessSubject.ROSTER, f"{data.days[0].date:%Y-%m}", path)
    hand_out_file(ctx, access, path, roster_workbook(data, texts))
