"""State and actions of the staffing panel. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import BadInput
from app.models.entities.staffing import CallPreview, StaffingDay
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.base.workbooks import MOST_BYTES
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_queries import preview_calls, staffing_of_day, staffing_users
from app.views.base.format import Format
from app.views.base.tasks import Lane, Tasks


class StaffingPresenter(QObject):
    """Which day is shown and what it needs; a file of calls that is looked at before it is taken in."""

    changed = Signal()
    previewed = Signal()
    done = Signal(object)  # Outcome
    failed = Signal(object)

    def __init__(
        self, ctx: Context, tasks: Tasks, fmt: Format, day: date, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.fmt = fmt
        self.day = day
        self.staffing: StaffingDay | None = None
        self.users = 0
        self.may_import = ctx.actor.may("roster.edit")
        self.preview: CallPreview | None = None
        self.file_name = ""
        self._asked = 0

    @property
    def today(self) -> date:
        """Today, by the site's clocks."""
        return self.fmt.local(self._ctx.clock.now()).date()

    @property
    def hour_now(self) -> int | None:
        """Which of the hours shown is running, counted from 0; None on any other day."""
        now = self._ctx.clock.now()
        hours = self.staffing.hours if self.staffing is not None else ()
        return next((at for at, hour in enumerate(hours) if hour.starts_at <= now < hour.ends_at), None)

    def refresh(self) -> None:
        """Read the day again; of several answers on their way only the last one asked for is shown."""
        self._asked += 1
        day, users = partial(staffing_of_day, self._ctx, self.day), partial(staffing_users, self._ctx)
        job = partial(_read_both, day, users)
        self._tasks.run(job, partial(self._show, self._asked), self.failed.emit, owner=self)

    def show_day(self, day: date) -> None:
        """Show another day."""
        if day != self.day:
            self.day = day
            self.refresh()

    def move(self, days: int) -> None:
        """Show a later day, or an earlier one."""
        self.show_day(self.day + timedelta(days=days))

    def look_at(self, path: Path) -> None:
        """Read a file of calls and tell, through `previewed`, what importing it would do."""
        self.file_name = path.name
        self._tasks.run(partial(_read, path), self._look, self.failed.emit, lane=Lane.FILES, owner=self)

    def take_in(self) -> None:
        """Take in the file that was looked at."""
        if self.preview is None:
            return
        job = partial(import_calls, self._ctx, self.preview.sheet, source=self.file_name)
        self.preview = None
        self._tasks.run(job, self._taken, self.failed.emit, lane=Lane.LONG, owner=self)

    # -- inside ------------------------------------------------------------------------------------------

    def _show(self, asked: int, answer: tuple[StaffingDay, int]) -> None:
        if asked == self._asked:
            self.staffing, self.users = answer
            self.changed.emit()

    def _look(self, body: bytes) -> None:
        job = partial(preview_calls, self._ctx, body)
        self._tasks.run(job, self._looked, self.failed.emit, lane=Lane.LONG, owner=self)

    def _looked(self, preview: CallPreview) -> None:
        self.preview = preview
        self.previewed.emit()

    def _taken(self, outcome: Outcome) -> None:
        self.done.emit(outcome)
        self.refresh()


def _read_both(day: Callable[[], StaffingDay], users: Callable[[], int]) -> tuple[StaffingDay, int]:
    return day(), users()


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("catalogue.file_unreadable", name=path.name, reason=reason) from trouble
