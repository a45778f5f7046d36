"""What the page of the audit log decides: which lines are asked for, page by page, and the exported list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessEntry, AccessFilter, AccessKey, AccessPage
from app.services.audit.queries import PAGE, access_page, recorded_people
from app.services.audit.sheet import export_records
from app.services.base.context import Context
from app.views.base.i18n import current
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane


class Period(StrEnum):
    """How far back one looks, in whole days of the site."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


class AuditPresenter(QObject):
    """Holds the lines read so far; owns no widgets. An answer to a question asked before is dropped."""

    changed = Signal()
    people_read = Signal(object)  # list[tuple[int, str]]
    failed = Signal(object)

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.wanted = AccessFilter()
        self.period = Period.MONTH
        self.entries: tuple[AccessEntry, ...] = ()
        self.after: AccessKey | None = None
        self.is_reading = False
        self._turn = 0

    def ask(self, **changes: object) -> None:
        """Ask for other lines, from the first one on."""
        self.wanted = replace(self.wanted, **changes)  # type: ignore[arg-type]
        self.refresh()

    def ask_period(self, period: Period) -> None:
        """Look so far back."""
        self.period = period
        self.refresh()

    def refresh(self) -> None:
        """Read the first page again, and whom one can filter by."""
        self._turn += 1
        self.is_reading = True
        self.wanted = replace(self.wanted, since=self._since())
        self._run(partial(recorded_people, self._ctx), self.people_read.emit)
        self._run(partial(access_page, self._ctx, self.wanted), partial(self._begin, self._turn))

    def more(self) -> None:
        """Read the next page, unless one is on its way or there is none."""
        if self.after is not None and not self.is_reading:
            self.is_reading = True
            job = partial(access_page, self._ctx, self.wanted, after=self.after, limit=PAGE)
            self._run(job, partial(self._add, self._turn))

    def export(self, path: Path, done: Callable[[int], None]) -> None:
        """Write every line that fits to a workbook; `done` hears how many. That is recorded too."""
        job = partial(export_records, self._ctx, self.wanted, path, current.texts, self._env.format.zone)
        self._run(job, done, lane=Lane.LONG)

    def _since(self) -> datetime | None:
        days = _DAYS.get(self.period)
        if days is None:
            return None
        zone = self._env.format.zone
        first: date = self._ctx.clock.now().astimezone(zone).date() - timedelta(days=days - 1)
        return datetime.combine(first, time(), zone)

    def _run(self, job: Callable[[], object], done: Callable[..., None], lane: Lane = Lane.SCREEN) -> None:
        self._env.tasks.run(job, done, self._tell, lane=lane, owner=self)

    def _begin(self, turn: int, page: AccessPage) -> None:
        if turn == self._turn:
            self.entries = ()
            self._add(turn, page)

    def _add(self, turn: int, page: AccessPage) -> None:
        if turn == self._turn:
            self.is_reading = False
            self.entries = (*self.entries, *page.entries)
            self.after = page.after
            if not self.entries and self.after is not None:
                self.more()  # a search that found nothing yet has not looked through everything
                return
            self.changed.emit()

    def _tell(self, error: Exception) -> None:
        self.is_reading = False
        self.failed.emit(error)
