"""The month as a PDF: read, drawn and written off the window thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessSubject
from app.models.entities.reports import PaperSize, RosterMonth
from app.services.audit.handing_out import exported, hand_out_file
from app.services.base.context import Context
from app.services.reports import queries
from app.services.reports.catalog import ROSTER
from app.services.reports.fairness_building import fairness_month
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

    def make_fairness(self, month: date, made: Made) -> None:
        """Make the PDF of the ledger of fairness of the twelve months that end with a month."""
        job = partial(fairness_month, self._ctx, month.year, month.month, current.code)
        self._tasks.run(
            job,
            lambda paper: made(paper.content, paper.file_name),
            self.failed.emit,
            lane=Lane.LONG,
            owner=self,
        )

    def save(self, content: bytes, path: Path, name: str, saved: Callable[[], None]) -> None:
        """Record it, then write a PDF to a file; `name` is the one it was proposed to have."""
        access = exported(AccessSubject.ROSTER, "roster", path, name=name)
        job = partial(hand_out_file, self._ctx, access, path, content)
        self._tasks.run(job, lambda _done: saved(), self.failed.emit, lane=Lane.FILES, owner=self)

    def _draw(self, made: Made, data: RosterMonth) -> None:
        job = partial(ROSTER.render, data, current.texts)
        name = ROSTER.file_name(data)
        self._tasks.run(
            job, lambda content: made(content, name), self.failed.emit, lane=Lane.LONG, owner=self
        )
