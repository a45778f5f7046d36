"""The month as a PDF: read, drawn and written off the window thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import BadInput
from app.models.entities.reports import PaperSize, RosterMonth
from app.services.base.context import Context
from app.services.base.files import write_whole
from app.services.reports import queries
from app.services.reports.catalog import ROSTER
from app.views.base.i18n import current
from app.views.base.tasks import Lane, Tasks

Made = Callable[[bytes, str], None]
"""Called with the PDF and the name it is proposed to have."""


class RosterPaper(QObject):
    """Makes the printed roster of a month."""

    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.size = PaperSize.A4

    def make(self, month: date, made: Made, *, by_crew: bool = False) -> None:
        """Make the PDF of the month that begins on `month`, in the window's language."""
        job = partial(
            queries.roster_month,
            self._ctx,
            month.year,
            month.month,
            current.code,
            by_crew=by_crew,
            paper=self.size,
        )
        self._tasks.run(job, partial(self._draw, made), self.failed.emit, lane=Lane.LONG, owner=self)

    def save(self, content: bytes, path: Path, saved: Callable[[], None]) -> None:
        """Write a PDF to a file."""
        job = partial(write_file, path, content)
        self._tasks.run(job, lambda _done: saved(), self.failed.emit, lane=Lane.FILES, owner=self)

    def _draw(self, made: Made, data: RosterMonth) -> None:
        job = partial(ROSTER.render, data, current.texts)
        name = ROSTER.file_name(data)
        self._tasks.run(
            job, lambda content: made(content, name), self.failed.emit, lane=Lane.LONG, owner=self
        )


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. BadInput `files.cannot_write`."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("files.cannot_write", path=str(path), reason=error.strerror or "") from error
